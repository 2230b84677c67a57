//! What else speaks of a number that changes: it follows, or its author has to look at it.

use super::{
    fault::{Changed, Found, Outline},
    repair::replaced,
};
use crate::{
    document::{Document, Link, LinkKind, Numbered, PlacedLabel},
    finding::Edit,
    numbering::{Change, Number, Numeral, System, mention::Mention},
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
            rewritten(own, mention, changed.change).filter(|_| is_meant)
        };
        let edits: Option<Vec<Vec<Edit>>> = mentions.iter().map(follow).collect();
        match edits.filter(|edits| edits.len() <= MANY) {
            Some(edits) => (edits.concat(), Vec::new()),
            None => (Vec::new(), mentions.iter().map(|(own, mention)| own.at(mention.at.clone().into())).collect()),
        }
    }

    /// The same for the texts of links to a heading that name its number.
    fn link_texts(&self, changed: &Changed<'a, '_>, placed: &PlacedLabel) -> (Vec<Edit>, Vec<Location>) {
        let (mut edits, mut unclear) = (Vec::new(), Vec::new());
        let &Changed { document, place, at, change } = changed;
        let Some(heading) = document.facts.headings.get(at).filter(|_| place == Numbered::Headings) else {
            return (edits, unclear);
        };
        for reference in self.corpus.references(document.file, at) {
            let Some(from) = self.corpus.document(reference.from) else { continue };
            let Some(link) = self.corpus.destination(from, reference.slot).and_then(|found| found.link) else {
                continue;
            };
            let shown = shown(link);
            // The heading's own text is rewritten with the fragment.
            let text = from.source.slice(shown);
            if link.is_image || text.trim_end_matches(['<', '(', ']', ' ']).trim_start_matches('[') == heading.text {
                continue;
            }
            let is_inside = |mention: &&Mention| shown.contains(mention.at.clone().into());
            let mentions: Vec<&Mention> =
                from.mentions().of_label(place, placed).filter(is_inside).take(MANY).collect();
            let single = match mentions[..] {
                [mention] if !mention.is_joined && link.kind == LinkKind::Inline => rewritten(from, mention, change),
                _ => None,
            };
            match single {
                Some(own) => edits.extend(own),
                None => unclear.extend(mentions.iter().map(|mention| from.at(mention.at.clone().into()))),
            }
        }
        (edits, unclear)
    }
}

/// The edits that make a mention speak of a label's new number, in its own numerals; where those are shared, in those of
/// the label.
fn rewritten(document: &Document, mention: &Mention, change: &Change) -> Option<Vec<Edit>> {
    let print = |(number, (&value, label)): (&Number, (&u64, &String))| {
        let Numeral { system, width, .. } = number.numeral;
        let is_shared = |one: System| one.print(value, width).as_ref() == Some(label);
        if number.numeral.systems().any(is_shared) { Some(label.clone()) } else { system.print(value, width) }
    };
    let targets = change.values.iter().zip(&change.numbers);
    let printed: Vec<String> = mention.numbers.iter().zip(targets).map(print).collect::<Option<_>>()?;
    let places = mention.numbers.iter().map(|number| Span::from(number.at.clone()));
    Some(replaced(document, places.zip(&printed)).into_iter().collect())
}

/// The link in whose text a mention stands. An image's text is no link's.
fn link_around<'a>(document: &'a Document, mention: &Mention) -> Option<&'a Link> {
    let (links, at) = (&document.facts.links, mention.start());
    let after = links.partition_point(|link| link.span.start as usize <= at);
    let near = links[..after].iter().rev().take(4);
    near.filter(|link| !link.is_image).find(|link| link.span.end as usize > at)
}

/// The bytes that hold what a link shows: its text before the destination, or the display text behind it.
fn shown(link: &Link) -> Span {
    if link.kind == LinkKind::Wiki {
        return Span { start: link.destination.end, end: link.span.end };
    }
    Span { start: link.span.start, end: link.destination.start.max(link.span.start) }
}
