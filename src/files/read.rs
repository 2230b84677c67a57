//! Between paths of the corpus and places on disk, and from the bytes there to text.

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs::File,
    io::Read,
    path::{Component, Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use crate::source::CorpusPath;

/// Why a file has no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It has more bytes than allowed.
    #[error("{bytes} bytes, more than {limit}")]
    TooLarge {
        /// How many it has.
        bytes: u64,
        /// How many are allowed.
        limit: u64,
    },
    /// It is UTF-16, by its byte-order mark.
    #[error("the file is UTF-16")]
    Utf16,
    /// It holds a NUL byte, so it is no text.
    #[error("the file holds a NUL byte")]
    Binary,
    /// It is not UTF-8.
    #[error("byte {at} is not UTF-8")]
    NotUtf8 {
        /// The first byte that is none.
        at: usize,
    },
    /// A line is nested so deep that to parse it, and each line behind it, would take too long.
    #[error("line {line} is nested deeper than {limit}")]
    TooDeep {
        /// Which one it is, from 1.
        line: usize,
        /// How many quotes and lists are allowed.
        limit: usize,
    },
    /// The system does not hand it out.
    #[error("{0}")]
    Io(String),
}

/// A folder on disk, without links itself, and what of it is known.
#[derive(Debug)]
pub(super) struct Root {
    pub(super) path: PathBuf,
    /// The folders that no link leads to, so that each is looked at once and not for each of its files.
    plain: RwLock<HashSet<CorpusPath>>,
}

impl Root {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, plain: RwLock::default() }
    }

    /// Reads a regular file under the root.
    pub(super) fn read(&self, path: &CorpusPath, limit: u64) -> Result<Arc<str>, Unreadable> {
        let real = self.real(path).map_err(|error| {
            // The corpus has such a name with replacement characters, and no file is called so.
            let is_lossy = error.kind() == std::io::ErrorKind::NotFound && path.as_str().contains('\u{FFFD}');
            Unreadable::Io(if is_lossy { "its name is not UTF-8".into() } else { io_reason(&error) })
        })?;
        file(&real, limit)
    }

    /// As [`real`], of a folder that stays as it is while files are read.
    fn real(&self, path: &CorpusPath) -> std::io::Result<PathBuf> {
        let folder = path.parent();
        let is_plain = self.plain.read().unwrap_or_else(PoisonError::into_inner).contains(&folder);
        if !is_plain {
            let real = real(&self.path, path)?;
            if real.parent() == Some(&self.path.join(folder.as_str())) {
                self.plain.write().unwrap_or_else(PoisonError::into_inner).insert(folder);
            }
            return Ok(real);
        }
        let written = self.path.join(path.as_str());
        if written.symlink_metadata()?.is_symlink() { real(&self.path, path) } else { Ok(written) }
    }
}

/// Where a path under a root really is, symbolic links followed; an error where that is not under the root, since
/// nothing there is ours to read or to write. The root is without links itself.
pub(super) fn real(root: &Path, path: &CorpusPath) -> std::io::Result<PathBuf> {
    let written = root.join(path.as_str());
    written.symlink_metadata()?;
    // To follow links costs more than to see that there is none, and hardly any path has one.
    let is_link = |above: &Path| above.symlink_metadata().is_ok_and(|own| own.is_symlink());
    if !written.ancestors().take_while(|above| *above != root).any(is_link) {
        return Ok(written);
    }
    let real = written.canonicalize()?;
    if real.starts_with(root) { Ok(real) } else { Err(std::io::Error::other("leads outside the root")) }
}

/// Reads a regular file of at most `limit` bytes that a person names, wherever it is.
pub fn file(path: &Path, limit: u64) -> Result<Arc<str>, Unreadable> {
    let io = |error: std::io::Error| Unreadable::Io(io_reason(&error));
    // Before it is opened: a pipe would wait for somebody to write.
    let metadata = path.metadata().map_err(io)?;
    if !metadata.is_file() {
        return Err(Unreadable::Io("not a regular file".into()));
    }
    let file = File::open(path).map_err(io)?;
    let size = metadata.len();
    if size > limit {
        return Err(Unreadable::TooLarge { bytes: size, limit });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // The file may grow while it is read.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    decode(&bytes, limit)
}

/// Bytes as text.
pub(super) fn decode(bytes: &[u8], limit: u64) -> Result<Arc<str>, Unreadable> {
    if bytes.len() as u64 > limit {
        return Err(Unreadable::TooLarge { bytes: bytes.len() as u64, limit });
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Unreadable::Utf16);
    }
    if bytes.contains(&0) {
        return Err(Unreadable::Binary);
    }
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => Err(Unreadable::NotUtf8 { at: error.valid_up_to() }),
    }
}

/// A path below the root in the form of the corpus. A name that is not UTF-8 is shown with replacement characters;
/// such a file is known but cannot be read.
pub(super) fn corpus_path(root: &Path, path: &Path) -> Option<CorpusPath> {
    let relative = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<_>> = relative
        .components()
        .map(|part| match part {
            Component::Normal(name) => Some(OsStr::to_string_lossy(name)),
            // The text of a path says nothing of where `..` leads.
            _ => None,
        })
        .collect();
    CorpusPath::new(&parts?.join("/"))
}

/// What the system says, without the number it says it with.
pub(crate) fn io_reason(error: &std::io::Error) -> String {
    let text = error.to_string().to_lowercase();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}
