//! Definitions, those that count and those that do not, and references that nothing defines.

use std::collections::HashSet;

use memchr::memmem;
use pulldown_cmark::{BrokenLink, LinkType, RefDefs};

use super::link;
use crate::{
    document::{Definition, Undefined},
    order,
    source::{Span, is_within},
};

/// The definitions that count.
pub(super) fn defined(all: &RefDefs<'_>, text: &str, base: usize) -> Vec<Definition> {
    let read = all.iter().map(|(label, definition)| {
        let span = Span::from(definition.span.clone()).shifted(base);
        let destination = link::definition_destination(text, span).unwrap_or(span);
        Definition { label: label.to_owned(), span, destination, target: definition.dest.to_string() }
    });
    let mut definitions: Vec<Definition> = read.collect();
    order::by_key(&mut definitions, |definition| definition.span);
    definitions
}

/// What the parser drops without a word: definitions of a label that is defined before. They stand at the start of a
/// line, and no block holds them. `leaves` are the blocks with text, in order.
pub(super) fn overridden(text: &str, base: usize, known: &[Definition], leaves: &[Span]) -> Vec<Definition> {
    if known.is_empty() {
        return Vec::new();
    }
    let labels: HashSet<String> = known.iter().map(|definition| normalized(&definition.label)).collect();
    let spans: Vec<Span> = known.iter().map(|definition| definition.span).collect();
    // A line has one label at most, which ends at the first `]`.
    let (mut line, mut told, mut looked) = (base, usize::MAX, base);
    let colons = memmem::find_iter(&text.as_bytes()[base..], "]:").map(|at| base + at);
    let read = |close: usize| {
        line = text[looked..close].rfind('\n').map_or(line, |at| looked + at + 1);
        looked = close;
        if text[line..close].ends_with('\\') || std::mem::replace(&mut told, line) == line {
            return None;
        }
        let before = &text[line..close];
        let start = line + before.len() - before.trim_start_matches(['>', ' ', '\t']).len();
        let label = text[start..close].strip_prefix('[').filter(|label| !label.starts_with('^'))?;
        if is_within(&spans, start) || is_within(leaves, start) || !labels.contains(&normalized(label)) {
            return None;
        }
        let end = text[close..].match_indices('\n').nth(1).map_or(text.len(), |(at, _)| close + at);
        let destination = link::definition_destination(text, Span::new(start, end))?;
        let target = text[destination.range()].to_owned();
        let span = Span::new(start, destination.end as usize);
        Some(Definition { label: label.to_owned(), span, destination, target })
    };
    colons.filter_map(read).collect()
}

/// How `CommonMark` compares labels: letter case and runs of blanks aside.
pub(crate) fn normalized(label: &str) -> String {
    let is_plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/'));
    if is_plain {
        return label.to_ascii_lowercase();
    }
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// `[text][label]` and `[label][]` without a definition.
pub(super) fn undefined(link: &BrokenLink<'_>, base: usize) -> Option<Undefined> {
    let is_explicit = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
    let span = Span::from(link.span.clone()).shifted(base);
    is_explicit.then(|| Undefined { label: link.reference.to_string(), span, is_footnote: false })
}
