//! The clauses of all rules of a run, numbered.

use std::sync::Arc;

use super::{
    Clause, Matching, Subject, Unit,
    expression::Gate,
    outcome::Reason,
    sighting::{ANY, Role},
};
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

impl Clause {
    /// Whether it is for a document of this path and language.
    fn concerns(&self, document: &Document) -> Result<(), Reason> {
        if let Some(files) = self.files.as_ref().filter(|files| !files.matches(&document.source.path)) {
            return Err(Reason::Files(files.written().join("`, `")));
        }
        let is_other = |language: &str| !self.languages.is_empty() && !self.languages.iter().any(|own| own == language);
        match document.language().as_str() {
            language if is_other(language) => Err(Reason::Language(language, self.languages.join(", "))),
            _ => Ok(()),
        }
    }

    /// Every literal it needs to be seen.
    pub(super) fn literals(&self) -> Vec<(&str, Role, u32)> {
        let mut out: Vec<(&str, Role, u32)> = Vec::new();
        let number = |index: usize| u32::try_from(index).unwrap_or(ANY);
        match &self.subject {
            Subject::Words(words) => {
                for (index, word) in words.iter().enumerate() {
                    out.push((&word.text, Role::Subject, number(index)));
                    // What holds the word and is right excuses it: `GitHub Actions` for `GitHub Action`.
                    let holding = word.replacements.iter().filter(|right| self.holds(right, &word.text));
                    out.extend(holding.map(|right| (right.as_str(), Role::Unless, number(index))));
                }
            }
            Subject::Pattern(expression, _) => match expression.gate() {
                Gate::Start(literals) => out.extend(literals.iter().map(|text| (text.as_str(), Role::Start, ANY))),
                Gate::Within(literals) => out.extend(literals.iter().map(|text| (text.as_str(), Role::Within, ANY))),
                Gate::Open => {}
            },
            Subject::Variants(groups) => {
                let variants = groups.iter().flatten().enumerate();
                out.extend(variants.map(|(index, text)| (text.as_str(), Role::Subject, number(index))));
            }
            Subject::Condition(if_said, then) => {
                out.extend(if_said.iter().map(|text| (text.as_str(), Role::Subject, ANY)));
                out.extend(then.iter().map(|text| (text.as_str(), Role::Then, ANY)));
            }
        }
        out.extend(self.unless.iter().map(|text| (text.as_str(), Role::Unless, ANY)));
        out.extend(self.beside.iter().map(|text| (text.as_str(), Role::Beside, ANY)));
        let word = |word: &Option<usize>| word.map_or(ANY, number);
        out.extend(self.unless_beside.iter().map(|(text, own)| (text.as_str(), Role::UnlessBeside, word(own))));
        out
    }

    /// Whether a text is longer than a word and holds it.
    fn holds(&self, text: &str, word: &str) -> bool {
        let holds = if self.ignore_case {
            text.to_ascii_lowercase().contains(&word.to_ascii_lowercase())
        } else {
            text.contains(word)
        };
        holds && text.len() > word.len()
    }

    /// Whether patterns go through the text.
    pub(super) fn has_patterns(&self) -> bool {
        matches!(self.subject, Subject::Pattern(..)) || !self.unless_patterns.is_empty()
    }

    /// Whether matches are compared over the whole corpus.
    pub(super) fn is_of_corpus(&self) -> bool {
        matches!(self.subject, Subject::Variants(_)) && self.per == Unit::Corpus
    }
}
