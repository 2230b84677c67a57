//! What was found, as rules say it.

use std::collections::BTreeSet;

use crate::{
    finding::{Message, Safety},
    source::{Location, Span},
};

/// What a look at a document came to.
#[derive(Clone, Debug, Default)]
pub struct Sightings {
    /// Where rules are broken.
    pub hits: Vec<Hit>,
    /// What the document uses of variants that a corpus should agree on.
    pub votes: Vec<(Location, Vote)>,
    /// What was turned down, where that was asked for.
    pub notes: Vec<Note>,
    /// The rules, by their index in the matcher, of which nothing is known, since looking for them took too much.
    pub unchecked: BTreeSet<usize>,
}

/// Something that was seen and does not count.
#[derive(Clone, Debug)]
pub struct Note {
    /// The rule, by its index in the matcher.
    pub rule: usize,
    /// Where.
    pub span: Span,
    /// Why not.
    pub reason: Reason,
}

/// Why something that was seen does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It stands on the page of the rule itself.
    OwnPage,
    /// The rule is for other files: the globs.
    Files(String),
    /// The document is in this language, and the rule is for others.
    Language(&'static str, String),
    /// It is part of a longer word.
    PartOfWord,
    /// It stands where the rule does not look: the names of the places.
    Place(Vec<&'static str>),
    /// A longer text holds it that excuses it.
    Excused(String),
    /// Nothing stands beside it that has to: some of the texts of which one should.
    Alone(Vec<String>),
    /// Something stands beside it that must not.
    Beside,
    /// The pattern does not match here.
    NoMatch,
    /// It is part of another match.
    Overlaps,
    /// It is no more than there may be, or what has to be said beside it is said.
    Allowed,
    /// It is the variant to use.
    Preferred,
    /// It counts, and one finding stands for all of its kind.
    Counted,
}

/// A place where a rule is broken.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The rule, by its index in the matcher.
    pub rule: usize,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: Message,
    /// What should stand there; `None` where it is not known or the place is not written as it reads.
    pub replacement: Option<(Span, String)>,
    /// How sure that is, where the page says that it may be safe.
    pub safety: Safety,
    /// Another place that shows why.
    pub other: Option<Location>,
}

/// A document's use of one of several variants.
#[derive(Clone, Debug)]
pub struct Vote {
    /// The clause.
    pub(super) clause: u32,
    /// Which group of variants, and which of them.
    pub(super) group: usize,
    pub(super) variant: usize,
    /// Where it can be replaced.
    pub(super) editable: Option<Span>,
}
