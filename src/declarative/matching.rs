//! A rule's part: what its page says, compiled.

use std::collections::BTreeSet;

use super::clause::{Clause, Subject, Word};
use crate::source::{CorpusPath, Globs, Span};

/// What a rule looks for, compiled. Nothing here can fail any more.
#[derive(Debug, Default)]
pub struct Matching {
    pub(super) clauses: Vec<Clause>,
    /// The page that declares it, which it does not look at: there it has to name what it is about.
    pub(super) page: Option<CorpusPath>,
}

impl Matching {
    /// The same, declared on a page of its own.
    #[must_use]
    pub fn on_page(self, page: CorpusPath) -> Self {
        Self { page: Some(page), ..self }
    }

    /// The keys of the messages it may use.
    pub fn keys(&self) -> BTreeSet<&'static str> {
        self.clauses.iter().flat_map(Clause::keys).collect()
    }

    /// What fills the holes of its messages.
    pub fn holes(&self) -> BTreeSet<String> {
        self.clauses.iter().flat_map(Clause::holes).collect()
    }

    /// Whether it looks for nothing: it has mistakes.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether it would have something else in the place of a word.
    pub fn corrects(&self, word: &str) -> bool {
        let is_wrong = |own: &Word| own.text == word && !own.replacements.is_empty();
        let words = self.clauses.iter().filter_map(|clause| match &clause.subject {
            Subject::Words(words) => Some(words),
            _ => None,
        });
        words.flatten().any(is_wrong)
    }

    /// The globs of the files that it is for, each with its place: each has to match a document.
    pub fn named(&self) -> impl Iterator<Item = &(Span, Globs)> {
        self.clauses.iter().flat_map(|clause| &clause.named)
    }

    /// Whether it can offer a replacement.
    pub fn replaces(&self) -> bool {
        self.clauses.iter().any(Clause::replaces)
    }

    /// Patterns that no literal stands guard for, so that they are tried everywhere.
    pub fn is_slow(&self) -> bool {
        self.clauses.iter().any(Clause::is_open)
    }
}
