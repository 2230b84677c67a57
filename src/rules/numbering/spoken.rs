//! What else speaks of a number that changes: it follows, or its author has to look at it.

use std::collections::HashSet;

use super::{
    fault::{Changed, Found, Outline},
    following::{Spoken, apart},
    repair::replaced,
};
use crate::{
    document::{Document, Heading, Link, Numbered, PlacedLabel, repeated_title},
    finding::Edit,
    numbering::{Change, Label, Number, Numeral, System, context, mention::Mention, numerals::Class, particle},
    order,
    source::{FileId, Location, Span},
};

/// A numbered place: its document, what kind, and which.
type Spot = (FileId, Numbered, usize);

/// More places that speak of one number are not gone through: they do not follow, and as many are named.
const MANY: usize = 32;

impl<'a> Found<'a> {
    /// The edits to the text that speaks of what changes, and the places that its author has to look at. Of one number
    /// all places follow or none: half of them would be worse than none; and none takes a number that another one still
    /// says. And where the text has the right numbers already, no mention does.
    pub(super) fn spoken_of(&self) -> (Vec<Edit>, Vec<Location>) {
        let (mut edits, mut unclear, mut spoken) = (Vec::new(), Vec::new(), Vec::new());
        if self.is_rewritten() {
            return (edits, unclear);
        }
        let spot = |changed: Changed<'_, '_>| (changed.document.file, changed.place, changed.at);
        let changing: HashSet<Spot> = self.changes().map(spot).collect();
        for changed in self.changes() {
            let Some(placed) = changed.label().filter(|placed| placed.label.values() != changed.change.values) else {
                continue;
            };
            let (follow, left) = self.mentions_of(&changed, placed);
            let (now, then) = (placed.label.values(), changed.change.values.clone());
            spoken.push(Spoken { now, then, follow, left });
            unclear.extend(Self::spoken_loosely(&changed, placed));
            let (follow, left) = self.link_texts(&changed, placed);
            edits.extend(follow);
            unclear.extend(left);
            edits.extend(Self::title(&changed, placed));
            unclear.extend(Self::carriers(&changed, placed, &changing));
            unclear.extend(self.elsewhere(&changed, placed));
        }
        let (following, left) = apart(spoken);
        unclear.extend(left);
        if !following.is_empty() && self.is_foretold() {
            unclear.extend(following.iter().map(|edit| edit.at));
        } else {
            edits.extend(following);
        }
        unclear.extend(self.handed_on());
        order::plain(&mut unclear);
        unclear.dedup();
        (edits, unclear)
    }

    /// The running text that speaks of a label: the edits by which it follows, or the places if not all of it does.
    fn mentions_of(&self, changed: &Changed<'a, '_>, placed: &PlacedLabel) -> (Vec<Edit>, Vec<Location>) {
        let &Changed { document, place, at, .. } = changed;
        let in_text = |document: &'a Document| {
            let mentions = document.mentions().of_label(place, placed);
            mentions
                .filter(|mention| link_around(document, mention.start()).is_none())
                .map(move |mention| (document, mention))
        };
        let others = match self.outline {
            Outline::Chapters(chapters) => chapters,
            Outline::Of(..) => &[],
        };
        let others = others.iter().map(|(other, _)| *other).filter(|other| other.file != document.file);
        let mentions: Vec<(&Document, &Mention)> =
            in_text(document).chain(others.flat_map(in_text)).take(MANY + 1).collect();
        let pointers = document.pointers();
        let heading = document.facts.headings.get(at).filter(|_| place == Numbered::Headings);
        let title = heading.map(|heading| placed.label.behind(&heading.text));
        let is_of_another = |mention: &Mention| {
            let behind = document.source.text.get(mention.at.end..).unwrap_or_default();
            title.is_some_and(|title| document.mentions().is_of_another(behind, title))
        };
        let is_all = |mention: &Mention| {
            heading.is_some_and(|own| document.mentions().is_all_of(document, mention, own, &placed.label))
        };
        let is_sure = |mention: &Mention| {
            let goals = pointers.at(mention.start()).map(|pointer| pointers.goals(pointer));
            document.mentions().is_sure(mention) && goals.is_some_and(|goals| goals == [(place, at)])
        };
        let follow = |(own, mention): &(&Document, &Mention)| {
            let is_meant = || is_sure(mention) && !is_of_another(mention) || is_all(mention);
            let follows = own.file == document.file && is_meant();
            if follows { rewritten(own, &mention.numbers, &placed.label, changed.change) } else { None }
        };
        let edits: Option<Vec<Vec<Edit>>> = mentions.iter().map(follow).collect();
        match edits.filter(|edits| edits.len() <= MANY) {
            Some(edits) => (edits.concat(), Vec::new()),
            None => (Vec::new(), mentions.iter().map(|(own, mention)| own.at(mention.at.clone().into())).collect()),
        }
    }

    /// Where the text may speak of a label in a way that is not read for sure: by its word or its title.
    fn spoken_loosely(changed: &Changed<'a, '_>, placed: &PlacedLabel) -> Vec<Location> {
        let &Changed { document, place, at, .. } = changed;
        let heading = document.facts.headings.get(at).filter(|_| place == Numbered::Headings);
        let title = heading.map_or("", |heading| placed.label.behind(&heading.text));
        let found = document.mentions().loosely(place, placed, title);
        let found = found.filter(|mention| link_around(document, mention.start()).is_none());
        found.take(MANY).map(|mention| document.at(mention.at.clone().into())).collect()
    }

    /// The edits to the title in the header, where it repeats the heading.
    fn title(changed: &Changed<'a, '_>, placed: &PlacedLabel) -> Vec<Edit> {
        let &Changed { document, place, at, change } = changed;
        let own = repeated_title(document).filter(|(_, heading)| place == Numbered::Headings && *heading == at);
        let numbers = own.map(|(title, _)| placed.label.numbers_from(title.start as usize));
        let edits = numbers.and_then(|numbers| rewritten(document, &numbers, &placed.label, change));
        let respelt = |edit: Edit| {
            let (span, text) = document.respelt(edit.at.span, &edit.text)?;
            Some(Edit::replace(document.at(span), text))
        };
        edits.unwrap_or_default().into_iter().map(respelt).collect::<Option<_>>().unwrap_or_default()
    }

    /// What stands below a heading, or beside it, and has its number in another form, so that it does not change with it:
    /// `Step 3.1` below `3.`, `3a`, `第三条之一`.
    fn carriers(changed: &Changed<'a, '_>, placed: &PlacedLabel, follow: &HashSet<Spot>) -> Vec<Location> {
        let &Changed { document, place, at, .. } = changed;
        let headings = &document.facts.headings;
        let Some(own) = headings.get(at).filter(|_| place == Numbered::Headings) else { return Vec::new() };
        let values = placed.label.values();
        // Up to the next heading of the kind, which has a number of its own.
        let is_next = |other: &Heading| {
            let is_twin = other.numbering().is_some_and(|label| label.label.scheme == placed.label.scheme);
            other.level < own.level || (other.level == own.level && is_twin)
        };
        let count = headings[at + 1..].iter().take_while(|other| !is_next(other)).count();
        let below = (at + 1..=at + count).filter(|&at| context::carries(&headings[at].text, &values));
        let below = below.filter(|&at| !follow.contains(&(document.file, Numbered::Headings, at)));
        let end = headings.get(at + 1 + count).map_or(u32::MAX, |next| next.span.start);
        let lines = &document.facts.numbered_lines;
        let first = lines.partition_point(|line| line.label.span.start < own.span.end);
        let lines = lines[first..].iter().map(|line| line.label.span).take_while(|line| line.start < end);
        let lines = lines.filter(|line| context::carries(&document.source.text[line.start as usize..], &values));
        below.map(|at| headings[at].content).chain(lines).take(MANY).map(|span| document.at(span)).collect()
    }
}

