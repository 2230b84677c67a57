//! What stands below headings.

use super::Document;
use crate::source::Span;

impl Document {
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
