//! Walking a folder.

use std::{
    ffi::OsStr,
    path::{Component, Path},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::{corpus::Listing, source::CorpusPath};

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
            let mut folder = path.parent();
            while !folder.as_str().is_empty() {
                self.listing.folders.push(folder.clone());
                folder = folder.parent();
            }
            self.listing.files.push(path.clone());
            self.regular.push(path.clone());
        }
        self.sort();
    }

    fn sort(&mut self) {
        for paths in [&mut self.listing.files, &mut self.listing.folders, &mut self.listing.foreign, &mut self.regular]
        {
            paths.sort();
            paths.dedup();
        }
        self.listing.aliases.sort();
        self.trouble.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

/// Finds everything under a root that no ignore file leaves out, hidden files included, `.git` not. Symbolic links
/// are noted and not followed; folders that are repositories of their own are not entered.
pub(super) fn walk(root: &Path) -> std::io::Result<Found> {
    std::fs::read_dir(root)?;
    let found = Mutex::new(Found::default());
    let in_repository = root.ancestors().any(|folder| folder.join(".git").exists());
    let foreign = Arc::new(Mutex::new(Vec::new()));
    let (seen, owned_root) = (foreign.clone(), root.to_owned());
    let walker = WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        // Ignore files above the root belong to it only within its repository.
        .parents(in_repository)
        // What a user ignores in general would make two machines see different corpora.
        .git_global(false)
        .threads(rayon::current_num_threads())
        .filter_entry(move |entry| {
            let is_foreign = is_foreign(entry);
            if is_foreign {
                lock(&seen).extend(corpus_path(&owned_root, entry.path()));
            }
            entry.file_name() != ".git" && !is_foreign
        })
        .build_parallel();
    walker.run(|| {
        let mut batch = Batch { found: &found, own: Found::default() };
        Box::new(move |entry| {
            match entry {
                Ok(entry) => visit(root, &entry, &mut batch.own),
                Err(error) => batch.own.trouble.push(trouble(root, &error)),
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.listing.foreign.append(&mut lock(&foreign));
    found.listing.foreign.extend(submodules(root));
    found.sort();
    Ok(found)
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
        let mut all = lock(self.found);
        let own = std::mem::take(&mut self.own);
        all.listing.files.extend(own.listing.files);
        all.listing.folders.extend(own.listing.folders);
        all.listing.aliases.extend(own.listing.aliases);
        all.listing.foreign.extend(own.listing.foreign);
        all.regular.extend(own.regular);
        all.trouble.extend(own.trouble);
    }
}

fn visit(root: &Path, entry: &DirEntry, out: &mut Found) {
    let (Some(path), Some(kind)) = (corpus_path(root, entry.path()), entry.file_type()) else { return };
    if path.as_str().is_empty() {
        return;
    }
    if kind.is_symlink() {
        match alias(root, entry.path()) {
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
    folder.join(&target.to_str()?.replace('\\', "/")).ok()
}

/// A path below the root in the form of the corpus. A name that is not UTF-8 is shown with replacement characters;
/// such a file is known but cannot be read.
pub(super) fn corpus_path(root: &Path, path: &Path) -> Option<CorpusPath> {
    let relative = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = relative
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(OsStr::to_string_lossy(name)),
            _ => None,
        })
        .collect();
    CorpusPath::new(&parts.join("/"))
}

/// A folder below the root with a repository of its own.
fn is_foreign(entry: &DirEntry) -> bool {
    entry.depth() > 0
        && entry.file_type().is_some_and(|kind| kind.is_dir())
        && entry.path().join(".git").symlink_metadata().is_ok()
}

/// More submodules than this are not looked at.
const MAX_SUBMODULES: usize = 1_000;

/// Submodules, whether they are checked out or not.
fn submodules(root: &Path) -> Vec<CorpusPath> {
    let modules = std::fs::read_to_string(root.join(".gitmodules")).unwrap_or_default();
    let paths = modules.lines().filter_map(|line| line.trim().strip_prefix("path")?.trim().strip_prefix('='));
    paths.filter_map(|path| CorpusPath::new(path.trim())).take(MAX_SUBMODULES).collect()
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
    if !start.canonicalize()?.starts_with(root.canonicalize()?) {
        return Err(std::io::Error::other("leads out of the root"));
    }
    let mut out = Vec::new();
    for entry in WalkBuilder::new(start).standard_filters(false).hidden(true).build() {
        let entry =
            entry.map_err(|error| error.into_io_error().unwrap_or_else(|| std::io::Error::other("unreadable")))?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        out.extend(corpus_path(root, entry.path()).filter(|path| is_file && path.is_markdown()));
    }
    Ok(out)
}

/// What the system says, without the number it says it with.
pub(crate) fn io_reason(error: &std::io::Error) -> String {
    let text = error.to_string().to_lowercase();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}
