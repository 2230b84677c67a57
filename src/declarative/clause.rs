//! What a rule looks for, piece by piece.

use super::{
    boundary::Boundary,
    expression::{Expression, Gate},
    outcome::Reason,
    place::Places,
    sighting::{ANY, Role},
    template::Template,
};
use crate::{
    document::{Document, Tongue},
    finding::Safety,
    source::{Globs, Span},
};

/// One thing that is looked for, and where.
#[derive(Debug)]
pub(super) struct Clause {
    pub(super) subject: Subject,
    pub(super) count: Option<Count>,
    pub(super) per: Unit,
    pub(super) prefer: Preference,
    pub(super) places: Places,
    pub(super) files: Option<Globs>,
    /// Each of them by itself, with its place: each has to match a document.
    pub(super) named: Vec<(Span, Globs)>,
    pub(super) languages: Vec<Tongue>,
    /// Texts and patterns that excuse a match within them.
    pub(super) unless: Vec<String>,
    pub(super) unless_patterns: Vec<Expression>,
    /// A match counts only with one of these in the same sentence.
    pub(super) beside: Vec<String>,
    /// A match does not count with one of these in the same sentence: the text, and of which word it is the excuse.
    pub(super) unless_beside: Vec<(String, Option<usize>)>,
    /// How sure its replacement is, where the page says that it may be safe.
    pub(super) safety: Safety,
    pub(super) boundary: Boundary,
    pub(super) ignore_case: bool,
}

#[derive(Debug)]
pub(super) enum Subject {
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
    pub(super) fn name(&self) -> String {
        let joined = |texts: Vec<&str>| texts.join("`, `");
        match self {
            Self::Words(words) => joined(words.iter().map(|word| word.text.as_str()).collect()),
            Self::Pattern(expression, _) => expression.written.clone(),
            Self::Variants(groups) => joined(groups.iter().flatten().map(String::as_str).collect()),
            Self::Condition(if_said, _) => joined(if_said.iter().map(String::as_str).collect()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Words(words) => words.is_empty(),
            Self::Pattern(..) => false,
            Self::Variants(groups) => groups.is_empty(),
            Self::Condition(if_said, then) => if_said.is_empty() || then.is_empty(),
        }
    }
}

#[derive(Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) replacements: Vec<String>,
}

/// How many matches there may be in a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) min: usize,
    pub(super) max: usize,
}

/// A stretch of text that something is counted or compared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Sentence,
    Paragraph,
    Section,
    Document,
    Corpus,
}

impl Unit {
    pub(super) const ALL: [(Self, &'static str); 5] = [
        (Self::Sentence, "sentence"),
        (Self::Paragraph, "paragraph"),
        (Self::Section, "section"),
        (Self::Document, "document"),
        (Self::Corpus, "corpus"),
    ];
}

/// Which of several variants is the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preference {
    /// The one that is used most.
    Majority,
    /// The one that is used first.
    First,
    /// The one that the rule names first.
    Fixed,
}

impl Preference {
    pub(super) const ALL: [(Self, &'static str); 3] =
        [(Self::Majority, "majority"), (Self::First, "first"), (Self::Fixed, "fixed")];
}

/// What is said of a text with such replacements, and of its repair.
pub(super) fn said(replacements: &[String]) -> &'static [&'static str] {
    match replacements {
        [] => &["found"],
        [right] if right.is_empty() => &["surplus", "remove"],
        _ => &["swap", "fix"],
    }
}

impl Clause {
    /// Whether it is a pattern that may match anywhere.
    pub(super) fn is_open(&self) -> bool {
        matches!(&self.subject, Subject::Pattern(own, _) if *own.gate() == Gate::Open)
    }

    pub(super) fn keys(&self) -> Vec<&'static str> {
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

    pub(super) fn holes(&self) -> Vec<String> {
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

    pub(super) fn replaces(&self) -> bool {
        match &self.subject {
            _ if self.count.is_some() => false,
            Subject::Words(words) => words.iter().any(|word| !word.replacements.is_empty()),
            Subject::Pattern(_, template) => template.is_some(),
            Subject::Variants(_) => true,
            Subject::Condition(..) => false,
        }
    }
    /// Whether it is for a document of this path and language.
    pub(super) fn concerns(&self, document: &Document) -> Result<(), Reason> {
        if let Some(files) = self.files.as_ref().filter(|files| !files.matches(&document.source.path)) {
            return Err(Reason::Files(files.written().join("`, `")));
        }
        let language = document.language();
        if !self.languages.is_empty() && !self.languages.contains(&language) {
            let languages: Vec<&str> = self.languages.iter().map(|own| own.as_str()).collect();
            return Err(Reason::Language(language.as_str(), languages.join(", ")));
        }
        Ok(())
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
