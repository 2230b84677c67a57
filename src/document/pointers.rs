//! Where the text of a document points at its own numbers, and what it can mean.

use std::ops::Range;

use super::{Document, Numbered, numbered_label};
use crate::{
    numbering::{
        Label, Number, Scheme, caption, context,
        numerals::Class,
        pointer::{self, Pointer, Subject},
    },
    source::{
        Span,
        hash::{HashMap, HashMapExt, HashSet},
        is_within, merged,
    },
};

/// More places are not looked at: what can mean two of them is not clear, and with twenty thousand it is no clearer.
const MANY: usize = 16;

/// A numbered place of a document: what kind, and which.
type Spot = (Numbered, usize);

/// The pointers of a document's running text, and the numbered places they can mean.
#[derive(Debug, Default)]
pub struct Pointers {
    /// In order. What stands in headings, code, HTML, quotes and links is not running text.
    pub all: Vec<Pointer>,
    /// The places that each subject can mean by a number; of many only the first.
    goals: HashMap<Subject, HashMap<Vec<u64>, Vec<Spot>>>,
    /// The numbers that stand anywhere, also those of headings that make no label: 0.1.
    numbers: HashSet<Vec<u64>>,
    /// Numbers that headings begin with or join to their labels.
    hinted: HashSet<u64>,
    /// What pointers point at, and by what kind of number, where the document has several of the kind; with the highest
    /// number of each.
    kinds: HashMap<(Subject, Shape), u64>,
}

impl Pointers {
    /// Reads a document's text.
    pub(super) fn of(document: &Document) -> Self {
        let mut all = pointer::all(&document.source.text, outside_fences(document));
        if all.is_empty() {
            return Self::default();
        }
        let hidden = hidden(document);
        all.retain(|pointer| !is_within(&hidden, pointer.at.start));
        let mut out = Self { all, ..Self::default() };
        let subjects: HashSet<Subject> = out.all.iter().map(|pointer| pointer.subject.clone()).collect();
        let mut kinds: HashMap<(Subject, Shape), (usize, u64)> = HashMap::new();
        let facts = &document.facts;
        let counts = [
            (Numbered::Headings, facts.headings.len()),
            (Numbered::Lines, facts.numbered_lines.len()),
            (Numbered::Captions, facts.captions.len()),
        ];
        for (place, at) in counts.into_iter().flat_map(|(place, count)| (0..count).map(move |at| (place, at))) {
            let Some(label) = numbered_label(document, place, at).map(|placed| &placed.label) else { continue };
            let values = pointer::called(label);
            for subject in subjects.iter().filter(|subject| is_meant(subject, place, label)) {
                let (count, highest) = kinds.entry((subject.clone(), Shape::of(&label.numbers))).or_default();
                *count += 1;
                *highest = values[0].max(*highest);
                let goals = out.goals.entry(subject.clone()).or_default().entry(values.clone()).or_default();
                if goals.len() < MANY {
                    goals.push((place, at));
                }
            }
            out.numbers.insert(values);
        }
        let several = kinds.into_iter().filter(|(_, (count, _))| *count > 1);
        out.kinds = several.map(|(kind, (_, highest))| (kind, highest)).collect();
        for heading in &facts.headings {
            let label = heading.numbering().map(|placed| &placed.label);
            out.hinted.extend(context::hints(&heading.text, label));
            out.numbers.extend(context::dotted(&heading.text));
        }
        out
    }

    /// The numbered places that a pointer can mean, in order.
    pub fn goals(&self, pointer: &Pointer) -> &[Spot] {
        let goals = self.goals.get(&pointer.subject).and_then(|goals| goals.get(&pointer.values()));
        goals.map_or(&[], Vec::as_slice)
    }

    /// The pointer with a number that begins at an offset.
    pub fn at(&self, number: usize) -> Option<&Pointer> {
        let after = self.all.partition_point(|pointer| pointer.at.start <= number);
        let pointer = &self.all[after.checked_sub(1)?];
        pointer.numbers.first().is_some_and(|first| first.at.start == number).then_some(pointer)
    }

