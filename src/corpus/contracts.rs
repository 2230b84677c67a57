//! Which documents a contract binds, and how they differ from its outline and its schema.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

use super::{
    Corpus, Suggestions,
    vocabulary::{self, Objection},
};
use crate::{
    contract::{Breach, Contract, Differences, Meant, Missing, Outline, TagDemand, TagSource, differences, spelling},
    document::{Document, Heading, Place, metadata, title_heading},
    finding::Message,
};

/// The contracts of a corpus.
#[derive(Debug, Default)]
pub(super) struct Contracts {
    all: Vec<Arc<Contract>>,
    /// Each document with a contract that binds it.
    bound: Vec<(Arc<Document>, usize)>,
    /// How each differs from the contract's outline.
    differences: Vec<Differences>,
    /// What each breaks of the contract's schema.
    breaches: Vec<Vec<Breach>>,
    /// What vocabularies say of tags; made when a rule first asks.
    objections: OnceLock<Vec<Objection>>,
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
}

impl Bound<'_> {
    /// The help that names the contract; the page of the rule has its wording.
    pub fn help(&self) -> Message {
        Message::new("help").with("contract", &self.contract.name)
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
        self.contracts = Contracts { all, bound, ..Contracts::default() };
        // Made before rules ask: they run in parallel, and one that waited for this could be needed for making it.
        let bound: Vec<Bound<'_>> = self.bound().collect();
        let both = bound.into_par_iter().map(|bound| (self.of_bound(bound), bound.contract.breaches(bound.document)));
        (self.contracts.differences, self.contracts.breaches) = both.unzip();
    }

    /// Every document with each contract that binds it, in the order of the documents.
    pub fn bound(&self) -> impl Iterator<Item = Bound<'_>> {
        let Contracts { all, bound, .. } = &self.contracts;
        bound.iter().map(|(document, index)| Bound { document, contract: &all[*index], index: *index })
    }

    /// What the contracts ask of tags.
    pub fn tag_demands(&self) -> impl Iterator<Item = &TagDemand> {
        self.contracts.all.iter().filter_map(|contract| contract.tags.as_ref())
    }

    /// The same with how the document differs from the contract's outline.
    pub fn outlines(&self) -> impl Iterator<Item = (Bound<'_>, &Differences)> {
        self.bound().zip(&self.contracts.differences)
    }

    /// The same with what the document breaks of the contract's schema.
    pub fn breaches(&self) -> impl Iterator<Item = (Bound<'_>, &[Breach])> {
        self.bound().zip(self.contracts.breaches.iter().map(Vec::as_slice))
    }

    /// Every tag that the vocabulary of its contract objects to, each once for a document, in the order of the documents.
    pub fn objections(&self) -> impl Iterator<Item = (Bound<'_>, &Objection)> {
        let Contracts { all, bound, objections, .. } = &self.contracts;
        let own = objections.get_or_init(|| vocabulary::objections(self));
        own.iter().map(|own| {
            let (document, index) = &bound[own.bound];
            (Bound { document, contract: &all[*index], index: *index }, own)
        })
    }

    fn of_bound(&self, bound: Bound<'_>) -> Differences {
        let Bound { document, contract, .. } = bound;
        let Some(outline) = &contract.outline else { return Differences::default() };
        let anywhere = self.own_places(bound, outline);
        let mut meant = Meant::new();
        let mut found = differences(document, outline, &anywhere, &meant);
        // What is meant for a section within another is seen once that one is known.
        for _ in 0..MOST_ROUNDS {
            let more = meant_besides(document, &found, &meant);
            if more.is_empty() {
                break;
            }
            meant.extend(more);
            found = differences(document, outline, &anywhere, &meant);
        }
        found
    }

    /// The headings of the sections that hold fields or tags, of those that the outline does not name.
    fn own_places(&self, bound: Bound<'_>, outline: &Outline) -> Vec<usize> {
        let of_fields = bound.contract.metadata.iter().filter_map(|place| match place {
            Place::Section(title) => Some(title),
            _ => None,
        });
        let of_tags = self.sources_of_tags(bound.contract.tags.as_ref()).iter().filter_map(|source| match source {
            TagSource::Section(title) => Some(title),
            _ => None,
        });
        let free = of_fields.chain(of_tags).filter(|title| !outline.names(title));
        free.filter_map(|title| metadata::heading(bound.document, title)).collect()
    }
}

/// Levels of headings, and once more for those at another level.
const MOST_ROUNDS: usize = 7;

