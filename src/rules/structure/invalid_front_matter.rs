//! `invalid-front-matter`: the YAML header cannot be read as meant.

use serde::Deserialize;

use crate::{
    document::Document,
    finding::Message,
    mistakes::Mistake,
    rule::{DocumentRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InvalidFrontMatter {}

impl DocumentRule for InvalidFrontMatter {
    fn check(&self, document: &Document, out: &mut Findings) {
        let Some(header) = &document.facts.front_matter else { return };
        // A template of Hugo is YAML only once it is filled in.
        if document.source.slice(header.span).contains("{{") && !header.yaml.problems.is_empty() {
            return;
        }
        for mistake in header.yaml.problems.iter().map(Mistake::of_yaml) {
            let finding = out.report(document.at(mistake.span), mistake.message);
            if let Some((span, message)) = mistake.related {
                finding.related(document.at(span), message);
            }
        }
        let root = header.yaml.root.as_ref().filter(|root| root.as_map().is_none() && !root.is_null());
        if let Some(root) = root.filter(|_| header.yaml.problems.is_empty()) {
            out.report(document.at(root.span), Message::new("not-a-mapping").with("found", root.kind()));
        }
    }
}
