//! What a document is called, and when two titles are the same.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Document;
use crate::source::{
    Location, Span,
    characters::{is_common_ideograph, is_simple_mark, narrowed},
};

/// Where the title stands, which stands for the document, or where a document without one begins.
pub fn top(document: &Document) -> Location {
    document.at(title(document).map_or(Span::at(0), |(_, span)| span))
}

/// The heading that is the title: the first one, if every other one is of a deeper level. Below a header with a title it
/// is of level 1, since the text may begin with its sections there.
pub fn title_heading(document: &Document) -> Option<usize> {
    title_heading_as(document, |at| document.facts.headings[at].level)
}

/// The same where headings are read as if they stood at other levels.
pub fn title_heading_as(document: &Document, level: impl Fn(usize) -> u8) -> Option<usize> {
    let headings = &document.facts.headings;
    headings.first().filter(|first| first.container == 0)?;
    let is_first = (1..headings.len()).all(|at| headings[at].container != 0 || level(at) > level(0));
    (is_first && (level(0) == 1 || stated(document).is_none())).then_some(0)
}

/// The title, and where it stands: the field `title` of the header; else the heading that is the title; else the first
/// heading, if it is of level 1.
pub fn title(document: &Document) -> Option<(&str, Span)> {
    let facts = &document.facts;
    let first = || facts.headings.first().filter(|first| first.level == 1 && first.container == 0).map(|_| 0);
    let heading = || {
        let heading = &facts.headings[title_heading(document).or_else(first)?];
        (!heading.is_empty).then_some((heading.text.trim(), heading.content))
    };
    stated(document).or_else(heading)
}

/// The title that the header states.
fn stated(document: &Document) -> Option<(&str, Span)> {
    let node = document.header_field("title")?;
    Some((node.as_str()?, node.span)).filter(|(text, _)| !text.trim().is_empty())
}

/// Where the header states the text of a heading as the title, word for word; and which heading.
pub fn repeated_title(document: &Document) -> Option<(Span, usize)> {
    let (title, span) = stated(document)?;
    let heading = document.facts.headings.iter().position(|heading| heading.text == title)?;
    let at = document.source.slice(span).find(title)?;
    Some((Span::new(at, at + title.len()).shifted(span.start as usize), heading))
}

/// Whether two texts are the same as titles are compared.
pub fn fold_alike(a: &str, b: &str) -> bool {
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain(a) && is_plain(b) { a.eq_ignore_ascii_case(b) } else { folded(a) == folded(b) }
}

/// A title as titles are compared: letter case, width of characters, Unicode form and the amount of blanks aside.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The same behind what a string holds, so that its memory may serve many titles.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    let start = out.len();
    if text.is_ascii() {
        for word in text.split_whitespace() {
            if out.len() > start {
                out.push(' ');
            }
            out.push_str(word);
        }
        return out[start..].make_ascii_lowercase();
    }
    if fold_simply(text, out) {
        return;
    }
    out.truncate(start);
    let composed = if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) };
    for c in composed.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            '\u{FF01}'..='\u{FF5E}' => out.push(narrowed(c).to_ascii_lowercase()),
            c if is_common_ideograph(c) => out.push(c),
            c if c.is_whitespace() => {
                if out.len() > start && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(start + out[start..].trim_end_matches(' ').len());
}

/// The same of a text whose characters all have one form, as most titles are; `false` where it is none, and then what was
/// added is of no use.
fn fold_simply(text: &str, out: &mut String) -> bool {
    let start = out.len();
    out.reserve(text.len());
    for c in text.chars() {
        match c {
            c if is_common_ideograph(c) || c.is_ascii_graphic() => out.push(c.to_ascii_lowercase()),
            ' ' => {
                if out.len() > start && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{FF01}'..='\u{FF5E}' => out.push(narrowed(c).to_ascii_lowercase()),
            c if is_simple_mark(c) => out.push(c),
            _ => return false,
        }
    }
    out.truncate(start + out[start..].trim_end_matches(' ').len());
    true
}
