//! `colliding-path`: two paths that many file systems cannot tell apart.

use std::collections::HashMap;

use crate::{
    corpus::Corpus,
    finding::Message,
    rule::{CorpusRule, Findings},
    source::{CorpusPath, Location},
};

#[derive(Debug)]
pub(crate) struct CollidingPath;

impl CorpusRule for CollidingPath {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        // What lies in folders that collide is not told apart either, but that is the folders' fault.
        let pairs: Vec<(&CorpusPath, &CorpusPath)> = corpus.paths.alike().flat_map(pairs).collect();
        if pairs.is_empty() {
            return;
        }
        let mut files: Vec<&CorpusPath> = corpus.paths.files().collect();
        files.sort_unstable();
        for (first, second) in pairs {
            let (Some(at), Some(other)) = (stand_in(corpus, &files, second), stand_in(corpus, &files, first)) else {
                continue;
            };
            let same_letters = first.as_str().to_lowercase() == second.as_str().to_lowercase();
            let message = Message::new(if same_letters { "case" } else { "form" });
            let message = message.with("path", second.as_str()).with("other", first.as_str());
            out.report(at, message).related(other, "other").help("help");
        }
    }
}

/// Each path of a set with the first one in its folder.
fn pairs(alike: &[CorpusPath]) -> Vec<(&CorpusPath, &CorpusPath)> {
    let mut first = HashMap::new();
    let pair = |path| Some((*first.entry(CorpusPath::parent(path)).or_insert(path), path));
    alike.iter().filter_map(pair).filter(|(first, second)| first != second).collect()
}

/// The top of a file; of a folder, that of its first file.
fn stand_in(corpus: &Corpus, files: &[&CorpusPath], path: &CorpusPath) -> Option<Location> {
    corpus.top_of(path).or_else(|| {
        let inside = format!("{}/", path.as_str());
        let first = files.partition_point(|file| file.as_str() < inside.as_str());
        corpus.top_of(files.get(first).filter(|file| file.is_within(path))?)
    })
}
