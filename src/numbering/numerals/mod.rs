//! Numeral systems, read and printed.
//!
//! Reading is strict: a string is a number of a system only if printing the number in that system gives the
//! string back. So `十十` and `一百一` are not numbers, and a repaired label looks like the ones beside it.

mod digits;
mod han;
mod roman;
mod series;

pub(super) use digits::keycaps;

/// Systems that people take for the same kind of number when they stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// `1` and `１`.
    Arabic,
    /// 一, 廿一: numbers in Chinese characters.
    Han,
    /// 壹: the same in those of cheques, which count another level than 一 where both do.
    HanFormal,
    /// ①: a sign that is a number by itself and needs no mark. Each kind of sign is a class of its own.
    Sign(System),
    /// I, Ⅰ.
    RomanUpper,
    /// i, ⅰ.
    RomanLower,
    /// A.
    LatinUpper,
    /// a.
    LatinLower,
    /// 甲, 子, ア, あ, 가, ㄱ: a letter of some order, by its system.
    Letter(System),
}

impl Class {
    /// Whether the number is one of Chinese characters.
    pub fn is_han(self) -> bool {
        matches!(self, Self::Han | Self::HanFormal)
    }

    /// Whether it is a number and no letter or sign: digits, or Chinese characters.
    pub fn is_plain(self) -> bool {
        self == Self::Arabic || self.is_han()
    }
}

/// What a system is able to do.
struct Definition {
    system: System,
    class: Class,
    /// The value of a string that may be a number of the system; printing decides whether it is.
    read: fn(&str) -> Option<u64>,
    /// The number with at least so many digits, padded with zeros where the system has them.
    print: fn(u64, usize) -> Option<String>,
    /// Whether the system pads with zeros.
    pads: bool,
}

