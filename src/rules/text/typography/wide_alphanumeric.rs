//! `wide-alphanumeric`: Latin letters or digits are full-width.

use super::{
    page::{Look, OfOne, Page},
    profile::Profile,
};
use crate::{document::typography::SpotKind, finding::Message, source::characters::narrowed};

pub(crate) type WideAlphanumeric = OfOne<Alphanumerics>;

/// Looks for full-width letters and digits.
#[derive(Debug, Default)]
pub(crate) struct Alphanumerics;

impl Look for Alphanumerics {
    fn look(page: &mut Page<'_>, _: Profile) {
        for spot in page.spots(|kind| kind == SpotKind::Wide) {
            let range = spot.range();
            let text = page.text(range.clone());
            let narrow: String = text.chars().map(narrowed).collect();
            let message = Message::new("wide").with("text", text).with("narrow", &narrow);
            let title = Message::new("fix").with("narrow", &narrow);
            // Laughter in Japanese.
            let is_laughter = text.trim_matches('ｗ').is_empty();
            if page.is_plain(range.clone()) && !is_laughter && !is_mentioned(page, range.start) {
                page.report(range.clone(), message, title, spot.safety(), &[(range, &narrow)]);
            }
        }
    }
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
