//! `repeated-mark`: a mark stands twice or more in a row.

use serde::Deserialize;

use super::{Page, Profile, each, gather};
use crate::{
    corpus::Corpus,
    document::{Document, typography::SpotKind},
    finding::{Message, Safety},
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RepeatedMark {
    profile: Option<Profile>,
}

impl CorpusRule for RepeatedMark {
    fn gather(&self, document: &Document) {
        gather(document, self.profile);
    }

    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let Some(profile) = self.profile else { return };
        let look = |page: &mut Page<'_>| {
            for (_, range) in page.spots(|kind| kind == SpotKind::Repeated) {
                let marks = page.text(range.clone());
                let mark: String = marks.chars().take(1).collect();
                let message = Message::new("repeated").with("marks", marks);
                let title = Message::new("fix").with("mark", &mark);
                if page.is_plain(range.clone()) {
                    page.report(range.clone(), message, title, Safety::Unsafe, &[(range, &mark)]);
                }
            }
        };
        each(corpus, profile, look, out);
    }
}
