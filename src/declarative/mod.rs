//! Rules without code: what a page says under `match:`, compiled, and the matcher that looks for all of them at once.
//!
//! [`Matching`] is one rule's part. A [`Matcher`] holds those of a run: an automaton finds what any rule looks for, and
//! each find is judged where it stands.

mod boundary;
mod clauses;
mod context;
mod effort;
mod expression;
mod ground;
mod judge;
mod literals;
mod matcher;
mod outcome;
mod place;
mod read;
mod removal;
mod settle;
mod sighting;
mod template;
mod whereabouts;

use std::collections::BTreeSet;

use boundary::Boundary;
use expression::{Expression, Gate};
use place::Places;
use template::Template;

use crate::{
    finding::Safety,
    source::{CorpusPath, Globs, Span},
};

pub use boundary::is_token;
pub use matcher::Matcher;
pub use outcome::{Hit, Note, Reason, Sightings, Vote};
pub use place::Place;
pub use read::{SUBJECTS, keys, read, words};

/// What a rule looks for, compiled. Nothing here can fail any more.
#[derive(Debug, Default)]
pub struct Matching {
    clauses: Vec<Clause>,
    /// The page that declares it, which it does not look at: there it has to name what it is about.
    page: Option<CorpusPath>,
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

/// One thing that is looked for, and where.
#[derive(Debug)]
struct Clause {
    subject: Subject,
    count: Option<Count>,
    per: Unit,
    prefer: Preference,
    places: Places,
    files: Option<Globs>,
    /// Each of them by itself, with its place: each has to match a document.
    named: Vec<(Span, Globs)>,
    languages: Vec<String>,
    /// Texts and patterns that excuse a match within them.
    unless: Vec<String>,
    unless_patterns: Vec<Expression>,
    /// A match counts only with one of these in the same sentence.
    beside: Vec<String>,
    /// A match does not count with one of these in the same sentence: the text, and of which word it is the excuse.
    unless_beside: Vec<(String, Option<usize>)>,
    /// How sure its replacement is, where the page says that it may be safe.
    safety: Safety,
    boundary: Boundary,
    ignore_case: bool,
}

#[derive(Debug)]
enum Subject {
    /// Literals, each with what should stand there instead.
    Words(Vec<Word>),
    Pattern(Box<Expression>, Option<Template>),
    /// Groups of variants of which one should be used.
    Variants(Vec<Vec<String>>),
    /// Where one of the first is said, one of the others has to be.
    Condition(Vec<String>, Vec<String>),
}

impl Subject {
    /// What is looked for, in words.
    fn name(&self) -> String {
        let joined = |texts: Vec<&str>| texts.join("`, `");
        match self {
            Self::Words(words) => joined(words.iter().map(|word| word.text.as_str()).collect()),
            Self::Pattern(expression, _) => expression.written.clone(),
            Self::Variants(groups) => joined(groups.iter().flatten().map(String::as_str).collect()),
            Self::Condition(if_said, _) => joined(if_said.iter().map(String::as_str).collect()),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Words(words) => words.is_empty(),
            Self::Pattern(..) => false,
            Self::Variants(groups) => groups.is_empty(),
            Self::Condition(if_said, then) => if_said.is_empty() || then.is_empty(),
        }
    }
}

#[derive(Debug)]
struct Word {
    text: String,
    replacements: Vec<String>,
}

/// How many matches there may be in a unit.
#[derive(Clone, Copy, Debug)]
struct Count {
    min: usize,
    max: usize,
}

/// A stretch of text that something is counted or compared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Sentence,
    Paragraph,
    Section,
    Document,
    Corpus,
}

impl Unit {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Sentence, "sentence"),
        (Self::Paragraph, "paragraph"),
        (Self::Section, "section"),
        (Self::Document, "document"),
        (Self::Corpus, "corpus"),
    ];
}

/// Which of several variants is the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Preference {
    /// The one that is used most.
    Majority,
    /// The one that is used first.
    First,
    /// The one that the rule names first.
    Fixed,
}

impl Preference {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Majority, "majority"), (Self::First, "first"), (Self::Fixed, "fixed")];
}

/// What is said of a text with such replacements, and of its repair.
fn said(replacements: &[String]) -> &'static [&'static str] {
    match replacements {
        [] => &["found"],
        [right] if right.is_empty() => &["surplus", "remove"],
        _ => &["swap", "fix"],
    }
}

impl Clause {
    /// Whether it is a pattern that may match anywhere.
    fn is_open(&self) -> bool {
        matches!(&self.subject, Subject::Pattern(own, _) if *own.gate() == Gate::Open)
    }

    fn keys(&self) -> Vec<&'static str> {
        match (&self.subject, &self.count) {
            (_, Some(Count { min: 0, .. })) => vec!["too-many"],
            (_, Some(Count { max: usize::MAX, .. })) => vec!["too-few"],
            (_, Some(_)) => vec!["too-few", "too-many"],
            (Subject::Variants(_), _) => vec!["disagrees", "fix", "other"],
            (Subject::Condition(..), _) => vec!["missing"],
            (Subject::Words(words), _) => words.iter().flat_map(|word| said(&word.replacements)).copied().collect(),
            (Subject::Pattern(_, None), _) => said(&[]).to_vec(),
            // A group may hold something or not.
            (Subject::Pattern(_, Some(template)), _) => {
                ["", "x"].iter().flat_map(|group| said(&[template.fill(|_| group)])).copied().collect()
            }
        }
    }

    fn holes(&self) -> Vec<String> {
        let mut holes = vec!["match".to_owned()];
        let mut add = |names: &[&str]| holes.extend(names.iter().map(|&name| name.to_owned()));
        match (&self.subject, &self.count) {
            (_, Some(_)) => add(&["count", "limit"]),
            (Subject::Variants(_), _) => add(&["count", "fix", "others"]),
            (Subject::Condition(..), _) => add(&["then"]),
            (Subject::Words(_) | Subject::Pattern(..), _) if self.replaces() => add(&["fix"]),
            (Subject::Words(_) | Subject::Pattern(..), _) => {}
        }
        if let Subject::Pattern(expression, _) = &self.subject {
            for (index, name) in expression.names().skip(1) {
                holes.push(index.to_string());
                holes.extend(name.map(str::to_owned));
            }
        }
        holes
    }

    fn replaces(&self) -> bool {
        match &self.subject {
            _ if self.count.is_some() => false,
            Subject::Words(words) => words.iter().any(|word| !word.replacements.is_empty()),
            Subject::Pattern(_, template) => template.is_some(),
            Subject::Variants(_) => true,
            Subject::Condition(..) => false,
        }
    }
}