macro_rules! systems {
    ($($(#[$doc:meta])* $name:ident: $class:expr, $read:expr, $print:expr $(, pads: $pads:literal)?;)*) => {
        /// A way of writing whole numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum System { $($(#[$doc])* $name,)* }

        /// Every system, in the order in which they are tried.
        const SYSTEMS: &[Definition] = &[$(
            Definition {
                system: System::$name,
                class: $class,
                read: $read,
                print: $print,
                pads: false $(|| $pads)?,
            },
        )*];
    };
}

use Class::{Arabic, Han, LatinLower, LatinUpper, Letter, RomanLower, RomanUpper, Sign};
use digits::Keycaps;
use series as s;

const KEYCAP: Keycaps = Keycaps { selector: "\u{FE0F}", ten: Some("🔟") };
const KEYCAP_DIGITS: Keycaps = Keycaps { ten: None, ..KEYCAP };
const KEYCAP_PLAIN: Keycaps = Keycaps { selector: "", ..KEYCAP };
const KEYCAP_PLAIN_DIGITS: Keycaps = Keycaps { ten: None, ..KEYCAP_PLAIN };

systems! {
    /// `0` to `9`.
    Ascii: Arabic, digits::read_ascii, digits::print_ascii, pads: true;
    /// `０` to `９`.
    FullWidth: Arabic, digits::read_full_width, digits::print_full_width, pads: true;
    /// 一 二 … 十 … 一百零一 … 一万, simplified.
    Han: Han, |t| han::SIMPLIFIED.read(t), |v, _| han::SIMPLIFIED.print(v);
    /// 一百〇一.
    HanRound: Han, |t| han::ROUND.read(t), |v, _| han::ROUND.print(v);
    /// 一百○一.
    HanCircle: Han, |t| han::CIRCLE.read(t), |v, _| han::CIRCLE.print(v);
    /// The same with 萬 and 億.
    HanTraditional: Han, |t| han::TRADITIONAL.read(t), |v, _| han::TRADITIONAL.print(v);
    /// 廿三, 卅.
    HanContracted: Han, |t| han::CONTRACTED.read(t), |v, _| han::CONTRACTED.print(v);
    /// 百二十, 千五: as Japanese and Korean write.
    HanJapanese: Han, |t| han::JAPANESE.read(t), |v, _| han::JAPANESE.print(v);
    /// 壹贰叁 … 拾壹.
    HanFormal: Class::HanFormal, |t| han::FORMAL.read(t), |v, _| han::FORMAL.print(v);
    /// 壹貳參.
    HanFormalTraditional: Class::HanFormal, |t| han::FORMAL_TRADITIONAL.read(t), |v, _| han::FORMAL_TRADITIONAL.print(v);
    /// 壹貳叁.
    HanFormalPlain: Class::HanFormal, |t| han::FORMAL_PLAIN.read(t), |v, _| han::FORMAL_PLAIN.print(v);
    /// 壹貳叄.
    HanFormalVariant: Class::HanFormal, |t| han::FORMAL_VARIANT.read(t), |v, _| han::FORMAL_VARIANT.print(v);
    /// 壹拾壹: every one is written.
    HanFormalFull: Class::HanFormal, |t| han::FORMAL_FULL.read(t), |v, _| han::FORMAL_FULL.print(v);
    /// The same in traditional characters.
    HanFormalFullTraditional: Class::HanFormal, |t| han::FORMAL_FULL_TRADITIONAL.read(t), |v, _| han::FORMAL_FULL_TRADITIONAL.print(v);
    /// 壱弐参. From four on they are written as always.
    HanFormalJapanese: Han, |t| han::FORMAL_JAPANESE.read(t), |v, _| han::FORMAL_JAPANESE.print(v);
    /// 二〇二四.
    HanPositional: Han, han::read_positional, |v, _| han::print_positional(v, '〇');
    /// 二零二四.
    HanPositionalLing: Han, han::read_positional, |v, _| han::print_positional(v, '零');
    /// 二○二四, with a circle that only looks like the zero.
    HanPositionalCircle: Han, han::read_positional, |v, _| han::print_positional(v, '○');
    /// ⓪ ① … ⑳ ㉑ … ㊿.
    Circled: Sign(System::Circled), |t| s::CIRCLED.read(t), |v, _| s::CIRCLED.print(v);
    /// ❶ … ❿ ⓫ … ⓴.
    CircledBlack: Sign(System::CircledBlack), |t| s::CIRCLED_BLACK.read(t), |v, _| s::CIRCLED_BLACK.print(v);
    /// ⓵ … ⓾.
    CircledDouble: Sign(System::CircledDouble), |t| s::CIRCLED_DOUBLE.read(t), |v, _| s::CIRCLED_DOUBLE.print(v);
    /// ➀ … ➉.
    CircledSans: Sign(System::CircledSans), |t| s::CIRCLED_SANS.read(t), |v, _| s::CIRCLED_SANS.print(v);
    /// ➊ … ➓.
    CircledBlackSans: Sign(System::CircledBlackSans), |t| s::CIRCLED_BLACK_SANS.read(t), |v, _| s::CIRCLED_BLACK_SANS.print(v);
    /// ⑴ … ⒇.
    Parenthesised: Sign(System::Parenthesised), |t| s::PARENTHESISED.read(t), |v, _| s::PARENTHESISED.print(v);
    /// ⒈ … ⒛.
    FullStop: Sign(System::FullStop), |t| s::FULL_STOP.read(t), |v, _| s::FULL_STOP.print(v);
    /// ㊀ … ㊉.
    CircledHan: Sign(System::CircledHan), |t| s::CIRCLED_HAN.read(t), |v, _| s::CIRCLED_HAN.print(v);
    /// ㈠ … ㈩.
    ParenthesisedHan: Sign(System::ParenthesisedHan), |t| s::PARENTHESISED_HAN.read(t), |v, _| s::PARENTHESISED_HAN.print(v);
    /// Ⓐ.
    CircledUpper: Sign(System::CircledUpper), |t| s::CIRCLED_UPPER.read(t), |v, _| s::CIRCLED_UPPER.print(v);
    /// ⓐ.
    CircledLower: Sign(System::CircledLower), |t| s::CIRCLED_LOWER.read(t), |v, _| s::CIRCLED_LOWER.print(v);
    /// ⒜.
    ParenthesisedLower: Sign(System::ParenthesisedLower), |t| s::PARENTHESISED_LOWER.read(t), |v, _| s::PARENTHESISED_LOWER.print(v);
    /// 🄐.
    ParenthesisedUpper: Sign(System::ParenthesisedUpper), |t| s::PARENTHESISED_UPPER.read(t), |v, _| s::PARENTHESISED_UPPER.print(v);
    /// 🅐.
    CircledBlackUpper: Sign(System::CircledBlackUpper), |t| s::CIRCLED_BLACK_UPPER.read(t), |v, _| s::CIRCLED_BLACK_UPPER.print(v);
    /// 🄰.
    SquaredUpper: Sign(System::SquaredUpper), |t| s::SQUARED_UPPER.read(t), |v, _| s::SQUARED_UPPER.print(v);
    /// 🅰.
    SquaredBlackUpper: Sign(System::SquaredBlackUpper), |t| s::SQUARED_BLACK_UPPER.read(t), |v, _| s::SQUARED_BLACK_UPPER.print(v);
    /// ㋐.
    CircledKatakana: Sign(System::CircledKatakana), |t| s::CIRCLED_KATAKANA.read(t), |v, _| s::CIRCLED_KATAKANA.print(v);
    /// ㉮.
    CircledHangul: Sign(System::CircledHangul), |t| s::CIRCLED_HANGUL.read(t), |v, _| s::CIRCLED_HANGUL.print(v);
    /// ㉠.
    CircledJamo: Sign(System::CircledJamo), |t| s::CIRCLED_JAMO.read(t), |v, _| s::CIRCLED_JAMO.print(v);
    /// ㈎.
    ParenthesisedHangul: Sign(System::ParenthesisedHangul), |t| s::PARENTHESISED_HANGUL.read(t), |v, _| s::PARENTHESISED_HANGUL.print(v);
    /// ㈀.
    ParenthesisedJamo: Sign(System::ParenthesisedJamo), |t| s::PARENTHESISED_JAMO.read(t), |v, _| s::PARENTHESISED_JAMO.print(v);
    /// 1️⃣ … 9️⃣ 🔟 1️⃣1️⃣.
    Keycap: Sign(System::Keycap), |t| KEYCAP.read(t), |v, _| KEYCAP.print(v);
    /// 9️⃣ 1️⃣0️⃣.
    KeycapDigits: Sign(System::Keycap), |t| KEYCAP_DIGITS.read(t), |v, _| KEYCAP_DIGITS.print(v);
    /// 1⃣ … 9⃣ 🔟, without U+FE0F.
    KeycapPlain: Sign(System::Keycap), |t| KEYCAP_PLAIN.read(t), |v, _| KEYCAP_PLAIN.print(v);
    /// 9⃣ 1⃣0⃣.
    KeycapPlainDigits: Sign(System::Keycap), |t| KEYCAP_PLAIN_DIGITS.read(t), |v, _| KEYCAP_PLAIN_DIGITS.print(v);
    /// I II III.
    RomanUpper: RomanUpper, roman::read_upper, |v, _| roman::print_upper(v);
    /// i ii iii.
    RomanLower: RomanLower, roman::read_lower, |v, _| roman::print_lower(v);
    /// Ⅰ Ⅱ Ⅲ.
    RomanSignUpper: RomanUpper, roman::read_sign_upper, |v, _| roman::print_sign_upper(v);
    /// ⅰ ⅱ ⅲ.
    RomanSignLower: RomanLower, roman::read_sign_lower, |v, _| roman::print_sign_lower(v);
    /// A B C.
    LatinUpper: LatinUpper, |t| s::LATIN_UPPER.read(t), |v, _| s::LATIN_UPPER.print(v);
    /// a b c.
    LatinLower: LatinLower, |t| s::LATIN_LOWER.read(t), |v, _| s::LATIN_LOWER.print(v);
    /// Ａ Ｂ Ｃ.
    LatinUpperWide: LatinUpper, |t| s::LATIN_UPPER_WIDE.read(t), |v, _| s::LATIN_UPPER_WIDE.print(v);
    /// ａ ｂ ｃ.
    LatinLowerWide: LatinLower, |t| s::LATIN_LOWER_WIDE.read(t), |v, _| s::LATIN_LOWER_WIDE.print(v);
    /// 甲 乙 丙.
    Stems: Letter(System::Stems), |t| s::STEMS.read(t), |v, _| s::STEMS.print(v);
    /// 子 丑 寅.
    Branches: Letter(System::Branches), |t| s::BRANCHES.read(t), |v, _| s::BRANCHES.print(v);
    /// ア イ ウ.
    Katakana: Letter(System::Katakana), |t| s::KATAKANA.read(t), |v, _| s::KATAKANA.print(v);
    /// イ ロ ハ.
    KatakanaIroha: Letter(System::KatakanaIroha), |t| s::KATAKANA_IROHA.read(t), |v, _| s::KATAKANA_IROHA.print(v);
    /// あ い う.
    Hiragana: Letter(System::Hiragana), |t| s::HIRAGANA.read(t), |v, _| s::HIRAGANA.print(v);
    /// い ろ は.
    HiraganaIroha: Letter(System::HiraganaIroha), |t| s::HIRAGANA_IROHA.read(t), |v, _| s::HIRAGANA_IROHA.print(v);
    /// 가 나 다.
    Hangul: Letter(System::Hangul), |t| s::HANGUL.read(t), |v, _| s::HANGUL.print(v);
    /// ㄱ ㄴ ㄷ.
    Jamo: Letter(System::Jamo), |t| s::JAMO.read(t), |v, _| s::JAMO.print(v);
}

impl System {
    /// The class the system belongs to.
    pub fn class(self) -> Class {
        self.definition().class
    }

    /// Prints a number with at least `width` digits; `None` where the system has no form for it.
    pub fn print(self, value: u64, width: usize) -> Option<String> {
        (self.definition().print)(value, width)
    }

    /// Whether its signs are Latin letters, which mark other things as well: ⓘ, Ⓜ, 🅿.
    pub fn is_lettered(self) -> bool {
        use System as S;
        let circled = matches!(self, S::CircledUpper | S::CircledLower | S::CircledBlackUpper);
        let squared = matches!(self, S::SquaredUpper | S::SquaredBlackUpper);
        circled || squared || matches!(self, S::ParenthesisedUpper | S::ParenthesisedLower)
    }

    fn definition(self) -> &'static Definition {
        // The table stands in the order of the enumeration.
        &SYSTEMS[self as usize]
    }
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Numeral {
    /// How it is written.
    pub system: System,
    /// What it is worth.
    pub value: u64,
    /// How many digits it is padded to: 2 for `01`, 0 for `1` and `10`.
    pub width: usize,
}

impl Numeral {
    /// Reads a string that is a number from end to end, in the first system that it is one of.
    pub fn parse(text: &str) -> Option<Self> {
        Self::readings(text).next()
    }

    /// A Roman number that stands alone, in capitals or signs: `C`, `D` and `L` are letters, `MIX` and `CD` words.
    pub fn roman_alone(text: &str) -> Option<Self> {
        let is_roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | '\u{2160}'..='\u{216B}');
        let mut readings = Self::readings(Some(text).filter(|text| *text != "L" && text.chars().all(is_roman))?);
        readings.find(|own| own.system.class() == RomanUpper)
    }

    /// Everything a string can be: `C` is a letter and a Roman number, イ stands in two orders.
    pub fn readings(text: &str) -> impl Iterator<Item = Self> {
        // Digits of ASCII, which are most, belong to their system alone.
        let is_ascii = text.bytes().all(|byte| byte.is_ascii_digit());
        // A word of ASCII letters counts only if each of them is a Roman digit.
        let is_roman = |byte: u8| b"IVXLCDM".contains(&byte.to_ascii_uppercase());
        let is_letters = text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_word = is_letters && text.len() > 1 && !text.bytes().all(is_roman);
        let systems = if is_ascii || is_word {
            &[]
        } else if is_letters {
            &SYSTEMS[System::RomanUpper as usize..=System::LatinLower as usize]
        } else if text.chars().all(han::is_numeral_character) {
            &SYSTEMS[System::Han as usize..=System::HanPositionalCircle as usize]
        } else {
            SYSTEMS
        };
        let others = systems.iter().filter_map(move |definition| {
            let value = (definition.read)(text)?;
            let bare = (definition.print)(value, 0)?;
            let width = if definition.pads && bare.len() < text.len() { text.chars().count() } else { 0 };
            let printed = if width > 0 { (definition.print)(value, width)? } else { bare };
            (printed == text).then_some(Self { system: definition.system, value, width })
        });
        Self::ascii(text).into_iter().chain(others)
    }

    /// Reads digits of ASCII. They need not be printed to see that they are what they read as: zeros before them are padding.
    fn ascii(text: &str) -> Option<Self> {
        let value = digits::read_ascii(text)?;
        let width = if text.len() > 1 && text.starts_with('0') { text.len() } else { 0 };
        Some(Self { system: System::Ascii, value, width })
    }

    /// Every system that writes the number like this: 一 is simplified, traditional and Japanese.
    pub fn systems(self) -> impl Iterator<Item = System> {
        // Only Chinese characters and keycaps are shared.
        let own = self.system.definition();
        let is_shared = matches!(own.class, Han | Class::HanFormal | Sign(System::Keycap));
        let shared = if is_shared { SYSTEMS } else { std::slice::from_ref(own) };
        let written = (own.print)(self.value, self.width);
        let fits = move |one: &&Definition| one.class == own.class && (one.print)(self.value, self.width) == written;
        shared.iter().filter(fits).map(|definition| definition.system)
    }
}

/// What a string of digits or Chinese characters can be worth, also where it is a number of no system.
pub fn values(text: &str) -> Vec<u64> {
    Numeral::parse(text).map_or_else(|| han::loose(text), |numeral| vec![numeral.value])
}

/// Whether a character can stand in a number of several: a digit, or a Chinese one.
pub fn is_numeral_character(c: char) -> bool {
    is_digit(c) || han::is_numeral_character(c)
}

/// How many bytes of such characters a text begins with.
pub fn run(text: &str) -> usize {
    // 参 counts among numerals of Han only: `1.3参照` sends its readers to 1.3.
    let digits = text.find(|c| !is_digit(c)).unwrap_or(text.len());
    if digits > 0 && text[digits..].starts_with('参') {
        return digits;
    }
    text.find(|c| !is_numeral_character(c)).unwrap_or(text.len())
}

/// No number that orders a text is written with more bytes.
pub(super) const LONGEST: usize = 36;

/// The number that a text begins with, and what stands behind it.
pub(super) fn leading(text: &str) -> Option<(Numeral, &str)> {
    let (number, behind) = text.split_at(run(text));
    let numeral = Numeral::parse(number).filter(|_| number.len() <= LONGEST)?;
    Some((numeral, behind))
}

/// Whether a character is an Arabic digit, full-width or not.
pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_wide_digit(c)
}

