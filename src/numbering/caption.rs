//! The label a caption begins with: `图 3`, `表 2-1`, `Figure 4`.

use super::{
    foreign,
    label::{Label, Scheme, before, digits, joined_by},
    number::Number,
    numerals::Numeral,
    words,
};
use crate::source::characters::{is_cjk, is_hangul};

/// What is counted, as it is written in captions, and the word that stands for it.
const WORDS: &[(&str, &str)] = &[
    ("图表", "图表"),
    ("圖表", "图表"),
    ("图", "图"),
    ("圖", "图"),
    ("図", "图"),
    ("表", "表"),
    ("公式", "式"),
    ("式", "式"),
    ("例", "例"),
    ("그림", "图"),
    ("표", "表"),
    ("figure", "figure"),
    ("fig.", "figure"),
    ("fig", "figure"),
    ("table", "table"),
    ("listing", "listing"),
];

/// What a sentence goes on with that only begins like a caption: `图 1 显示了…`. Any 了 says the same.
const GOES_ON: &[&str] = &[
    "显示", "顯示", "所示", "展示", "描述", "给出", "說明", "说明", "是", "为", "中", "和", "与", "及", "、", "，",
    ",", "里", "的", "到", "至", "~", "～", "에서", "참조", "은 ", "는 ", "을 ", "를 ",
];

/// Brackets that a whole label may stand in.
const BRACKETS: [(char, char); 5] = [('【', '】'), ('<', '>'), ('〈', '〉'), ('[', ']'), ('［', '］')];

/// What sets a title off from the label before it.
const SIGNS: [char; 8] = [':', '：', '.', '．', '。', '—', '-', '|'];

/// Whether a text can begin with such a label at all: a look at its first characters. Of a text that is
/// still being put together the next character may be missing, and any will do.
pub fn may_begin(text: &str) -> bool {
    // `Figure`, `Table`, `Listing`, `Abbildung`, `Rysunek`.
    let is_latin = |second: u8| text.as_bytes().get(1).is_none_or(|own| own.eq_ignore_ascii_case(&second));
    match text.chars().next() {
        Some('F' | 'f' | 'L' | 'l') => is_latin(b'i'),
        Some('T' | 't') => is_latin(b'a'),
        Some('A' | 'a') => is_latin(b'b'),
        Some('R' | 'r') => is_latin(b'y'),
        Some('Р' | 'Т') => true,
        first => {
            matches!(
                first,
                Some('图' | '圖' | '図' | '表' | '式' | '公' | '例' | '그' | '표' | '【' | '<' | '〈' | '[' | '［')
            )
        }
    }
}

/// All of them.
fn all_words() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    foreign::CAPTIONS.iter().chain(WORDS)
}

/// Whether two words for what is counted may name the same: a text may call 图 3 `Fig. 3` or 图表 3.
pub fn is_like(a: &str, b: &str) -> bool {
    const ALIKE: [[&str; 3]; 2] = [["图", "图表", "figure"], ["表", "图表", "table"]];
    a == b || ALIKE.iter().any(|words| words.contains(&a) && words.contains(&b))
}

/// Whether a label's word is one of a language of which it is not known how a text speaks of a number.
pub fn is_foreign(label: &Label) -> bool {
    let counted = counted(label);
    foreign::CAPTIONS.iter().any(|(_, own)| *own == counted)
}

/// Reads the label a caption begins with; `None` where a sentence begins. The scheme is the word, and with a chapter's
/// number before it (`2-1`, `2.1`) the label counts as a dotted one. The letter of a part (`3a`, `3(b)`) is none of it.
pub fn parse(text: &str) -> Option<Label> {
    let text = text.trim_start();
    if !may_begin(text) {
        return None;
    }
    if let Some((label, title)) = bracketed(text) {
        // <그림 1>과 같이: a particle belongs to a sentence.
        let is_sentence = title.starts_with(is_hangul) || is_sentence(title.trim_start(), &label);
        return (!is_sentence).then_some(label);
    }
    let (label, rest) = numbered(text)?;
    let rest = behind_letter(rest);
    if goes_on(rest) {
        return None;
    }
    let behind = rest.trim_start_matches('*');
    let title = behind.trim_start();
    let apart = behind.is_empty() || title.len() < behind.len();
    // What begins with 式 2 is mostly said of it.
    let may_be_title = counted(&label) != "式" || title.is_empty();
    (is_signed(rest) || (apart && may_be_title && !is_sentence(title, &label))).then_some(label)
}

