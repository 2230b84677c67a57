//! Whether links lead to a file.

use super::{Corpus, Resolution};
use crate::source::CorpusPath;

impl Corpus {
    /// Whether a link leads to a file; to a document, one of another document.
    pub fn is_visited(&self, path: &CorpusPath) -> bool {
        if let Some(file) = self.paths.document(path) {
            return self.visitors(file).next().is_some();
        }
        let others = || {
            let all = self.documents.iter().flat_map(|document| self.destinations(document));
            let found = all.filter_map(|destination| match destination.resolution {
                Resolution::Found(target) if target.file.is_none() => Some(target.path.clone()),
                _ => None,
            });
            found.collect()
        };
        self.visited.get_or_init(others).contains(path)
    }
}
