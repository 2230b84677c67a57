//! `misspaced-unit`: the blank between a number and its unit is not set as elsewhere.

use std::ops::Range;

use serde::Deserialize;

use super::{
    majority::{Count, Verdict},
    page::{Page, each, gather},
    profile::{Blank, Profile},
};
use crate::{
    corpus::Corpus,
    document::{Document, typography::SpotKind},
    finding::{Message, Safety},
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MisspacedUnit {
    profile: Option<Profile>,
    blank: Option<Blank>,
}

impl CorpusRule for MisspacedUnit {
    fn gather(&self, document: &Document) {
        gather(document, self.profile);
    }

    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let Some(profile) = self.profile else { return };
        let is_own = |document: &Document| document.language() == profile.language();
        let counts = corpus.map(|document| if is_own(document) { count(document) } else { Count::default() });
        let count = counts.into_iter().fold(Count::default(), Count::and);
        let verdict = Verdict::of(self.blank.unwrap_or(Blank::Majority), count);
        let look = |page: &mut Page<'_>| {
            for spot in page.spots(|kind| matches!(kind, SpotKind::Unit { .. } | SpotKind::Sign)) {
                judge(page, spot.kind, spot.range(), verdict.as_ref());
            }
        };
        each(corpus, profile, look, out);
    }
}

fn count(document: &Document) -> Count {
    let mut count = Count::default();
    for spot in &document.typography().spots {
        if let SpotKind::Unit { is_spaced } = spot.kind {
            count.add(is_spaced);
        }
    }
    count
}

fn judge(page: &mut Page<'_>, kind: SpotKind, range: Range<usize>, verdict: Option<&Verdict>) {
    let text = page.text(range.clone());
    let number = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let (key, why) = match (kind, verdict) {
        (SpotKind::Sign, _) => ("sign", None),
        (SpotKind::Unit { is_spaced }, Some(verdict)) if is_spaced != verdict.is_spaced => {
            (if is_spaced { "surplus" } else { "missing" }, verdict.why.clone())
        }
        _ => return,
    };
    if !page.is_plain(range.clone()) {
        return;
    }
    let at = range.start + number;
    let change = if key == "missing" { (at..at, " ") } else { (at..at + 1, "") };
    let fixed = page.changed(range.clone(), std::slice::from_ref(&change));
    let message = Message::new(key).with("text", text).with("fixed", &fixed);
    let title = Message::new("fix").with("fixed", fixed);
    if let Some(finding) = page.report(range, message, title, Safety::Safe, &[change]) {
        finding.help = why;
    }
}
