//! The clauses of all rules of a run, numbered.

use std::sync::Arc;

use super::{clause::Clause, matching::Matching, outcome::Reason};
use crate::document::Document;

/// The rules of a run, and the clauses that they are made of.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    rules: Vec<Arc<Matching>>,
    /// For each clause its rule, and its place in it.
    numbered: Vec<(usize, usize)>,
}

impl Clauses {
    pub(super) fn new(rules: Vec<Arc<Matching>>) -> Self {
        let places = |(rule, own): (usize, &Arc<Matching>)| (0..own.clauses.len()).map(move |index| (rule, index));
        let numbered = rules.iter().enumerate().flat_map(places).collect();
        Self { rules, numbered }
    }

    pub(super) fn len(&self) -> usize {
        self.numbered.len()
    }

    /// Each clause with its number.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Clause)> {
        (0..).zip(self.rules.iter().flat_map(|rule| &rule.clauses))
    }

    /// The clause of a number.
    pub(super) fn get(&self, number: u32) -> &Clause {
        let (rule, index) = self.numbered[number as usize];
        &self.rules[rule].clauses[index]
    }

    /// The rule, by its index, that a clause is of.
    pub(super) fn rule(&self, number: u32) -> usize {
        self.numbered[number as usize].0
    }

    /// Whether a clause looks at a document at all.
    pub(super) fn concerns(&self, number: u32, document: &Document) -> Result<(), Reason> {
        if self.rules[self.rule(number)].page.as_ref() == Some(&document.source.path) {
            return Err(Reason::OwnPage);
        }
        self.get(number).concerns(document)
    }
}
