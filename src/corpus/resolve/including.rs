//! Where a text is read that the build of a site puts into other documents.

use std::sync::{Arc, OnceLock};

use super::{Resolution, Resolver};
use crate::{
    corpus::{Paths, Settings},
    document::Document,
    parallel,
    source::{
        CorpusPath, FileId,
        hash::{HashMap, HashMapExt, HashSet},
    },
};

/// The documents that include one; made when a link first asks, since hardly a corpus has any.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Including(OnceLock<HashMap<FileId, Vec<FileId>>>);

/// A text that more documents include than these is read from the first of them.
const MOST_PAGES: usize = 16;
/// More files of one name are not held against what an include names.
const MOST_OF_A_NAME: usize = 100;

impl Including {
    /// Looks through the documents with several threads.
    pub(in crate::corpus) fn made(documents: &[Arc<Document>], paths: &Paths) -> Self {
        let parts = parallel::map(documents, |document| parts_of(paths, document));
        Self(index(documents, parts).into())
    }

    /// Whether any document is known to include one.
    pub(in crate::corpus) fn knows(&self, file: FileId) -> bool {
        self.0.get().is_some_and(|index| index.contains_key(&file))
    }

    /// The documents that the build of a site puts another one into, directly or within others.
    pub(in crate::corpus) fn of(
        &self,
        documents: &[Arc<Document>],
        paths: &Paths,
        settings: &Settings,
        file: FileId,
    ) -> Vec<FileId> {
        // What is known to show files includes nothing.
        if !settings.may_include() {
            return Vec::new();
        }
        let parts = || documents.iter().map(|document| parts_of(paths, document)).collect();
        let index = self.0.get_or_init(|| index(documents, parts()));
        let mut known = HashSet::from_iter([file]);
        let mut all = vec![file];
        let mut at = 0;
        while let Some(part) = all.get(at) {
            let pages = index.get(part).into_iter().flatten();
            all.extend(pages.copied().filter(|page| known.insert(*page)).take(MOST_PAGES));
            all.truncate(MOST_PAGES);
            at += 1;
        }
        all.split_off(1)
    }
}

/// For each document that is included, by which, from what each of them includes.
fn index(documents: &[Arc<Document>], parts: Vec<Vec<FileId>>) -> HashMap<FileId, Vec<FileId>> {
    let mut out: HashMap<FileId, Vec<FileId>> = HashMap::new();
    for (document, parts) in documents.iter().zip(parts) {
        for part in parts {
            let pages = out.entry(part).or_default();
            // One that includes it many times is one.
            if pages.last() != Some(&document.file) {
                pages.push(document.file);
            }
        }
    }
    out
}

/// The documents that one includes.
fn parts_of(paths: &Paths, document: &Document) -> Vec<FileId> {
    document.included_files().flat_map(|path| parts(paths, &document.source.path, path)).collect()
}

/// The documents that an include may mean: the one that its path leads to, or else all whose paths end so, since the build
/// may look in a folder of its own.
fn parts(paths: &Paths, from: &CorpusPath, path: &str) -> Vec<FileId> {
    if let Some(path) = included_by(paths, from, path) {
        return paths.document(&path).into_iter().collect();
    }
    ending_so(paths, path).into_iter().filter_map(|path| paths.document(path)).collect()
}

/// The files whose paths end as that in an include.
fn ending_so<'p>(paths: &'p Paths, path: &str) -> Vec<&'p CorpusPath> {
    let Some(path) = CorpusPath::new(path.trim_start_matches(['@', '/', '.'])) else { return Vec::new() };
    let named = paths.named(path.file_name()).iter().take(MOST_OF_A_NAME);
    let ends_so = |own: &&CorpusPath| {
        let rest = own.as_str().strip_suffix(path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    named.filter(ends_so).collect()
}

/// Whether there is a file that an include may mean.
pub(in crate::corpus) fn leads_to_part(paths: &Paths, from: &CorpusPath, path: &str) -> bool {
    included_by(paths, from, path).is_some() || !ending_so(paths, path).is_empty()
}

/// The file that the path in an include leads to: beside the document that includes it, or from the root.
pub(crate) fn included_by(paths: &Paths, from: &CorpusPath, path: &str) -> Option<CorpusPath> {
    let path = bare_include(path);
    let both = [from.beside(path), CorpusPath::new(path)];
    both.into_iter().flatten().find(|path| paths.is_file(path))
}

/// The only document of the name in an include, since the build may look for it in a folder of its own.
pub(crate) fn only_named(paths: &Paths, path: &str) -> Option<FileId> {
    match paths.named(bare_include(path).rsplit('/').next()?) {
        [only] => paths.document(only),
        _ => None,
    }
}

fn bare_include(path: &str) -> &str {
    path.trim_start_matches(['@', '/'])
}

impl Resolver<'_> {
    /// Whether a destination that leads nowhere in its document leads somewhere in one that includes it.
    pub(super) fn is_right_where_included(&self, document: &Document, target: &str, in_html: bool) -> bool {
        // A page in MDX is none of the documents.
        let own = self.documents.get(document.file.index()).filter(|own| own.source.path == document.source.path);
        let including = self.including;
        let pages = own.zip(including).map(|(own, all)| all.of(self.documents, self.paths, self.settings, own.file));
        let pages = pages.unwrap_or_default();
        let leads = |page: &Document| !self.destination_in(page, target, in_html).is_doubtful();
        pages.iter().any(|page| leads(&self.documents[page.index()]))
    }
}

impl Resolution {
    /// Whether it may be another one where the text is included.
    pub(in crate::corpus) fn depends_on_place(&self) -> bool {
        self.is_doubtful() && !matches!(self, Self::Malformed(_))
    }
}
