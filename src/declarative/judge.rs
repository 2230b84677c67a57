//! Whether what was seen counts where it stands.

use std::ops::Range;

use super::{
    boundary::stands_alone,
    clause::{Clause, Count, Subject, Unit, said},
    clauses::Clauses,
    context::{Beside, Excuses},
    effort::Effort,
    expression::{Expression, Gate, Groups, LONGEST, whole},
    ground::{Ground, Sentences},
    outcome::{Hit, Note, Reason, Sightings, Vote},
    removal::removal,
    settle::settle,
    sighting::{ANY, Role, Seen, Sighting},
};
use crate::{
    document::{Document, prose::OBJECT},
    finding::Message,
    order,
    source::{Location, Span, floor},
};

/// So many of the texts that are missing beside a match are named.
const MOST_NAMED: usize = 3;

/// Something that counts.
struct Found {
    ground: usize,
    range: Range<usize>,
    word: u32,
    groups: Groups,
}

pub(super) struct Judge<'a, 'd> {
    pub(super) clauses: &'a Clauses,
    pub(super) document: &'d Document,
    pub(super) grounds: &'a [Ground<'d>],
    pub(super) notes: bool,
    pub(super) effort: Effort,
    pub(super) out: Sightings,
}

impl Judge<'_, '_> {
    /// Judges what was seen of one clause, sorted.
    pub(super) fn clause(&mut self, number: u32, seen: &[Sighting]) {
        let clause = self.clauses.get(number);
        let mut found = Vec::new();
        if clause.is_open() {
            for index in 0..self.grounds.len() {
                let from = seen.partition_point(|sighting| (sighting.ground as usize) < index);
                let to = seen.partition_point(|sighting| (sighting.ground as usize) <= index);
                self.ground(number, clause, index, &Seen(&seen[from..to]), &mut found);
            }
        } else {
            for seen in seen.chunk_by(|a, b| a.ground == b.ground) {
                self.ground(number, clause, seen[0].ground as usize, &Seen(seen), &mut found);
            }
        }
        if clause.has_patterns() && self.effort.is_spent() {
            self.out.unchecked.insert(self.clauses.rule(number));
            return;
        }
        match (&clause.subject, clause.count) {
            (_, Some(count)) => self.count(number, clause, count, &found),
            (Subject::Variants(groups), _) => self.vote(number, clause, groups, &found),
            (Subject::Condition(..), _) => self.condition(number, clause, seen, &found),
            _ => found.iter().for_each(|found| self.hit(number, clause, found)),
        }
    }

    fn ground(&mut self, number: u32, clause: &Clause, index: usize, seen: &Seen<'_>, out: &mut Vec<Found>) {
        let ground = &self.grounds[index];
        let candidates = if let Subject::Pattern(expression, _) = &clause.subject {
            self.matches(number, expression, ground, seen)
        } else {
            let subjects = seen.of(Role::Subject).iter();
            subjects.map(|own| (own.start..own.end.0, own.word, Groups::new())).collect()
        };
        let mut beside = Beside::new(ground, seen);
        let mut excuses = Excuses::new(seen);
        let mut end = 0;
        for (range, word, groups) in candidates {
            let verdict = if range.start < end {
                Err(Reason::Overlaps)
            } else {
                self.verdict(number, ground, &range, word, &mut beside, &mut excuses)
            };
            match verdict {
                Ok(()) => {
                    end = range.end;
                    out.push(Found { ground: index, range, word, groups });
                }
                Err(reason) => self.note(number, ground.span(range), reason),
            }
        }
    }

