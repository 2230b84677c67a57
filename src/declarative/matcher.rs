//! All declarative rules of a run at once: one automaton over what they look for, which is all that most documents are
//! looked through with, and one over what matters beside that.

use std::{
    collections::BTreeSet,
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{
    boundary::Boundary,
    clause::Subject,
    clauses::Clauses,
    effort::{Effort, SIGHTING},
    ground::Ground,
    judge::Judge,
    literals::Literals,
    matching::Matching,
    outcome::{Hit, Sightings, Vote},
    place::Place,
    settle::settle,
    sighting::{Role, Sighting},
};
use crate::{
    document::Document,
    order,
    source::{Location, Span, hash::HashMap},
};

#[derive(Clone, Copy, Debug)]
struct Use {
    clause: u32,
    role: Role,
    /// Which word of the clause; [`ANY`] where it is about all of them.
    word: u32,
}

/// The declarative rules of a run.
#[derive(Debug, Default)]
pub struct Matcher {
    clauses: Clauses,
    /// What is looked for in every document.
    subjects: Lexicon,
    /// What matters only where something has been found: nearly all documents are done without it.
    context: Lexicon,
    /// Clauses that look at a document whatever literals it holds.
    unguarded: Vec<u32>,
    /// Places beside the text that is read which some clause names.
    raw: Vec<Place>,
    /// Whether what matters beside what is looked for may stand anywhere in a document, or in more than one block.
    looks_everywhere: bool,
}

/// Literals, and what each of them is used for.
#[derive(Debug, Default)]
struct Lexicon {
    /// Made when they are first looked for.
    literals: OnceLock<Option<Literals>>,
    uses: Vec<(Vec<Use>, String)>,
}

impl Matcher {
    /// Puts rules together.
    pub fn new(rules: Vec<Arc<Matching>>) -> Self {
        let mut matcher = Self { clauses: Clauses::new(rules), ..Self::default() };
        let mut literals: [HashMap<String, Vec<Use>>; 2] = Default::default();
        let mut raw = BTreeSet::new();
        for (number, clause) in matcher.clauses.iter() {
            for (text, role, word) in clause.literals() {
                let own = literals[usize::from(!role.is_sought())].entry(text.to_owned()).or_default();
                own.push(Use { clause: number, role, word });
                matcher.looks_everywhere |= role == Role::Then || text.contains('\n');
            }
            if clause.is_open() || clause.count.is_some_and(|count| count.min > 0) {
                matcher.unguarded.push(number);
            }
            let named = Place::ALL.iter().filter(|(place, _)| clause.places.name(*place));
            raw.extend(named.map(|(place, _)| *place).filter(|place| !place.is_read() || *place == Place::Title));
        }
        matcher.raw = raw.into_iter().collect();
        [matcher.subjects, matcher.context] = literals.map(|literals| {
            let mut uses: Vec<(Vec<Use>, String)> = literals.into_iter().map(|(text, uses)| (uses, text)).collect();
            order::by(&mut uses, |a, b| a.1.cmp(&b.1));
            Lexicon { literals: OnceLock::new(), uses }
        });
        matcher
    }

    /// Makes what every document is looked through with.
    pub fn prepare(&self) {
        self.literals(&self.subjects);
    }

    fn literals<'a>(&self, lexicon: &'a Lexicon) -> Option<&'a Literals> {
        let make = || {
            let ignore_case = self.clauses.iter().any(|(_, clause)| clause.ignore_case);
            let uses = lexicon.uses.iter();
            let texts: Vec<(&str, bool)> =
                uses.map(|(uses, text)| (text.as_str(), !self.stands_alone(text, uses))).collect();
            if texts.is_empty() { None } else { Literals::new(&texts, ignore_case).ok() }
        };
        lexicon.literals.get_or_init(make).as_ref()
    }

    /// Whether a literal counts nowhere behind a letter or digit of ASCII.
    fn stands_alone(&self, text: &str, uses: &[Use]) -> bool {
        let alone = |own: &Use| {
            let clause = self.clauses.get(own.clause);
            let is_pattern = matches!(clause.subject, Subject::Pattern(..));
            own.role == Role::Subject && !is_pattern && clause.boundary != Boundary::None
        };
        text.starts_with(|c: char| c.is_ascii_alphanumeric()) && uses.iter().all(alone)
    }

    /// Looks at a document for the rules, by their index, that are on there. What is turned down is only noted where
    /// that is asked for.
    pub fn look(&self, document: &Document, is_on: &dyn Fn(usize) -> bool, notes: bool) -> Sightings {
        if self.clauses.len() == 0 {
            return Sightings::default();
        }
        let mut grounds = vec![Ground::read(document)];
        grounds.extend(Ground::raw(document, &self.raw));
        let mut applies = Applies { matcher: self, document, is_on, notes, known: vec![None; self.clauses.len()] };
        let effort = Effort::new(document.source.text.len());
        let (mut seen, mut out) = (Vec::new(), Sightings::default());
        let mut scan = |lexicon: &Lexicon, stretches: Vec<Stretch>, applies: &mut Applies<'_>, seen: &mut Vec<_>| {
            for (ground, stretch) in stretches {
                let text = grounds[ground as usize].text();
                self.scan(lexicon, text, (ground, stretch), applies, &mut |sighting: Sighting| {
                    if effort.spend(SIGHTING) {
                        seen.push(sighting);
                    } else {
                        out.unchecked.insert(self.clauses.rule(sighting.clause));
                    }
                });
            }
        };
        let everywhere = || (0..).zip(&grounds).map(|(at, ground)| (at, 0..ground.text().len())).collect();
        scan(&self.subjects, everywhere(), &mut applies, &mut seen);
        let unguarded: Vec<u32> = self.unguarded.iter().copied().filter(|&clause| applies.to(clause)).collect();
        if seen.is_empty() && unguarded.is_empty() {
            return Sightings::default();
        }
        let is_local = unguarded.is_empty() && !self.looks_everywhere;
        let stretches = if is_local { around(&seen, &grounds) } else { everywhere() };
        scan(&self.context, stretches, &mut applies, &mut seen);
        order::plain(&mut seen);
        let mut judge = Judge { clauses: &self.clauses, document, grounds: &grounds, notes, effort, out };
        for group in seen.chunk_by(|a, b| a.clause == b.clause) {
            if !unguarded.contains(&group[0].clause) {
                judge.clause(group[0].clause, group);
            }
        }
        for clause in unguarded {
            let from = seen.partition_point(|sighting| sighting.clause < clause);
            let to = seen.partition_point(|sighting| sighting.clause <= clause);
            judge.clause(clause, &seen[from..to]);
        }
        let mut out = judge.out;
        // What a rule says of a part of the text would look as if the rest were right.
        if !out.unchecked.is_empty() {
            let is_checked = |rule: usize| !out.unchecked.contains(&rule);
            out.hits.retain(|hit| is_checked(hit.rule));
            out.votes.retain(|(_, vote)| is_checked(self.clauses.rule(vote.clause)));
        }
        out
    }

    fn scan(
        &self,
        lexicon: &Lexicon,
        text: &str,
        (ground, stretch): Stretch,
        applies: &mut Applies<'_>,
        see: &mut dyn FnMut(Sighting),
    ) {
        let Some(literals) = self.literals(lexicon) else { return };
        literals.each(&text[stretch.clone()], applies.notes, |index, range| {
            let range = stretch.start + range.start..stretch.start + range.end;
            let (uses, literal) = &lexicon.uses[index];
            for own in uses {
                if self.is_exact(own, &text[range.clone()], literal) && applies.to(own.clause) {
                    let Use { clause, role, word } = *own;
                    let (start, end) = (range.start, std::cmp::Reverse(range.end));
                    see(Sighting { clause, ground, role, start, end, word });
                }
            }
        });
    }

    /// Whether a text that the automaton took for a literal is it, letter case included where that counts.
    fn is_exact(&self, own: &Use, text: &str, literal: &str) -> bool {
        text == literal || self.clauses.get(own.clause).ignore_case
    }

    /// Where the bytes of a file hold what is looked for, whether it is text to read or not.
    pub fn bytes(&self, text: &str) -> Vec<Span> {
        let Some(literals) = self.literals(&self.subjects) else { return Vec::new() };
        let mut out = Vec::new();
        literals.each(text, true, |index, range| {
            let (uses, literal) = &self.subjects.uses[index];
            if uses.iter().any(|own| self.is_exact(own, &text[range.clone()], literal)) {
                out.push(Span::from(range.clone()));
            }
        });
        out.sort_unstable();
        out
    }

    /// What the documents of a corpus do not agree on, from what each of them uses.
    pub fn settle(&self, votes: &[(Location, Vote)]) -> Vec<(Location, Hit)> {
        settle(&self.clauses, votes)
    }
}

