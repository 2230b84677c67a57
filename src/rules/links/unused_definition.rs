//! `unused-definition`: a definition that no reference uses.

use std::{cell::OnceCell, collections::HashSet};

use serde::Deserialize;

use crate::{
    document::{Definition, Document, normalized_label},
    finding::Message,
    rule::{DocumentRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnusedDefinition {}

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

/// The labels by which links name their definitions.
pub(super) fn used_labels(document: &Document) -> HashSet<String> {
    document.facts.links.iter().filter_map(|link| link.label.as_deref()).map(normalized_label).collect()
}

/// The link reference definitions that nothing uses.
pub(super) fn unused(document: &Document) -> Vec<&Definition> {
    let facts = &document.facts;
    if facts.definitions.is_empty() {
        return Vec::new();
    }
    let used = used_labels(document);
    let elsewhere = OnceCell::new();
    let is_unused = |definition: &&Definition| {
        let label = normalized_label(&definition.label);
        !definition.is_comment()
            && !used.contains(&label)
            && !elsewhere.get_or_init(|| bracketed(document)).contains(&label)
    };
    facts.definitions.iter().filter(is_unused).collect()
}

/// What stands in brackets in HTML and code: some renderers read Markdown there that others do not.
fn bracketed(document: &Document) -> HashSet<String> {
    let texts = document.facts.verbatim().map(|span| document.source.slice(span));
    let labels = texts.flat_map(|text| text.split('[').skip(1)).filter_map(|rest| Some(rest.split_once(']')?.0));
    labels.map(normalized_label).collect()
}
