//! `broken-link`: a link leads to a path that does not exist.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Resolution, Suggestions},
    document::Document,
    finding::Message,
    rule::{CorpusRule, Findings},
    source::CorpusPath,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BrokenLink {}

impl CorpusRule for BrokenLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        for document in &corpus.documents {
            for destination in corpus.destinations(document) {
                let at = document.at(destination.span);
                match destination.resolution {
                    Resolution::Missing { path } => {
                        // A URL that lost its scheme is no path to speak of.
                        let shown = if destination.target.contains("//") { destination.target } else { path.as_str() };
                        let finding =
                            out.report(at, Message::new("missing").with("path", shown)).concerns(path.clone());
                        if let Some(help) = suggestion(corpus, document, path, &mut suggestions) {
                            finding.help(help);
                        }
                    }
                    Resolution::Ignored { path } => {
                        out.report(at, Message::new("ignored").with("path", path.as_str())).concerns(path.clone());
                    }
                    _ => {}
                }
            }
        }
    }
}

/// A file of this name elsewhere, if there is one and no other; else a name in the same folder that is close.
fn suggestion(
    corpus: &Corpus,
    document: &Document,
    missing: &CorpusPath,
    suggestions: &mut Suggestions,
) -> Option<Message> {
    let folder = document.source.path.parent();
    if let [only] = corpus.paths.named(missing.file_name()) {
        return Some(Message::new("moved").with("near", only.relative_to(&folder)));
    }
    let wanted = missing.parent();
    let near = suggestions.closest(missing.file_name(), corpus.paths.in_folder(&wanted).map(CorpusPath::file_name))?;
    Some(Message::new("did-you-mean").with("near", wanted.join(near).ok()?.relative_to(&folder)))
}