/// `【图 1】`, `<그림 1>`: all of the label in brackets.
fn bracketed(text: &str) -> Option<(Label, &str)> {
    let (open, close) = BRACKETS.iter().find(|(open, _)| text.starts_with(*open))?;
    let (label, rest) = numbered(&text[open.len_utf8()..])?;
    let rest = rest.strip_prefix(*close)?;
    let numbers = label.numbers_from(open.len_utf8());
    Some((Label { text: before(text, rest), numbers, ..label }, rest))
}

/// Whether a sign sets off what stands behind a label: `图 3：`. In 图 1-图 2 the sign joins two of them.
pub fn is_signed(behind: &str) -> bool {
    let behind = behind.trim_start_matches('*');
    behind.strip_prefix(SIGNS).is_some_and(|title| begins(title.trim_start()).is_none())
}

/// Whether a text that begins with a caption's label is too much for a caption: it ends as a sentence does. Behind a sign
/// a full stop may be the caption's own.
pub fn is_prose(text: &str, label: &Label) -> bool {
    let (whole, behind) = (text.trim_end(), label.behind(text));
    whole.ends_with(['。', '；', ';', '，', ','])
        || (whole.ends_with(['.', '!', '?', '！', '？']) && !is_signed(behind))
}

/// Whether what stands behind a label without a sign goes on as a sentence: where there are capitals a title begins with one.
fn is_sentence(title: &str, label: &Label) -> bool {
    if !counted(label).starts_with(is_cjk) {
        return title.starts_with(char::is_lowercase);
    }
    let line = title.lines().next().unwrap_or_default();
    GOES_ON.iter().any(|word| title.starts_with(word))
        || is_told(line)
        || begins(title.trim_start_matches(['-', '–', '—', ' '])).is_some()
}

/// Whether a line tells what happened: 了, unless it is part of a word that titles have.
fn is_told(line: &str) -> bool {
    let is_word = |at: usize| {
        line[at + '了'.len_utf8()..].starts_with(['解', '然', '望'])
            || line[..at].ends_with(['为', '除', '终', '明', '末'])
    };
    line.match_indices('了').any(|(at, _)| !is_word(at))
}

/// A word for what is counted with a number behind it, and what follows.
pub fn begins(text: &str) -> Option<(Label, &str)> {
    numbered(text).filter(|(_, rest)| !goes_on(rest))
}

/// Whether something that belongs to a number goes on behind it.
fn goes_on(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '%')
}

/// What follows the letter of a part, where there is one: `a`, `（b）`.
fn behind_letter(rest: &str) -> &str {
    let inner = rest.strip_prefix(['(', '（']);
    let Some(after) = inner.unwrap_or(rest).strip_prefix(|c: char| c.is_ascii_lowercase()) else { return rest };
    match inner {
        Some(_) => after.strip_prefix([')', '）']).unwrap_or(rest),
        None => after,
    }
}

