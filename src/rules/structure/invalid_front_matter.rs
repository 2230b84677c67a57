//! `invalid-front-matter`: the YAML header cannot be read as meant.

use serde::Deserialize;

use crate::{
    document::Document,
    finding::Message,
    rule::{DocumentRule, Findings},
    source::yaml::Problem,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InvalidFrontMatter {}

impl DocumentRule for InvalidFrontMatter {
    fn check(&self, document: &Document, out: &mut Findings) {
        let Some(header) = &document.facts.front_matter else { return };
        for problem in &header.yaml.problems {
            match problem {
                Problem::Syntax { span, reason } => {
                    out.report(document.at(*span), Message::new("syntax").with("reason", reason));
                }
                Problem::FullWidthColon { span, key } => {
                    out.report(document.at(*span), Message::new("full-width-colon").with("key", key));
                }
                Problem::DuplicateKey { span, first, key } => {
                    let message = Message::new("duplicate-key").with("key", key);
                    out.report(document.at(*span), message).related(document.at(*first), "first-key");
                }
                Problem::TooLarge { span } => {
                    out.report(document.at(*span), "too-large");
                }
            }
        }
        let root = header.yaml.root.as_ref().filter(|root| root.as_map().is_none() && !root.is_null());
        if let Some(root) = root.filter(|_| header.yaml.problems.is_empty()) {
            out.report(document.at(root.span), Message::new("not-a-mapping").with("found", root.kind()));
        }
    }
}
