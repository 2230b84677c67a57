//! What files and folders are to the corpus.

use std::{collections::HashMap, io};

use super::{Job, dialect};
use crate::source::CorpusPath;

/// What a file or folder is to the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Nothing: ignore files leave it out, or it lies in another repository.
    None,
    /// A path that links may lead to.
    Known,
    /// A document, or a folder with one.
    Document,
}

/// What files and folders are to the corpus. Fails where the root cannot be read.
pub fn parts<'a>(job: &Job, paths: impl Iterator<Item = &'a CorpusPath>) -> io::Result<Vec<Part>> {
    let found = job.tree.find()?;
    let is_document = dialect::documents(job, &dialect::settings(job, &found.listing));
    let documents = found.regular.iter().filter(|path| is_document(path)).map(|path| (path, Part::Document));
    let known = found.listing.files.iter().chain(&found.listing.folders).map(|path| (path, Part::Known));
    let mut parts: HashMap<CorpusPath, Part> = HashMap::new();
    for (path, part) in known.chain(documents) {
        for above in path.ancestors() {
            let own = parts.entry(above).or_insert(part);
            *own = part.max(*own);
        }
    }
    Ok(paths.map(|path| parts.get(path).copied().unwrap_or(Part::None)).collect())
}