/// Whether a character is a full-width Arabic digit.
pub fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

/// Whether a character is one of those that parts of a text are mostly counted with: `1`, 一, 十.
pub fn is_plain_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// Whether a character counts in names and titles: what Unicode calls numeric, and the Chinese numerals that everybody
/// writes.
pub fn is_numeric(c: char) -> bool {
    c.is_numeric() || "一二三四五六七八九十百千零〇".contains(c)
}

/// Whether a character is a number by itself: ①, ㈠.
pub fn is_sign(c: char) -> bool {
    matches!(c, '①'..='⓿' | '❶'..='➓' | '㈀'..='㋿' | '🄀'..='🆏')
}

/// Whether a character is a letter that counts, alone or as a Roman digit.
pub fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || roman::is_sign(c) || LETTERS.iter().any(|series| series.holds(c))
}

const LETTERS: [&series::Series; 8] = [
    &s::LATIN_UPPER_WIDE,
    &s::LATIN_LOWER_WIDE,
    &s::STEMS,
    &s::BRANCHES,
    &s::KATAKANA,
    &s::HIRAGANA,
    &s::HANGUL,
    &s::JAMO,
];

#[cfg(test)]
mod tests {
    use chinese_number::{ChineseCase, ChineseCountMethod, ChineseVariant, NumberToChinese};

    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_enumeration() {
        for (at, definition) in SYSTEMS.iter().enumerate() {
            assert_eq!(definition.system as usize, at);
        }
    }

