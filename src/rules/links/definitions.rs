//! Link reference definitions and what uses them.

use std::{cell::OnceCell, collections::HashSet};

use crate::document::{Definition, Document, normalized_label};

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
pub(super) fn bracketed(document: &Document) -> HashSet<String> {
    let texts = document.facts.verbatim().map(|span| document.source.slice(span));
    let labels = texts.flat_map(|text| text.split('[').skip(1)).filter_map(|rest| Some(rest.split_once(']')?.0));
    labels.map(normalized_label).collect()
}
