//! `misnumbered-section`: a heading's number repeats, is out of order, or contradicts its parent.

use serde::Deserialize;

use super::{chapters, fault};
use crate::{
    corpus::{BUDGET, Corpus},
    document::{Document, Numbered},
    numbering::{Counting, Kind},
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct MisnumberedSection {
    #[serde(flatten)]
    counting: Counting,
    across_files: bool,
    order_by: Option<String>,
}

impl CorpusRule for MisnumberedSection {
    /// What all rules of the group ask for is found while the document is at hand.
    fn gather(&self, document: &Document) {
        document.numbering_faults(&self.counting);
    }

    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        fault::report_at(corpus, &self.counting, Numbered::Headings, out);
        if self.across_files {
            let mut budget = BUDGET;
            for book in chapters::books(corpus, self.order_by.as_deref()) {
                for found in chapters::faults(corpus, &book, &self.counting, Kind::Misnumbered) {
                    fault::report_misnumbered(&found, out, &mut budget);
                }
            }
        }
    }
}
