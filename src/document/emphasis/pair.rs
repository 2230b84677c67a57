//! Two runs, and what stands between them and around.

use super::run::{self, Run};
use crate::{
    document::Document,
    finding::Message,
    source::{Span, characters::PAIRS},
};

/// People put it beside asterisks, where it helps nothing.
pub(super) const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// Two runs that would make emphasis but for what stands around them.
pub(crate) struct Pair<'a> {
    pub(crate) document: &'a Document,
    pub(crate) open: Run<'a>,
    pub(crate) close: Run<'a>,
    /// What stands between.
    pub(crate) inner: &'a str,
    pub(crate) why: Message,
    /// Whether no other pair of them can be meant.
    pub(crate) is_certain: bool,
}

impl Pair<'_> {
    /// Whether a pair of quotes or brackets stands around all of the content.
    pub(crate) fn is_bracketed(&self) -> bool {
        let (first, last) = (self.open.after, self.close.before);
        let content = self.inner.get(first.len_utf8()..self.inner.len().saturating_sub(last.len_utf8()));
        PAIRS.contains(&(first, last)) && content.is_some_and(|content| !content.contains([first, last]))
    }

    /// From the one run to the other, and what was put beside them in vain: U+200B counts as a letter.
    pub(crate) fn around(&self) -> Span {
        let text = &*self.document.source.text;
        let before = text[..self.open.span.start as usize].trim_end_matches(ZERO_WIDTH_SPACE);
        let behind = &text[self.close.span.end as usize..];
        Span::new(before.len(), text.len() - behind.trim_start_matches(ZERO_WIDTH_SPACE).len())
    }

    /// Whether the marks mean something around a content, with these texts behind and before them outside.
    pub(crate) fn fits(&self, lead: &str, content: &str, trail: &str) -> bool {
        let (Some(first), Some(last)) = (content.chars().next(), content.chars().next_back()) else { return false };
        let around = self.around();
        let text = &*self.document.source.text;
        let before = lead.chars().next_back().or_else(|| text[..around.start as usize].chars().next_back());
        let after = trail.chars().next().or_else(|| text[around.end as usize..].chars().next());
        let (before, after) = (before.unwrap_or('\n'), after.unwrap_or('\n'));
        run::flanks(before, first) && run::flanks(after, last)
    }
}
