//! Numbers that are not written in digits: letters, Roman numbers, and words of English.

use std::ops::Range;

use memchr::memmem;

use super::{About, Mention, named_before};
use crate::{
    numbering::{
        number::Number,
        numerals::{Numeral, System},
        words,
    },
    order,
};

/// Words behind which a number may be written with letters; the first one may be a capital.
const LETTERED: &[&str] =
    &["appendix", "appendices", "chapter", "chapters", "part", "parts", "section", "sections", "step", "steps"];

/// Numbers written with letters, which count only behind a word that says so: where that begins and ends, and the number.
fn all_lettered(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let number = |word: Range<usize>, blanks: &[char]| {
        let start = text.len() - text[word.end..].trim_start_matches(blanks).len();
        let rest = &text[start..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let signs = rest.chars().take(5).take_while(|c| ('Ⅰ'..='ⅿ').contains(c)).map(char::len_utf8).sum();
        let length: usize = letters.max(signs);
        let ends = !rest[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_number = ends && ((1..=6).contains(&letters) || signs > 0);
        is_number.then_some((word, start..start + length))
    };
    let latin = runs(text, |byte| byte.is_ascii_alphabetic()).filter_map(|run| {
        let start = words::ending(&text[run.clone()], LETTERED)?;
        let found = number(run.start + start..run.end, &[' ', '\u{a0}', '\n'])?;
        (found.1.start > run.end).then_some(found)
    });
    let han = memmem::find_iter(text.as_bytes(), "附").filter_map(|at| {
        let word = at..at + "附录".len();
        let is_word = ["录", "錄", "件"].iter().any(|own| text[at + "附".len()..].starts_with(own));
        if is_word { number(word, &[' ', '\u{a0}']) } else { None }
    });
    let ordinal = memmem::find_iter(text.as_bytes(), "第").filter_map(|at| {
        let found = number(at..at + "第".len(), &[' ', '\u{a0}'])?;
        counter_behind(&text[found.1.end..]).map(|_| found)
    });
    let mut all: Vec<_> = latin.chain(han).chain(ordinal).collect();
    order::by_key(&mut all, |(word, _)| word.start);
    all
}

/// What counts the number that a text stands behind: 第 IV 节.
fn counter_behind(text: &str) -> Option<&'static str> {
    let counter = words::COUNTERS.iter().find(|word| text.trim_start_matches([' ', '\u{a0}']).starts_with(**word))?;
    Some(words::canonical(counter))
}

/// The runs of certain bytes of ASCII, as long as they are.
fn runs(text: &str, is_of_run: impl Fn(u8) -> bool) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + bytes[from..].iter().position(|&byte| is_of_run(byte))?;
        from = start + bytes[start..].iter().take_while(|&&byte| is_of_run(byte)).count();
        Some(start..from)
    })
}

/// What is spoken of by letters or Roman numbers; one that can be either is both. Their lists count on from a number.
pub(super) fn lettered(text: &str, lists: usize) -> Vec<Mention> {
    let mut out = Vec::new();
    for (word, number) in all_lettered(text) {
        let named = || named_before(&text[..word.end]).map(|(about, _)| about);
        let counted = || counter_behind(&text[number.end..]).map(About::Part);
        let Some(about) = named().or_else(counted) else { continue };
        let written = &text[number.clone()];
        let list = lists + out.len();
        let mention = |numeral| Mention {
            about,
            numbers: vec![Number { numeral, at: number.clone() }],
            at: word.start..number.end,
            is_joined: false,
            is_spanned: false,
            list,
        };
        let in_words = words::WRITTEN_OUT.iter().position(|word| word.eq_ignore_ascii_case(written));
        let in_words = in_words.map(|at| Numeral { system: System::Ascii, value: at as u64 + 1, width: 0 });
        out.extend(Numeral::readings(written).chain(in_words).map(mention));
    }
    out
}

/// The ordinals in words of English, before what they count; each with where that begins.
pub(super) fn english_ordinals(text: &str) -> impl Iterator<Item = (Number, usize)> {
    let all = runs(text, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
    all.filter(|at| at.len() >= "first".len()).filter_map(|at| {
        let word = &text[at.clone()];
        let value = words::ORDINALS.iter().position(|own| own.eq_ignore_ascii_case(word))? as u64 + 1;
        let next = text[at.end..].trim_start_matches([' ', '\n']);
        let number = Number { numeral: Numeral { system: System::Ascii, value, width: 0 }, at };
        (next.len() < text.len() - number.at.end).then(|| (number, text.len() - next.len()))
    })
}

/// What is spoken of by an ordinal in words: the fourth section. Each is a list of its own.
pub(super) fn ordinals(text: &str, lists: usize) -> Vec<Mention> {
    let found = english_ordinals(text).filter_map(|(number, next)| {
        let length = text[next..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let word = text[next..next + length].to_ascii_lowercase();
        let counted = words::spoken(&word).filter(|_| matches!(&*word, "chapter" | "section" | "appendix"))?;
        Some((About::Part(counted), number.at.start..next + length, number))
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
