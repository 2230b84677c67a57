//! `misnumbered-item`: the number a paragraph begins with repeats or is out of order.

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
pub(crate) struct MisnumberedItem {
    counting: Counting,
}

impl CorpusRule for MisnumberedItem {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        fault::report_at(corpus, &self.counting, Numbered::Lines, out);
    }
}
