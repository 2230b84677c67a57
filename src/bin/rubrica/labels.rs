//! What `rubrica explain` shows of a rule on numbering: what of a document it takes for numbers that count.

use std::collections::HashSet;

use rubrica::{
    document::{Document, Heading, Numbered, PlacedLabel, counted_labels},
    engine::Job,
    rule::{Language, Page},
    rules::misnumbered,
};

use crate::{renumber, words::either};

/// The numbers of the places that a rule looks at, and headings without one, by where they stand. `None` for a rule that
/// looks at none.
pub(crate) fn of(job: &Job, page: &Page, document: &Document, language: Language) -> Option<Vec<(u32, String)>> {
    if &*page.group != "numbering" || page.matching.is_some() {
        return None;
    }
    let counting = renumber::counting(job, &document.source.path);
    let is_own = |place: &Numbered| *page.name == *misnumbered(*place);
    let is_of_one = Numbered::ALL.iter().any(is_own);
    let mut out = Vec::new();
    for place in Numbered::ALL.into_iter().filter(|place| !is_of_one || is_own(place)) {
        let counted = counted_labels(document, place, &counting(place));
        if place == Numbered::Headings {
            let known: HashSet<u32> = counted.iter().map(|(placed, _)| placed.span.start).collect();
            let has_none =
                |heading: &&Heading| heading.label.as_ref().is_none_or(|own| !known.contains(&own.span.start));
            let bare = document.facts.headings.iter().filter(has_none);
            let none = either(language, "has no number", "没有编号");
            out.extend(bare.map(|heading| (heading.content.start, format!("`{}` {none}", heading.text.trim()))));
        }
        out.extend(counted.iter().map(|counted| counts(counted, language)));
    }
    Some(out)
}

fn counts((placed, is_in_sequence): &(PlacedLabel, bool), language: Language) -> (u32, String) {
    let label = &placed.label;
    let number = label.values().iter().map(u64::to_string).collect::<Vec<_>>().join(".");
    let alone = if *is_in_sequence {
        ""
    } else {
        either(language, ", but belongs to no sequence", "，但不属于任何序列")
    };
    (placed.span.start, format!("`{}` {} {number}{alone}", label.text, either(language, "counts as", "计为")))
}
