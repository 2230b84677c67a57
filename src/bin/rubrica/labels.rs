//! What `rubrica explain` shows of a rule on numbering: what of a document it takes for numbers that count.

use rubrica::{
    document::{Document, Numbered, PlacedLabel},
    numbering::Scheme,
    rule::Page,
    rules::misnumbered,
};

/// The numbers of the places that a rule looks at, and headings without one, by where they stand. `None` for a rule that
/// looks at none.
pub(crate) fn of(page: &Page, document: &Document) -> Option<Vec<(u32, String)>> {
    if &*page.group != "numbering" || page.matching.is_some() {
        return None;
    }
    let facts = &document.facts;
    let headings = facts.headings.iter().map(|heading| match heading.label.as_deref() {
        Some(label) => counts(label),
        None => (heading.content.start, format!("`{}` has no number", heading.text.trim())),
    });
    let places: [(Numbered, Vec<_>); 4] = [
        (Numbered::Headings, headings.collect()),
        (Numbered::Lines, facts.numbered_lines.iter().map(|line| counts(&line.label)).collect()),
        (Numbered::ListItems, facts.list_items.iter().map(|item| counts(&item.label)).collect()),
        (Numbered::Captions, facts.captions.iter().map(|caption| counts(&caption.label)).collect()),
    ];
    let is_own = |place: Numbered| *page.name == *misnumbered(place);
    let is_of_one = places.iter().any(|(place, _)| is_own(*place));
    let own = places.into_iter().filter(|(place, _)| !is_of_one || is_own(*place));
    Some(own.flat_map(|(_, all)| all).collect())
}

fn counts(placed: &PlacedLabel) -> (u32, String) {
    let label = &placed.label;
    let number = label.values().iter().map(u64::to_string).collect::<Vec<_>>().join(".");
    let what = match label.scheme {
        Scheme::Bare => "is a number without a mark, which counts only among its like".to_owned(),
        _ => format!("counts as {number}"),
    };
    (placed.span.start, format!("`{}` {what}", label.text))
}
