//! The language a document is written in, as far as its characters tell.

use super::Document;
use crate::source::characters::{is_cjk, is_full_width_mark};

/// A language that rules tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// English, or any other that is written in neither of the scripts below.
    English,
    /// Chinese.
    Chinese,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
}

/// As much of a text as tells its language, in bytes.
const LOOK: usize = 1 << 11;

impl Tongue {
    /// All of them, with their two-letter codes.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::English, "en"), (Self::Japanese, "ja"), (Self::Korean, "ko"), (Self::Chinese, "zh")];

    /// The language a code stands for.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own)| *own == code).map(|(tongue, _)| *tongue)
    }

    /// Its two-letter code.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(tongue, _)| *tongue == self).map_or("", |(_, code)| code)
    }

    /// What the front matter says (`lang` or `language`), else what is written: kana make Han characters Japanese,
    /// and a text with a tenth of Han characters is Chinese, since names and code are Latin everywhere.
    pub(super) fn of(document: &Document) -> Self {
        let field = |name: &str| document.header_field(name)?.as_str();
        let said = field("lang").or_else(|| field("language")).map(str::to_lowercase);
        if let Some(own) = said.as_deref().and_then(|said| Self::parse(said.get(..2)?)) {
            return own;
        }
        let text = document.prose().text().as_bytes();
        let text = &text[..text.len().min(LOOK)];
        let latin = count(text, |byte| byte.is_ascii_alphabetic());
        let Scripts { han, kana, hangul } = Scripts::of(text);
        let all = han + kana + hangul + latin;
        if hangul > han + kana && hangul * 10 > all {
            Self::Korean
        } else if (han + kana) * 10 <= all {
            Self::English
        } else if kana * 20 > han {
            Self::Japanese
        } else {
            Self::Chinese
        }
    }

    /// Whether a block of a document in this language is written in another one, as far as its typography goes: an
    /// English sentence that names some letters, or, in Japanese, a Chinese one.
    pub(super) fn is_foreign(self, block: &str) -> bool {
        let text = block.as_bytes();
        let letters = Scripts::of(text);
        let Scripts { han, kana, hangul } = letters;
        // In English, blanks part the words, and most of them are no names.
        let words = count_pairs(text, |first, second| (first == b' ') & second.is_ascii_lowercase());
        words > han + kana + hangul
            || names_something(block, &letters)
            || (self == Self::Japanese && kana == 0 && block.contains(is_simplified))
    }
}

/// Whether a block is a sentence of Latin words in which names of another script stand by themselves: `Supports 日本語.`
fn names_something(block: &str, letters: &Scripts) -> bool {
    const WORDS: &[&str] = &["the", "of", "for", "by", "to", "in", "with", "from", "is", "are", "on"];
    let text = block.trim();
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) || text.contains(is_full_width_mark) {
        return false;
    }
    let Scripts { han, kana, hangul } = *letters;
    let latin = count(text.as_bytes(), |byte| byte.is_ascii_alphabetic());
    let touch = |(first, second): (char, char)| match (is_cjk(first), is_cjk(second)) {
        (false, true) => !(first.is_whitespace() || matches!(first, '(' | '"' | '\'')),
        (true, false) => second.is_alphanumeric(),
        _ => false,
    };
    let has_word = || text.split_ascii_whitespace().any(|word| WORDS.contains(&word));
    latin > han + kana + hangul
        && (has_word() || (kana == 0 && text.ends_with('.')))
        && !text.chars().zip(text.chars().skip(1)).any(touch)
}

/// Whether a character is one of the most common ones of simplified Chinese that JIS X 0208 has not: a sentence hardly
/// goes without.
fn is_simplified(c: char) -> bool {
    const COMMON: &str = "这时对为说么过问题们发复开务实节动间现关进类认设话结变样应选标计统该执语组项调单线还户种态试则给导错场码规请\
                          别确读级录优构处吗觉库创经询检输两启证验连记义让备长";
    COMMON.contains(c)
}

/// How many letters of a text are of which script.
struct Scripts {
    han: usize,
    kana: usize,
    hangul: usize,
}

impl Scripts {
    /// The first byte of a character tells its script; that of kana is shared with punctuation.
    fn of(text: &[u8]) -> Self {
        Self {
            han: count(text, |byte| (0xE4..=0xE9).contains(&byte)),
            hangul: count(text, |byte| (0xEA..=0xED).contains(&byte)),
            kana: count_pairs(text, |first, second| (first == 0xE3) & matches!(second, 0x81..=0x83)),
        }
    }
}

/// How many bytes are of a kind, the last one left out: a letter more or less tells nothing.
fn count(text: &[u8], is_one: impl Fn(u8) -> bool) -> usize {
    count_pairs(text, |byte, _| is_one(byte))
}

/// How many bytes are of a kind together with the one behind them, which the last one has not. Within a stretch they are counted in a byte, many at
/// once.
fn count_pairs(text: &[u8], is_one: impl Fn(u8, u8) -> bool) -> usize {
    let behind = text.get(1..).unwrap_or_default();
    let of = |(stretch, behind): (&[u8], &[u8])| {
        let ones = stretch.iter().zip(behind).map(|(&byte, &next)| u8::from(is_one(byte, next)));
        usize::from(ones.sum::<u8>())
    };
    text.chunks(128).zip(behind.chunks(128)).map(of).sum()
}