/// The edits that make numbers of a text those of a label as it will be, in their own numerals; where those are shared,
/// in those of the label.
pub(super) fn rewritten(document: &Document, numbers: &[Number], label: &Label, change: &Change) -> Option<Vec<Edit>> {
    let written = |number: &Number| document.source.text.get(number.at.clone());
    let own = |at: usize| label.text.get(label.numbers.get(at)?.at.clone());
    let print = |(at, (number, (&value, label))): (usize, (&Number, (&u64, &String)))| {
        let Numeral { system, width, .. } = number.numeral;
        let is_shared = |one: System| one.print(value, width).as_ref() == Some(label);
        // The C of an appendix is no Roman number.
        let is_roman = matches!(system.class(), Class::RomanUpper | Class::RomanLower);
        let is_same = is_roman && written(number) == own(at);
        if is_same || number.numeral.systems().any(is_shared) {
            Some(label.clone())
        } else {
            system.print(value, width)
        }
    };
    let targets = change.values.iter().zip(&change.numbers);
    let mut printed: Vec<String> = numbers.iter().zip(targets).enumerate().map(print).collect::<Option<_>>()?;
    let mut places: Vec<Span> = numbers.iter().map(|number| number.at.clone().into()).collect();
    if let Some((place, form)) = numbers.last().and_then(|last| particle_behind(document, last, label, change)) {
        places.push(place);
        printed.push(form.to_owned());
    }
    Some(replaced(document, places.into_iter().zip(&printed)).into_iter().collect())
}

/// The particle of Korean behind a number that changes, and its form behind the one that it becomes.
fn particle_behind(
    document: &Document,
    number: &Number,
    label: &Label,
    change: &Change,
) -> Option<(Span, &'static str)> {
    let behind = document.source.text.get(number.at.end..)?;
    // The 과 of 3과 counts lessons.
    let counter = &label.text[label.last().at.end..];
    let is_counter = !counter.is_empty() && behind.starts_with(counter);
    let is_arabic = number.numeral.system.class() == Class::Arabic;
    let (place, form) = particle(behind, number.numeral.value, *change.values.last()?)?;
    let place = Span::new(number.at.end + place.start, number.at.end + place.end);
    (is_arabic && !is_counter).then_some((place, form))
}

/// The link in whose text an offset lies. An image's text is no link's.
pub(super) fn link_around(document: &Document, at: usize) -> Option<&Link> {
    let links = &document.facts.links;
    let after = links.partition_point(|link| link.span.start as usize <= at);
    let near = links[..after].iter().rev().take(4);
    near.filter(|link| !link.is_image).find(|link| link.span.end as usize > at)
}