/// A section that is missing and a heading that nothing knows, or that stands there freely, are one fault, if their texts
/// are nearly the same: but for a label, traditional characters, marks and the like, or a slip of the pen. One beside its
/// place comes before one at another level.
fn meant_besides(document: &Document, differences: &Differences, known: &Meant) -> Meant {
    if differences.missing.iter().all(|missing| missing.like.is_some()) {
        return Meant::new();
    }
    let mut suggestions = Suggestions::default();
    let beside = meant_beside(document, differences, known, &mut suggestions);
    if beside.is_empty() { meant_elsewhere(document, differences, known, &mut suggestions) } else { beside }
}

/// The sections that are missing, with their titles.
fn missing(differences: &Differences) -> impl Iterator<Item = (&Missing, &str)> {
    let missing = differences.missing.iter().filter(|missing| missing.like.is_none());
    missing.filter_map(|missing| Some((missing, missing.section.title.literal()?)))
}

/// A heading, the one it stands below, and its text as such are compared, with its label and without.
type Alone = (usize, Option<usize>, [String; 2]);

fn meant_beside(document: &Document, differences: &Differences, known: &Meant, suggestions: &mut Suggestions) -> Meant {
    let mut meant = Meant::new();
    let headings = &document.facts.headings;
    let text = |heading: usize| headings[heading].text.trim();
    let alone = differences.unexpected.iter().filter(|unexpected| unexpected.twin.is_none());
    let alone = alone.map(|own| (own.heading, own.parent)).chain(differences.free.iter().copied());
    let alone = alone.filter(|(heading, _)| !known.contains_key(heading));
    let alone: Vec<Alone> = alone.map(|(heading, parent)| (heading, parent, forms(&headings[heading]))).collect();
    let mut by_form: HashMap<(Option<usize>, &str), Vec<usize>> = HashMap::new();
    for (heading, parent, forms) in &alone {
        for form in forms {
            by_form.entry((*parent, form)).or_default().push(*heading);
        }
    }
    for (missing, title) in missing(differences) {
        let free = || alone.iter().filter(|(at, parent, _)| *parent == missing.parent && !meant.contains_key(at));
        let form = plain(title);
        let alike = by_form.get(&(missing.parent, &*form)).into_iter().flatten();
        let same = alike.copied().find(|at| !meant.contains_key(at));
        let near = || {
            let near = suggestions.closest(title, free().map(|(at, ..)| text(*at)))?;
            free().map(|(at, ..)| *at).find(|&at| text(at) == near)
        };
        if let Some(heading) = same.or_else(near) {
            meant.insert(heading, missing.section.clone());
        }
    }
    meant
}

/// What stands at another level was probably put elsewhere on purpose, unless it is the only such heading.
fn meant_elsewhere(
    document: &Document,
    differences: &Differences,
    known: &Meant,
    suggestions: &mut Suggestions,
) -> Meant {
    let mut meant = Meant::new();
    let headings = &document.facts.headings;
    let title = title_heading(document);
    let held = differences.held.iter().map(|(heading, _)| *heading);
    let taken: HashSet<usize> = held.chain(differences.astray.iter().map(|(heading, _)| *heading)).collect();
    let is_alone = |at: &usize| {
        headings[*at].container == 0 && title != Some(*at) && !known.contains_key(at) && !taken.contains(at)
    };
    let alone: Vec<usize> = (0..headings.len()).filter(is_alone).collect();
    let mut by_form: HashMap<String, BTreeSet<usize>> = HashMap::new();
    for &at in &alone {
        for form in forms(&headings[at]) {
            by_form.entry(form).or_default().insert(at);
        }
    }
    for (missing, title) in missing(differences) {
        let is_free = |at: usize| headings[at].level != missing.level && !meant.contains_key(&at);
        let free = || alone.iter().copied().filter(|&at| is_free(at));
        let mut same = by_form.get(&plain(title)).into_iter().flatten().copied().filter(|&at| is_free(at));
        let near = |suggestions: &mut Suggestions| {
            let (near, is_slip) = suggestions.near(title, free().map(|at| headings[at].text.trim()))?;
            free().find(|&at| is_slip && headings[at].text.trim() == near)
        };
        let found = match (same.next(), same.next()) {
            (None, _) => near(suggestions),
            (only, None) => only,
            _ => None,
        };
        if let Some(heading) = found {
            meant.insert(heading, missing.section.clone());
        }
    }
    meant
}

/// The text of a heading as such are compared, with its label and without.
fn forms(heading: &Heading) -> [String; 2] {
    [plain(heading.text.trim()), plain(behind_label(heading))]
}

/// A title as such are compared that are nearly the same.
fn plain(text: &str) -> String {
    spelling(text.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The text of a heading without its label or number.
fn behind_label(heading: &Heading) -> &str {
    heading.label.as_ref().map_or(&*heading.text, |placed| placed.label.behind(&heading.text))
}