    /// The pointer around an offset that is read as a caption's number and not as a range: in 图 2-4 it is one where there is
    /// such a caption, and neither a 图 2 nor a 图 4.
    pub fn hyphenated_around(&self, at: usize) -> Option<&Pointer> {
        let after = self.all.partition_point(|pointer| pointer.at.start <= at);
        let pointer = self.all[..after].last().filter(|pointer| pointer.at.end > at)?;
        let goals = self.goals.get(&pointer.subject).filter(|_| matches!(pointer.subject, Subject::Caption(_)))?;
        let values = pointer.values();
        let is_single = |value: &u64| goals.contains_key(std::slice::from_ref(value));
        let is_number = values.len() > 1 && goals.contains_key(&values) && !values.iter().any(is_single);
        is_number.then_some(pointer)
    }

    /// Whether the document has places of the kind that a pointer points at, enough of them to be numbered through, and so
    /// that the pointer's number may have been one of them: of two sections, nobody takes away the 508th.
    pub fn has_kind(&self, pointer: &Pointer) -> bool {
        let highest = self.kinds.get(&(pointer.subject.clone(), Shape::of(&pointer.numbers)));
        highest.is_some_and(|highest| pointer.values().first().is_some_and(|value| *value <= highest * 2 + 5))
    }

    /// Whether a pointer points at what is labelled so.
    pub fn may_mean(pointer: &Pointer, place: Numbered, label: &Label) -> bool {
        is_meant(&pointer.subject, place, label)
    }

    /// Whether anything numbered at all has a pointer's number, be it of another kind or in a form that makes no label.
    pub fn stands_somewhere(&self, pointer: &Pointer) -> bool {
        let values = pointer.values();
        self.numbers.contains(&values) || (values.len() == 1 && self.hinted.contains(&values[0]))
    }
}

/// What kind of number stands somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Shape {
    Single,
    Dotted,
    Letter,
}

impl Shape {
    fn of(numbers: &[Number]) -> Self {
        match numbers {
            [one] => match one.numeral.system.class() {
                Class::LatinUpper | Class::RomanUpper => Self::Letter,
                _ => Self::Single,
            },
            _ => Self::Dotted,
        }
    }
}

/// Whether a label is of the kind that a pointer points at.
fn is_meant(subject: &Subject, place: Numbered, label: &Label) -> bool {
    match subject {
        Subject::Caption(word) => place == Numbered::Captions && caption::counted(label) == *word,
        _ if place == Numbered::Captions => false,
        Subject::Counted(word) => label.scheme == Scheme::Counted((*word).to_owned()),
        Subject::Bracketed => matches!(label.scheme, Scheme::Bracketed('【', _)),
        Subject::Section => match &label.scheme {
            Scheme::Dotted => true,
            Scheme::Counted(word) => matches!(word.as_str(), "节" | "節" | "§" | "절"),
            Scheme::Marked(_, class) => class.is_plain() && place == Numbered::Headings,
            _ => false,
        },
    }
}

/// What stands between fenced code, of which there is much; what else is [`hidden`] is taken out later.
fn outside_fences(document: &Document) -> impl Iterator<Item = Range<usize>> {
    let fences = || document.facts.fences.iter().map(|fence| fence.span.range());
    let starts = std::iter::once(0).chain(fences().map(|fence| fence.end));
    let ends = fences().map(|fence| fence.start).chain([document.source.text.len()]);
    starts.zip(ends).map(|(start, end)| start..end)
}

/// What is not running text, in order and without overlaps.
fn hidden(document: &Document) -> Vec<Span> {
    let facts = &document.facts;
    let header = facts.front_matter.iter().map(|header| header.span);
    let headings = facts.headings.iter().map(|heading| heading.span);
    let links = facts.links.iter().map(|link| link.span);
    let blocks = facts.verbatim().chain(facts.quotes.iter().copied());
    let definitions = facts.definitions.iter().map(|definition| definition.span);
    merged(header.chain(headings).chain(links).chain(labels(document)).chain(blocks).chain(definitions))
}

/// Where labels stand.
pub(super) fn labels(document: &Document) -> impl Iterator<Item = Span> {
    let facts = &document.facts;
    let headings = facts.headings.iter().filter_map(|heading| heading.label.as_deref());
    let lines = facts.numbered_lines.iter().map(|line| &line.label);
    let captions = facts.captions.iter().map(|caption| &caption.label);
    headings.chain(lines).chain(captions).map(|label| label.span)
}
