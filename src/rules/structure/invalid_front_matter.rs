//! `invalid-front-matter`: the YAML header cannot be read as meant.

use serde::Deserialize;

use crate::{
    corpus::Corpus,
    document::Document,
    finding::Message,
    mistakes::Mistake,
    rule::{CorpusRule, Findings},
    source::CorpusPath,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InvalidFrontMatter {}

impl CorpusRule for InvalidFrontMatter {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        // What is wrong with the header of a rule's page is a mistake in the configuration.
        let is_rule = |path: &CorpusPath| corpus.settings.is_rule_page(path) && path.file_stem() != "README";
        for document in corpus.documents.iter().filter(|document| !is_rule(&document.source.path)) {
            check(document, out);
        }
    }
}

fn check(document: &Document, out: &mut Findings) {
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
