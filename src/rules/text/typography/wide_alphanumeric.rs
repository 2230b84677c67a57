//! `wide-alphanumeric`: Latin letters or digits are full-width.

use serde::Deserialize;

use super::{Page, Profile, each};
use crate::{
    corpus::Corpus,
    document::typography::SpotKind,
    finding::{Message, Safety},
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct WideAlphanumeric {
    profile: Option<Profile>,
}

impl CorpusRule for WideAlphanumeric {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let Some(profile) = self.profile else { return };
        let look = |page: &mut Page<'_>| {
            for (_, range) in page.spots(|kind| kind == SpotKind::Wide) {
                let text = page.text(range.clone());
                // Full-width forms stand in the order of ASCII.
                let ascii = |c: char| char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
                let narrow: String = text.chars().map(ascii).collect();
                let message = Message::new("wide").with("text", text).with("narrow", &narrow);
                let title = Message::new("fix").with("narrow", &narrow);
                if page.is_plain(range.clone()) {
                    page.report(range.clone(), message, title, Safety::Safe, &[(range, &narrow)]);
                }
            }
        };
        each(corpus, profile, look, out);
    }
}
