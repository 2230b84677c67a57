//! The width of the labels that a document counts with in brackets: `(1)`, `（甲）`.

use std::cell::OnceCell;

use super::brackets::Lone;
use crate::{
    document::Document,
    numbering::numerals::{is_digit, is_plain_numeral},
    source::{characters::is_kana_or_hangul, is_within, lines, merged},
};

/// For each [`Sign`], whether labels that lines begin with are narrow, and whether some are full-width.
pub(super) type Series = [[bool; 2]; 3];

/// Whether the other labels of a series that a pair belongs to are narrow, if the pair is the label that a line begins with,
/// and they are of one width: `(1)`, `(2）`, `(3)`.
pub(super) fn is_narrow(document: &Document, open: &Lone, close: &Lone, series: &OnceCell<Series>) -> Option<bool> {
    let text = &*document.source.text;
    let sign = sign(text.get(open.span.end as usize..close.span.start as usize)?)?;
    let head = text[..open.span.start as usize].chars().rev().find(|&c| !is_marker(c));
    if head.is_some_and(|c| c != '\n') {
        return None;
    }
    match series.get_or_init(|| self::series(document))[sign as usize] {
        [true, false] => Some(true),
        [false, true] => Some(false),
        _ => None,
    }
}

fn series(document: &Document) -> Series {
    let mut out = Series::default();
    let verbatim = merged(document.facts.verbatim());
    for (_, line) in lines(&document.source.text).filter(|(start, _)| !is_within(&verbatim, *start)) {
        let line = line.trim_start_matches(is_marker);
        for (at, (open, close)) in [('(', ')'), ('（', '）')].into_iter().enumerate() {
            let label = line.strip_prefix(open).and_then(|rest| rest.split_once(close));
            if let Some(sign) = label.and_then(|(label, _)| sign(label)) {
                out[sign as usize][at] = true;
            }
        }
    }
    out
}

/// Whether a character may stand before the label that a line begins with.
fn is_marker(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '#' | '*' | '>' | '-' | '+')
}

/// The signs that labels count with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Digit,
    Letter,
    Other,
}

/// What a label counts with, if a text is short enough for one.
fn sign(text: &str) -> Option<Sign> {
    /// A longer text is none, in characters.
    const LONGEST: usize = 3;
    let is_short = !text.is_empty() && text.chars().nth(LONGEST).is_none();
    let all = |is: fn(char) -> bool| is_short && text.chars().all(is);
    if all(is_digit) {
        Some(Sign::Digit)
    } else if all(|c| c.is_ascii_alphabetic()) {
        Some(Sign::Letter)
    } else {
        all(|c| is_plain_numeral(c) || is_kana_or_hangul(c)).then_some(Sign::Other)
    }
}
