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
            Self::Changed(path) | Self::Io { path, .. } => path,
        }
    }
}

/// A temporary file beside the one it is to replace.
struct Prepared<'a> {
    rewrite: &'a Rewrite,
    target: PathBuf,
    file: NamedTempFile,
}

/// Writes every new text beside its file, and only then puts them in place; if one cannot be, those before it are
/// put back.
pub(super) fn unit(root: &Path, unit: &[Rewrite]) -> Result<(), WriteError> {
    let prepared: Vec<Prepared<'_>> = unit.iter().map(|rewrite| prepare(root, rewrite)).collect::<Result<_, _>>()?;
    for step in &prepared {
        unchanged(step.rewrite, &step.target)?;
    }
    let mut done: Vec<(&Rewrite, PathBuf)> = Vec::new();
    for step in prepared {
        let Prepared { rewrite, target, file } = step;
        if let Err(error) = file.persist(&target) {
            for (rewrite, target) in done {
                let back = Rewrite { after: rewrite.before.clone(), ..rewrite.clone() };
                // Nothing better can be done than to try.
                let _ = temporary(&target, &back).map(|file| file.persist(&target));
            }
            return Err(failed(rewrite, &error.error));
        }
        done.push((rewrite, target));
    }
    Ok(())
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
