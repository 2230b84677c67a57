//! `wide-alphanumeric`: Latin letters or digits are full-width.

use super::{
    page::{Look, OfOne, Page},
    profile::Profile,
};
use crate::{
    document::{
        Document, Numbered, PlacedLabel,
        typography::{Spot, SpotKind},
    },
    finding::{Message, Safety},
    numbering::{
        Scheme,
        numerals::{is_digit, is_wide_digit},
    },
    source::{Span, characters::narrowed, hash::HashSet, is_within, merged},
};

pub(crate) type WideAlphanumeric = OfOne<Alphanumerics>;

/// Looks for full-width letters and digits.
#[derive(Debug, Default)]
pub(crate) struct Alphanumerics;

impl Look for Alphanumerics {
    fn look(page: &mut Page<'_>, _: Profile) {
        let mut spots: Vec<&Spot> = page.spots(|kind| kind == SpotKind::Wide).collect();
        if spots.is_empty() {
            return;
        }
        let prose = page.document.prose();
        let labels = labels(page.document);
        let block = |spot: &Spot| prose.block_at(spot.range().start).map(|block| block.span.start);
        let is_label =
            |spot: &Spot| prose.span(spot.range()).is_some_and(|span| is_within(&labels, span.start as usize));
        let kept: HashSet<Option<u32>> = spots.iter().filter(|spot| is_label(spot)).map(|spot| block(spot)).collect();
        spots.retain(|spot| !is_label(spot));
        for spot in spots {
            let range = spot.range();
            let text = page.text(range.clone());
            let narrow: String = text.chars().map(narrowed).collect();
            let message = Message::new("wide").with("text", text).with("narrow", &narrow);
            let title = Message::new("fix").with("narrow", &narrow);
            let is_beside_label = text.starts_with(is_digit) && kept.contains(&block(spot));
            let safety = if is_beside_label { Safety::Unsafe } else { spot.safety() };
            // Laughter in Japanese.
            let is_laughter = text.trim_matches('ｗ').is_empty();
            if page.is_plain(range.clone()) && !is_laughter && !is_mentioned(page, range.start) {
                page.report(range.clone(), message, title, safety, &[(range, &narrow)]);
            }
        }
    }
}

/// The full-width labels of a document, and where its text may speak of them.
fn labels(document: &Document) -> Vec<Span> {
    let facts = &document.facts;
    let headings = facts.headings.iter().filter_map(|heading| heading.numbering());
    let lines = facts.numbered_lines.iter().map(|line| &line.label).filter(|own| own.label.scheme != Scheme::Bare);
    let captions = facts.captions.iter().map(|caption| &caption.label);
    let all = headings.map(|own| (Numbered::Headings, own)).chain(lines.map(|own| (Numbered::Lines, own)));
    let all = all.chain(captions.map(|own| (Numbered::Captions, own)));
    let is_wide = |own: &PlacedLabel| own.label.text.contains(is_wide_digit);
    let mut known = HashSet::default();
    let mut out = Vec::new();
    for (place, own) in all.filter(|(_, own)| is_wide(own)) {
        out.push(own.span);
        // Those of one number are spoken of alike, and may be many.
        if known.insert((place, &own.label.scheme, own.label.values())) {
            out.extend(document.mentions().of_label(place, own).map(|mention| Span::from(mention.at.clone())));
        }
    }
    merged(out.into_iter())
}

/// As much of a line as is near, in characters on each side.
const NEAR: usize = 80;

/// Whether the line of a place speaks of widths.
fn is_mentioned(page: &Page<'_>, at: usize) -> bool {
    let Some(place) = page.document.prose().piece_at(at) else { return false };
    let (text, at) = (&page.document.source.text, place.span.start as usize);
    let before = text[..at].char_indices().rev().take(NEAR).take_while(|(_, c)| *c != '\n').last();
    let behind = text[at..].char_indices().take(NEAR).take_while(|(_, c)| *c != '\n').last();
    let start = before.map_or(at, |(start, _)| start);
    let end = behind.map_or(at, |(end, c)| at + end + c.len_utf8());
    ["全角", "半角", "全形", "半形"].iter().any(|word| text[start..end].contains(word))
}
