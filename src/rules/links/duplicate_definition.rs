//! `duplicate-definition`: a label is defined twice, and only the first definition counts.

use std::collections::HashMap;

use crate::{
    document::{Document, normalized_label},
    finding::Message,
    rule::{DocumentRule, Findings},
};

#[derive(Debug)]
pub(crate) struct DuplicateDefinition;

impl DocumentRule for DuplicateDefinition {
    fn check(&self, document: &Document, out: &mut Findings) {
        links(document, out);
        footnotes(document, out);
    }
}

fn links(document: &Document, out: &mut Findings) {
    let facts = &document.facts;
    if facts.overridden.is_empty() {
        return;
    }
    let first: HashMap<_, _> =
        facts.definitions.iter().map(|definition| (normalized_label(&definition.label), definition)).collect();
    // Of a target that does not count nobody has resolved the escapes, so the bytes are compared.
    let written = |span| document.source.slice(span).trim_start_matches("./");
    for later in facts.overridden.iter().filter(|later| !later.is_comment()) {
        let Some(first) = first.get(&normalized_label(&later.label)) else { continue };
        if written(first.destination) == written(later.destination) || first.is_comment() {
            continue;
        }
        let message = Message::new("link").with("label", &*later.label).with("first", &*first.target);
        out.report(document.at(later.span), message).related(document.at(first.span), "first");
    }
}

fn footnotes(document: &Document, out: &mut Findings) {
    let mut first = HashMap::new();
    for footnote in &document.facts.footnotes {
        let Some(first) = first.insert(normalized_label(&footnote.label), footnote) else { continue };
        if document.source.slice(first.span).trim() != document.source.slice(footnote.span).trim() {
            let message = Message::new("footnote").with("label", &*footnote.label);
            out.report(document.at(footnote.marker()), message).related(document.at(first.marker()), "first");
        }
    }
}
