//! `skipped-number`: the numbers of headings or paragraphs have a gap.

use serde::Deserialize;

use super::fault;
use crate::{
    corpus::{BUDGET, Corpus},
    finding::{Message, Safety},
    numbering::{Kind, Reason},
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SkippedNumber {}

impl CorpusRule for SkippedNumber {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut budget = BUDGET;
        for found in fault::faults(corpus, Kind::Skipped) {
            let Reason::Missing(missing) = &found.fault.reason else { continue };
            let message = Message::new("skipped").with("missing", missing).with("label", found.label(found.first()));
            let finding = out.report(found.place(found.first()), message).help("help");
            for &item in &found.fault.see {
                finding.related(found.place(item), "see-before");
            }
            found.offer(finding, Safety::Unsafe, &mut budget);
        }
    }
}
