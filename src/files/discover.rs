//! Walking a folder.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::{
    read::{self, corpus_path, io_reason},
    root::repository_top,
};
use crate::{
    corpus::Listing,
    order,
    source::{CorpusPath, LONGEST_GLOB},
};

/// What a walk found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Known paths, sorted.
    pub listing: Listing,
    /// Regular files, sorted: what a document can be.
    pub regular: Vec<CorpusPath>,
    /// What could not be entered.
    pub trouble: Vec<Trouble>,
}

/// A folder or file that could not be looked at.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// Its path, as far as it is known.
    pub path: CorpusPath,
    /// What the system says.
    pub reason: String,
}

impl Found {
    /// Adds files that exist in memory, and the folders they imply.
    pub(super) fn add<'a>(&mut self, paths: impl Iterator<Item = &'a CorpusPath>) {
        for path in paths {
            self.listing.folders.extend(path.folders());
            self.listing.files.push(path.clone());
            self.regular.push(path.clone());
        }
        self.sort();
    }

    fn append(&mut self, other: Self) {
        self.listing.files.extend(other.listing.files);
        self.listing.folders.extend(other.listing.folders);
        self.listing.aliases.extend(other.listing.aliases);
        self.listing.foreign.extend(other.listing.foreign);
        self.regular.extend(other.regular);
        self.trouble.extend(other.trouble);
    }

    /// Leaves out folders in which nothing is: git carries none. What Obsidian keeps of a vault shows that it is one, though
    /// git may ignore all of it. Everything is sorted.
    fn leave_out_empty_folders(&mut self) {
        let Listing { files, folders, foreign, .. } = &mut self.listing;
        let trouble = &self.trouble;
        let holds = |folder: &CorpusPath, all: &[CorpusPath]| {
            let inside = format!("{}/", folder.as_str());
            let next = all.partition_point(|path| path.as_str() < inside.as_str());
            all.get(next).is_some_and(|path| path.is_within(folder))
        };
        let is_unread = |folder: &CorpusPath| trouble.iter().any(|own| own.path.is_within(folder));
        let is_kept = |folder: &CorpusPath| folder.file_name() == ".obsidian" || is_unread(folder);
        folders.retain(|folder| holds(folder, files) || holds(folder, foreign) || is_kept(folder));
    }

    fn sort(&mut self) {
        for paths in [&mut self.listing.files, &mut self.listing.folders, &mut self.listing.foreign, &mut self.regular]
        {
            paths.sort_unstable();
            paths.dedup();
        }
        order::plain(&mut self.listing.aliases);
        order::by(&mut self.trouble, |a, b| a.path.cmp(&b.path));
    }
}

/// Finds everything under a root that no ignore file leaves out, hidden files included, `.git` not. Symbolic links
/// are noted and not followed; folders that are repositories of their own are not entered.
pub(super) fn walk(root: &Path) -> std::io::Result<Found> {
    std::fs::read_dir(root)?;
    // Ignore files above the root count within its repository, and none above that.
    let top = repository_top(root).unwrap_or(root);
    for folder in root.ancestors().take_while(|folder| folder.starts_with(top)) {
        readable_ignore_files(folder, top).map_err(std::io::Error::other)?;
    }
    let mut found = match walk_from(top, root, top) {
        Some(found) => found,
        // The root itself is ignored, and looked at all the same.
        None => walk_from(root, root, top).unwrap_or_default(),
    };
    found.listing.foreign.extend(submodules(top, root));
    found.sort();
    found.leave_out_empty_folders();
    Ok(found)
}