/// A word for what is counted with a number behind it, and what follows, whatever it is.
fn numbered(text: &str) -> Option<(Label, &str)> {
    let (word, counted) = word_of(text)?;
    let rest = &text[word.len()..];
    let number = rest.trim_start();
    if word.ends_with(|c: char| c.is_alphabetic() && !is_cjk(c)) && number.len() == rest.len() {
        return None;
    }
    let is_latin = word.is_ascii();
    // Only equations have their numbers in brackets.
    let inner = number.strip_prefix(['(', '（']).filter(|_| *counted == "式");
    let inside = inner.map_or(number, str::trim_start);
    let (numbers, rest) = in_digits(text, inside).or_else(|| if is_latin { roman(text, inside) } else { None })?;
    let rest = if inner.is_some() { rest.trim_start().strip_prefix([')', '）'])? } else { rest };
    let scheme = if numbers.len() > 1 { Scheme::Dotted } else { Scheme::Counted((*counted).to_owned()) };
    Some((Label::new(scheme, before(text, rest), numbers), rest))
}

/// `4`, `2-4`, `2.4`.
fn in_digits<'a>(text: &str, rest: &'a str) -> Option<(Vec<Number>, &'a str)> {
    let single = || digits(text, rest).and_then(|(number, rest)| Some((vec![number.number(0)?], rest)));
    joined_by(text, rest, &['-', '–', '．']).or_else(single)
}

/// The other end of a range behind a number, and what follows: `～2-4`. A hyphen may as well part one number.
pub(super) fn through<'a>(text: &str, rest: &'a str) -> Option<(Vec<Number>, &'a str)> {
    let end = rest.trim_start().strip_prefix(['～', '〜', '~', '至', '到'])?;
    in_digits(text, end.trim_start()).filter(|(_, rest)| !goes_on(rest))
}

/// `Table IV`: letters that number nothing else.
fn roman<'a>(text: &str, rest: &'a str) -> Option<(Vec<Number>, &'a str)> {
    let end = rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let numeral = Numeral::roman_alone(&rest[..end])?;
    let start = text.len() - rest.len();
    // Table X-ray.
    let rest = Some(&rest[end..]).filter(|rest| !rest.starts_with(['-', '\'', '’']))?;
    Some((vec![Number { numeral, at: start..start + end }], rest))
}

/// The word for what is counted that a text ends with: what it counts, and its length in bytes. `地图` and `列表` are words of
/// their own.
pub(super) fn word_before(text: &str) -> Option<(&'static str, usize)> {
    let latin = latin_word_before(text);
    if !latin.is_empty() {
        let name = latin.trim_end_matches('.').to_ascii_lowercase();
        let fits = |word: &str| {
            let word = word.trim_end_matches('.');
            name == word || name.strip_suffix('s') == Some(word)
        };
        return all_words().find(|(word, _)| fits(word)).map(|(_, counted)| (*counted, latin.len()));
    }
    let (word, counted) = WORDS.iter().find(|(word, _)| text.ends_with(word))?;
    let before = &text[..text.len() - word.len()];
    let may_stand = stands_alone(before) || before.ends_with(|c| SELDOM_OF_WORD.contains(c));
    may_stand.then_some((*counted, word.len()))
}

/// The word that a text ends with, if it is written in a script that parts words with blanks, and its full stop.
pub(super) fn latin_word_before(text: &str) -> &str {
    let word = text.strip_suffix('.').unwrap_or(text);
    &text[word.trim_end_matches(|c: char| c.is_alphabetic() && !is_cjk(c)).len()..]
}

/// What the reader is to do with a caption's figure. The last characters of these words are parts of others.
const VERBS: &[&str] = &[
    "参考", "參考", "参阅", "參閱", "查阅", "查閱", "阅读", "閱讀", "对比", "對比", "比较", "比較", "结合", "結合",
    "观察", "觀察", "回顾", "回顧", "分析",
];

/// What more may stand before such a word where it is only looked at with suspicion: 但图3更好, 本文图3.
const SELDOM_OF_WORD: &str = "但本文中述该該此而且是则則这這那";

