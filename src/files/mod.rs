//! The files under a root: found, read and written. The only module that touches the disk.

mod discover;
mod read;
mod root;
mod write;

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::source::CorpusPath;

pub use discover::{Found, Trouble};
pub use read::Unreadable;
pub use root::{RootError, find_root, is_tracked, within};
pub use write::{Rewrite, WriteError};

/// The files that are checked: a folder on disk, a set of texts in memory, or the one laid over the other, as a fix
/// in the making or an unsaved buffer needs it. Everything that is read comes through here.
#[derive(Clone, Debug)]
pub struct Tree {
    root: Option<PathBuf>,
    overlay: BTreeMap<CorpusPath, Arc<[u8]>>,
}

impl Tree {
    /// A folder on disk.
    pub fn on_disk(root: impl Into<PathBuf>) -> Self {
        Self { root: Some(root.into()), overlay: BTreeMap::new() }
    }

    /// Files that exist in memory only.
    pub fn in_memory<T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (CorpusPath, T)>) -> Self {
        let overlay = files.into_iter().map(|(path, bytes)| (path, Arc::from(bytes.into()))).collect();
        Self { root: None, overlay }
    }

    /// The same tree with other contents for some files.
    #[must_use]
    pub fn with(&self, files: impl IntoIterator<Item = (CorpusPath, Arc<str>)>) -> Self {
        let mut tree = self.clone();
        tree.overlay.extend(files.into_iter().map(|(path, text)| (path, Arc::from(text.as_bytes()))));
        tree
    }

    /// The folder on disk, where there is one.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Whether something stands at a path, be it only a symbolic link.
    pub fn has(&self, path: &CorpusPath) -> bool {
        let on_disk = |root: &PathBuf| root.join(path.as_str()).symlink_metadata().is_ok();
        self.overlay.contains_key(path) || self.root.as_ref().is_some_and(on_disk)
    }

    /// Everything that stands under the root, sorted. Fails where the root itself cannot be read.
    pub fn find(&self) -> std::io::Result<Found> {
        let mut found = match &self.root {
            Some(root) => discover::walk(root)?,
            None => Found::default(),
        };
        found.add(self.overlay.keys());
        Ok(found)
    }

    /// The text of a file of at most `limit` bytes.
    pub fn read(&self, path: &CorpusPath, limit: u64) -> Result<Arc<str>, Unreadable> {
        match (self.overlay.get(path), &self.root) {
            (Some(bytes), _) => read::decode(bytes.to_vec(), limit),
            (None, Some(root)) => read::file(&root.join(path.as_str()), limit),
            (None, None) => Err(Unreadable::Io("no such file".into())),
        }
    }

    /// Which of some paths exist on disk under the root, though discovery left them out.
    pub fn existing(&self, paths: HashSet<CorpusPath>) -> HashSet<CorpusPath> {
        let Some(root) = self.root.as_ref().and_then(|root| root.canonicalize().ok()) else { return HashSet::new() };
        // A symbolic link inside an ignored folder may lead anywhere: what is not really under the root is neither
        // confirmed nor denied.
        let exists =
            |path: &CorpusPath| root.join(path.as_str()).canonicalize().is_ok_and(|real| real.starts_with(&root));
        paths.into_iter().filter(exists).collect()
    }

    /// Replaces files on disk, all or none.
    pub fn write(&self, unit: &[Rewrite]) -> Result<(), WriteError> {
        match &self.root {
            Some(root) => write::unit(root, unit),
            None => Ok(()),
        }
    }
}
