//! `empty-heading`: a heading has no text.

use crate::{
    document::Document,
    rule::{DocumentRule, Findings},
};

#[derive(Debug)]
pub(crate) struct EmptyHeading;

impl DocumentRule for EmptyHeading {
    fn check(&self, document: &Document, out: &mut Findings) {
        for heading in document.facts.headings.iter().filter(|heading| heading.is_empty) {
            out.report(document.at(heading.span), "empty");
        }
    }
}
