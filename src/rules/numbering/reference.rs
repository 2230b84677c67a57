//! What the rules about references in the text have in common.

use crate::{
    document::{Document, Heading},
    numbering::parts::{self, Gap},
};

/// Whether a document has numbered places at all: else its text points elsewhere, and is not read.
pub(super) fn is_numbered(document: &Document) -> bool {
    let facts = &document.facts;
    let numbered = facts.headings.iter().filter(|heading| heading.numbering().is_some()).count();
    numbered > 1 || facts.captions.len() > 1
}

/// Whether two headings with one number are parts of one place.
pub(super) fn are_parts(a: &Heading, b: &Heading) -> bool {
    let label = |heading: &Heading| heading.numbering().map(|placed| placed.label.clone());
    let (Some(one), Some(other)) = (label(a), label(b)) else { return false };
    let (a, b) = (one.behind(&a.text), other.behind(&b.text));
    parts::are_parts(&one, a, b)
        || parts::are_parts(&one, b, a)
        || (parts::is_note(a) && parts::is_note(b))
        || parts::is_remark_on(Gap::of(a), Gap::of(b))
}
