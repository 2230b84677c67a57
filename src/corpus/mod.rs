//! All documents at once, every known path, and where each link leads.

mod mentions;
mod paths;
mod percent;
mod rename;
mod resolve;
mod suggest;
mod tags;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

use crate::{
    document::{Document, Flavor, Link, Renderer},
    source::{CorpusPath, FileId, Location, Source},
};

pub use paths::{Listing, Paths};
pub use percent::{percent_decode, percent_encode};
pub use rename::{BUDGET, Stuck, rename_headings};
pub use resolve::{Fragment, Resolution, Target};
pub use suggest::{Suggestions, closest};
pub use tags::TagSource;

/// Everything that is known of the documents under a root. Built once per check, and not changed by it.
#[derive(Debug)]
pub struct Corpus {
    /// Every file with a text: the documents first, then configuration and other files that findings point into.
    pub sources: Vec<Arc<Source>>,
    /// The documents; `FileId` is their index.
    pub documents: Vec<Arc<Document>>,
    /// Every known path.
    pub paths: Paths,
    /// The dialect of the documents.
    pub flavor: Flavor,
    /// What shows them: an anchor has to work for each.
    pub renderers: Vec<Renderer>,
    /// Where documents state their tags.
    pub tag_sources: Vec<TagSource>,
    links: Vec<Vec<Resolution>>,
    definitions: Vec<Vec<Resolution>>,
    references: OnceLock<HashMap<(FileId, usize), Vec<Reference>>>,
    mentions: OnceLock<HashMap<String, Vec<mentions::Mention>>>,
}

impl Corpus {
    /// Puts the documents together and resolves every link once. `others` are the files that findings may point
    /// into besides documents; their ids follow those of the documents.
    pub fn new(
        documents: Vec<Arc<Document>>,
        others: Vec<Arc<Source>>,
        listing: &Listing,
        flavor: Flavor,
        renderers: Vec<Renderer>,
        tag_sources: Vec<TagSource>,
    ) -> Self {
        let sources: Vec<_> = documents.iter().map(|document| document.source.clone()).chain(others).collect();
        let paths = Paths::new(listing, documents.iter().map(|document| (document.source.path.clone(), document.file)));
        let resolver = resolve::Resolver::new(&documents, &paths, flavor, &renderers);
        let resolved: Vec<(Vec<Resolution>, Vec<Resolution>)> = documents
            .par_iter()
            .map(|document| {
                let links = document.facts.links.iter().map(|link| resolver.link(document, link));
                let definitions = document.facts.definitions.iter().map(|d| resolver.destination(document, &d.target));
                (links.collect(), definitions.collect())
            })
            .collect();
        let (links, definitions) = resolved.into_iter().unzip();
        let (references, mentions) = (OnceLock::new(), OnceLock::new());
        Self { sources, documents, paths, flavor, renderers, tag_sources, links, definitions, references, mentions }
    }

    /// A file by its id.
    pub fn source(&self, file: FileId) -> &Arc<Source> {
        &self.sources[file.index()]
    }

    /// The text at a place.
    pub fn text(&self, at: Location) -> &str {
        self.source(at.file).slice(at.span)
    }

    /// The document with this id; `None` for a file that is none.
    pub fn document(&self, file: FileId) -> Option<&Arc<Document>> {
        self.documents.get(file.index())
    }

    /// Something of each document, made in parallel, in their order.
    pub fn map<'a, T: Send>(&'a self, make: impl Fn(&'a Document) -> T + Sync) -> Vec<T> {
        self.documents.par_iter().map(|document| make(document)).collect()
    }

    /// The links of a document with where they lead, in order.
    pub fn links<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = (&'a Link, &'a Resolution)> {
        document.facts.links.iter().zip(&self.links[document.file.index()])
    }

    /// Every written destination of a document with where it leads: of links that carry their own, and of
    /// definitions. A reference is not among them, since its definition is.
    pub fn destinations<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = Destination<'a>> {
        let own = self.links(document).filter(|(link, _)| link.kind != crate::document::LinkKind::Reference).map(
            |(link, resolution)| Destination {
                link: Some(link),
                target: &link.target,
                span: link.destination,
                resolution,
            },
        );
        let definitions = document.facts.definitions.iter().zip(&self.definitions[document.file.index()]);
        own.chain(definitions.map(|(definition, resolution)| Destination {
            link: None,
            target: &definition.target,
            span: definition.destination,
            resolution,
        }))
    }

    /// Paths that links lead to and that are not known: the caller may look whether they exist after all.
    pub fn missing_paths(&self) -> HashSet<CorpusPath> {
        let all = self.links.iter().chain(&self.definitions).flatten();
        all.filter_map(|resolution| match resolution {
            Resolution::Missing { path } => Some(path.clone()),
            _ => None,
        })
        .collect()
    }

    /// Notes which of the missing paths exist but are left out by ignore files.
    pub fn mark_ignored(&mut self, existing: &HashSet<CorpusPath>) {
        for resolution in self.links.iter_mut().chain(&mut self.definitions).flatten() {
            if let Resolution::Missing { path } = resolution
                && existing.contains(path)
            {
                *resolution = Resolution::Ignored { path: path.clone() };
            }
        }
    }

    /// The destinations anywhere that name a heading.
    pub fn references(&self, file: FileId, heading: usize) -> &[Reference] {
        let index = self.references.get_or_init(|| {
            let mut index: HashMap<_, Vec<Reference>> = HashMap::new();
            for document in &self.documents {
                for (at, destination) in self.destinations(document).enumerate() {
                    let Resolution::Found(target) = destination.resolution else { continue };
                    let Some(file) = target.file else { continue };
                    for (step, heading) in target.headings().enumerate() {
                        index.entry((file, heading)).or_default().push(Reference { from: document.file, at, step });
                    }
                }
            }
            index
        });
        index.get(&(file, heading)).map_or(&[], Vec::as_slice)
    }
}

impl Corpus {
    /// A place that may name an anchor of a document, and that is no link we could rewrite.
    pub(crate) fn loose_mention(&self, document: &Document, anchor: &str) -> Option<Location> {
        let index = self.mentions.get_or_init(|| mentions::index(self));
        index.get(anchor)?.iter().find_map(|mention| mention.of(self, document))
    }
}

/// A destination that names a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The document it stands in.
    pub from: FileId,
    /// Which of the [`Corpus::destinations`] of that document.
    pub at: usize,
    /// Which heading of the path it names, as in `[[note#one#two]]`.
    pub step: usize,
}

/// A destination as it is written somewhere, and where it leads.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The link; `None` for a reference definition.
    pub link: Option<&'a Link>,
    /// As [`Link::target`].
    pub target: &'a str,
    /// The bytes of the destination.
    pub span: crate::source::Span,
    /// Where it leads.
    pub resolution: &'a Resolution,
}

impl Destination<'_> {
    /// Whether it is a wikilink.
    pub fn is_wiki(&self) -> bool {
        self.link.is_some_and(|link| link.kind == crate::document::LinkKind::Wiki)
    }
}
