//! `broken-wikilink`: a heading, block or spelling that the note does not have.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Destination, Fragment, Resolution, Suggestions, Target},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BrokenWikilink {}

impl CorpusRule for BrokenWikilink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        for document in &corpus.documents {
            for destination in corpus.destinations(document).filter(Destination::is_wiki) {
                let at = document.at(destination.span);
                let (name, subpath) = destination.target.split_once('#').unwrap_or((destination.target, ""));
                match destination.resolution {
                    Resolution::Misspelt(path) => {
                        let message = Message::new("spelling").with("name", name.trim()).with("path", path.as_str());
                        out.report(at, message).concerns(path.clone());
                    }
                    Resolution::Found(Target { path, file: Some(file), fragment: Fragment::Missing(_), .. }) => {
                        let key = if subpath.trim_start().starts_with('^') { "block" } else { "heading" };
                        let message = Message::new(key).with(key, subpath.trim()).with("path", path.as_str());
                        let finding = out.report(at, message).concerns(path.clone());
                        let headings = corpus.document(*file).map(|target| target.facts.headings.iter());
                        let names = headings.into_iter().flatten().map(|heading| heading.text.as_str());
                        if let Some(near) = suggestions.closest(subpath.trim(), names) {
                            finding.help(Message::new("did-you-mean").with("near", near));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}
