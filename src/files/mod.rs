//! The files under a root: found, read and written. The only module that touches the disk.

mod discover;
mod git;
mod interrupt;
mod read;
mod root;
mod write;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::PathBuf,
    sync::Arc,
};

use crate::{order, source::CorpusPath};

pub use discover::{Found, Trouble};
pub use git::{Files, Git, GitError, Move};
pub(crate) use read::io_reason;
pub use read::{Unreadable, file as read_file};
pub use root::{RootError, find_root, leads_out, repository_top, within};
pub use write::{Rewrite, WriteError, create, replace};

/// The files that are checked: a folder on disk, a commit or the index of git, a set of texts in memory, or such a set
/// laid over the others, as a fix in the making or an unsaved buffer needs it. Everything that is read comes through here.
#[derive(Clone, Debug)]
pub struct Tree {
    base: Base,
    overlay: BTreeMap<CorpusPath, Arc<[u8]>>,
}

/// What lies under the texts in memory.
#[derive(Clone, Debug)]
enum Base {
    Nothing,
    Disk(Arc<read::Root>),
    Git(Arc<Files>),
}

impl Tree {
    /// A folder on disk.
    pub fn on_disk(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        // Without links, so that what a path leads to can be compared with it. One that does not exist fails later.
        let root = root.canonicalize().unwrap_or(root);
        Self { base: Base::Disk(Arc::new(read::Root::new(root))), overlay: BTreeMap::new() }
    }

    /// Files as git has them.
    pub fn in_git(files: Files) -> Self {
        Self { base: Base::Git(Arc::new(files)), overlay: BTreeMap::new() }
    }

    /// Files that exist in memory only.
    pub fn in_memory<T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (CorpusPath, T)>) -> Self {
        let overlay = order::map(files.into_iter().map(|(path, bytes)| (path, Arc::from(bytes.into()))));
        Self { base: Base::Nothing, overlay }
    }

    /// The same tree with other contents for some files.
    #[must_use]
    pub fn with<T: Into<Vec<u8>>>(&self, files: impl IntoIterator<Item = (CorpusPath, T)>) -> Self {
        let mut tree = self.clone();
        tree.overlay.extend(files.into_iter().map(|(path, bytes)| (path, Arc::from(bytes.into()))));
        tree
    }

    /// Whether the files are as they are stored: no text in memory lies over them.
    pub fn is_stored(&self) -> bool {
        self.overlay.is_empty()
    }

    /// Whether the files are those of a repository of git, or of a part of one.
    pub fn is_versioned(&self) -> bool {
        let git = CorpusPath::new(".git").unwrap_or_default();
        match &self.base {
            Base::Nothing => self.has(&git),
            Base::Disk(root) => repository_top(&root.path).is_some(),
            Base::Git(_) => true,
        }
    }

    /// Whether something stands at a path, be it only a symbolic link.
    pub fn has(&self, path: &CorpusPath) -> bool {
        self.overlay.keys().any(|own| own.is_within(path))
            || match &self.base {
                Base::Nothing => false,
                Base::Disk(root) => root.path.join(path.as_str()).symlink_metadata().is_ok(),
                Base::Git(files) => files.has(path),
            }
    }

    /// Everything that stands under the root, sorted. Fails where the root itself cannot be read.
    pub fn find(&self) -> std::io::Result<Found> {
        let mut found = match &self.base {
            Base::Nothing => Found::default(),
            Base::Disk(root) => discover::walk(&root.path)?,
            Base::Git(files) => files.find()?,
        };
        found.add(self.overlay.keys());
        Ok(found)
    }

    /// The Markdown files in a folder, sorted, hidden ones left out; or the file itself, if it is one.
    pub fn markdown_in(&self, place: &CorpusPath) -> std::io::Result<Vec<CorpusPath>> {
        let is_page = |path: &&CorpusPath| {
            let below = path.is_within(place).then(|| &path.as_str()[place.as_str().len()..]);
            path.is_markdown() && below.is_some_and(|below| !below.split('/').any(|part| part.starts_with('.')))
        };
        let mut found: Vec<CorpusPath> = self.overlay.keys().filter(is_page).cloned().collect();
        match &self.base {
            Base::Disk(root) => found.extend(discover::markdown(&root.path, place)?),
            Base::Git(files) => found.extend(files.regular().filter(is_page).cloned()),
            Base::Nothing => {}
        }
        if found.is_empty() && !matches!(self.base, Base::Disk(_)) {
            return Err(std::io::Error::other("no such file or folder"));
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The text of a file of at most `limit` bytes.
    pub fn read(&self, path: &CorpusPath, limit: u64) -> Result<Arc<str>, Unreadable> {
        match (self.overlay.get(path), &self.base) {
            (Some(bytes), _) => read::decode(bytes, limit),
            (None, Base::Disk(root)) => root.read(path, limit),
            (None, Base::Git(files)) => files.read(path, limit),
            (None, Base::Nothing) => Err(Unreadable::Io("no such file".into())),
        }
    }

    /// Which of some paths exist under the root, though discovery left them out, and whether git tracks each all the same.
    pub fn existing(&self, paths: HashSet<CorpusPath>) -> HashMap<CorpusPath, bool> {
        match &self.base {
            Base::Nothing => HashMap::new(),
            Base::Disk(root) => {
                // A symbolic link inside an ignored folder may lead anywhere: what is not really under the root is neither
                // confirmed nor denied.
                let is_there =
                    |path: &CorpusPath| read::real(&root.path, path).is_ok_and(|real| !discover::is_empty(&real));
                let there: Vec<_> = paths.into_iter().filter(is_there).collect();
                let index = || Git::at(&root.path).and_then(|git| git.index()).ok();
                let index = if there.is_empty() { None } else { index() };
                let is_tracked = |path: &CorpusPath| index.as_ref().is_some_and(|index| index.has(path));
                there.into_iter().map(|path| (path.clone(), is_tracked(&path))).collect()
            }
            Base::Git(files) => files.existing(paths).into_iter().map(|path| (path, true)).collect(),
        }
    }

    /// The paths that the last commit held of a folder on disk; and where some that are missed are among them, or it did
    /// not hold all that miss something, what has moved since as far as the index says: to look at the files would let git
    /// run what its configuration names.
    pub fn committed(
        &self,
        missed: &HashSet<CorpusPath>,
        missing: &HashSet<CorpusPath>,
    ) -> Option<(HashSet<CorpusPath>, Vec<Move>)> {
        let Base::Disk(root) = &self.base else { return None };
        let git = Git::at(&root.path).ok()?;
        let stood = git.committed()?;
        let may_have_moved = missed.iter().any(|path| stood.contains(path)) || !missing.is_subset(&stood);
        let moves = may_have_moved.then(|| git.moves("HEAD", true));
        Some((stood, moves.and_then(Result::ok).unwrap_or_default()))
    }

    /// Gives files and folders on disk other paths, and rewrites files, named by their paths afterwards; all or none.
    pub fn relocate(&self, moves: &[(CorpusPath, CorpusPath)], unit: &[Rewrite]) -> Result<(), WriteError> {
        match &self.base {
            Base::Disk(root) => write::relocate(&root.path, moves, unit),
            Base::Nothing | Base::Git(_) => Ok(()),
        }
    }

    /// Replaces files on disk, all or none.
    pub fn write(&self, unit: &[Rewrite]) -> Result<(), WriteError> {
        self.relocate(&[], unit)
    }
}
