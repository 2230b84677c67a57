//! Which documents a contract binds, and how they differ from its outline.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Corpus, Suggestions};
use crate::{
    contract::{Contract, Differences, differences},
    document::Document,
};

/// The contracts of a corpus.
#[derive(Debug, Default)]
pub(super) struct Contracts {
    all: Vec<Arc<Contract>>,
    /// Each document with a contract that binds it.
    bound: Vec<(Arc<Document>, usize)>,
    /// How each differs from the contract's outline.
    differences: Vec<Differences>,
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
        self.contracts = Contracts { all, bound, differences: Vec::new() };
        // Made before rules ask: they run in parallel, and one that waited for this could be needed for making it.
        let bound: Vec<Bound<'_>> = self.bound().collect();
        self.contracts.differences = bound.into_par_iter().map(of_bound).collect();
    }

    /// Every document with each contract that binds it, in the order of the documents.
    pub fn bound(&self) -> impl Iterator<Item = Bound<'_>> {
        let Contracts { all, bound, .. } = &self.contracts;
        bound.iter().map(|(document, index)| Bound { document, contract: &all[*index], index: *index })
    }

    /// The same with how the document differs from the contract's outline.
    pub fn outlines(&self) -> impl Iterator<Item = (Bound<'_>, &Differences)> {
        self.bound().zip(&self.contracts.differences)
    }
}

fn of_bound(bound: Bound<'_>) -> Differences {
    let Some(outline) = &bound.contract.outline else { return Differences::default() };
    let mut differences = differences(bound.document, outline);
    pair(bound.document, &mut differences);
    differences
}

/// A section that is missing and a heading that nothing knows are one fault, if their texts are nearly the same.
fn pair(document: &Document, differences: &mut Differences) {
    let mut suggestions = Suggestions::default();
    for missing in &mut differences.missing {
        let Some(title) = missing.section.title.literal() else { continue };
        let text = |heading: usize| document.facts.headings[heading].text.trim();
        let alone = || differences.unexpected.iter().filter(|unexpected| unexpected.twin.is_none());
        let near = suggestions.closest(title, alone().map(|unexpected| text(unexpected.heading)));
        let Some(near) = near else { continue };
        missing.like = alone().map(|unexpected| unexpected.heading).find(|&heading| text(heading) == near);
        differences.unexpected.retain(|unexpected| Some(unexpected.heading) != missing.like);
    }
}
