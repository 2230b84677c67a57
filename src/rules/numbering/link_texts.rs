//! The texts of links to a heading whose number changes: they follow, or their author has to look at them.

use super::{
    fault::{Changed, Found},
    spoken::rewritten,
};
use crate::{
    corpus::Reference,
    document::{Document, Heading, Link, LinkKind, Numbered, PlacedLabel},
    finding::Edit,
    numbering::{Label, Number, mention},
    source::{Location, Span},
};

/// More texts of a link are not read, in bytes.
const LONGEST: usize = 300;

/// To a heading with more links than this nobody looks one by one.
const MOST: usize = 1_000;

/// What the text of a link says of the heading that it leads to.
enum Said {
    /// Its number, at these places.
    Number(Vec<Number>),
    /// Perhaps its number.
    Perhaps(Span),
    Nothing,
}

impl<'a> Found<'a> {
    /// The edits to the texts of links to a heading that name its number, and the places that may.
    pub(super) fn link_texts(&self, changed: &Changed<'a, '_>, placed: &PlacedLabel) -> (Vec<Edit>, Vec<Location>) {
        let (mut edits, mut unclear) = (Vec::new(), Vec::new());
        let &Changed { document, place, at, change } = changed;
        let Some(heading) = document.facts.headings.get(at).filter(|_| place == Numbered::Headings) else {
            return (edits, unclear);
        };
        let references = self.corpus.references(document.file, at);
        if references.len() > MOST {
            unclear.push(document.at(heading.span));
            return (edits, unclear);
        }
        for reference in references {
            let Some(from) = self.corpus.document(reference.from) else { continue };
            for link in self.links(from, reference).filter(|link| !link.is_image) {
                match said(from, link, heading, placed) {
                    Said::Number(numbers) => match rewritten(from, &numbers, &placed.label, change) {
                        Some(own) => edits.extend(own),
                        None => unclear.push(from.at(link.span)),
                    },
                    Said::Perhaps(place) => unclear.push(from.at(place)),
                    Said::Nothing => {}
                }
            }
        }
        (edits, unclear)
    }

    /// The links that lead where a reference does: itself, or those that name its definition.
    fn links(&self, from: &'a Document, reference: &Reference) -> impl Iterator<Item = &'a Link> {
        let destination = self.corpus.destination(from, reference.slot);
        let own = destination.and_then(|found| found.link);
        let definitions = from.facts.definitions.iter();
        let definition = definitions.filter(move |definition| {
            own.is_none() && destination.is_some_and(|found| found.span == definition.destination)
        });
        let named = definition.flat_map(|definition| {
            let links = from.facts.links.iter().filter(|link| link.kind == LinkKind::Reference);
            links.filter(|link| link.label.as_ref() == Some(&definition.label))
        });
        own.into_iter().chain(named)
    }
}

/// What a link's text says of the number of the heading that it leads to.
fn said(from: &Document, link: &Link, heading: &Heading, placed: &PlacedLabel) -> Said {
    let (shown, is_free) = shown(from, link);
    let text = from.source.slice(shown);
    let start = shown.start as usize;
    let (label, title) = (&placed.label, placed.label.behind(&heading.text).trim());
    // The heading's own text is rewritten with the fragment.
    if text.len() > LONGEST || (link.kind == LinkKind::Inline && text == heading.text) {
        return Said::Nothing;
    }
    let numbers = if text.matches(&heading.text).count() == 1 {
        text.find(&heading.text).map(|at| numbers_of(label, start + at))
    } else if text.trim_matches(['*', '_', '`', ' ']) == title {
        // `3. [c](#3-c)`: the number may stand before the link.
        let before = &from.source.text[..link.span.start as usize];
        let is_before = before.trim_end_matches(' ').ends_with(&label.text);
        return if is_before { Said::Perhaps(link.span) } else { Said::Nothing };
    } else {
        let inside = from.mentions().of_label(Numbered::Headings, placed);
        let mut inside = inside.filter(|mention| shown.contains(mention.at.clone().into()));
        match (inside.next(), inside.next()) {
            (None, _) => leading(text, start, &label.values()),
            (Some(mention), None) if is_free && !mention.is_joined => Some(mention.numbers.clone()),
            (Some(mention), _) => return Said::Perhaps(mention.at.clone().into()),
        }
    };
    match numbers {
        Some(numbers) if is_free => Said::Number(numbers),
        Some(_) if link.kind == LinkKind::Wiki => Said::Nothing,
        Some(_) => Said::Perhaps(link.span),
        None => Said::Nothing,
    }
}

/// The numbers of a label that begins at an offset.
pub(super) fn numbers_of(label: &Label, start: usize) -> Vec<Number> {
    let shifted = |number: &Number| Number { at: number.at.start + start..number.at.end + start, ..number.clone() };
    label.numbers.iter().map(shifted).collect()
}

/// The number that a text begins with, signs aside, if it has some values: `2\. c`, `2 c`.
fn leading(text: &str, start: usize, values: &[u64]) -> Option<Vec<Number>> {
    let at = text.find(char::is_alphanumeric)?;
    let numbers = mention::number_at(text, at)?;
    let end = numbers.last()?.at.end;
    let is_own = numbers.iter().map(|number| number.numeral.value).eq(values.iter().copied());
    let ends = !text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let shifted = |number: Number| Number { at: number.at.start + start..number.at.end + start, ..number };
    (is_own && ends).then(|| numbers.into_iter().map(shifted).collect())
}

/// The bytes that hold what a link shows, and whether they say nothing else: `[label][]` also names its definition, and
/// the display text of a wikilink is its author's.
fn shown(document: &Document, link: &Link) -> (Span, bool) {
    let (start, end) = (link.span.start as usize, link.span.end as usize);
    let text = &document.source.text;
    match link.kind {
        LinkKind::Wiki => (Span { start: link.destination.end, end: link.span.end }, false),
        LinkKind::Autolink => (Span::at(end), false),
        LinkKind::Html => {
            // A longer text is not read anyway.
            let near = &text.as_bytes()[end..text.len().min(end + LONGEST + 2)];
            let behind = near.windows(2).position(|pair| pair == b"</").unwrap_or_default();
            (Span::new(end, end + behind), true)
        }
        LinkKind::Inline | LinkKind::Reference => {
            let whole = &text[start..end];
            let destination = (link.destination.start as usize).saturating_sub(start);
            let close = match link.kind {
                LinkKind::Inline => whole.get(..destination).and_then(|before| before.rfind("](")),
                _ => whole.rfind("][").filter(|_| !whole.ends_with("[]")),
            };
            (Span::new(start + 1, close.map_or(end, |at| start + at)), close.is_some())
        }
    }
}
