//! Headings as an outline.

use super::Document;
use crate::{
    numbering::{Fault, Item, outline},
    source::Span,
};

/// What is wrong with the numbers of a document's headings.
pub fn numbering_faults(document: &Document) -> Vec<Fault> {
    let headings = &document.facts.headings;
    if headings.iter().filter(|heading| heading.label.is_some()).count() < 2 {
        return Vec::new();
    }
    let items: Vec<Item> = headings
        .iter()
        .map(|heading| Item {
            parent: heading.parent,
            group: heading.container,
            label: heading.label.as_ref().map(|placed| placed.label.clone()),
        })
        .collect();
    outline::judge(&items)
}

/// From the end of a heading to the next one of its level or above in the same container, or to the end of the file.
pub fn section_end(document: &Document, heading: usize) -> Span {
    let headings = &document.facts.headings;
    let own = &headings[heading];
    let next = headings[heading + 1..].iter().find(|next| next.container == own.container && next.level <= own.level);
    let end = next.map_or(document.source.text.len(), |next| next.span.start as usize);
    Span::new(own.span.end as usize, end)
}
