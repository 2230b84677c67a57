//! `unused-definition`: a definition that no reference uses.

use std::{cell::OnceCell, collections::HashSet};

use super::definitions::{bracketed, unused};
use crate::{
    document::{Document, normalized_label},
    finding::Message,
    rule::{DocumentRule, Findings},
};

#[derive(Debug)]
pub(crate) struct UnusedDefinition;

impl DocumentRule for UnusedDefinition {
    fn check(&self, document: &Document, out: &mut Findings) {
        for definition in unused(document) {
            out.report(document.at(definition.span), Message::new("link").with("label", &*definition.label));
        }
        let facts = &document.facts;
        if facts.footnotes.is_empty() {
            return;
        }
        let noted: HashSet<String> = facts.footnote_references.iter().map(|label| normalized_label(label)).collect();
        let elsewhere = OnceCell::new();
        // Of two with one label, the second is said to be a duplicate.
        let mut seen = HashSet::new();
        for footnote in &facts.footnotes {
            let label = normalized_label(&footnote.label);
            if noted.contains(&label) || elsewhere.get_or_init(|| bracketed(document)).contains(&format!("^{label}")) {
                continue;
            }
            if seen.insert(label) {
                out.report(document.at(footnote.marker()), Message::new("footnote").with("label", &*footnote.label));
            }
        }
    }
}
