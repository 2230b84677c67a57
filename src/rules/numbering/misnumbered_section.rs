//! `misnumbered-section`: a heading's number repeats, is out of order, or contradicts its parent.

use serde::Deserialize;

use super::fault;
use crate::{
    corpus::{BUDGET, Corpus},
    numbering::Kind,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MisnumberedSection {}

impl CorpusRule for MisnumberedSection {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut budget = BUDGET;
        for found in fault::faults(corpus, Kind::Misnumbered).filter(fault::Found::is_heading) {
            fault::report_misnumbered(&found, out, &mut budget);
        }
    }
}
