//! What was found, as rules say it; and which of several variants is the right one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Preference, Subject, matcher::Matcher};
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
    /// Nothing stands beside it that has to.
    Alone,
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

/// The variant of an index that counts through all groups: its group, and its place there.
pub(super) fn variant(groups: &[Vec<String>], index: usize) -> (usize, usize) {
    let mut left = index;
    for (group, variants) in groups.iter().enumerate() {
        if left < variants.len() {
            return (group, left);
        }
        left -= variants.len();
    }
    (0, 0)
}

/// Counts the votes of each group, and says which of them are not for the one that is right. Ties go to what is used
/// first.
pub(super) fn settle(matcher: &Matcher, votes: &[(Location, Vote)]) -> Vec<(Location, Hit)> {
    let mut groups: BTreeMap<(u32, usize), Vec<&(Location, Vote)>> = BTreeMap::new();
    for vote in votes {
        groups.entry((vote.1.clause, vote.1.group)).or_default().push(vote);
    }
    let mut out = Vec::new();
    for ((number, group), votes) in groups {
        let clause = matcher.clause(number);
        let Subject::Variants(all) = &clause.subject else { continue };
        let variants = &all[group];
        let mut counts = vec![0usize; variants.len()];
        for (_, vote) in &votes {
            counts[vote.variant] += 1;
        }
        let first = |variant: usize| votes.iter().position(|(_, vote)| vote.variant == variant).unwrap_or(usize::MAX);
        let right = match clause.prefer {
            Preference::Fixed => 0,
            Preference::First => votes.first().map_or(0, |(_, vote)| vote.variant),
            Preference::Majority => (0..counts.len())
                .max_by_key(|&variant| (counts[variant], std::cmp::Reverse(first(variant))))
                .unwrap_or(0),
        };
        let other = votes.iter().find(|(_, vote)| vote.variant == right).map(|(at, _)| *at);
        for (at, vote) in votes.iter().filter(|(_, vote)| vote.variant != right) {
            let message = Message::new("disagrees")
                .with("match", variants[vote.variant].as_str())
                .with("fix", variants[right].as_str())
                .with("count", counts[vote.variant].to_string())
                .with("others", counts[right].to_string());
            let replacement = vote.editable.map(|span| (span, variants[right].clone()));
            let (rule, safety) = (matcher.rule(number), clause.safety);
            out.push((*at, Hit { rule, span: at.span, message, replacement, safety, other }));
        }
    }
    out
}
