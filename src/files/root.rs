//! Which folder is the root.

use std::path::{Component, Path, PathBuf};

use super::read::corpus_path;
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
    /// A symbolic link on the way leads out of the repository that it stands in.
    #[error("`{}` is a symbolic link that leads out of `{}`; if you mean what it leads to, name that: `{}`", link.display(), top.display(), real.display())]
    LeadsOut {
        /// The link.
        link: PathBuf,
        /// What it leads to.
        real: PathBuf,
        /// The top of the repository, or the folder that says itself that it is a root.
        top: PathBuf,
    },
    /// A path is none of the corpus, since what it is called is no text.
    #[error("the name of `{}` is not UTF-8", path.display())]
    NotUtf8 {
        /// The path.
        path: PathBuf,
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

/// The root: the given one; else, going up from the folder that holds all paths (or the current one) as far as the top
/// of its repository, the nearest folder with `rubrica.yaml` or `.obsidian/`; else that top; else the current folder, if
/// it holds all paths, since what stands beside a part of it may link to that part; else the folder that does.
pub fn find_root(given: Option<&Path>, paths: &[&Path]) -> Result<PathBuf, RootError> {
    for path in given.iter().chain(paths) {
        // A file that is such a link itself is not read.
        leads_out(if path.is_dir() { path } else { path.parent().unwrap_or(path) })?;
    }
    let folder = given.map_or_else(|| folder_of(paths), canonical);
    let no_folder =
        |error: &std::io::Error| RootError::NoFolder { path: folder.clone(), reason: super::read::io_reason(error) };
    std::fs::read_dir(&folder).map_err(|error| no_folder(&error))?;
    if given.is_some() {
        return Ok(folder);
    }
    let top = repository_top(&folder);
    let within = |above: &&Path| top.is_none_or(|top| above.starts_with(top));
    let nearest = folder.ancestors().take_while(within).find(|above| is_marked(above));
    let here = canonical(Path::new("."));
    let around = Some(&*here).filter(|here| folder.starts_with(here) && !is_everything(here));
    Ok(nearest.or(top).or(around).unwrap_or(&folder).to_owned())
}

/// Whether a folder says itself that it is a root.
fn is_marked(folder: &Path) -> bool {
    folder.join("rubrica.yaml").is_file() || folder.join(".obsidian").is_dir()
}

/// Whether a folder holds all of a machine or a person, and so is no corpus.
fn is_everything(folder: &Path) -> bool {
    folder.parent().is_none() || std::env::home_dir().is_some_and(|home| canonical(&home) == folder)
}

/// Fails where a symbolic link on the way to a path leads out of the repository, or of the folder that says that it is a
/// root, that it stands in: whoever commits such a link would have us read and write what is not theirs.
pub fn leads_out(path: &Path) -> Result<(), RootError> {
    let Ok(absolute) = std::path::absolute(path) else { return Ok(()) };
    let links = absolute.ancestors().filter(|step| step.symlink_metadata().is_ok_and(|own| own.is_symlink()));
    for link in links {
        let (Ok(real), Some(folder)) = (link.canonicalize(), link.parent().map(canonical)) else { continue };
        let top = repository_top(&folder).or_else(|| folder.ancestors().find(|above| is_marked(above)));
        if let Some(top) = top.filter(|top| !is_everything(top) && !real.starts_with(top)) {
            let link = link.strip_prefix(canonical(Path::new("."))).unwrap_or(link).to_owned();
            return Err(RootError::LeadsOut { link, real, top: top.to_owned() });
        }
    }
    Ok(())
}

/// The top of the repository that holds a folder.
pub fn repository_top(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// A path given on the command line, as a path under the root. It need not exist. A symbolic link is what it stands for,
/// or itself where that lies outside.
pub fn within(root: &Path, path: &Path) -> Result<CorpusPath, RootError> {
    let root = canonical(root);
    let inside = [canonical(path), itself(path)].into_iter().find(|own| own.starts_with(&root));
    let Some(inside) = inside else { return Err(RootError::Outside { path: path.to_owned(), root }) };
    // Another file may be called what such a name looks like.
    let is_text = inside.strip_prefix(&root).is_ok_and(|own| own.to_str().is_some());
    let inside = corpus_path(&root, &inside).filter(|_| is_text);
    inside.ok_or_else(|| RootError::NotUtf8 { path: path.to_owned() })
}

/// The folder that holds all paths; of paths that have nothing to do with each other, that of the first one.
fn folder_of(paths: &[&Path]) -> PathBuf {
    let here = canonical(Path::new("."));
    let Some((first, rest)) = paths.split_first() else { return here };
    let folder = |path: &Path| {
        let path = itself(path);
        if path.is_dir() {
            return canonical(&path);
        }
        let nearest = nearest_folder(&path);
        // What a folder that does not exist would lie in says where the root is only if it is one.
        let is_known = path.parent() == Some(&nearest) || repository_top(&nearest).is_some();
        if is_known || nearest.ancestors().any(is_marked) { nearest } else { here.clone() }
    };
    let first = folder(first);
    let shared = rest.iter().fold(first.clone(), |shared, path| {
        let own = folder(path);
        shared.ancestors().find(|above| own.starts_with(above)).unwrap_or(&shared).to_owned()
    });
    let bound = repository_top(&first).unwrap_or(&here);
    if shared.starts_with(bound) { shared } else { first }
}

fn nearest_folder(path: &Path) -> PathBuf {
    path.ancestors().skip(1).find(|above| above.is_dir()).unwrap_or(path).to_owned()
}

/// The path without links on the way to it.
fn itself(path: &Path) -> PathBuf {
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => canonical(folder).join(name),
        _ => canonical(path),
    }
}

/// The path without links, as far as it exists; the rest is resolved on its text.
fn canonical(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
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
