//! What stands below headings.

use super::Document;
use crate::source::{Span, lines};

impl Document {
    /// Whether a heading comes again directly behind itself with a thematic break between the two: a slide that goes on.
    pub(crate) fn is_next_slide(&self, heading: usize) -> bool {
        let Some([before, own]) = heading.checked_sub(1).and_then(|before| self.facts.headings.get(before..=heading))
        else {
            return false;
        };
        let is_same = (before.container, before.level) == (own.container, own.level)
            && before.text.split_whitespace().eq(own.text.split_whitespace());
        let between = Span { start: before.span.end, end: own.span.start };
        let mut lines = lines(self.source.slice(between));
        is_same && lines.any(|(at, line)| is_break(line) && !self.is_in_code(between.start as usize + at))
    }

    /// The section that an offset lies in, by its heading, which is part of it; `None` before the first one.
    pub(crate) fn section_at(&self, offset: usize) -> Option<usize> {
        self.facts.headings.partition_point(|heading| heading.span.start as usize <= offset).checked_sub(1)
    }

    /// From the end of a heading to the next one of its level or above in the same container, or to the end of the file.
    pub fn below(&self, heading: usize) -> Span {
        let headings = &self.facts.headings;
        let own = &headings[heading];
        let next =
            headings[heading + 1..].iter().find(|next| next.container == own.container && next.level <= own.level);
        let end = next.map_or(self.source.text.len(), |next| next.span.start as usize);
        Span::new(own.span.end as usize, end)
    }
}

/// Whether a line is a thematic break.
pub(super) fn is_break(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let first = signs.next().filter(|c| matches!(c, '-' | '*' | '_'));
    first.is_some_and(|first| signs.clone().count() > 1 && signs.all(|sign| sign == first))
}
