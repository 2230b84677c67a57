//! `ambiguous-wikilink`: a wikilink that several notes fit equally well.

use crate::{
    corpus::{Corpus, Resolution, Target},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct AmbiguousWikilink;

/// More places than these are not shown.
const SHOWN: usize = 3;

impl CorpusRule for AmbiguousWikilink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination) in corpus.doubtful() {
            let Resolution::Found(Target { path, rivals, .. }) = destination.resolution else { continue };
            if rivals.is_empty() {
                continue;
            }
            let name = destination.path().trim();
            let shown: Vec<String> = rivals.iter().take(SHOWN).map(|rival| format!("`{}`", rival.as_str())).collect();
            let message = Message::new("ambiguous")
                .with("name", name)
                .with("path", path.as_str())
                .with("rivals", shown.join(", "));
            let finding = out.report(document.at(destination.span), message).help("help").concerns(path.clone());
            for rival in rivals.iter().take(SHOWN) {
                finding.concerns(rival.clone());
            }
        }
    }
}