    fn verdict(
        &self,
        number: u32,
        ground: &Ground<'_>,
        range: &Range<usize>,
        word: u32,
        beside: &mut Beside<'_, '_>,
        excuses: &mut Excuses<'_>,
    ) -> Result<(), Reason> {
        if self.notes {
            self.clauses.concerns(number, self.document)?;
        }
        let clause = self.clauses.get(number);
        let text = ground.text();
        if !matches!(clause.subject, Subject::Pattern(..)) && !stands_alone(text, range, clause.boundary) {
            return Err(Reason::PartOfWord);
        }
        let standings = ground.standings(range.start);
        if !clause.places.take(&standings) {
            return Err(Reason::Place(standings.iter().map(|standing| standing.place.name()).collect()));
        }
        if let Some(excuse) = excuses.hold(range, word) {
            return Err(Reason::Excused(text[excuse].to_owned()));
        }
        if !clause.unless_patterns.is_empty() {
            let block = ground.block(range.start);
            let from = floor(text, block.start.max(range.start.saturating_sub(LONGEST)));
            let upto = &text[..floor(text, block.end.min(range.end + LONGEST))];
            for pattern in &clause.unless_patterns {
                if !pattern.may_match(&upto[from..]) {
                    self.effort.spend(upto.len() - from);
                    continue;
                }
                let mut at = from;
                while let Some(found) =
                    pattern.find_from(upto, block.start, at, &self.effort).map(|groups| whole(&groups))
                {
                    if found.start > range.start {
                        break;
                    }
                    if found.end >= range.end {
                        return Err(Reason::Excused(text[found].to_owned()));
                    }
                    at = found.end;
                }
            }
        }
        if !clause.beside.is_empty() && !beside.has(range.start) {
            let some = clause.beside.iter().take(MOST_NAMED);
            return Err(Reason::Alone(some.cloned().collect()));
        }
        if beside.has_excuse(range.start, word) {
            return Err(Reason::Beside);
        }
        Ok(())
    }

    /// Where a pattern matches: tried where its literals were seen, else everywhere.
    fn matches(
        &mut self,
        number: u32,
        expression: &Expression,
        ground: &Ground<'_>,
        seen: &Seen<'_>,
    ) -> Vec<(Range<usize>, u32, Groups)> {
        let mut out = Vec::new();
        let text = ground.text();
        if let Gate::Start(_) = expression.gate() {
            let mut last = None;
            for own in seen.of(Role::Start) {
                if last == Some(own.start) {
                    continue;
                }
                last = Some(own.start);
                let block = ground.block(own.start);
                match expression.match_at(&text[..block.end], block.start, own.start, &self.effort) {
                    Some(groups) => out.push((whole(&groups), ANY, groups)),
                    None => self.note(number, ground.span(own.start..own.end.0), Reason::NoMatch),
                }
            }
            return out;
        }
        let mut blocks = match expression.gate() {
            Gate::Open => ground.blocks(),
            _ => seen.of(Role::Within).iter().map(|own| ground.block(own.start)).collect(),
        };
        blocks.dedup();
        for block in blocks {
            let mut at = block.start;
            while let Some(groups) = expression.find_from(&text[..block.end], block.start, at, &self.effort) {
                at = whole(&groups).end;
                out.push((whole(&groups), ANY, groups));
            }
        }
        if self.notes {
            let is_matched = |own: &&Sighting| out.iter().any(|(range, ..)| range.contains(&own.start));
            for own in seen.of(Role::Within).iter().filter(|own| !is_matched(own)) {
                self.note(number, ground.span(own.start..own.end.0), Reason::NoMatch);
            }
        }
        out
    }

    fn hit(&mut self, number: u32, clause: &Clause, found: &Found) {
        let ground = &self.grounds[found.ground];
        let text = ground.text();
        let group = |index: usize| found.groups.get(index).cloned().flatten().map_or("", |range| &text[range]);
        let replacements: Vec<String> = match &clause.subject {
            Subject::Words(words) => words[found.word as usize].replacements.clone(),
            Subject::Pattern(_, template) => template.iter().map(|template| template.fill(group)).collect(),
            _ => Vec::new(),
        };
        let is_same = replacements.first().is_some_and(|right| *right == text[found.range.clone()]);
        if is_same {
            // A template may give back what is there.
            return self.note(number, ground.span(found.range.clone()), Reason::Allowed);
        }
        let mut message = Message::new(said(&replacements)[0]).with("match", shown(&text[found.range.clone()]));
        if !replacements.is_empty() {
            message = message.with("fix", replacements.join("` / `"));
        }
        if let Subject::Pattern(expression, _) = &clause.subject {
            for (index, name) in expression.names().skip(1) {
                message = message.with(index.to_string(), shown(group(index)));
                if let Some(name) = name {
                    message = message.with(name.to_owned(), shown(group(index)));
                }
            }
        }
        let replacement = match <[String; 1]>::try_from(replacements) {
            Ok([right]) if right.is_empty() => removal(ground, found.range.clone()).zip(Some(right)),
            Ok([right]) => ground.editable(found.range.clone()).zip(Some(right)),
            Err(_) => None,
        };
        self.push(number, ground.span(found.range.clone()), message, replacement);
    }

