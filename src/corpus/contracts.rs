//! Which documents a contract binds, and how they differ from its outline and its schema.

use std::sync::{Arc, OnceLock};

use super::{
    Corpus,
    vocabulary::{self, Objection},
};
use crate::{
    contract::{Breach, Contract, Differences, Outline, TagDemand, TagSource, differences},
    document::{Document, Place, metadata},
    finding::Message,
    parallel,
};

/// The contracts of a corpus.
#[derive(Debug, Default)]
pub(super) struct Contracts {
    all: Vec<Arc<Contract>>,
    /// Each document with a contract that binds it, in the order of the documents.
    held: Vec<Held>,
    /// What vocabularies say of tags; made when a rule first asks.
    objections: OnceLock<Vec<Objection>>,
}

/// A document held against a contract.
#[derive(Debug)]
struct Held {
    document: Arc<Document>,
    contract: usize,
    differences: Differences,
    breaches: Vec<Breach>,
}

/// A document and a contract that binds it.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// The document.
    pub document: &'a Document,
    /// The contract.
    pub contract: &'a Contract,
    /// Which contract it is.
    pub index: usize,
    /// How the document differs from the contract's outline.
    pub differences: &'a Differences,
    /// What the document breaks of the contract's schema.
    pub breaches: &'a [Breach],
}

impl Bound<'_> {
    /// The help that names the contract; the page of the rule has its wording.
    pub fn help(&self) -> Message {
        Message::new("help").with("contract", &self.contract.name)
    }
}

impl Contracts {
    fn bound<'a>(&'a self, held: &'a Held) -> Bound<'a> {
        let Held { document, contract: index, differences, breaches } = held;
        Bound { document, contract: &self.all[*index], index: *index, differences, breaches }
    }
}

impl Corpus {
    /// Binds documents to contracts. `of` says which contracts are for a document's file.
    pub fn bind(&mut self, all: Vec<Arc<Contract>>, of: impl Fn(&Document) -> Vec<usize>) {
        let mut bound = Vec::new();
        if !all.is_empty() {
            for document in &self.documents {
                let own = of(document).into_iter().filter(|&at| all[at].binds(document));
                bound.extend(own.map(|at| (document.clone(), at)));
            }
        }
        // Made before rules ask: they run in parallel, and one that waited for this could be needed for making it.
        let hold = |&(ref document, contract): &(Arc<Document>, usize)| Held {
            differences: self.differences(document, &all[contract]),
            breaches: all[contract].breaches(document),
            document: document.clone(),
            contract,
        };
        let held = parallel::map(&bound, hold);
        self.contracts = Contracts { all, held, objections: OnceLock::new() };
    }

    /// Every document with each contract that binds it, in the order of the documents.
    pub fn bound(&self) -> impl Iterator<Item = Bound<'_>> {
        self.contracts.held.iter().map(|held| self.contracts.bound(held))
    }

    /// A document with each contract that binds it.
    pub fn bound_of(&self, document: &Document) -> impl Iterator<Item = Bound<'_>> {
        let (held, file) = (&self.contracts.held, document.file);
        let own = held[held.partition_point(|own| own.document.file < file)..].iter();
        own.take_while(move |own| own.document.file == file).map(|held| self.contracts.bound(held))
    }

    /// What the contracts ask of tags.
    pub fn tag_demands(&self) -> impl Iterator<Item = &TagDemand> {
        self.contracts.all.iter().filter_map(|contract| contract.tags.as_ref())
    }

    /// Every tag that the vocabulary of its contract objects to, each once for a document, in the order of the documents.
    pub fn objections(&self) -> impl Iterator<Item = (Bound<'_>, &Objection)> {
        let contracts = &self.contracts;
        let own = contracts.objections.get_or_init(|| vocabulary::objections(self));
        own.iter().map(|own| (contracts.bound(&contracts.held[own.bound]), own))
    }

    fn differences(&self, document: &Document, contract: &Contract) -> Differences {
        let own = |outline: &Outline| differences(document, outline, &self.own_places(document, contract, outline));
        // What is shown of a header that is none may be a heading.
        let outline = contract.outline.as_ref().filter(|_| document.late_header().is_none());
        outline.map(own).unwrap_or_default()
    }

    /// The headings of the sections that hold fields or tags, of those that the outline does not name.
    fn own_places(&self, document: &Document, contract: &Contract, outline: &Outline) -> Vec<usize> {
        let of_fields = contract.metadata.iter().filter_map(|place| match place {
            Place::Section(title) => Some(title),
            _ => None,
        });
        let of_tags = self.sources_of_tags(contract.tags.as_ref()).iter().filter_map(|source| match source {
            TagSource::Section(title) => Some(title),
            _ => None,
        });
        let free = of_fields.chain(of_tags).filter(|title| !outline.names(title));
        free.filter_map(|title| metadata::heading(document, title)).collect()
    }
}
