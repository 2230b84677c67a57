//! `empty-link`: a link whose destination is still to be written.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Malformed, Resolution},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct EmptyLink {}

impl CorpusRule for EmptyLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination) in corpus.doubtful() {
            let message = match destination.resolution {
                Resolution::Malformed(Malformed::Empty) => Message::new("empty"),
                Resolution::Malformed(Malformed::Placeholder) => {
                    Message::new("placeholder").with("target", destination.target)
                }
                _ => continue,
            };
            let link = destination.link.map_or(destination.span, |link| link.span);
            out.report(document.at(link), message);
        }
    }
}