/// Whether what stands before such a word is no part of it: 地图 and 列表 are words of their own.
pub(super) fn stands_alone(before: &str) -> bool {
    // 結果を図3に示す: kana are no part of the word.
    let is_kana = |c| matches!(c, 'ぁ'..='ん');
    let joins = |c: char| {
        !c.is_alphanumeric() || is_kana(c) || "如见見和与與及或在由从從参照据據按跟下上入将將把对對至到看的".contains(c)
    };
    before.chars().next_back().is_none_or(joins) || VERBS.iter().any(|verb| before.ends_with(verb))
}

/// What a caption's label counts: `图`, `figure`.
pub fn counted(label: &Label) -> &'static str {
    let written = label.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    word_of(written).map_or("", |(_, counted)| counted)
}

/// The word for what is counted that a text begins with: all of it, since `figur` begins `figure`.
fn word_of(text: &str) -> Option<&'static (&'static str, &'static str)> {
    let is_letter = |c: char| c.is_alphabetic() && !is_cjk(c);
    let ends = |word: &str| !word.ends_with(is_letter) || !text[word.len()..].starts_with(is_letter);
    all_words().find(|(word, _)| words::begins(text, word) && ends(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions() {
        for (text, label, values) in [
            ("图 3 系统结构", "图 3", vec![3]),
            ("图3：系统结构", "图3", vec![3]),
            ("表 2-1 参数", "表 2-1", vec![2, 1]),
            ("Figure 4. The loop", "Figure 4", vec![4]),
            ("Fig. 4", "Fig. 4", vec![4]),
            ("Fig 4: The loop", "Fig 4", vec![4]),
            ("Table 2: Costs", "Table 2", vec![2]),
            ("表一 名单", "表一", vec![1]),
            ("Listing 10 Sorting", "Listing 10", vec![10]),
            ("图 3a 主机", "图 3", vec![3]),
            ("Figure 2(b): Hosts", "Figure 2", vec![2]),
            ("【图 1】结构", "【图 1】", vec![1]),
            ("<그림 1> 구조", "<그림 1>", vec![1]),
            ("[그림 1] 구조", "[그림 1]", vec![1]),
            ("图 2（a） 端口", "图 2", vec![2]),
            ("图 2–1 端口", "图 2–1", vec![2, 1]),
            ("TABLE IV", "TABLE IV", vec![4]),
            ("Table II: Costs", "Table II", vec![2]),
            ("式（2）", "式（2）", vec![2]),
            ("Abbildung 2: Aufbau", "Abbildung 2", vec![2]),
            ("Abb. 3 Der Aufbau", "Abb. 3", vec![3]),
            ("Tableau 1 – Les coûts", "Tableau 1", vec![1]),
            ("Figura 2.1: Estructura", "Figura 2.1", vec![2, 1]),
            ("Рис. 2. Схема", "Рис. 2", vec![2]),
            ("Таблица 3 — Цены", "Таблица 3", vec![3]),
            ("公式 (2-1)：面积", "公式 (2-1)", vec![2, 1]),
        ] {
            assert_eq!(parse(text).map(|l| (l.text.clone(), l.values())), Some((label.to_owned(), values)), "{text}");
        }
        for text in [
            "图 1 显示了结构",
            "图 1 和图 2",
            "如图 3",
            "图形 3",
            "例如 3",
            "Figure 1 shows the loop",
            "Tables 2",
            "图 3ab",
            "图 3（见下）",
            "图 1 对比了甲和乙",
            "图 1-图 2",
            "图 1 - 图 2",
            "그림 2 에서 보듯이",
            "그림 4 참조",
            "[그림 1]과 같이",
            "[Figure 1] shows the loop",
            "Figure 2 contrasts the two",
            "表 3% 左右",
            "Table 4 and 5",
            "图 2中",
            "表现",
            "式（2）两边同乘",
            "式 2 两边同乘",
            "Table I made",
            "Table X-ray",
            "Table C: x",
            "公式（甲）",
            "Abbildung 2 zeigt den Aufbau",
            "Abbildungen 2",
            "Tabelle 4 und 5",
            "Figura 2 é igual",
            "Рис. 2 показывает схему",
            "Таблица3",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
