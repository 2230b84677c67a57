//! Files and folders that get other paths.

use std::collections::HashMap;

use crate::source::CorpusPath;

/// What old paths are called afterwards. None of them lies within another.
#[derive(Debug)]
pub(super) struct Moved<'a> {
    all: &'a [(CorpusPath, CorpusPath)],
    by_old: HashMap<&'a CorpusPath, usize>,
}

impl<'a> Moved<'a> {
    pub(super) fn new(all: &'a [(CorpusPath, CorpusPath)]) -> Self {
        let by_old = all.iter().enumerate().map(|(at, (old, _))| (old, at)).collect();
        Self { all, by_old }
    }

    /// Each old path with its new one, in the order that they were named.
    pub(super) fn all(&self) -> &'a [(CorpusPath, CorpusPath)] {
        self.all
    }

    /// Which move takes a path along.
    pub(super) fn by(&self, path: &CorpusPath) -> Option<usize> {
        path.ancestors().find_map(|above| self.by_old.get(&above).copied())
    }

    /// Whether a move takes only one of a symbolic link and what it stands for along.
    pub(super) fn tears(&self, (link, real): &(CorpusPath, CorpusPath)) -> bool {
        self.by(link) != self.by(real)
    }

    /// What a path becomes; `None` where it stays.
    pub(super) fn new_path(&self, path: &CorpusPath) -> Option<CorpusPath> {
        let (old, new) = &self.all[self.by(path)?];
        path.rebased(old, new)
    }

    /// What a path is called afterwards.
    pub(super) fn path(&self, path: &CorpusPath) -> CorpusPath {
        self.new_path(path).unwrap_or_else(|| path.clone())
    }
}
