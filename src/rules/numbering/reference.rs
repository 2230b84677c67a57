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
    let title = |heading: &Heading| {
        let label = heading.numbering().map_or(0, |placed| placed.label.text.len());
        heading.text.trim_start().get(label..).unwrap_or_default().to_owned()
    };
    let (a, b) = (title(a), title(b));
    context::are_parts(&a, &b) || context::are_parts(&b, &a) || (context::is_note(&a) && context::is_note(&b))
}
