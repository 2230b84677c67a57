//! `mixed-numbering`: siblings count on together, but one is written in another way than the others.

use serde::Deserialize;

use super::fault::{self, Found};
use crate::{
    corpus::{BUDGET, Corpus},
    finding::{Message, Safety},
    numbering::{Counting, Kind, Reason, label},
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct MixedNumbering {
    counting: Counting,
}

impl CorpusRule for MixedNumbering {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut budget = BUDGET;
        for found in fault::faults(corpus, &self.counting, Kind::Mixed, None) {
            let Reason::Mixed(example) = &found.fault.reason else { continue };
            if has_other_label(&found) {
                continue;
            }
            let message = found.with_labels(Message::new("mixed").with("example", example));
            let finding = out.report(found.place(found.first()), message);
            for &item in &found.fault.see {
                finding.related(found.place(item), "see-example");
            }
            found.offer(finding, Safety::Unsafe, &mut budget);
        }
    }
}

/// Whether another label stands behind the one that is unlike the others, as that may be the one that counts: `3. Q3：丙`.
fn has_other_label(found: &Found<'_>) -> bool {
    let (document, ..) = found.spot(found.first());
    let behind = document.source.text.get(found.place(found.first()).span.end as usize..).unwrap_or_default();
    label::parse(behind.lines().next().unwrap_or_default()).is_some()
}
