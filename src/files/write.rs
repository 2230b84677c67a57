//! Replacing files, all or none.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use tempfile::NamedTempFile;

use super::discover::io_reason;
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
}

impl WriteError {
    /// The file that stood in the way.
    pub fn path(&self) -> &CorpusPath {
        match self {
            Self::Changed(path) | Self::Io { path, .. } | Self::NotRestored { path, .. } => path,
        }
    }
}

/// A temporary file beside the one it is to replace.
struct Prepared<'a> {
    rewrite: &'a Rewrite,
    target: PathBuf,
    file: NamedTempFile,
}

/// Puts a text in the place of a file of our own, whether there was one or not, so that nobody meets half of it.
pub fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file; what the user's mask takes away is taken away.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".rubrica-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Writes every new text beside its file, and only then puts them in place; if one cannot be, those before it are
/// put back.
pub(super) fn unit(root: &Path, unit: &[Rewrite]) -> Result<(), WriteError> {
    let prepared: Vec<Prepared<'_>> = unit.iter().map(|rewrite| prepare(root, rewrite)).collect::<Result<_, _>>()?;
    let mut done: Vec<(&Rewrite, PathBuf)> = Vec::new();
    for Prepared { rewrite, target, file } in prepared {
        let put = unchanged(rewrite, &target)
            .and_then(|()| file.persist(&target).map(drop).map_err(|error| failed(rewrite, &error.error)));
        if let Err(error) = put {
            let left: Vec<CorpusPath> = done
                .into_iter()
                .filter(|(rewrite, target)| !restore(rewrite, target))
                .map(|(rewrite, _)| rewrite.path.clone())
                .collect();
            return Err(if left.is_empty() {
                error
            } else {
                WriteError::NotRestored { path: rewrite.path.clone(), left }
            });
        }
        done.push((rewrite, target));
    }
    Ok(())
}

/// Renames a file or folder, then rewrites; what cannot be finished is taken back.
pub(super) fn relocate(
    root: &Path,
    old: &CorpusPath,
    new: &CorpusPath,
    rewrites: &[Rewrite],
) -> Result<(), WriteError> {
    let (from, to) = (root.join(old.as_str()), root.join(new.as_str()));
    let io = |error: std::io::Error| WriteError::Io { path: new.clone(), reason: io_reason(&error) };
    std::fs::create_dir_all(to.parent().unwrap_or(root)).map_err(io)?;
    std::fs::rename(&from, &to).map_err(io)?;
    unit(root, rewrites).inspect_err(|_| {
        // The caller hears of the first error; a second one here could not be helped.
        let _ = std::fs::rename(&to, &from);
    })
}

/// Puts the old text back; whether that went well.
fn restore(rewrite: &Rewrite, target: &Path) -> bool {
    let back = Rewrite { after: rewrite.before.clone(), ..rewrite.clone() };
    temporary(target, &back).is_ok_and(|file| file.persist(target).is_ok())
}

fn prepare<'a>(root: &Path, rewrite: &'a Rewrite) -> Result<Prepared<'a>, WriteError> {
    // Through symbolic links: the file behind is replaced, the link stays. One that leads outside is not ours.
    let real_root = root.canonicalize().map_err(|error| failed(rewrite, &error))?;
    let target = root.join(rewrite.path.as_str()).canonicalize().map_err(|error| failed(rewrite, &error))?;
    if !target.starts_with(&real_root) {
        let reason = "it leads outside the root".to_owned();
        return Err(WriteError::Io { path: rewrite.path.clone(), reason });
    }
    unchanged(rewrite, &target)?;
    let file = temporary(&target, rewrite)?;
    Ok(Prepared { rewrite, target, file })
}

fn temporary(target: &Path, rewrite: &Rewrite) -> Result<NamedTempFile, WriteError> {
    let io = |error: std::io::Error| failed(rewrite, &error);
    let metadata = target.metadata().map_err(io)?;
    if metadata.permissions().readonly() {
        let reason = "it is read-only".to_owned();
        return Err(WriteError::Io { path: rewrite.path.clone(), reason });
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".rubrica-").tempfile_in(folder).map_err(io)?;
    file.write_all(rewrite.after.as_bytes()).map_err(io)?;
    file.as_file().set_permissions(metadata.permissions()).map_err(io)?;
    file.as_file().sync_all().map_err(io)?;
    Ok(file)
}

fn unchanged(rewrite: &Rewrite, target: &Path) -> Result<(), WriteError> {
    let bytes = std::fs::read(target).map_err(|error| failed(rewrite, &error))?;
    if bytes == rewrite.before.as_bytes() { Ok(()) } else { Err(WriteError::Changed(rewrite.path.clone())) }
}

fn failed(rewrite: &Rewrite, error: &std::io::Error) -> WriteError {
    WriteError::Io { path: rewrite.path.clone(), reason: io_reason(error) }
}
