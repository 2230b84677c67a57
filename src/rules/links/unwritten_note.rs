//! `unwritten-note`: a wikilink to a note that nobody has written.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Resolution},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnwrittenNote {}

impl CorpusRule for UnwrittenNote {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination) in corpus.doubtful() {
            if *destination.resolution == Resolution::Unwritten {
                let name = destination.path().trim();
                out.report(document.at(destination.span), Message::new("unwritten").with("name", name));
            }
        }
    }
}
