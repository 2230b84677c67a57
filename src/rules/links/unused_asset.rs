//! `unused-asset`: no document shows or links to an image, a recording or another file that is there for documents.

use std::collections::HashSet;

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Resolution},
    document::Document,
    finding::Message,
    rule::{CorpusRule, Findings},
    source::{CorpusPath, percent_decode},
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnusedAsset {
    /// What the names of assets end in, without the dot, in lower case.
    extensions: Vec<String>,
}

impl CorpusRule for UnusedAsset {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let is_asset = |path: &CorpusPath| {
            let extension = path.extension().map(str::to_lowercase);
            extension.is_some_and(|extension| self.extensions.contains(&extension))
        };
        let mut assets: HashSet<&CorpusPath> = corpus.paths.files().filter(|path| is_asset(path)).collect();
        let mut shown: HashSet<&CorpusPath> = HashSet::new();
        for document in &corpus.documents {
            for destination in corpus.destinations(document) {
                let Resolution::Found(target) = destination.resolution else { continue };
                assets.remove(&target.path);
                // A link to a folder shows what lies in it.
                if target.file.is_none() && corpus.paths.is_folder(&target.path) && shown.insert(&target.path) {
                    for path in corpus.paths.in_folder(&target.path) {
                        assets.remove(path);
                    }
                }
            }
        }
        if assets.is_empty() {
            return;
        }
        // Scripts, templates and code name files in ways that are no links.
        let names: HashSet<&str> = assets.iter().map(|path| path.file_name()).collect();
        let named: HashSet<&str> = corpus.map(|document| mentioned(document, &names)).into_iter().flatten().collect();
        let mut unused: Vec<_> = assets.into_iter().filter(|path| !named.contains(path.file_name())).collect();
        unused.sort_unstable();
        for path in unused {
            if let Some(at) = corpus.top_of(path) {
                out.report(at, Message::new("unused").with("path", path.as_str()));
            }
        }
    }
}

/// The names among `names` that stand somewhere in a document, in whatever role.
fn mentioned<'a>(document: &Document, names: &HashSet<&'a str>) -> Vec<&'a str> {
    let is_delimiter = |c: char| c.is_whitespace() || "/\\\"'`()<>[]{}|=,;#?".contains(c);
    let words = document.source.text.split(is_delimiter).filter(|word| word.contains('.'));
    words.filter_map(|word| names.get(word).or_else(|| names.get(percent_decode(word).as_ref())).copied()).collect()
}
