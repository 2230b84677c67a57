//! `too-many-tags`: a document carries more tags than its contract allows.

use std::collections::BTreeSet;

use super::place;
use crate::{
    corpus::Corpus,
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct TooManyTags;

impl CorpusRule for TooManyTags {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for bound in corpus.bound() {
            let demand = bound.contract.tags.as_ref();
            let Some(max) = demand.and_then(|demand| demand.max) else { continue };
            let names: BTreeSet<String> = corpus.tags(bound.document, demand).into_iter().map(|tag| tag.name).collect();
            if names.len() > max {
                let message = Message::new("many").with("count", names.len().to_string()).with("max", max.to_string());
                let finding = out.report(bound.document.at(place::of_tags(bound.document)), message);
                finding.help(bound.help());
            }
        }
    }
}
