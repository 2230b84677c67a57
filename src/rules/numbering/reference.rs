//! What the rules about references in the text have in common.

use crate::{
    document::{Document, Heading},
    numbering::context,
};

/// Whether a document has numbered places at all: else its text points elsewhere, and is not read.
pub(super) fn is_numbered(document: &Document) -> bool {
    let facts = &document.facts;
    let numbered = facts.headings.iter().filter(|heading| heading.numbering().is_some()).count();
    numbered > 1 || facts.captions.len() > 1
}

/// Whether two headings with one number are parts of one place.
pub(super) fn are_parts(a: &Heading, b: &Heading) -> bool {
    let is_part = |heading: &Heading| {
        let label = heading.numbering().map_or(0, |placed| placed.label.text.len());
        context::is_part(heading.text.trim_start().get(label..).unwrap_or_default())
    };
    is_part(a) || is_part(b)
}
