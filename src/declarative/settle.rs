//! Which of several variants is the right one.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    clause::{Preference, Subject},
    clauses::Clauses,
    outcome::{Hit, Vote},
};
use crate::{finding::Message, source::Location};

/// Counts the votes of each group, and says which of them are not for the one that is right. Ties go to what is used
/// first.
pub(super) fn settle(clauses: &Clauses, votes: &[(Location, Vote)]) -> Vec<(Location, Hit)> {
    let mut groups: BTreeMap<(u32, usize), Vec<&(Location, Vote)>> = BTreeMap::new();
    for vote in votes {
        groups.entry((vote.1.clause, vote.1.group)).or_default().push(vote);
    }
    let mut out = Vec::new();
    for ((number, group), votes) in groups {
        let clause = clauses.get(number);
        let Subject::Variants(all) = &clause.subject else { continue };
        let variants = &all[group];
        // How often each is used, and which vote is the first one for it.
        let mut uses = vec![(0usize, Reverse(usize::MAX)); variants.len()];
        for (at, (_, vote)) in votes.iter().enumerate().rev() {
            let (count, first) = &mut uses[vote.variant];
            (*count, *first) = (*count + 1, Reverse(at));
        }
        let right = match clause.prefer {
            Preference::Fixed => 0,
            Preference::First => votes.first().map_or(0, |(_, vote)| vote.variant),
            Preference::Majority => (0..uses.len()).max_by_key(|&variant| uses[variant]).unwrap_or(0),
        };
        let other = votes.iter().find(|(_, vote)| vote.variant == right).map(|(at, _)| *at);
        for (at, vote) in votes.iter().filter(|(_, vote)| vote.variant != right) {
            let message = Message::new("disagrees")
                .with("match", variants[vote.variant].as_str())
                .with("fix", variants[right].as_str())
                .with("count", uses[vote.variant].0.to_string())
                .with("others", uses[right].0.to_string());
            let replacement = vote.editable.map(|span| (span, variants[right].clone()));
            let (rule, safety) = (clauses.rule(number), clause.safety);
            out.push((*at, Hit { rule, span: at.span, message, replacement, safety, other }));
        }
    }
    out
}
