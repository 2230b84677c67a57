//! What other documents say of a label, beside a link to its document or that one's name.

use memchr::{memchr, memmem, memrchr};

use super::{
    fault::{Changed, Found},
    spoken::link_around,
};
use crate::{
    document::{Document, Link, Numbered, PlacedLabel},
    numbering::mention::Mention,
    source::{Location, Span},
};

/// More places that speak of one number are not named.
const MANY: usize = 32;

/// Of more mentions of one number nobody looks whether they stand there: one of them may.
const MOST: usize = 1_000;

/// In so many lines of a document that name another one the text of a heading is looked for.
const LINES: usize = 8;

impl Found<'_> {
    /// What other documents say of a label in a line in which they link to its document, or call it by its name.
    pub(super) fn elsewhere(&self, changed: &Changed<'_, '_>, placed: &PlacedLabel) -> Vec<Location> {
        let &Changed { document, place, at, .. } = changed;
        let heading = document.facts.headings.get(at).filter(|_| place == Numbered::Headings);
        let text = heading.map(|heading| heading.text.trim()).filter(|text| text.len() > placed.label.text.len());
        let mut out = Vec::new();
        for (from, links) in self.corpus.visitors(document.file) {
            let Some(other) = self.corpus.document(from).filter(|_| out.len() < MANY) else { continue };
            // The text of a link to a heading is looked at with the heading.
            let is_own = |around: &Link| links.contains(&around.destination) && !around.target.contains('#');
            out.extend(beside(other, links, place, placed, is_own).take(MANY - out.len()));
        }
        for (from, names) in self.corpus.callers(document.file) {
            let Some(other) = self.corpus.document(from).filter(|_| out.len() < MANY) else { continue };
            out.extend(beside(other, names, place, placed, |_| false).take(MANY - out.len()));
            out.extend(text.into_iter().flat_map(|text| repeated(other, names, text)));
        }
        out
    }
}

/// The mentions that may mean a label and stand in a line with one of some places; in a link only if that is one of its own.
fn beside<'a>(
    other: &'a Document,
    places: &'a [Span],
    place: Numbered,
    placed: &'a PlacedLabel,
    is_own: impl Fn(&Link) -> bool + 'a,
) -> impl Iterator<Item = Location> + 'a {
    let is_near = move |mention: &&Mention| {
        let line = line_around(&other.source.text, mention.start());
        let after = places.partition_point(|place| place.start < line.start);
        places.get(after).is_some_and(|place| line.contains(*place))
            && link_around(other, mention.start()).is_none_or(&is_own)
    };
    let near = other.mentions().of_label(place, placed).enumerate();
    let near = near.filter(move |(nth, mention)| *nth >= MOST || is_near(mention));
    near.map(|(_, mention)| other.at(mention.at.clone().into()))
}

/// Where a document has all that a heading says in a line with one of some places.
fn repeated<'a>(other: &'a Document, places: &'a [Span], heading: &'a str) -> impl Iterator<Item = Location> + 'a {
    places.iter().take(LINES).filter_map(move |place| {
        let line = line_around(&other.source.text, place.start as usize);
        let at = line.start as usize + memmem::find(other.source.slice(line).as_bytes(), heading.as_bytes())?;
        let is_apart = !other.source.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        (is_apart && !other.is_in_code(at) && link_around(other, at).is_none())
            .then(|| other.at(Span::new(at, at + heading.len())))
    })
}

/// The line of a text in which an offset lies, as far as it is near.
fn line_around(text: &str, at: usize) -> Span {
    const REACH: usize = 2_000;
    let (from, to) = (at.saturating_sub(REACH), text.len().min(at + REACH));
    let (before, behind) = (&text.as_bytes()[from..at], &text.as_bytes()[at..to]);
    let start = memrchr(b'\n', before).map_or(from, |end| from + end + 1);
    Span::new(start, memchr(b'\n', behind).map_or(to, |end| at + end))
}
