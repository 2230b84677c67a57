//! `empty-section`: a section does not hold what the contract asks for.

use std::collections::BTreeSet;

use crate::{
    contract::{Holding, is_empty},
    corpus::Corpus,
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct EmptySection;

impl CorpusRule for EmptySection {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for bound in corpus.bound() {
            let document = bound.document;
            let headings = &document.facts.headings;
            let mut empty = BTreeSet::new();
            for (heading, section) in &bound.differences.held {
                let at = document.at(headings[*heading].span);
                let text = headings[*heading].text.trim();
                for lack in section.content.lacks(document, *heading) {
                    if lack == Holding::Something {
                        empty.insert(*heading);
                        continue;
                    }
                    let message = Message::new(lack.name()).with("section", text);
                    out.report(at, message).help(bound.help());
                }
            }
            if bound.contract.fill_sections {
                let top = headings.iter().enumerate().filter(|(_, heading)| heading.container == 0);
                empty.extend(top.map(|(at, _)| at).filter(|&at| is_empty(document, at)));
            }
            for heading in empty {
                let message = Message::new("empty").with("section", headings[heading].text.trim());
                let finding = out.report(document.at(headings[heading].span), message);
                finding.help(bound.help());
            }
        }
    }
}
