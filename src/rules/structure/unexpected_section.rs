//! `unexpected-section`: a contract has no place for a section.

use crate::{
    corpus::Corpus,
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct UnexpectedSection;

impl CorpusRule for UnexpectedSection {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for bound in corpus.bound() {
            let document = bound.document;
            for unexpected in &bound.differences.unexpected {
                let heading = &document.facts.headings[unexpected.heading];
                let key = if unexpected.twin.is_some() { "twice" } else { "unexpected" };
                let message = Message::new(key).with("section", heading.text.trim());
                let finding = out.report(document.at(heading.span), message.with("contract", &bound.contract.name));
                if let Some(twin) = unexpected.twin {
                    finding.related(document.at(document.facts.headings[twin].span), "first");
                }
            }
        }
    }
}
