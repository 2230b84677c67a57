//! `misplaced-section`: a section stands in another place than the contract's.

use crate::{
    corpus::Corpus,
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct MisplacedSection;

impl CorpusRule for MisplacedSection {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for bound in corpus.bound() {
            let document = bound.document;
            let headings = &document.facts.headings;
            for misplaced in &bound.differences.misplaced {
                let heading = &headings[misplaced.heading];
                let other = &headings[misplaced.other];
                let key = if misplaced.before { "before" } else { "after" };
                let message = Message::new(key).with("section", heading.text.trim()).with("other", other.text.trim());
                let finding = out.report(document.at(heading.span), message);
                finding.help(bound.help());
                finding.related(document.at(other.span), "other");
            }
            for &(heading, level) in &bound.differences.astray {
                let heading = &headings[heading];
                let message = Message::new("level").with("section", heading.text.trim());
                let message = message.with("level", heading.level.to_string()).with("wanted", level.to_string());
                let finding = out.report(document.at(heading.span), message);
                finding.help(bound.help());
            }
        }
    }
}
