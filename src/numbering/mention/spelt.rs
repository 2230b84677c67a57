//! Numbers that are not written in digits: letters, Roman numbers, and words of English.

use std::sync::LazyLock;

use regex::Regex;

use super::{About, Mention, named_before};
use crate::numbering::{
    number::Number,
    numerals::{Numeral, System},
    words,
};

/// Numbers written with letters, which count only behind a word that says so.
static LETTERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words =
        r"附[录錄件][ \x{a0}]*|(?:[Aa]ppendi(?:x|ces)|[Cc]hapters?|[Pp]arts?|[Ss]ections?|[Ss]teps?)[ \x{a0}\n]+";
    Regex::new(&format!("({words})([A-Za-z]{{1,6}}|[Ⅰ-ⅿ]{{1,5}})")).ok()
});

/// Ordinals in words, before what they count.
static ORDINALS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let ordinals = words::ORDINALS.join("|");
    Regex::new(&format!(r"(?i-u:\b({ordinals})[ \n]+(chapter|section|appendix)\b)")).ok()
});

/// What is spoken of by letters or Roman numbers; one that can be either is both. Their lists count on from a number.
pub(super) fn lettered(text: &str, lists: usize) -> Vec<Mention> {
    let Some(pattern) = &*LETTERED else { return Vec::new() };
    let mut out = Vec::new();
    for found in pattern.captures_iter(text) {
        let (Some(word), Some(number)) = (found.get(1), found.get(2)) else { continue };
        if text[number.end()..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let Some((about, _)) = named_before(text[..word.end()].trim_end()) else { continue };
        let list = lists + out.len();
        let mention = |numeral| Mention {
            about,
            numbers: vec![Number { numeral, at: number.range() }],
            at: word.start()..number.end(),
            is_joined: false,
            is_spanned: false,
            list,
        };
        let written = words::WRITTEN_OUT.iter().position(|word| word.eq_ignore_ascii_case(number.as_str()));
        let written = written.map(|at| Numeral { system: System::Ascii, value: at as u64 + 1, width: 0 });
        out.extend(Numeral::readings(number.as_str()).chain(written).map(mention));
    }
    out
}

/// What is spoken of by an ordinal in words: the fourth section. Each is a list of its own.
pub(super) fn ordinals(text: &str, lists: usize) -> Vec<Mention> {
    let Some(pattern) = &*ORDINALS else { return Vec::new() };
    let found = pattern.captures_iter(text).filter_map(|found| {
        let (whole, ordinal, word) = (found.get(0)?, found.get(1)?, found.get(2)?);
        let value = words::ORDINALS.iter().position(|own| own.eq_ignore_ascii_case(ordinal.as_str()))? as u64 + 1;
        let about = About::Part(words::spoken(&word.as_str().to_ascii_lowercase())?);
        let numeral = Numeral { system: System::Ascii, value, width: 0 };
        Some((about, whole.range(), Number { numeral, at: ordinal.range() }))
    });
    let mention = |(index, (about, at, number))| Mention {
        about,
        numbers: vec![number],
        at,
        is_joined: false,
        is_spanned: false,
        list: lists + index,
    };
    found.enumerate().map(mention).collect()
}