/// Finds everything under a root, going down from a folder above it; `None` where an ignore file on the way leaves the
/// root out.
fn walk_from(start: &Path, root: &Path, top: &Path) -> Option<Found> {
    let found = Mutex::new(Found::default());
    let set_aside = Arc::new(Mutex::new(Found::default()));
    let (aside, owned_root, owned_top) = (set_aside.clone(), root.to_owned(), top.to_owned());
    let walker = WalkBuilder::new(start)
        .hidden(false)
        .require_git(false)
        .parents(false)
        // What a user ignores in general would make two machines see different corpora.
        .git_global(false)
        .threads(rayon::current_num_threads())
        .filter_entry(move |entry| {
            let path = entry.path();
            if owned_root.starts_with(path) {
                return true;
            }
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            if !path.starts_with(&owned_root) || entry.file_name() == ".git" {
                return false;
            }
            if is_folder && path.join(".git").symlink_metadata().is_ok() {
                lock(&aside).listing.foreign.extend(corpus_path(&owned_root, path));
                return false;
            }
            let readable = if is_folder { readable_ignore_files(path, &owned_top) } else { Ok(()) };
            let trouble = |reason| Trouble { path: corpus_path(&owned_root, path).unwrap_or_default(), reason };
            readable.map_err(|reason| lock(&aside).trouble.push(trouble(reason))).is_ok()
        })
        .build_parallel();
    let entered = AtomicBool::new(false);
    walker.run(|| {
        let mut batch = Batch { found: &found, own: Found::default() };
        let entered = &entered;
        Box::new(move |entry| {
            match entry {
                Ok(entry) if entry.path() == root => entered.store(true, Ordering::Relaxed),
                Ok(entry) => visit(root, &entry, &mut batch.own),
                Err(error) => batch.own.trouble.push(trouble(root, &error)),
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.append(std::mem::take(&mut lock(&set_aside)));
    entered.into_inner().then_some(found)
}

/// An ignore file has at most this many bytes.
const MAX_IGNORE_FILE: u64 = 1 << 19;

/// Whether the walk can read the ignore files of a folder. It reads them whole and follows links, so one that is
/// endless, very long or somebody else's must not be met.
fn readable_ignore_files(folder: &Path, top: &Path) -> Result<(), String> {
    for name in [".ignore", ".gitignore"] {
        let path = folder.join(name);
        let Ok(metadata) = path.symlink_metadata() else { continue };
        let is_foreign = || path.canonicalize().is_ok_and(|real| !real.starts_with(top));
        if metadata.is_symlink() && is_foreign() {
            return Err(format!("its `{name}` leads out of the repository"));
        }
        let Ok(metadata) = path.metadata() else { continue };
        if metadata.is_dir() {
            continue;
        }
        if !metadata.is_file() {
            return Err(format!("its `{name}` is not a regular file"));
        }
        if metadata.len() > MAX_IGNORE_FILE {
            return Err(format!("its `{name}` has {} bytes, more than {MAX_IGNORE_FILE}", metadata.len()));
        }
        let is_long = |line: &[u8]| line.len() > LONGEST_GLOB && !line.starts_with(b"#");
        let lines = std::fs::read(path).unwrap_or_default();
        if let Some(at) = lines.split(|byte| *byte == b'\n').position(is_long) {
            return Err(format!("line {} of its `{name}` has more than {LONGEST_GLOB} bytes", at + 1));
        }
    }
    Ok(())
}

/// Whether a folder holds nothing but folders that hold nothing.
pub(super) fn is_empty(folder: &Path) -> bool {
    let Ok(mut entries) = std::fs::read_dir(folder) else { return false };
    entries.all(|entry| {
        entry.is_ok_and(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()) && is_empty(&entry.path()))
    })
}

/// A thread that panicked has left a list that is merely shorter.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One thread's finds; handed over when the thread is done.
struct Batch<'a> {
    found: &'a Mutex<Found>,
    own: Found,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        lock(self.found).append(std::mem::take(&mut self.own));
    }
}

fn visit(root: &Path, entry: &DirEntry, out: &mut Found) {
    // What has no path lies above the root, on the way to it.
    let (Some(path), Some(kind)) = (corpus_path(root, entry.path()), entry.file_type()) else { return };
    if kind.is_symlink() {
        match alias(root, entry.path()) {
            // Nobody can open it.
            Some(real) if is_nothing(root, &real) => return,
            Some(real) => out.listing.aliases.push((path.clone(), real)),
            // What lies outside the root is neither confirmed nor denied.
            None => out.listing.foreign.push(path.clone()),
        }
        out.listing.files.push(path);
    } else if kind.is_dir() {
        out.listing.folders.push(path);
    } else {
        if kind.is_file() {
            out.regular.push(path.clone());
        }
        out.listing.files.push(path);
    }
}

/// What a symbolic link stands for, on the text of its target alone; `None` outside the root.
fn alias(root: &Path, link: &Path) -> Option<CorpusPath> {
    let target = std::fs::read_link(link).ok()?;
    if target.is_absolute() {
        return corpus_path(root, &target);
    }
    let folder = corpus_path(root, link.parent()?)?;
    folder.join(&target.to_str()?.replace('\\', "/"))
}

/// Whether nothing stands at a path, as far as that can be seen without looking out of the root.
fn is_nothing(root: &Path, path: &CorpusPath) -> bool {
    let written = root.join(path.as_str());
    let above = written.ancestors().skip(1).find_map(|above| above.canonicalize().ok());
    let missing = || written.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
    above.is_some_and(|above| above.starts_with(root)) && missing()
}

/// More submodules than this are not looked at.
const MAX_SUBMODULES: usize = 1_000;

/// The submodules of the repository that stand under the root, whether they are checked out or not.
fn submodules(top: &Path, root: &Path) -> Vec<CorpusPath> {
    let list = CorpusPath::new(".gitmodules").unwrap_or_default();
    let Ok(list) = read::Root::new(top.to_owned()).read(&list, MAX_IGNORE_FILE) else { return Vec::new() };
    let paths = list.lines().filter_map(|line| line.trim().strip_prefix("path")?.trim().strip_prefix('='));
    let paths = paths.filter_map(|path| CorpusPath::new(path.trim())).take(MAX_SUBMODULES);
    paths.filter_map(|path| corpus_path(root, &top.join(path.as_str()))).collect()
}

fn trouble(root: &Path, error: &ignore::Error) -> Trouble {
    let reason = error.io_error().map_or_else(|| error.to_string(), io_reason);
    let path = error_path(error).and_then(|path| corpus_path(root, path)).unwrap_or_default();
    Trouble { path, reason }
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(error_path),
        _ => None,
    }
}

/// The Markdown files below a place. Symbolic links are not followed, and nothing outside the root is looked at.
pub(super) fn markdown(root: &Path, place: &CorpusPath) -> std::io::Result<Vec<CorpusPath>> {
    let start = root.join(place.as_str());
    read::real(root, place)?;
    let mut out = Vec::new();
    for entry in WalkBuilder::new(start).standard_filters(false).hidden(true).build() {
        let entry =
            entry.map_err(|error| error.into_io_error().unwrap_or_else(|| std::io::Error::other("unreadable")))?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        out.extend(corpus_path(root, entry.path()).filter(|path| is_file && path.is_markdown()));
    }
    Ok(out)
}
