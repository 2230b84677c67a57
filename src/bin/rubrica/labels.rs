//! What `rubrica explain` shows of a rule on numbering: what of a document it takes for numbers that count.

use rubrica::{
    document::{Document, PlacedLabel},
    numbering::Scheme,
    rule::Page,
};

/// Whether a rule looks at numbers.
pub(crate) fn concern(page: &Page) -> bool {
    &*page.group == "numbering" && page.matching.is_none()
}

/// The numbers of the places that a rule looks at, and headings without one, by where they stand.
pub(crate) fn of(page: &Page, document: &Document) -> Vec<(u32, String)> {
    let facts = &document.facts;
    let headings = facts.headings.iter().map(|heading| match heading.label.as_deref() {
        Some(label) => counts(label),
        None => (heading.content.start, format!("`{}` has no number", heading.text.trim())),
    });
    let lines = facts.numbered_lines.iter().map(|line| counts(&line.label));
    let items = facts.list_items.iter().map(|item| counts(&item.label));
    let captions = facts.captions.iter().map(|caption| counts(&caption.label));
    match &*page.name {
        "misnumbered-section" => headings.collect(),
        "misnumbered-item" => lines.collect(),
        "misnumbered-list" => items.collect(),
        "misnumbered-caption" => captions.collect(),
        _ => headings.chain(lines).chain(items).chain(captions).collect(),
    }
}

fn counts(placed: &PlacedLabel) -> (u32, String) {
    let label = &placed.label;
    let number = || label.values().iter().map(u64::to_string).collect::<Vec<_>>().join(".");
    let what = match label.scheme {
        Scheme::Bare => "is a number without a mark, which counts only among its like".to_owned(),
        _ => format!("counts as {}", number()),
    };
    (placed.span.start, format!("`{}` {what}", label.text))
}
