//! `misnumbered-item`: the number a paragraph begins with repeats or is out of order.

use serde::Deserialize;

use super::fault;
use crate::{
    corpus::{BUDGET, Corpus},
    numbering::Kind,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MisnumberedItem {}

impl CorpusRule for MisnumberedItem {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut budget = BUDGET;
        for found in fault::faults(corpus, Kind::Misnumbered).filter(|found| !found.is_heading()) {
            fault::report_misnumbered(&found, out, &mut budget);
        }
    }
}
