//! `misnumbered-list`: the numbers of an ordered list contradict each other.

use serde::Deserialize;

use super::fault;
use crate::{
    corpus::Corpus,
    document::Numbered,
    numbering::Counting,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct MisnumberedList {
    counting: Counting,
}

impl CorpusRule for MisnumberedList {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        fault::report_at(corpus, &self.counting, Numbered::ListItems, out);
    }
}
