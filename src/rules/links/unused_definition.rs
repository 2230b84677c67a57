//! `unused-definition`: a definition that no reference uses.

use std::collections::HashSet;

use serde::Deserialize;

use crate::{
    document::{Document, normalized_label},
    finding::Message,
    rule::{DocumentRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnusedDefinition {}

impl DocumentRule for UnusedDefinition {
    fn check(&self, document: &Document, out: &mut Findings) {
        let facts = &document.facts;
        if facts.definitions.is_empty() && facts.footnotes.is_empty() {
            return;
        }
        let used: HashSet<String> =
            facts.links.iter().filter_map(|link| link.label.as_deref()).map(normalized_label).collect();
        let noted: HashSet<String> = facts.footnote_references.iter().map(|label| normalized_label(label)).collect();
        let definitions =
            facts.definitions.iter().filter(|definition| !definition.is_comment()).filter_map(|definition| {
                let label = normalized_label(&definition.label);
                (!used.contains(&label)).then_some(("link", &definition.label, definition.span, label))
            });
        let footnotes = facts.footnotes.iter().filter_map(|footnote| {
            let label = normalized_label(&footnote.label);
            (!noted.contains(&label)).then(|| ("footnote", &footnote.label, footnote.marker(), format!("^{label}")))
        });
        let unused: Vec<_> = definitions.chain(footnotes).collect();
        if unused.is_empty() {
            return;
        }
        let elsewhere = bracketed(document);
        for (key, label, span, _) in unused.into_iter().filter(|(.., label)| !elsewhere.contains(label)) {
            out.report(document.at(span), Message::new(key).with("label", label));
        }
    }
}

/// What stands in brackets in HTML and code: some renderers read Markdown there that others do not.
fn bracketed(document: &Document) -> HashSet<String> {
    let texts = document.facts.verbatim.iter().map(|&span| document.source.slice(span));
    let labels = texts.flat_map(|text| text.split('[').skip(1)).filter_map(|rest| Some(rest.split_once(']')?.0));
    labels.map(normalized_label).collect()
}
