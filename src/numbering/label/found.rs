//! A number that a label may hold, with everything it can be, and what stands around it.

use std::ops::Range;

use super::{Label, Scheme};
use crate::numbering::{
    number::Number,
    numerals::{self, Class, LONGEST, Numeral},
};

/// Brackets around a number: as written, and the narrow form that names the scheme.
pub(in crate::numbering) const BRACKETS: &[(char, char, char)] =
    &[('【', '】', '【'), ('（', '）', '('), ('(', ')', '('), ('［', '］', '['), ('[', ']', '['), ('〔', '〕', '〔')];

/// Marks behind a number: as written, narrow, and whether a blank (or nothing) must follow. Without that rule
/// `1.文` and `3.5` would be labels.
pub(in crate::numbering) const MARKS: &[(char, char, bool)] = &[
    ('.', '.', true),
    ('．', '.', false),
    ('、', '、', false),
    (')', ')', false),
    ('）', ')', false),
    ('：', ':', false),
];

/// Two or more Arabic numbers with dots between, or two or three with hyphens, at the start of `rest`, which is a suffix of
/// `text`.
pub(in crate::numbering) fn components<'a>(text: &str, rest: &'a str) -> Option<(Vec<Number>, &'a str)> {
    joined_by(text, rest, &['-', '．'])
}

/// The same with other signs than a full stop between.
pub(in crate::numbering) fn joined_by<'a>(
    text: &str,
    rest: &'a str,
    joints: &[char],
) -> Option<(Vec<Number>, &'a str)> {
    // Mostly there is one number; to read it takes longer than to see that nothing joins it to another.
    let behind = rest.trim_start_matches(numerals::is_numeral_character);
    if !behind.starts_with('.') && !behind.starts_with(joints) {
        return None;
    }
    let (first, mut rest) = digits(text, rest)?;
    let joint = rest.chars().next().filter(|c| joints.contains(c)).unwrap_or('.');
    let mut numbers = vec![first.number(0)?];
    while let Some((next, after)) = rest.strip_prefix(joint).and_then(|behind| digits(text, behind)) {
        numbers.push(next.number(0)?);
        rest = after;
    }
    let arabic = |n: &Number| n.numeral.system.class() == Class::Arabic && n.numeral.value > 0;
    let enough = if matches!(joint, '-' | '–') { (2..=3).contains(&numbers.len()) } else { numbers.len() > 1 };
    (enough && numbers.iter().all(arabic)).then_some((numbers, rest))
}

/// A number in a text, with everything it can be.
pub(in crate::numbering) struct Found {
    pub(super) readings: Vec<Numeral>,
    at: Range<usize>,
}

impl Found {
    pub(in crate::numbering) fn number(&self, reading: usize) -> Option<Number> {
        Some(Number { numeral: *self.readings.get(reading)?, at: self.at.clone() })
    }
}

/// A number read by `read`, with blanks around it allowed.
pub(super) fn spaced<'a>(
    text: &str,
    rest: &'a str,
    read: fn(&str, &'a str) -> Option<(Found, &'a str)>,
) -> Option<(Found, &'a str)> {
    let (found, rest) = read(text, rest.trim_start())?;
    Some((found, rest.trim_start()))
}

/// The longest number of digits, Latin or Chinese, at the start of `rest`, which is a suffix of `text`.
pub(in crate::numbering) fn digits<'a>(text: &str, rest: &'a str) -> Option<(Found, &'a str)> {
    found(text, rest, numerals::run(rest))
}

/// The same for letters that count: a run of ASCII letters, or one of another script.
pub(super) fn letters<'a>(text: &str, rest: &'a str) -> Option<(Found, &'a str)> {
    let first = rest.chars().next().filter(|&c| numerals::is_letter(c))?;
    let alone = |c: char| !c.is_ascii_alphabetic() && !('\u{2160}'..='\u{217F}').contains(&c);
    let run = rest.find(|c: char| alone(c) || !numerals::is_letter(c)).unwrap_or(rest.len());
    found(text, rest, if alone(first) { first.len_utf8() } else { run })
}

pub(super) fn found<'a>(text: &str, rest: &'a str, end: usize) -> Option<(Found, &'a str)> {
    if end == 0 || end > LONGEST {
        return None;
    }
    let start = text.len() - rest.len();
    let mut readings: Vec<Numeral> = Numeral::readings(&rest[..end]).collect();
    // Ways of writing that agree on the class and the value are one.
    readings.dedup_by_key(|reading| (reading.system.class(), reading.value));
    (!readings.is_empty()).then(|| (Found { readings, at: start..start + end }, &rest[end..]))
}

pub(in crate::numbering) fn ends_with_blank(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
}

/// Whether nothing that belongs to the number goes on behind it (`步骤 1a`, `步骤 1.2`).
pub(super) fn ends_number(rest: &str) -> bool {
    let mut after = rest.chars();
    match after.next() {
        Some('.' | '-') => !after.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => !c.is_ascii_alphanumeric() && c != '%',
        None => true,
    }
}

/// A label with one number, and what else it can be.
pub(super) fn label(text: &str, rest: &str, found: &Found, scheme: impl Fn(Class) -> Scheme) -> Option<Label> {
    let read = |index: usize| {
        let number = found.number(index)?;
        let scheme = scheme(number.numeral.system.class());
        Some(Label::new(scheme, before(text, rest), vec![number]))
    };
    let other = read(1).map(Box::new);
    Some(Label { other, ..read(0)? })
}

pub(in crate::numbering) fn before(text: &str, rest: &str) -> String {
    text[..text.len() - rest.len()].trim_end().to_owned()
}
