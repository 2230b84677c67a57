//! The language a document is written in, as far as its characters tell.

use super::Document;

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
const LOOK: usize = 1 << 13;

impl Tongue {
    /// Its two-letter code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
            Self::Japanese => "ja",
            Self::Korean => "ko",
        }
    }

    /// What the front matter says (`lang` or `language`), else what is written: kana make Han characters Japanese,
    /// and a text with a tenth of Han characters is Chinese, since names and code are Latin everywhere.
    pub(super) fn of(document: &Document) -> Self {
        let header = document.facts.front_matter.as_ref();
        let field = |name: &str| header?.field(name)?.as_str();
        let said = field("lang").or_else(|| field("language")).map(str::to_lowercase);
        match said.as_deref().and_then(|said| said.get(..2)) {
            Some("zh") => return Self::Chinese,
            Some("ja") => return Self::Japanese,
            Some("ko") => return Self::Korean,
            Some("en") => return Self::English,
            _ => {}
        }
        let (mut han, mut kana, mut hangul, mut latin) = (0u32, 0u32, 0u32, 0u32);
        let text = document.prose().text();
        for c in text.char_indices().take_while(|(at, _)| *at < LOOK).map(|(_, c)| c) {
            match c {
                'a'..='z' | 'A'..='Z' => latin += 1,
                '\u{3041}'..='\u{30FF}' => kana += 1,
                '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => han += 1,
                '\u{AC00}'..='\u{D7A3}' => hangul += 1,
                _ => {}
            }
        }
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
}
