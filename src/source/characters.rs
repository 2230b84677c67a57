//! What characters are, for Chinese, Japanese and Korean text above all.

use std::sync::LazyLock;

use regex::Regex;

static PUNCTUATION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\p{P}\p{S}]").ok());

/// Whether `CommonMark` counts a character as punctuation: Unicode's categories P and S.
pub fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    // Letters and digits, which most characters are, need no search.
    !c.is_alphanumeric() && PUNCTUATION.as_ref().is_some_and(|regex| regex.is_match(c.encode_utf8(&mut [0; 4])))
}

/// Marks that Chinese and Japanese text is punctuated with, full-width forms of ASCII marks among them.
pub fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201D}' | '…' | '—' | '·') || is_full_width_mark(c)
}

/// Those of them that no other text uses.
pub fn is_full_width_mark(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

/// Quotes and brackets that belong together.
pub const PAIRS: &[(char, char)] = &[
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('(', ')'),
    ('[', ']'),
    ('"', '"'),
    ('\'', '\''),
];

/// Whether a character opens a pair that ends with another.
pub fn opens_pair(c: char) -> bool {
    PAIRS.iter().any(|&(open, close)| c == open && open != close)
}

/// Whether a character ends a pair that another opens.
pub fn closes_pair(c: char) -> bool {
    PAIRS.iter().any(|&(open, close)| c == close && open != close)
}

/// Marks that end a sentence or a part of it, and may as well stand outside of what they end.
pub fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '…' | '—' | '．' | ',' | '.' | ';' | ':' | '!' | '?')
}

/// Whether a character is a Chinese one of the common block, or a mark of Chinese text: it has no letter case and one
/// Unicode form.
pub fn is_common_ideograph(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3011}' | '\u{4E00}'..='\u{9FFF}')
}

/// Whether letter case is a matter of ASCII in a text, and Unicode has one form of it: most texts can be told so at
/// once, and looking up each character takes many times as long.
pub fn is_simple(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii() || is_common_ideograph(c) || is_simple_mark(c))
}

/// Dashes, quotation marks and what else CJK text is punctuated with: marks of one Unicode form.
pub fn is_simple_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3029}' | '\u{FF01}'..='\u{FF20}')
}

/// A text in lower case, as [`str::to_lowercase`] makes it.
pub fn lower_case(text: &str) -> String {
    if is_simple(text) { text.to_ascii_lowercase() } else { text.to_lowercase() }
}

/// Letters of Korean.
pub fn is_hangul(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{FFA0}'..='\u{FFDC}')
}

/// Letters of Chinese, Japanese and Korean: Han, kana, bopomofo, Hangul.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '々'..='〇' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{30FA}' | 'ー'..='ヿ'
        | '\u{3105}'..='\u{318E}' | '\u{31A0}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

/// Letters of Chinese and Japanese: Han, kana, bopomofo.
pub fn is_han_or_kana(c: char) -> bool {
    is_cjk(c) && !is_hangul(c)
}

/// The character of ASCII that a full-width one stands for: they follow in the same order.
pub fn narrowed(c: char) -> char {
    u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c)
}

/// Hangul, and kana without their half-width forms.
pub fn is_kana_or_hangul(c: char) -> bool {
    is_hangul(c) || ('\u{3041}'..='\u{30FA}').contains(&c)
}

/// Whether what stands between two brackets makes a face of them: `(´▽｀）`, `(ﾟ∀ﾟ)`.
pub fn is_face(inner: &str) -> bool {
    /// A longer text is no face.
    const LONGEST: usize = 10;
    let is_short = inner.chars().nth(LONGEST).is_none();
    let is_drawn = is_short && inner.contains(['´', '｀', 'ω', 'Д', 'д', '▽', '∀', '°', '□', '≧', '≦', '￣', '∇', '╯']);
    let is_sound = |c: char| is_kana_or_hangul(c) || matches!(c, '\u{FF66}'..='\u{FF9F}');
    let is_text = |c: char| c.is_ascii_alphanumeric() || (is_cjk(c) && !is_sound(c));
    is_drawn && !inner.contains(is_text)
}

/// Whether a character has no width, joiners among them.
pub fn has_no_width(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Whether a character only turns the direction of text.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character shows nothing of itself. Joiners are none of them, since emoji and several scripts need them.
pub fn shows_nothing(c: char) -> bool {
    let is_joiner = matches!(c, '\u{200C}' | '\u{200D}');
    turns_direction(c) || (has_no_width(c) && !is_joiner)
}

/// Whether nobody sees a character, or nothing is left of it.
pub fn is_unseen(c: char) -> bool {
    c.is_control() || c == '\u{FFFD}' || shows_nothing(c)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn what_is_simple_has_one_form_and_letter_case_of_ascii() {
        let all = (char::MIN..=char::MAX).map(String::from);
        for text in all.filter(|text| is_simple(text)) {
            assert_eq!(text.to_lowercase(), text.to_ascii_lowercase(), "{text:?}");
            assert!(text.nfc().eq(text.chars()), "{text:?}");
        }
    }
}
