//! `skipped-heading-level`: a heading is more than one level below the one that encloses it.

use crate::{
    document::Document,
    finding::Message,
    rule::{DocumentRule, Findings},
};

#[derive(Debug)]
pub(crate) struct SkippedHeadingLevel;

impl DocumentRule for SkippedHeadingLevel {
    fn check(&self, document: &Document, out: &mut Findings) {
        let headings = &document.facts.headings;
        for heading in headings {
            let Some(parent) = heading.parent.map(|parent| &headings[parent]) else { continue };
            if heading.level > parent.level + 1 {
                let message = Message::new("skipped").with("level", heading.level.to_string());
                let finding = out.report(document.at(heading.span), message.with("above", parent.level.to_string()));
                finding.related(document.at(parent.span), "above");
            }
        }
    }
}
