//! What was there before: in the state that this one is compared with, or in the last commit.

use std::collections::{HashMap, HashSet};

use super::{Corpus, Paths, page_beside, paths::fold, resolve::wikilink};
use crate::source::CorpusPath;

/// Paths of an earlier state, and what has become of them.
#[derive(Debug, Default)]
pub(crate) struct Past {
    stood: HashSet<CorpusPath>,
    /// Those that are not there any more, by their names as wikilinks have them.
    gone: HashMap<String, Vec<CorpusPath>>,
    renamed: HashMap<CorpusPath, Renamed>,
}

/// What a file is called now.
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
            paths.sort();
        }
        Self { stood, gone, renamed: renamed.into_iter().collect() }
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
}

/// A name as a wikilink may write it.
fn name_of(file_name: &str) -> &str {
    file_name.strip_suffix(".md").unwrap_or(file_name)
}

/// So many removed documents of one name are held against a wikilink.
const MOST_GONE: usize = 16;
