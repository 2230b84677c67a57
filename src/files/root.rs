//! Which folder is the root.

use std::path::{Component, Path, PathBuf};

use super::discover::corpus_path;
use crate::source::CorpusPath;

/// Why there is no root, or a path has no place under it.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// The root is no folder that can be read.
    #[error("cannot read the folder `{}`: {reason}", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A path lies outside the root.
    #[error("`{}` is outside the root `{}`", path.display(), root.display())]
    Outside {
        /// The path.
        path: PathBuf,
        /// The root.
        root: PathBuf,
    },
}

/// The root: the given one; else, going up from the first path (or the current folder) as far as the top of its
/// repository, the nearest folder with `rubrica.yaml` or `.obsidian/`; else that top; else the path's own folder.
pub fn find_root(given: Option<&Path>, first: Option<&Path>) -> Result<PathBuf, RootError> {
    let start = given.or(first).unwrap_or(Path::new("."));
    let start = canonical(start);
    let folder = if given.is_some() || start.is_dir() { start.clone() } else { nearest_folder(&start) };
    let no_folder = |error: &std::io::Error| RootError::NoFolder {
        path: folder.clone(),
        reason: super::discover::io_reason(error),
    };
    std::fs::read_dir(&folder).map_err(|error| no_folder(&error))?;
    if given.is_some() {
        return Ok(folder);
    }
    let top = repository_top(&folder);
    let marked = |above: &&Path| above.join("rubrica.yaml").is_file() || above.join(".obsidian").is_dir();
    let within = |above: &&Path| top.is_none_or(|top| above.starts_with(top));
    let nearest = folder.ancestors().take_while(within).find(marked);
    Ok(nearest.or(top).unwrap_or(&folder).to_owned())
}

/// The top of the repository that holds a folder.
pub fn repository_top(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// A path given on the command line, as a path under the root. It need not exist.
pub fn within(root: &Path, path: &Path) -> Result<CorpusPath, RootError> {
    let absolute = canonical(path);
    let root = canonical(root);
    corpus_path(&root, &absolute).ok_or(RootError::Outside { path: path.to_owned(), root })
}

/// Whether the repository that holds the root knows a path: one that was deleted since, then. The index is not
/// parsed; it holds the paths as they are.
pub fn is_tracked(root: &Path, path: &CorpusPath) -> bool {
    let Some(top) = root.ancestors().find(|above| above.join(".git").is_dir()) else { return false };
    let Ok(index) = std::fs::read(top.join(".git/index")) else { return false };
    let folder = corpus_path(top, root).unwrap_or_default();
    let Ok(full) = folder.join(path.as_str()) else { return false };
    // Two bytes of flags stand before a path and hold its length in their lower twelve bits.
    let Ok(length) = u16::try_from(full.as_str().len()) else { return false };
    let needle = [full.as_str().as_bytes(), &[0]].concat();
    let has_length =
        |at: usize| at >= 2 && u16::from_be_bytes([index[at - 2], index[at - 1]]) & 0xFFF == length.min(0xFFF);
    let mut found = (0..index.len().saturating_sub(needle.len())).filter(|&at| index[at..].starts_with(&needle));
    !path.as_str().is_empty() && found.any(has_length)
}

fn nearest_folder(path: &Path) -> PathBuf {
    path.ancestors().skip(1).find(|above| above.is_dir()).unwrap_or(path).to_owned()
}

/// The path without links, as far as it exists; the rest is resolved on its text.
fn canonical(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    // The last component of a symbolic link that is named stays: it is an alias of the corpus.
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for above in absolute.ancestors() {
        if let Ok(real) = above.canonicalize() {
            let mut out = real;
            for part in absolute.strip_prefix(above).unwrap_or(Path::new("")).components() {
                match part {
                    Component::ParentDir => {
                        out.pop();
                    }
                    Component::Normal(name) => out.push(name),
                    _ => {}
                }
            }
            return out;
        }
    }
    absolute
}
