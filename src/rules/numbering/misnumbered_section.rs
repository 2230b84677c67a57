//! `misnumbered-section`: a heading's number repeats, is out of order, or contradicts its parent.

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
pub(crate) struct MisnumberedSection {}

impl CorpusRule for MisnumberedSection {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, fault) in fault::faults(corpus, Kind::Misnumbered) {
            let (message, see) = match &fault.reason {
                Reason::MissingAndRepeated { missing, repeated } => (
                    Message::new("missing-and-repeated").with("missing", missing).with("repeated", repeated),
                    "see-twin",
                ),
                Reason::Repeated(repeated) => (Message::new("repeated").with("repeated", repeated), "see-twin"),
                Reason::Missing(missing) => (Message::new("missing").with("missing", missing), "see-before"),
                Reason::Start => (Message::new("start"), "see-twin"),
                Reason::OutOfOrder(previous) => (Message::new("out-of-order").with("previous", previous), "see-before"),
                Reason::Prefix(parent) => (Message::new("prefix").with("parent", parent), "see-parent"),
            };
            let first = &fault.run[0];
            let message = fault::with_labels(message, document, &fault.run);
            let finding = out.report(fault::place(document, first.item), message);
            for &item in &fault.see {
                let message = Message::new(see).with("label", fault::label(document, item));
                finding.related(fault::place(document, item), message);
            }
            let safety = if fault.certain { Safety::Safe } else { Safety::Unsafe };
            fault::offer(finding, corpus, document, &fault, safety);
        }
    }
}
