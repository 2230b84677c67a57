//! What else speaks of a number that changes: it follows, or its author has to look at it.

use super::{
    fault::{Changed, Found, Outline},
    repair::replaced,
};
use crate::{
    document::{Document, Link, Numbered, PlacedLabel, section_end},
    finding::Edit,
    numbering::{Change, Number, Numeral, System, context, mention::Mention},
    source::{Location, Span},
};

/// More places that speak of one number are not gone through: they do not follow, and as many are named.
const MANY: usize = 32;

impl<'a> Found<'a> {
    /// The edits to the text that speaks of what changes, and the places that its author has to look at. Of one number
    /// all places follow or none: half of them would be worse than none.
    pub(super) fn spoken_of(&self) -> (Vec<Edit>, Vec<Location>) {
        let (mut edits, mut unclear) = (Vec::new(), Vec::new());
        if self.is_rewritten() {
            return (edits, unclear);
        }
        for changed in self.changes() {
            let Some(placed) = changed.label().filter(|placed| placed.label.values() != changed.change.values) else {
                continue;
            };
            let (follow, left) = self.mentions_of(&changed, placed);
            edits.extend(follow);
            unclear.extend(left);
            let (follow, left) = self.link_texts(&changed, placed);
            edits.extend(follow);
            unclear.extend(left);
            unclear.extend(self.carriers(&changed, placed));
            unclear.extend(self.elsewhere(&changed, placed));
        }
        unclear.sort();
        unclear.dedup();
        (edits, unclear)
    }

    /// The running text that speaks of a label: the edits by which it follows, or the places if not all of it does.
    fn mentions_of(&self, changed: &Changed<'a, '_>, placed: &PlacedLabel) -> (Vec<Edit>, Vec<Location>) {
        let &Changed { document, place, at, .. } = changed;
        let in_text = |document: &'a Document| {
            let mentions = document.mentions().of_label(place, placed);
            mentions.filter(|mention| link_around(document, mention).is_none()).map(move |mention| (document, mention))
        };
        let others = match self.outline {
            Outline::Chapters(chapters) => chapters,
            Outline::Of(..) => &[],
        };
        let others = others.iter().map(|(other, _)| *other).filter(|other| other.file != document.file);
        let mentions: Vec<(&Document, &Mention)> =
            in_text(document).chain(others.flat_map(in_text)).take(MANY + 1).collect();
        let pointers = document.pointers();
        let follow = |(own, mention): &(&Document, &Mention)| {
            let pointer = pointers.at(mention.start()).filter(|pointer| pointer.is_sure)?;
            let is_meant = own.file == document.file && !mention.is_joined && pointers.goals(pointer) == [(place, at)];
            rewritten(own, &mention.numbers, changed.change).filter(|_| is_meant)
        };
        let edits: Option<Vec<Vec<Edit>>> = mentions.iter().map(follow).collect();
        match edits.filter(|edits| edits.len() <= MANY) {
            Some(edits) => (edits.concat(), Vec::new()),
            None => (Vec::new(), mentions.iter().map(|(own, mention)| own.at(mention.at.clone().into())).collect()),
        }
    }

    /// What stands below a heading, or beside it, and has its number in another form, so that it does not change with it:
    /// `§3.1` below `3.`, `3a`, `第三条之一`.
    fn carriers(&self, changed: &Changed<'a, '_>, placed: &PlacedLabel) -> Vec<Location> {
        let &Changed { document, place, at, .. } = changed;
        let headings = &document.facts.headings;
        let Some(heading) = headings.get(at).filter(|_| place == Numbered::Headings) else { return Vec::new() };
        let values = placed.label.values();
        let own = heading.span.start;
        let end = heading.parent.map_or(u32::MAX, |parent| section_end(document, parent).end);
        let follows = |place: Numbered, at: usize| {
            self.changes().any(|other| other.document.file == document.file && (other.place, other.at) == (place, at))
        };
        let is_near = |start: u32| start > own && start < end;
        let below = headings.iter().enumerate().filter(|(_, other)| is_near(other.span.start));
        let below = below.filter(|(_, other)| context::carries(&other.text, &values));
        let below = below.filter(|(at, _)| !follows(Numbered::Headings, *at)).map(|(_, other)| other.content);
        let lines = document.facts.numbered_lines.iter().map(|line| line.label.span).filter(|at| is_near(at.start));
        let lines = lines.filter(|at| context::carries(&document.source.text[at.start as usize..], &values));
        below.chain(lines).take(MANY).map(|span| document.at(span)).collect()
    }

    /// What other documents say of a label in the line in which they link to its document.
    fn elsewhere(&self, changed: &Changed<'a, '_>, placed: &PlacedLabel) -> Vec<Location> {
        let &Changed { document, place, .. } = changed;
        let (mut out, mut last) = (Vec::new(), None);
        for &(from, link) in self.corpus.visitors(document.file) {
            let Some(other) = self.corpus.document(from).filter(|_| out.len() < MANY) else { continue };
            let line = line_around(&other.source.text, link);
            if last.replace((from, line)) == Some((from, line)) {
                continue;
            }
            let mentions = other.mentions().of_label(place, placed);
            let near = mentions.filter(|mention| line.contains(mention.at.clone().into()));
            // The text of a link to a heading is looked at with the heading.
            let is_own = |around: &Link| around.destination == link && !around.target.contains('#');
            let near = near.filter(|mention| link_around(other, mention).is_none_or(is_own));
            out.extend(near.map(|mention| other.at(mention.at.clone().into())));
        }
        out
    }
}

/// The line in which a span begins.
fn line_around(text: &str, at: Span) -> Span {
    let at = at.start as usize;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    Span::new(start, text[at..].find('\n').map_or(text.len(), |end| at + end))
}

/// The edits that make numbers of a text those of a label as it will be, in their own numerals; where those are shared,
/// in those of the label.
pub(super) fn rewritten(document: &Document, numbers: &[Number], change: &Change) -> Option<Vec<Edit>> {
    let print = |(number, (&value, label)): (&Number, (&u64, &String))| {
        let Numeral { system, width, .. } = number.numeral;
        let is_shared = |one: System| one.print(value, width).as_ref() == Some(label);
        if number.numeral.systems().any(is_shared) { Some(label.clone()) } else { system.print(value, width) }
    };
    let targets = change.values.iter().zip(&change.numbers);
    let printed: Vec<String> = numbers.iter().zip(targets).map(print).collect::<Option<_>>()?;
    let places = numbers.iter().map(|number| Span::from(number.at.clone()));
    Some(replaced(document, places.zip(&printed)).into_iter().collect())
}

/// The link in whose text a mention stands. An image's text is no link's.
fn link_around<'a>(document: &'a Document, mention: &Mention) -> Option<&'a Link> {
    let (links, at) = (&document.facts.links, mention.start());
    let after = links.partition_point(|link| link.span.start as usize <= at);
    let near = links[..after].iter().rev().take(4);
    near.filter(|link| !link.is_image).find(|link| link.span.end as usize > at)
}
