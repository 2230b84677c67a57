//! What was there before: in the state that this one is compared with, or in the last commit.

use std::collections::{HashMap, HashSet};

use super::{
    Corpus, Paths, page_beside,
    paths::fold,
    resolve::{alias::Alias, wikilink},
};
use crate::{document::Document, source::CorpusPath};

/// Paths of an earlier state, and what has become of them.
#[derive(Debug, Default)]
pub(crate) struct Past {
    stood: HashSet<CorpusPath>,
    /// Those that are not there any more, by their names as wikilinks have them.
    gone: HashMap<String, Vec<CorpusPath>>,
    renamed: HashMap<CorpusPath, Renamed>,
    /// By what files are called now, what they were called, and whether they are the same to the last byte.
    origins: HashMap<CorpusPath, Renamed>,
}

/// What a file is called in the other state.
#[derive(Clone, Debug)]
pub(crate) struct Renamed {
    /// Its path.
    pub path: CorpusPath,
    /// Whether it is the same to the last byte.
    pub is_same: bool,
}

impl Past {
    /// A state with these files, as seen from one with others.
    pub(crate) fn new(
        stood: HashSet<CorpusPath>,
        renamed: impl IntoIterator<Item = (CorpusPath, Renamed)>,
        now: &Paths,
    ) -> Self {
        let mut gone: HashMap<String, Vec<CorpusPath>> = HashMap::new();
        for path in stood.iter().filter(|path| !now.is_file(path)) {
            gone.entry(name_of(&fold(path.file_name())).to_owned()).or_default().push(path.clone());
        }
        for paths in gone.values_mut() {
            paths.sort_unstable();
        }
        let renamed: HashMap<CorpusPath, Renamed> = renamed.into_iter().collect();
        let origin =
            |(was, is): (&CorpusPath, &Renamed)| (is.path.clone(), Renamed { path: was.clone(), ..is.clone() });
        let origins = renamed.iter().map(origin).collect();
        Self { stood, gone, renamed, origins }
    }

    /// Which file stood at a path that is missed; of that of a page, its document.
    fn file_at(&self, missing: &CorpusPath) -> Option<&CorpusPath> {
        self.stood.get(missing).or_else(|| self.stood.get(&page_beside(missing)?))
    }

    /// The file that a wikilink led to which leads there no more.
    fn note(&self, name: &str) -> Option<&CorpusPath> {
        if self.gone.is_empty() {
            return None;
        }
        let name = name.trim();
        let named = self.gone.get(name_of(&fold(name.rsplit('/').next()?)))?;
        named.iter().take(MOST_GONE).find(|path| wikilink::may_lead(name, path))
    }
}

impl Corpus {
    /// What was there in the state that this one is compared with.
    fn pasts(&self) -> impl Iterator<Item = &Past> {
        [&*self.before, &*self.committed].into_iter()
    }

    /// The document that a wikilink led to which leads nowhere any more.
    pub fn gone_note(&self, name: &str) -> Option<&CorpusPath> {
        self.before.note(name)
    }

    /// The file that a wikilink led to while the one stood there already that would be taken for it now.
    pub(crate) fn gone_beside(&self, name: &str, found: &CorpusPath) -> Option<&CorpusPath> {
        self.pasts().filter(|past| past.stood.contains(found)).find_map(|past| past.note(name))
    }

    /// Whether a file stood beside the one that is missed now: that one has not moved there.
    pub(crate) fn stood_beside(&self, missing: &CorpusPath, found: &CorpusPath) -> bool {
        self.pasts().any(|past| past.stood.contains(found) && past.file_at(missing).is_some())
    }

    /// What a file that is missed is called since the last commit.
    pub(crate) fn renamed(&self, missing: &CorpusPath) -> Option<&Renamed> {
        let past = &self.committed;
        let renamed = past.renamed.get(past.file_at(missing)?)?;
        self.paths.is_file(&renamed.path).then_some(renamed)
    }

    /// What a document was called in the last commit, if it is called otherwise now.
    pub(crate) fn origin(&self, document: &Document) -> Option<&Renamed> {
        self.committed.origins.get(&document.source.path)
    }

    /// Whether a file stood at a path in the last commit; for that of a page, its document.
    pub(crate) fn stood(&self, path: &CorpusPath) -> bool {
        self.committed.file_at(path).is_some()
    }

    /// What a relative path led to in the last commit, from where its document stood then.
    pub(crate) fn led_from(&self, origin: &CorpusPath, written: &str) -> Option<CorpusPath> {
        if written.starts_with('/') || Alias::of(&self.settings, origin, written).is_some() {
            return None;
        }
        let served = self.settings.served_at(origin).and_then(|folder| folder.join(written));
        let mut read = served.into_iter().chain(origin.beside(written));
        read.find_map(|path| {
            let file = self.committed.file_at(&path).cloned();
            file.or_else(|| self.paths.is_folder(&path).then_some(path))
        })
    }

    /// What a file or folder of the last commit is called now; `None` if it is gone.
    pub(crate) fn now(&self, path: CorpusPath) -> Option<Renamed> {
        let is_there = self.paths.is_file(&path) || self.paths.is_folder(&path);
        self.renamed(&path).cloned().or_else(|| is_there.then_some(Renamed { path, is_same: true }))
    }
}

/// A name as a wikilink may write it.
fn name_of(file_name: &str) -> &str {
    file_name.strip_suffix(".md").unwrap_or(file_name)
}

/// So many removed documents of one name are held against a wikilink.
const MOST_GONE: usize = 16;
