//! Where the text of a document points at its own numbers, and what it can mean.

use std::collections::{HashMap, HashSet};

use super::{Document, Numbered, numbered_label};
use crate::{
    numbering::{
        Label, Scheme, caption, context,
        numerals::Class,
        pointer::{self, Pointer, Subject},
    },
    source::Span,
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
    by_values: HashMap<Vec<u64>, Vec<usize>>,
    spots: HashMap<Vec<u64>, Vec<Spot>>,
    /// Numbers that headings begin with or join to their labels.
    hinted: HashSet<u64>,
    /// What pointers point at, and whether by a dotted number, where the document has several of the kind.
    kinds: HashSet<(Subject, bool)>,
}

impl Pointers {
    /// Reads a document's text.
    pub(super) fn of(document: &Document) -> Self {
        let mut all = pointer::all(&document.source.text);
        if all.is_empty() {
            return Self::default();
        }
        let hidden = hidden(document);
        all.retain(|pointer| {
            let after = hidden.partition_point(|span| span.start as usize <= pointer.at.start);
            after == 0 || (hidden[after - 1].end as usize) <= pointer.at.start
        });
        let mut out = Self { all, ..Self::default() };
        for (at, pointer) in out.all.iter().enumerate() {
            out.by_values.entry(pointer.values()).or_default().push(at);
        }
        let facts = &document.facts;
        let counts = [
            (Numbered::Headings, facts.headings.len()),
            (Numbered::Lines, facts.numbered_lines.len()),
            (Numbered::Captions, facts.captions.len()),
        ];
        for (place, at) in counts.into_iter().flat_map(|(place, count)| (0..count).map(move |at| (place, at))) {
            let Some(placed) = numbered_label(document, place, at) else { continue };
            out.spots.entry(placed.label.values()).or_default().push((place, at));
        }
        for heading in &facts.headings {
            let label = heading.numbering().map(|placed| &placed.label);
            out.hinted.extend(context::hints(&heading.text, label));
        }
        let wanted: HashSet<(Subject, bool)> = out.all.iter().map(kind).collect();
        out.kinds = wanted.into_iter().filter(|kind| out.has_several(document, kind)).collect();
        out
    }

    /// The numbered places that a pointer can mean, in order.
    pub fn goals(&self, document: &Document, pointer: &Pointer) -> Vec<Spot> {
        let spots = self.spots.get(&pointer.values()).map(Vec::as_slice).unwrap_or_default();
        let is_meant = |&&(place, at): &&Spot| {
            let placed = numbered_label(document, place, at);
            placed.is_some_and(|placed| is_meant(&pointer.subject, place, &placed.label))
        };
        spots.iter().filter(is_meant).take(MANY).copied().collect()
    }

    /// Whether the document has places of the kind that a pointer points at, enough of them to be numbered through.
    pub fn has_kind(&self, pointer: &Pointer) -> bool {
        self.kinds.contains(&kind(pointer))
    }

    fn has_several(&self, document: &Document, (subject, is_dotted): &(Subject, bool)) -> bool {
        let alike = self.spots.values().flatten().filter(|(place, at)| {
            let placed = numbered_label(document, *place, *at);
            placed.is_some_and(|placed| {
                (placed.label.numbers.len() > 1) == *is_dotted && is_meant(subject, *place, &placed.label)
            })
        });
        alike.take(2).count() > 1
    }

    /// Whether anything numbered at all has a pointer's number, be it of another kind or in a form that makes no label.
    pub fn stands_somewhere(&self, pointer: &Pointer) -> bool {
        let values = pointer.values();
        self.spots.contains_key(&values) || (values.len() == 1 && self.hinted.contains(&values[0]))
    }

    /// The pointers that speak of a label's number, whatever they mean by it.
    pub fn speaking_of<'a>(&'a self, place: Numbered, label: &Label) -> impl Iterator<Item = &'a Pointer> + use<'a> {
        let is_caption = place == Numbered::Captions;
        let is_step = matches!(&label.scheme, Scheme::Counted(word) if matches!(word.as_str(), "步" | "step"));
        let word = if is_caption { caption::counted(label) } else { "" };
        let all = self.by_values.get(&label.values()).map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|&at| &self.all[at]).filter(move |pointer| match pointer.subject {
            Subject::Caption(own) => is_caption && own == word,
            Subject::Counted(own) => !is_caption && is_step == matches!(own, "步" | "step"),
            Subject::Section | Subject::Bracketed => !is_caption && !is_step,
        })
    }
}

/// What a pointer points at, and whether by a dotted number.
fn kind(pointer: &Pointer) -> (Subject, bool) {
    (pointer.subject.clone(), pointer.numbers.len() > 1)
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
            Scheme::Marked(_, class) => matches!(class, Class::Arabic | Class::Han) && place == Numbered::Headings,
            _ => false,
        },
    }
}

/// What is not running text, in order and without overlaps.
fn hidden(document: &Document) -> Vec<Span> {
    let facts = &document.facts;
    let header = facts.front_matter.iter().map(|header| header.span);
    let headings = facts.headings.iter().map(|heading| heading.span);
    let links = facts.links.iter().map(|link| link.span);
    let labels = facts.numbered_lines.iter().map(|line| &line.label).chain(facts.captions.iter().map(|c| &c.label));
    let blocks = facts.verbatim.iter().chain(&facts.quotes).copied();
    let definitions = facts.definitions.iter().map(|definition| definition.span);
    let all =
        header.chain(headings).chain(links).chain(labels.map(|label| label.span)).chain(blocks).chain(definitions);
    let mut all: Vec<Span> = all.collect();
    all.sort();
    let mut out: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
