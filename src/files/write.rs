//! Replacing files, all or none.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use tempfile::{NamedTempFile, TempPath};

use super::{
    interrupt::Held,
    read::{io_reason, real},
};
use crate::source::CorpusPath;

/// A file that gets another text.
#[derive(Clone, Debug)]
pub struct Rewrite {
    /// Which file.
    pub path: CorpusPath,
    /// The text that was checked; the file must still hold it.
    pub before: Arc<str>,
    /// The text it gets.
    pub after: Arc<str>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file changed since it was read.
    #[error("changed while it was being checked; nothing was written, run again")]
    Changed(CorpusPath),
    /// The system refused half-way, and then refused to put back what was there.
    #[error("cannot be written; already changed and not restored: {}", left.iter().map(CorpusPath::as_str).collect::<Vec<_>>().join(", "))]
    NotRestored {
        /// Which file could not be written.
        path: CorpusPath,
        /// Files that hold their new text.
        left: Vec<CorpusPath>,
    },
    /// The system refuses.
    #[error("cannot be written: {reason}")]
    Io {
        /// Which file.
        path: CorpusPath,
        /// What the system says.
        reason: String,
    },
    /// A signal to end came before anything was changed.
    #[error("interrupted")]
    Interrupted,
}

impl WriteError {
    /// The file that stood in the way.
    pub fn path(&self) -> Option<&CorpusPath> {
        match self {
            Self::Changed(path) | Self::Io { path, .. } | Self::NotRestored { path, .. } => Some(path),
            Self::Interrupted => None,
        }
    }

    /// The same about another file, if there is one for it.
    fn with_path(mut self, other: impl Fn(&CorpusPath) -> Option<CorpusPath>) -> Self {
        if let Self::Changed(path) | Self::Io { path, .. } | Self::NotRestored { path, .. } = &mut self {
            *path = other(path).unwrap_or_else(|| path.clone());
        }
        self
    }
}

/// A temporary file with the new text of another one. It is closed, since a system opens only so many.
struct Prepared<'a> {
    rewrite: &'a Rewrite,
    /// Where the other one is before anything moves.
    target: PathBuf,
    file: TempPath,
}

/// Puts bytes in the place of a file of our own, whether there was one or not, so that nobody meets half of it. A
/// symbolic link is replaced itself, since what it leads to may be anybody's; devices and pipes are written to.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let is_stream = path.symlink_metadata().is_ok_and(|own| !own.is_file() && !own.is_dir() && !own.is_symlink());
    // What a shell calls its own pipes are links.
    if is_stream || path.starts_with("/dev") || path.starts_with("/proc") {
        return std::fs::write(path, bytes);
    }
    let _held = Held::new();
    complete(path, bytes)?.persist(path).map(drop).map_err(|error| error.error)
}

