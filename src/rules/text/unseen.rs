//! What characters without width do in text: part words, hold them together, keep text from being more than text.

use crate::{
    document::{Document, prose::Piece},
    source::{Span, characters::is_cjk},
};

/// Whether what stands in a piece of text, between others, does its work there.
pub(super) fn works(document: &Document, span: Span, pieces: (&[&Piece], &Piece, &[&Piece])) -> bool {
    match document.source.slice(span) {
        "\u{AD}" => may_part_word(document, span),
        "\u{2060}" => holds_together(document, span),
        written if written.starts_with('\u{200B}') => {
            keeps_apart(document, span) || shapes_markup(document, span, pieces)
        }
        _ => false,
    }
}

/// Whether a soft hyphen says where a line may part a word: in scripts that have words, within a long one. In a short one
/// (`pkg-ng`) it is a hyphen that nobody sees any more.
fn may_part_word(document: &Document, span: Span) -> bool {
    /// Words of so many letters are parted.
    const LONG: usize = 9;
    let is_of_word = |c: &char| c.is_alphabetic() && !is_cjk(*c);
    let text = &*document.source.text;
    let (before, behind) = (&text[..span.start as usize], &text[span.end as usize..]);
    let letters = |all: &mut dyn Iterator<Item = char>| {
        all.take_while(|c| is_of_word(c) || *c == '\u{AD}').filter(is_of_word).take(LONG).count()
    };
    let (front, back) = (letters(&mut before.chars().rev()), letters(&mut behind.chars()));
    let (last, next) = document.source.around(span);
    is_of_word(&last) && is_of_word(&next) && front + back >= LONG
}

/// Whether U+2060 keeps a line from being broken beside a dash, or between a number and what it counts.
fn holds_together(document: &Document, span: Span) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '/' | '\u{2010}'..='\u{2015}');
    let (before, after) = document.source.around(span);
    !before.is_whitespace()
        && !after.is_whitespace()
        && (is_dash(before) || is_dash(after) || before.is_numeric() != after.is_numeric())
}

/// Whether U+200B keeps a mention, an emoji's name, a reference or a link from being one.
fn keeps_apart(document: &Document, span: Span) -> bool {
    let (before, after) = document.source.around(span);
    matches!(before, '@' | ':' | '#') && (after.is_ascii_alphanumeric() || after == '/')
}

/// Whether U+200B stands directly beside emphasis, where somebody put it for a renderer, or between it or text and code.
fn shapes_markup(document: &Document, span: Span, (before, own, behind): (&[&Piece], &Piece, &[&Piece])) -> bool {
    let (left, right) = document.source.around(span);
    let is_delimiter = |c: char| matches!(c, '*' | '_' | '~');
    // What the parser made something of stands between two pieces.
    let begins = span.start == own.span.start;
    let ends = span.end == own.span.end;
    let last = before.len().checked_sub(2).and_then(|at| before.get(at));
    let is_gap_before = last.is_none_or(|last| last.span.end < own.span.start);
    let is_gap_behind = behind.first().is_none_or(|next| own.span.end < next.span.start);
    // Two of a kind are meant. If they show, `unrendered-emphasis` repairs both.
    let text = &*document.source.text;
    let (front, rest) = (&text[..span.start as usize], &text[span.end as usize..]);
    let is_double = ["**", "__", "~~"].iter().any(|run| front.ends_with(run) || rest.starts_with(run));
    is_double
        || (begins && (left == '`' || (is_delimiter(left) && is_gap_before)))
        || (ends && (right == '`' || (is_delimiter(right) && is_gap_behind)))
}

/// Whether what has no width parts a letter and a bare URL, which is one no more behind it.
pub(super) fn parts_url(document: &Document, span: Span) -> bool {
    let (before, _) = document.source.around(span);
    let behind = &document.source.text[span.end as usize..];
    before.is_alphanumeric() && ["http", "www.", "ftp"].iter().any(|start| behind.starts_with(start))
}

/// What of a line stands before and behind a stretch.
fn line(document: &Document, span: Span) -> (&str, &str) {
    /// So far, in characters.
    const REACH: usize = 80;
    let text = &*document.source.text;
    let (before, behind) = (&text[..span.start as usize], &text[span.end as usize..]);
    let length = |chars: &mut dyn Iterator<Item = char>| -> usize {
        chars.take(REACH).take_while(|&c| c != '\n').map(char::len_utf8).sum()
    };
    let start = before.len() - length(&mut before.chars().rev());
    (&before[start..], &behind[..length(&mut behind.chars())])
}

/// Whether a stretch may be part of the id of a heading, `{#…}`: links name it with all that it holds.
pub(super) fn is_of_id(document: &Document, span: Span) -> bool {
    let (before, behind) = line(document, span);
    before.rsplit_once("{#").is_some_and(|(_, id)| !id.contains(['}', ' '])) && behind.contains('}')
}

/// Whether a line would begin another block if a stretch of it went: `##` and a blank, `- ` at its beginning.
pub(super) fn hides_block(document: &Document, span: Span) -> bool {
    /// What begins a block is not longer than this, in bytes.
    const LONGEST: usize = 12;
    let (before, behind) = line(document, span);
    let mut head = before.trim_start_matches([' ', '\t', '>']);
    while let Some(rest) = ["- ", "* ", "+ "].iter().find_map(|mark| head.strip_prefix(mark)) {
        head = rest.trim_start();
    }
    let written = document.source.slice(span);
    head.len() <= LONGEST
        && begins_block(&format!("{head}{behind}"))
        && !begins_block(&format!("{head}{written}{behind}"))
}

/// Whether a line begins a heading, a list, a quotation, a fence or a rule.
fn begins_block(line: &str) -> bool {
    let line = line.trim();
    let heading = line.trim_start_matches('#');
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_listed = |text: &str, marks: &[char]| {
        text.strip_prefix(marks).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    (heading.len() < line.len() && (heading.is_empty() || heading.starts_with([' ', '\t'])))
        || is_listed(line, &['-', '+', '*'])
        || (number.len() < line.len() && is_listed(number, &['.', ')']))
        || line.starts_with(['>', '|'])
        || line.starts_with("```")
        || line.starts_with("~~~")
        || (!line.is_empty() && ['-', '=', '*', '_'].iter().any(|mark| line.trim_matches(*mark).is_empty()))
}
