//! Where findings on all tags of a document stand.

use crate::{document::Document, source::Span};

/// The header, or the title, which stands for the document.
pub(super) fn of_tags(document: &Document) -> Span {
    let facts = &document.facts;
    let is_first = |level: u8| facts.headings.iter().all(|heading| heading.level >= level);
    let first = facts.headings.first().filter(|first| is_first(first.level) && facts.front_matter.is_none());
    first.map_or(Span::at(0), |title| title.span)
}