    /// Too many or too few in a unit.
    fn count(&mut self, number: u32, clause: &Clause, count: Count, found: &[Found]) {
        let units = self.units(clause.per, found);
        let told = |n: usize, limit: usize, key: &'static str, what: &str| {
            Message::new(key).with("match", what).with("count", n.to_string()).with("limit", limit.to_string())
        };
        for group in units.chunk_by(|a, b| a.0 == b.0) {
            if group.len() <= count.max {
                for (_, found) in group {
                    self.note(number, self.grounds[found.ground].span(found.range.clone()), Reason::Allowed);
                }
            } else {
                let (_, first) = group[count.max];
                let others = group[..count.max].iter().chain(&group[count.max + 1..]);
                for (_, found) in others {
                    self.note(number, self.grounds[found.ground].span(found.range.clone()), Reason::Counted);
                }
                let text = &self.grounds[first.ground].text()[first.range.clone()];
                let message = told(group.len(), count.max, "too-many", &shown(text));
                self.push(number, self.grounds[first.ground].span(first.range.clone()), message, None);
            }
        }
        if count.min == 0 || self.clauses.concerns(number, self.document).is_err() {
            return;
        }
        let name = clause.subject.name();
        for (unit, span) in self.every_unit(clause) {
            let from = units.partition_point(|(own, _)| *own < unit);
            let to = units.partition_point(|(own, _)| *own <= unit);
            if to - from < count.min {
                self.push(number, span, told(to - from, count.min, "too-few", &name), None);
            }
        }
    }

    fn vote(&mut self, number: u32, clause: &Clause, groups: &[Vec<String>], found: &[Found]) {
        let mut votes = Vec::new();
        // The variants are counted through all groups.
        let of_group = |(group, variants): (usize, &Vec<String>)| (0..variants.len()).map(move |at| (group, at));
        let variants: Vec<(usize, usize)> = groups.iter().enumerate().flat_map(of_group).collect();
        for found in found {
            let ground = &self.grounds[found.ground];
            let (group, variant) = variants[found.word as usize];
            let editable = ground.editable(found.range.clone());
            let at = self.document.at(ground.span(found.range.clone()));
            votes.push((at, Vote { clause: number, group, variant, editable }));
        }
        if clause.is_of_corpus() {
            self.out.votes.extend(votes);
        } else {
            let hits = settle(self.clauses, &votes);
            let is_hit = |at: &Location| hits.iter().any(|(other, _)| other == at);
            let kept = votes.iter().filter(|(at, _)| !is_hit(at)).take(if self.notes { usize::MAX } else { 0 });
            for (at, _) in kept {
                self.note(number, at.span, Reason::Preferred);
            }
            self.out.hits.extend(hits.into_iter().map(|(_, hit)| hit));
        }
    }

    /// What is said, without what has to be said then.
    fn condition(&mut self, number: u32, clause: &Clause, seen: &[Sighting], found: &[Found]) {
        let Subject::Condition(_, then) = &clause.subject else { return };
        let said: Vec<Found> = seen
            .iter()
            .filter(|own| own.role == Role::Then)
            .map(|own| Found {
                ground: own.ground as usize,
                range: own.start..own.end.0,
                word: ANY,
                groups: Groups::new(),
            })
            .filter(|own| stands_alone(self.grounds[own.ground].text(), &own.range, clause.boundary))
            .collect();
        let said = self.units(clause.per, &said);
        let units = self.units(clause.per, found);
        for group in units.chunk_by(|a, b| a.0 == b.0) {
            let (unit, first) = group[0];
            let is_said = said.binary_search_by_key(&unit, |(unit, _)| *unit).is_ok();
            let reason = if is_said { Reason::Allowed } else { Reason::Counted };
            for (_, found) in group.iter().skip(usize::from(!is_said)) {
                self.note(number, self.grounds[found.ground].span(found.range.clone()), reason.clone());
            }
            if is_said {
                continue;
            }
            let ground = &self.grounds[first.ground];
            let span = ground.span(first.range.clone());
            let message = Message::new("missing").with("match", shown(&ground.text()[first.range.clone()]));
            self.push(number, span, message.with("then", then.join("`, `")), None);
        }
    }

    /// The unit that each belongs to, sorted by it.
    fn units<'f>(&self, per: Unit, found: &'f [Found]) -> Vec<((usize, usize), &'f Found)> {
        let of_ground = |found: &'f [Found]| {
            let index = found[0].ground;
            let ground = &self.grounds[index];
            let mut sentences = Sentences::new(ground);
            let unit = move |found: &'f Found| match per {
                Unit::Sentence => ((index, sentences.at(found.range.start).start), found),
                Unit::Paragraph => ((index, ground.block(found.range.start).start), found),
                Unit::Section => ((0, self.section(ground.span(found.range.clone()))), found),
                Unit::Document | Unit::Corpus => ((0, 0), found),
            };
            found.iter().map(unit)
        };
        let mut units: Vec<_> = found.chunk_by(|a, b| a.ground == b.ground).flat_map(of_ground).collect();
        order::by_key(&mut units, |(unit, _)| *unit);
        units
    }

    /// Every unit that something has to stand in, and where to say that it does not.
    fn every_unit(&self, clause: &Clause) -> Vec<((usize, usize), Span)> {
        let ground = &self.grounds[0];
        let headings = &self.document.facts.headings;
        let blocks = || ground.blocks().into_iter().filter(|block| clause.places.take(&ground.standings(block.start)));
        match clause.per {
            Unit::Document | Unit::Corpus => vec![((0, 0), Span::at(0))],
            Unit::Section => headings.iter().enumerate().map(|(index, own)| ((0, index + 1), own.content)).collect(),
            Unit::Paragraph => blocks().map(|block| ((0, block.start), ground.span(block))).collect(),
            Unit::Sentence => {
                let mut out: Vec<((usize, usize), Span)> = Vec::new();
                let mut sentences = Sentences::new(ground);
                for block in blocks() {
                    let mut at = block.start;
                    while at < block.end {
                        let sentence = sentences.at(at);
                        // Of a row, which is the sentence of each of its cells, the first one stands for it.
                        if out.last().is_none_or(|((_, last), _)| *last != sentence.start) {
                            out.push(((0, sentence.start), ground.span(at..sentence.end.min(block.end))));
                        }
                        at = sentence.end.max(at + 1);
                    }
                }
                out
            }
        }
    }

    /// The number of the last heading at or before a place; 0 before the first.
    fn section(&self, span: Span) -> usize {
        self.document.section_at(span.start as usize).map_or(0, |heading| heading + 1)
    }

    fn push(&mut self, number: u32, span: Span, message: Message, replacement: Option<(Span, String)>) {
        let rule = self.clauses.rule(number);
        let safety = self.clauses.get(number).safety;
        self.out.hits.push(Hit { rule, span, message, replacement, safety, other: None });
    }

    fn note(&mut self, number: u32, span: Span, reason: Reason) {
        if self.notes {
            self.out.notes.push(Note { rule: self.clauses.rule(number), span, reason });
        }
    }
}

/// A text in a message: what is no text is left out of it.
fn shown(text: &str) -> String {
    text.replace(OBJECT, "…")
}
