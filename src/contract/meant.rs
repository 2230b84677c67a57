//! Headings that are probably meant for a section, though their titles are others: they take its place.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap, HashSet},
};

use super::{
    Differences, Missing, Outline, Title,
    align::{Meant, aligned},
    outline::compared,
    spelling,
};
use crate::{
    document::{Document, Heading, inside, title_heading},
    suggest::Suggestions,
};

/// Levels of headings, and once more for those at another level.
const MOST_ROUNDS: usize = 7;

/// Compares a document with an outline. The headings `anywhere` may stand anywhere, if the outline does not say where.
pub fn differences(document: &Document, outline: &Outline, anywhere: &[usize]) -> Differences {
    let texts: Vec<String> =
        document.facts.headings.iter().map(|heading| compared(without_block_id(document, heading))).collect();
    let mut meant = Meant::new();
    let mut found = aligned(document, &texts, outline, anywhere, &meant);
    // What is meant for a section within another is seen once that one is known.
    for _ in 0..MOST_ROUNDS {
        let more = meant_besides(document, &found, &meant);
        if more.is_empty() {
            break;
        }
        meant.extend(more);
        found = aligned(document, &texts, outline, anywhere, &meant);
    }
    found
}

/// The text of a heading without the id of a block behind it, which Obsidian does not show.
fn without_block_id<'a>(document: &Document, heading: &'a Heading) -> &'a str {
    let anchors = inside(&document.facts.anchors, heading.content, |anchor| anchor.span);
    let id = anchors.last().filter(|anchor| anchor.id.starts_with('^'));
    id.and_then(|anchor| heading.text.trim_end().strip_suffix(&*anchor.id)).unwrap_or(&heading.text)
}

/// A section that is missing and a heading that nothing knows, or that stands there freely, are one fault, if their texts
/// are nearly the same: but for a label, traditional characters, marks and the like, or a slip of the pen. One beside its
/// place comes before one at another level.
fn meant_besides(document: &Document, differences: &Differences, known: &Meant) -> Meant {
    if differences.missing.iter().all(|missing| missing.like.is_some()) {
        return Meant::new();
    }
    let mut suggestions = Suggestions::default();
    let beside = meant_beside(document, differences, known, &mut suggestions);
    if beside.is_empty() { meant_elsewhere(document, differences, known, &mut suggestions) } else { beside }
}

/// The sections that are missing, with their titles, numbers aside.
fn missing(differences: &Differences) -> impl Iterator<Item = (&Missing, Cow<'_, str>)> {
    let missing = differences.missing.iter().filter(|missing| missing.like.is_none());
    let title = |title: &'_ Title| title.numbered("").filter(|title| title.contains(char::is_alphabetic));
    missing.filter_map(move |missing| {
        let own = &missing.section.title;
        Some((missing, own.literal().map(Cow::Borrowed).or_else(|| title(own).map(Cow::Owned))?))
    })
}

/// A heading, the one it stands below, and its text as such are compared, with its label and without.
type Alone = (usize, Option<usize>, [String; 2]);

fn meant_beside(document: &Document, differences: &Differences, known: &Meant, suggestions: &mut Suggestions) -> Meant {
    let mut meant = Meant::new();
    let headings = &document.facts.headings;
    let text = |heading: usize| headings[heading].text.trim();
    let alone = differences.unexpected.iter().filter(|unexpected| unexpected.twin.is_none());
    let alone = alone.map(|own| (own.heading, own.parent)).chain(differences.free.iter().copied());
    let alone = alone.filter(|(heading, _)| !known.contains_key(heading));
    let alone: Vec<Alone> = alone.map(|(heading, parent)| (heading, parent, forms(&headings[heading]))).collect();
    let mut by_form: HashMap<(Option<usize>, &str), Vec<usize>> = HashMap::new();
    for (heading, parent, forms) in &alone {
        for form in forms {
            by_form.entry((*parent, form)).or_default().push(*heading);
        }
    }
    for (missing, title) in missing(differences) {
        let free = || alone.iter().filter(|(at, parent, _)| *parent == missing.parent && !meant.contains_key(at));
        let form = plain(&title);
        let alike = by_form.get(&(missing.parent, &*form)).into_iter().flatten();
        let same = alike.copied().find(|at| !meant.contains_key(at));
        let near = || {
            let near = suggestions.closest(&title, free().map(|(at, ..)| text(*at)))?;
            free().map(|(at, ..)| *at).find(|&at| text(at) == near)
        };
        if let Some(heading) = same.or_else(near) {
            meant.insert(heading, missing.section.clone());
        }
    }
    meant
}

/// What stands at another level was probably put elsewhere on purpose, unless it is the only such heading.
fn meant_elsewhere(
    document: &Document,
    differences: &Differences,
    known: &Meant,
    suggestions: &mut Suggestions,
) -> Meant {
    let mut meant = Meant::new();
    let headings = &document.facts.headings;
    let title = title_heading(document);
    let held = differences.held.iter().map(|(heading, _)| *heading);
    let taken: HashSet<usize> = held.chain(differences.astray.iter().map(|(heading, _)| *heading)).collect();
    let is_alone = |at: &usize| {
        headings[*at].container == 0 && title != Some(*at) && !known.contains_key(at) && !taken.contains(at)
    };
    let alone: Vec<usize> = (0..headings.len()).filter(is_alone).collect();
    let mut by_form: HashMap<String, BTreeSet<usize>> = HashMap::new();
    for &at in &alone {
        for form in forms(&headings[at]) {
            by_form.entry(form).or_default().insert(at);
        }
    }
    for (missing, title) in missing(differences) {
        let is_free = |at: usize| headings[at].level != missing.level && !meant.contains_key(&at);
        let free = || alone.iter().copied().filter(|&at| is_free(at));
        let mut same = by_form.get(&plain(&title)).into_iter().flatten().copied().filter(|&at| is_free(at));
        let near = |suggestions: &mut Suggestions| {
            let (near, is_slip) = suggestions.near(&title, free().map(|at| headings[at].text.trim()))?;
            free().find(|&at| is_slip && headings[at].text.trim() == near)
        };
        let found = match (same.next(), same.next()) {
            (None, _) => near(suggestions),
            (only, None) => only,
            _ => None,
        };
        if let Some(heading) = found {
            meant.insert(heading, missing.section.clone());
        }
    }
    meant
}

/// The text of a heading as such are compared, with its label and without.
fn forms(heading: &Heading) -> [String; 2] {
    [plain(heading.text.trim()), plain(behind_label(heading))]
}

/// A title as such are compared that are nearly the same.
fn plain(text: &str) -> String {
    spelling(text.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The text of a heading without its label or number.
fn behind_label(heading: &Heading) -> &str {
    heading.label.as_ref().map_or(&*heading.text, |placed| placed.label.behind(&heading.text))
}
