//! `link-outside-root`: a link's path climbs out of the root.

use crate::{
    corpus::{Corpus, Resolution},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct LinkOutsideRoot;

impl CorpusRule for LinkOutsideRoot {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination) in corpus.doubtful() {
            if *destination.resolution == Resolution::OutsideRoot {
                let message = Message::new("outside").with("target", destination.target);
                out.report(document.at(destination.span), message);
            }
        }
    }
}
