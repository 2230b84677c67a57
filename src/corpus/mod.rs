//! All documents at once, every known path, and where each link leads.

mod addresses;
mod builds;
mod called;
mod contracts;
mod destination;
mod docusaurus;
mod fields;
mod forms;
mod index_page;
mod languages;
mod listed;
mod mentions;
mod parts;
mod past;
mod paths;
mod reference;
mod rename;
mod rerouted;
mod resolve;
mod resolved;
mod respell;
mod settings;
mod site;
mod tags;
mod visited;
mod vocabulary;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use crate::{
    document::{Document, Link, LinkKind},
    order, parallel,
    source::{CorpusPath, FileId, Location, Place, Source, Span},
};
use listed::Listed;
use resolve::{Including, Pages, Resolver};
use resolved::Resolved;

pub use addresses::Addresses;
pub use builds::{Build, Builder};
pub use contracts::Bound;
pub(crate) use destination::misspelt_scheme;
pub use destination::{Form, Malformed};
pub use docusaurus::Versions;
pub use forms::Unrecognised;
pub use index_page::is_index;
pub(crate) use index_page::{INDEXES, page_beside};
pub use languages::{Translations, is_language, is_translated, speaks_alike};
pub(crate) use past::{Past, Renamed};
pub use paths::{Listing, Paths, letters};
pub use reference::{Destination, Reference};
pub use rename::{BUDGET, Stuck, links_of_others, rename_headings, texts_that_stay};
pub(crate) use rename::{difference, rename_headings_for};
pub use rerouted::Rerouted;
pub use resolve::{Fragment, Resolution, Target};
pub(crate) use resolve::{compare_form, included_by, is_in_capitals, only_named, originals};
pub use settings::{Base, Blog, Evidence, Settings};
pub use site::{Mount, Site};
pub use tags::{StatedTag, TagForm};
pub use vocabulary::{Objection, Verdict};

/// Everything that is known of the documents under a root. Built once per check, and not changed by it.
#[derive(Debug)]
pub struct Corpus {
    /// Every file with a text: the documents first, then configuration and other files that findings point into.
    pub sources: Vec<Arc<Source>>,
    /// The documents; `FileId` is their index.
    pub documents: Vec<Arc<Document>>,
    /// Every known path.
    pub paths: Paths,
    /// How the documents are read.
    pub settings: Settings,
    /// Ways to write paths that fail so often that what they lead to is not judged.
    pub unrecognised: Vec<Unrecognised>,
    /// Paths that exist but are left out by ignore files, of those that something leads to.
    unseen: HashSet<CorpusPath>,
    /// The documents of the state that this one is compared with.
    before: Arc<Past>,
    /// The files of the last commit, as far as anything is missed.
    committed: Arc<Past>,
    resolved: Vec<Resolved>,
    pages: Pages,
    including: Including,
    contracts: contracts::Contracts,
    references: OnceLock<Listed<(FileId, usize), Reference>>,
    visitors: OnceLock<HashMap<FileId, BTreeMap<FileId, Vec<Span>>>>,
    callers: OnceLock<HashMap<FileId, called::Callers>>,
    /// The files besides documents that links lead to; made when a rule first asks.
    visited: OnceLock<HashSet<CorpusPath>>,
    mentions: OnceLock<mentions::Mentions>,
    /// By document, those that name it by standing in it; made when a rule first asks.
    own_mentions: Vec<OnceLock<mentions::Mentions>>,
    /// Files without a text that a finding can stand for.
    bystanders: OnceLock<Vec<Arc<Source>>>,
}

impl Corpus {
    /// Puts the documents together and resolves every link once. `others` are the files that findings may point
    /// into besides documents; their ids follow those of the documents.
    pub fn new(documents: Vec<Arc<Document>>, others: Vec<Arc<Source>>, listing: &Listing, settings: Settings) -> Self {
        let sources: Vec<_> = documents.iter().map(|document| document.source.clone()).chain(others).collect();
        let paths = Paths::new(listing, documents.iter().map(|document| (document.source.path.clone(), document.file)));
        let pages = Pages::of(&documents, &paths, &settings);
        let mut including = Including::default();
        let mut resolver = Resolver::new(&documents, &paths, &settings, &pages, None);
        let mut resolved = parallel::map(&documents, |document| Resolved::new(&resolver, document, &settings));
        if settings.may_include() && resolved.iter().any(Resolved::depends_on_place) {
            including = Including::made(&documents, &paths);
            resolver.including = Some(&including);
            let all = documents.iter().zip(&resolved);
            let in_doubt = all.filter(|(document, own)| including.knows(document.file) && own.depends_on_place());
            let in_doubt: Vec<_> = in_doubt.map(|(document, _)| document).collect();
            let anew = parallel::map(&in_doubt, |document| Resolved::new(&resolver, document, &settings));
            for (document, own) in in_doubt.iter().zip(anew) {
                resolved[document.file.index()] = own;
            }
        }
        let own_mentions = documents.iter().map(|_| OnceLock::new()).collect();
        let mut corpus = Self {
            sources,
            documents,
            paths,
            settings,
            unrecognised: Vec::new(),
            unseen: HashSet::new(),
            before: Arc::default(),
            committed: Arc::default(),
            resolved,
            pages,
            including,
            contracts: contracts::Contracts::default(),
            references: OnceLock::new(),
            visitors: OnceLock::new(),
            callers: OnceLock::new(),
            visited: OnceLock::new(),
            mentions: OnceLock::new(),
            own_mentions,
            bystanders: OnceLock::new(),
        };
        corpus.judge_forms();
        corpus
    }