/// A stretch of one of the texts that are looked at.
type Stretch = (u32, Range<usize>);

/// The blocks and rows in which something was seen, in order: what matters beside it stands there as well.
fn around(seen: &[Sighting], grounds: &[Ground<'_>]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for own in seen {
        let is_known = out.last().is_some_and(|(ground, last)| *ground == own.ground && last.contains(&own.start));
        if !is_known {
            out.push((own.ground, grounds[own.ground as usize].block_or_row(own.start)));
        }
    }
    order::by_key(&mut out, |(ground, stretch)| (*ground, stretch.start));
    // The alternative text of an image in a cell is a part of its row.
    out.dedup_by(|(ground, next), (last_ground, last)| {
        let is_part = ground == last_ground && next.start < last.end;
        last.end = if is_part { last.end.max(next.end) } else { last.end };
        is_part
    });
    out
}

/// Which clauses apply to a document; found out when one is first asked for.
struct Applies<'a> {
    matcher: &'a Matcher,
    document: &'a Document,
    is_on: &'a dyn Fn(usize) -> bool,
    /// Whether what is not for this document is looked at all the same, to say so.
    notes: bool,
    known: Vec<Option<bool>>,
}

impl Applies<'_> {
    fn to(&mut self, number: u32) -> bool {
        if let Some(known) = self.known[number as usize] {
            return known;
        }
        let concerns = || self.notes || self.matcher.clauses.concerns(number, self.document).is_ok();
        let applies = (self.is_on)(self.matcher.clauses.rule(number)) && concerns();
        self.known[number as usize] = Some(applies);
        applies
    }
}