    #[test]
    fn print_then_parse_is_the_identity() {
        for system in SYSTEMS.iter().map(|definition| definition.system) {
            let mut printed = 0;
            for value in (0..=12_345).chain([20_000, 99_999, 100_000, 1_000_010, 12_000_300]) {
                let Some(text) = system.print(value, 0) else { continue };
                printed += 1;
                let own = Numeral::readings(&text).find(|numeral| numeral.system == system);
                assert_eq!(own.map(|numeral| numeral.value), Some(value), "{system:?} {text}");
            }
            assert!(printed >= 10, "{system:?} prints {printed} numbers");
        }
    }

    #[test]
    fn chinese_forms_agree_with_another_printer() {
        let forms = [
            (System::Han, ChineseVariant::Simple, ChineseCase::Lower),
            (System::HanTraditional, ChineseVariant::Traditional, ChineseCase::Lower),
            (System::HanFormal, ChineseVariant::Simple, ChineseCase::Upper),
            (System::HanFormalTraditional, ChineseVariant::Traditional, ChineseCase::Upper),
        ];
        for value in 1..=99_999u32 {
            for (system, variant, case) in forms {
                let theirs = value.to_chinese(variant, case, ChineseCountMethod::TenThousand).expect("in range");
                assert_eq!(system.print(u64::from(value), 0), Some(theirs), "{system:?} {value}");
            }
        }
    }

