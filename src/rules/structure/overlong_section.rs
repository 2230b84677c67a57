//! `overlong-section`: a section has more words than the contract allows.

use crate::{
    corpus::Corpus,
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct OverlongSection;

impl CorpusRule for OverlongSection {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for bound in corpus.bound() {
            let document = bound.document;
            for (heading, section) in &bound.differences.held {
                let (text, span) = (&document.facts.headings[*heading].text, document.facts.headings[*heading].span);
                let Some((words, most)) = section.content.too_many_words(document, *heading) else { continue };
                let message = Message::new("long").with("section", text.trim());
                let message = message.with("words", words.to_string()).with("most", most.to_string());
                out.report(document.at(span), message);
            }
        }
    }
}
