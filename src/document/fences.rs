//! Fences that are not closed, so that what stands behind may be code, and the code text.

use std::ops::Range;

use memchr::memmem;

use super::{Document, Fence};
use crate::{
    numbering::label,
    source::{Span, lines},
};

/// How a code block goes on for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclosed {
    /// Up to the end of the document.
    ToTheEnd,
    /// Up to the end of the list item or quote that holds it.
    WithItsContainer,
    /// Up to the closing fence of another block, of which this is the opening one.
    BeforeAnother(Span),
}

impl Document {
    /// Its fenced code blocks that nobody closed where they should end.
    pub fn unclosed_fences(&self) -> impl Iterator<Item = (&Fence, Unclosed)> {
        self.facts.fences.iter().filter_map(|fence| Some((fence, self.unclosed(fence)?)))
    }

    /// Where the first unclosed fence begins that holds a heading with a number: what follows counts on from that one.
    pub(super) fn unclosed_number(&self) -> Option<u32> {
        let is_heading = |line: &str| {
            let text = line.trim_start_matches('#');
            (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ') && label::parse(text).is_some()
        };
        let holds = |fence: &Fence| self.source.slice(fence.span).lines().any(is_heading);
        self.unclosed_fences().find(|(fence, _)| holds(fence)).map(|(fence, _)| fence.span.start)
    }

    fn unclosed(&self, fence: &Fence) -> Option<Unclosed> {
        let written = self.source.slice(fence.span).trim_end();
        let first = written.lines().next().unwrap_or_default();
        if is_closed(written, first) {
            let inner = opening_inside(written, first)?;
            return Some(Unclosed::BeforeAnother(Span::from(inner).shifted(fence.span.start as usize)));
        }
        let ends_text = self.source.text[fence.span.end as usize..].trim().is_empty();
        Some(if ends_text { Unclosed::ToTheEnd } else { Unclosed::WithItsContainer })
    }
}

/// Where another fence opens within a block, which would have closed it but for the language behind it.
fn opening_inside(written: &str, first: &str) -> Option<Range<usize>> {
    let mark = first.chars().next()?;
    let count = |line: &str| line.chars().take_while(|&c| c == mark).count();
    let fence = &first[..count(first) * mark.len_utf8()];
    // Nearly always the closing fence is the only one.
    memmem::find_iter(&written.as_bytes()[first.len()..], fence).nth(1)?;
    lines(written).find_map(|(start, line)| {
        let inner = line.trim_start_matches([' ', '>']);
        let language = inner.trim_start_matches(mark).trim_end();
        let is_language = language.starts_with(|c: char| c.is_ascii_alphabetic())
            && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#_".contains(&byte));
        let from = start + line.len() - inner.len();
        (start > 0 && count(inner) >= count(first) && is_language).then(|| from..start + line.trim_end().len())
    })
}

/// Whether the last line of a block is a closing fence for its first.
fn is_closed(written: &str, first: &str) -> bool {
    let Some(mark) = first.chars().next() else { return true };
    let count = |line: &str| line.chars().take_while(|&c| c == mark).count();
    let Some((_, last)) = written.rsplit_once('\n') else { return false };
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    count(last) >= count(first) && last.chars().all(|c| c == mark)
}