    #[test]
    fn only_canonical_forms_are_numbers() {
        for text in [
            "", "十十", "一百一", "二百零", "零三", "1a", "一2", "万", "１2", "第", "IIII", "iV", "ⅠⅠ", "甲乙", "AA",
            "二零〇",
        ] {
            assert_eq!(Numeral::parse(text), None, "{text}");
        }
        let forms = [
            ("007", 7),
            ("１０", 10),
            ("十", 10),
            ("二十一", 21),
            ("廿三", 23),
            ("卅", 30),
            ("一百零一", 101),
            ("百二十", 120),
            ("一千零一十", 1010),
            ("一百〇一", 101),
            ("一百○一", 101),
            ("二〇二四", 2024),
            ("壹拾贰", 12),
            ("弐拾参", 23),
            ("⓪", 0),
            ("㉑", 21),
            ("㊿", 50),
            ("⓴", 20),
            ("㈩", 10),
            ("3\u{FE0F}\u{20E3}", 3),
            ("3\u{20E3}", 3),
            ("1\u{FE0F}\u{20E3}2\u{FE0F}\u{20E3}", 12),
            ("1\u{20E3}0\u{20E3}", 10),
            ("🄲", 3),
            ("🅲", 3),
            ("🔟", 10),
            ("XIV", 14),
            ("xlii", 42),
            ("Ⅻ", 12),
            ("ⅹⅲ", 13),
            ("癸", 10),
            ("亥", 12),
            ("하", 14),
        ];
        for (text, value) in forms {
            assert_eq!(Numeral::parse(text).map(|n| n.value), Some(value), "{text}");
        }
    }

    #[test]
    fn old_and_spoken_forms_can_be_worth_something() {
        for (text, expected) in
            [("一百一", vec![101, 110]), ("一百十九", vec![119]), ("十十", vec![20]), ("第", vec![])]
        {
            assert_eq!(values(text), expected, "{text}");
        }
    }

    #[test]
    fn letters_have_several_readings() {
        let values = |text: &str| Numeral::readings(text).map(|n| (n.system, n.value)).collect::<Vec<_>>();
        assert_eq!(values("C"), [(System::RomanUpper, 100), (System::LatinUpper, 3)]);
        assert_eq!(values("イ"), [(System::Katakana, 2), (System::KatakanaIroha, 1)]);
        assert_eq!(values("B"), [(System::LatinUpper, 2)]);
    }

    #[test]
    fn roman_numbers_that_stand_alone() {
        let value = |text: &str| Numeral::roman_alone(text).map(|numeral| numeral.value);
        for (text, number) in [("I", 1), ("X", 10), ("XL", 40), ("LI", 51), ("Ⅳ", 4)] {
            assert_eq!(value(text), Some(number), "{text}");
        }
        for text in ["", "L", "C", "MIX", "CD", "iv", "IIX", "第"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