    /// Where texts would lead that stood in documents as wikilinks, where that is said, or else as the destinations of
    /// links; each beside what the caller knows it by.
    pub fn resolve<'a, T>(&self, texts: impl Iterator<Item = (T, &'a Document, String, bool)>) -> Vec<(T, Resolution)> {
        let mut texts = texts.peekable();
        if texts.peek().is_none() {
            return Vec::new();
        }
        let including = Some(&self.including);
        let resolver = Resolver::new(&self.documents, &self.paths, &self.settings, &self.pages, including);
        let lead = |(known_by, document, target, is_wiki): (T, &Document, String, bool)| {
            let kind = if is_wiki { LinkKind::Wiki } else { LinkKind::Inline };
            let (span, destination) = (Span::default(), Span::default());
            let link = Link { kind, is_image: false, span, destination, target, label: None };
            (known_by, resolver.link(document, &link))
        };
        texts.map(lead).collect()
    }

    /// Whether paths in a document are read from another folder as well, since a document there includes it.
    pub fn is_read_elsewhere(&self, document: &Document) -> bool {
        let pages = self.including.of(&self.documents, &self.paths, &self.settings, document.file);
        let folder = document.source.path.parent();
        pages.iter().any(|page| self.documents[page.index()].source.path.parent() != folder)
    }

    /// A file by its id.
    pub fn source(&self, file: FileId) -> &Arc<Source> {
        match file.index().checked_sub(self.sources.len()) {
            Some(bystander) => &self.bystanders()[bystander],
            None => &self.sources[file.index()],
        }
    }

    /// The top of a file, whether or not it has a text that was read.
    pub fn top_of(&self, path: &CorpusPath) -> Option<Location> {
        let top = |file| Location::new(file, Span::at(0));
        if let Some(file) = self.paths.document(path) {
            return Some(top(file));
        }
        let index = self.bystanders().binary_search_by(|source| source.path.cmp(path)).ok()?;
        Some(top(FileId::from_index(self.sources.len() + index)))
    }

    /// Notes which documents were there before.
    pub(crate) fn compare_with(&mut self, before: &[CorpusPath]) {
        self.before = Arc::new(Past::new(before.iter().cloned().collect(), [], &self.paths));
    }

    /// Notes what the last commit held.
    pub(crate) fn remember(&mut self, committed: Arc<Past>) {
        self.committed = committed;
    }

    /// How many files have an id.
    pub fn file_count(&self) -> usize {
        self.sources.len() + self.bystanders.get().map_or(0, Vec::len)
    }

    fn bystanders(&self) -> &[Arc<Source>] {
        self.bystanders.get_or_init(|| {
            let others = self.paths.files().filter(|path| self.paths.document(path).is_none());
            let mut others: Vec<_> = others.map(|path| Arc::new(Source::new(path.clone(), ""))).collect();
            order::by(&mut others, |a, b| a.path.cmp(&b.path));
            others
        })
    }

    /// The text at a place.
    pub fn text(&self, at: Location) -> &str {
        self.source(at.file).slice(at.span)
    }

    /// A place for people.
    pub fn place(&self, at: Location) -> Place {
        self.source(at.file).place(at.span)
    }

    /// The document with this id; `None` for a file that is none.
    pub fn document(&self, file: FileId) -> Option<&Arc<Document>> {
        self.documents.get(file.index())
    }

    /// Something of each document, made in parallel, in their order.
    pub fn map<'a, T: Send>(&'a self, make: impl Fn(&'a Document) -> T + Sync) -> Vec<T> {
        parallel::map(&self.documents, |document| make(document))
    }

    /// The links of a document with where they lead, in order.
    pub fn links<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = (&'a Link, &'a Resolution)> {
        document.facts.links.iter().zip(&self.resolved[document.file.index()].resolutions)
    }

    /// Every written destination of a document with where it leads: of links that carry their own, of definitions, and
    /// of front matter. A reference is not among them, since its definition is.
    pub fn destinations<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = Destination<'a>> {
        let slots = self.resolved[document.file.index()].resolutions.len();
        (0..slots).filter_map(|slot| self.destination(document, slot))
    }

    /// The destinations anywhere that a rule may have something to say of: of a hundred, there is hardly one.
    pub fn doubtful(&self) -> impl Iterator<Item = (&Arc<Document>, Destination<'_>)> {
        self.documents.iter().flat_map(move |document| {
            let slots = self.resolved[document.file.index()].doubtful.iter();
            slots.filter_map(move |&slot| Some((document, self.destination(document, slot)?)))
        })
    }

    /// The destination in a slot.
    pub fn destination<'a>(&'a self, document: &'a Document, slot: usize) -> Option<Destination<'a>> {
        let Resolved { resolutions, fields, .. } = &self.resolved[document.file.index()];
        let (links, resolution) = (&document.facts.links, resolutions.get(slot)?);
        let Some(link) = links.get(slot).or_else(|| fields.get(slot - links.len())) else {
            let definition = document.facts.definitions.get(slot - links.len() - fields.len())?;
            let (target, span) = (&definition.target, definition.destination);
            return Some(Destination { slot, link: None, target, span, resolution });
        };
        if link.kind == LinkKind::Reference {
            return None;
        }
        let page = if let Resolution::Found(Target { page, .. }) = resolution { *page } else { None };
        let (span, target) = match page {
            Some(page) => (page, document.source.slice(page)),
            None => (link.destination, &*link.target),
        };
        Some(Destination { slot, link: Some(link), target, span, resolution })
    }

    /// Paths that links lead to and that are not known: the caller may look whether they exist after all.
    pub fn missing_paths(&self) -> HashSet<CorpusPath> {
        let missing = |(_, destination): (_, Destination<'_>)| match destination.resolution {
            Resolution::Missing { path } => Some(path.clone()),
            _ => None,
        };
        let parts = self.documents.iter().flat_map(|document| self.missing_parts(document));
        self.doubtful().filter_map(missing).chain(parts.map(|(_, path)| path)).collect()
    }

    /// The documents in which such paths stand.
    pub(crate) fn missing_from(&self) -> HashSet<CorpusPath> {
        let is_missing = |destination: &Destination<'_>| matches!(destination.resolution, Resolution::Missing { .. });
        let all = self.doubtful().filter(|(_, destination)| is_missing(destination));
        all.map(|(document, _)| document.source.path.clone()).collect()
    }

    /// Whether a wikilink names no file, but for the spelling or the folder of one.
    pub(crate) fn has_misspelt(&self) -> bool {
        self.doubtful().any(|(_, destination)| matches!(destination.resolution, Resolution::Misspelt(_)))
    }

    /// Notes which of the missing paths exist but are left out by ignore files, and whether git tracks them all the same.
    pub fn mark_ignored(&mut self, existing: &HashMap<CorpusPath, bool>) {
        if existing.is_empty() {
            return;
        }
        self.unseen = existing.keys().cloned().collect();
        for resolved in &mut self.resolved {
            for &slot in &resolved.doubtful {
                let resolution = &mut resolved.resolutions[slot];
                if let Resolution::Missing { path } = resolution
                    && let Some(&is_tracked) = existing.get(path)
                {
                    *resolution = Resolution::Ignored { path: path.clone(), is_tracked };
                }
            }
        }
    }

    /// The destinations anywhere that name a heading.
    pub fn references(&self, file: FileId, heading: usize) -> &[Reference] {
        let made = || Listed::new(self.documents.iter().flat_map(|document| self.references_in(document)).collect());
        self.references.get_or_init(made).of(&(file, heading))
    }

    fn references_in<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = ((FileId, usize), Reference)> + 'a {
        self.destinations(document).flat_map(|Destination { slot, resolution, .. }| {
            let target = if let Resolution::Found(target) = resolution { Some(target) } else { None };
            let named = target.and_then(|target| Some((target.file?, target))).into_iter();
            let from = document.file;
            named.flat_map(move |(file, target)| {
                target
                    .headings()
                    .enumerate()
                    .map(move |(step, heading)| ((file, heading), Reference { from, slot, step }))
            })
        })
    }

    /// Makes what is asked for where headings are renamed, by all threads. A rule that asks first would make it by one:
    /// those that run meanwhile may wait for it, and one of them could be needed for making it.
    pub(crate) fn prepare_renames(&self) {
        if self.references.get().is_some() {
            return;
        }
        let references = self.map(|document| self.references_in(document).collect::<Vec<_>>());
        let references = references.into_iter().flatten().collect();
        let mentions = self.map(|document| mentions::of_document(self, document, mentions::Of::Path));
        let mentions = mentions.into_iter().flatten().collect();
        // Made once, for the corpus does not change.
        let _ = self.references.set(Listed::new(references));
        let _ = self.mentions.set(mentions::Mentions::new(mentions, std::iter::empty()));
    }

    /// The documents that link to another one or into it, each with the places of those links in order.
    pub fn visitors(&self, file: FileId) -> impl Iterator<Item = (FileId, &[Span])> {
        let index = self.visitors.get_or_init(|| {
            let mut index: HashMap<_, BTreeMap<FileId, Vec<Span>>> = HashMap::new();
            for document in &self.documents {
                for destination in self.destinations(document) {
                    let Resolution::Found(target) = destination.resolution else { continue };
                    if let Some(file) = target.file.filter(|file| *file != document.file) {
                        index.entry(file).or_default().entry(document.file).or_default().push(destination.span);
                    }
                }
            }
            index.values_mut().flat_map(BTreeMap::values_mut).for_each(|spans| spans.sort_unstable());
            index
        });
        index.get(&file).into_iter().flatten().map(|(from, spans)| (*from, spans.as_slice()))
    }
}
