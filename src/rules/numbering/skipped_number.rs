//! `skipped-number`: the numbers of headings have a gap.

use serde::Deserialize;

use super::fault;
use crate::{
    corpus::Corpus,
    finding::{Message, Safety},
    numbering::{Kind, Reason},
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SkippedNumber {}

impl CorpusRule for SkippedNumber {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, fault) in fault::faults(corpus, Kind::Skipped) {
            let Reason::Missing(missing) = &fault.reason else { continue };
            let first = fault.run[0].item;
            let message = Message::new("skipped").with("missing", missing).with("label", fault::label(document, first));
            let finding = out.report(fault::place(document, first), message).help("help");
            for &item in &fault.see {
                finding.related(fault::place(document, item), "see-before");
            }
            fault::offer(finding, corpus, document, &fault, Safety::Unsafe);
        }
    }
}
