//! `misnumbered-caption`: the number of a figure or table repeats or is out of order.

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
pub(crate) struct MisnumberedCaption {
    counting: Counting,
}

impl CorpusRule for MisnumberedCaption {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        fault::report_at(corpus, &self.counting, Numbered::Captions, out);
    }
}