/// Makes a file of our own where none is yet, whole or not at all.
pub fn create(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let _held = Held::new();
    complete(path, bytes)?.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// A file with some bytes, beside the place where it is to be.
fn complete(path: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(std::io::Error::new(std::io::ErrorKind::NotFound, "its folder does not exist"));
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file; what the user's mask takes away is taken away.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".rubrica-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Writes every new text beside its file, and only then renames files and folders and puts the texts in place: what takes
/// long is done while nothing has changed, and what cannot be finished is taken back.
pub(super) fn relocate(
    root: &Path,
    moves: &[(CorpusPath, CorpusPath)],
    rewrites: &[Rewrite],
) -> Result<(), WriteError> {
    let held = Held::new();
    // What could not be rewritten stands where it stood.
    let origin = |path: &CorpusPath| moves.iter().find_map(|(old, new)| path.rebased(new, old));
    let of_origin = |error: WriteError| error.with_path(origin);
    let step = || if held.is_interrupted() { Err(WriteError::Interrupted) } else { Ok(()) };
    let prepared = rewrites.iter().map(|rewrite| {
        step()?;
        prepare(root, moves, rewrite).map_err(of_origin)
    });
    let prepared: Vec<Prepared<'_>> = prepared.collect::<Result<_, _>>()?;
    for own in &prepared {
        step()?;
        unchanged(own.rewrite, &own.target).map_err(of_origin)?;
    }
    let mut done: Vec<(PathBuf, PathBuf)> = Vec::new();
    let mut made: Vec<PathBuf> = Vec::new();
    let all = moves.iter().try_for_each(|(old, new)| {
        let (from, to) = (root.join(old.as_str()), root.join(new.as_str()));
        let moved = move_one(&from, &to, &mut made);
        moved.map_err(|error| WriteError::Io { path: new.clone(), reason: io_reason(&error) })?;
        done.push((from, to));
        Ok(())
    });
    all.and_then(|()| persist(root, prepared).map_err(of_origin)).inspect(|()| remove_emptied(root, moves)).inspect_err(
        |_| {
            // The caller hears of the first error; a second one here could not be helped.
            done.iter().rev().for_each(|(from, to)| drop(std::fs::rename(to, from)));
            // Only what is empty can be removed.
            made.iter().rev().for_each(|folder| drop(std::fs::remove_dir(folder)));
        },
    )
}

/// Removes the folders that moves have left empty, as git would; the one that somebody stands in stays.
fn remove_emptied(root: &Path, moves: &[(CorpusPath, CorpusPath)]) {
    let here = std::env::current_dir().ok();
    for (old, _) in moves {
        let folders = old.folders().map(|folder| root.join(folder.as_str()));
        // Only what is empty can be removed.
        let is_removed = |folder: &PathBuf| {
            !here.as_ref().is_some_and(|here| here.starts_with(folder)) && std::fs::remove_dir(folder).is_ok()
        };
        folders.take_while(is_removed).for_each(drop);
    }
}

/// Puts new texts in the place of the old ones.
fn persist(root: &Path, prepared: Vec<Prepared<'_>>) -> Result<(), WriteError> {
    let mut done: Vec<(&Rewrite, PathBuf)> = Vec::new();
    for Prepared { rewrite, file, .. } in prepared {
        let put = real(root, &rewrite.path)
            .and_then(|target| file.persist(&target).map(|()| target).map_err(|error| error.error));
        let target = match put {
            Ok(target) => target,
            Err(error) => {
                let back = |(rewrite, target): &(&Rewrite, PathBuf)| restore(rewrite, target);
                let left = done.iter().filter(|one| !back(one)).map(|(rewrite, _)| rewrite.path.clone());
                let (left, path) = (left.collect::<Vec<_>>(), rewrite.path.clone());
                return Err(if left.is_empty() {
                    failed(rewrite, &error)
                } else {
                    WriteError::NotRestored { path, left }
                });
            }
        };
        done.push((rewrite, target));
    }
    Ok(())
}

/// Renames a file or folder where nothing stands yet, and adds the folders that are made for it.
fn move_one(from: &Path, to: &Path, made: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let folder = to.parent().unwrap_or(to);
    let missing: Vec<&Path> = folder.ancestors().take_while(|above| above.symlink_metadata().is_err()).collect();
    made.extend(missing.into_iter().rev().map(Path::to_owned));
    std::fs::create_dir_all(folder)?;
    if to.symlink_metadata().is_ok() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    std::fs::rename(from, to)
}

/// Puts the old text back; whether that went well.
fn restore(rewrite: &Rewrite, target: &Path) -> bool {
    let back = Rewrite { after: rewrite.before.clone(), ..rewrite.clone() };
    let folder = target.parent().unwrap_or(Path::new("."));
    temporary(folder, target, &back).is_ok_and(|file| file.persist(target).is_ok())
}

fn prepare<'a>(
    root: &Path,
    moves: &[(CorpusPath, CorpusPath)],
    rewrite: &'a Rewrite,
) -> Result<Prepared<'a>, WriteError> {
    let moved = moves.iter().find_map(|(old, new)| Some((old, rewrite.path.rebased(new, old)?)));
    let stands = moved.as_ref().map_or(&rewrite.path, |(_, origin)| origin);
    // Through symbolic links: the file behind is replaced, the link stays. One that leads outside is not ours.
    let target = real(root, stands).map_err(|error| failed(rewrite, &error))?;
    unchanged(rewrite, &target)?;
    // Beside the file, but in no folder that moves.
    let beside = moved.as_ref().map_or_else(|| target.clone(), |(old, _)| root.join(old.as_str()));
    let file = temporary(beside.parent().unwrap_or(root), &target, rewrite)?;
    Ok(Prepared { rewrite, target, file })
}

/// A file in a folder with the new text of the one at `target`, whose owner and permissions it gets.
fn temporary(folder: &Path, target: &Path, rewrite: &Rewrite) -> Result<TempPath, WriteError> {
    let io = |error: std::io::Error| failed(rewrite, &error);
    let metadata = target.metadata().map_err(io)?;
    if metadata.permissions().readonly() {
        let reason = "it is read-only".to_owned();
        return Err(WriteError::Io { path: rewrite.path.clone(), reason });
    }
    let mut file = tempfile::Builder::new().prefix(".rubrica-").tempfile_in(folder).map_err(io)?;
    file.write_all(rewrite.after.as_bytes()).map_err(io)?;
    keep_owner(file.as_file(), &metadata).map_err(io)?;
    file.as_file().set_permissions(metadata.permissions()).map_err(io)?;
    file.as_file().sync_all().map_err(io)?;
    Ok(file.into_temp_path())
}

/// Gives a new file the owner of the one it replaces.
#[cfg(unix)]
fn keep_owner(file: &std::fs::File, old: &std::fs::Metadata) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    fchown(file, Some(old.uid()), Some(old.gid()))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
fn keep_owner(_: &std::fs::File, _: &std::fs::Metadata) -> std::io::Result<()> {
    Ok(())
}

fn unchanged(rewrite: &Rewrite, target: &Path) -> Result<(), WriteError> {
    let bytes = std::fs::read(target).map_err(|error| failed(rewrite, &error))?;
    if bytes == rewrite.before.as_bytes() { Ok(()) } else { Err(WriteError::Changed(rewrite.path.clone())) }
}

fn failed(rewrite: &Rewrite, error: &std::io::Error) -> WriteError {
    WriteError::Io { path: rewrite.path.clone(), reason: io_reason(error) }
}
