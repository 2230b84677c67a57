//! Which sections documents have.

use std::collections::BTreeSet;

use super::{DraftSection, FEWEST, MOST, is_enough, tally};
use crate::{
    corpus::Corpus,
    document::{Document, Heading, folded, title_heading},
};

/// A section as documents are compared by it.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// Its title, the numbers of its label as `{n}`.
    title: String,
    /// Its label alone, and any text: what it is where the titles differ.
    kind: Option<String>,
}

impl Key {
    /// Its title, as titles are compared.
    pub(super) fn folded(&self) -> String {
        folded(&self.title)
    }

    /// Whether one of some titles of sections, as titles are compared, is its own or that of its kind.
    pub(super) fn is_among(&self, titles: &BTreeSet<String>) -> bool {
        let kind = self.kind.as_ref().is_some_and(|kind| titles.contains(&folded(kind)));
        kind || titles.contains(&self.folded())
    }

    /// Whether it is a section of a contract.
    pub(super) fn is(&self, section: &DraftSection) -> bool {
        let name = if section.repeated { self.kind.as_ref() } else { Some(&self.title) };
        name.is_some_and(|name| folded(name) == folded(&section.written))
    }
}

/// The sections below the title of a document, in order.
pub(super) fn keys(document: &Document) -> Vec<Key> {
    below(document, title_heading(document)).take(MOST).filter_map(|at| key(&document.facts.headings[at])).collect()
}

/// The headings right below one, or those that are below none.
fn below(document: &Document, outer: Option<usize>) -> impl Iterator<Item = usize> {
    let headings = document.facts.headings.iter().enumerate();
    headings.filter(move |(_, heading)| heading.container == 0 && heading.parent == outer).map(|(at, _)| at)
}

/// What enough of some documents have within a section of theirs, where it stands in one order.
pub(super) fn within(corpus: &Corpus, documents: &[usize], section: &DraftSection) -> Vec<DraftSection> {
    let outline = |&at: &usize| {
        let document = &corpus.documents[at];
        let keys_below = |outer| {
            below(document, outer).take(MOST).filter_map(move |at| Some((at, key(&document.facts.headings[at])?)))
        };
        let (own, _) = keys_below(title_heading(document)).find(|(_, key)| key.is(section))?;
        Some(keys_below(Some(own)).map(|(_, key)| key).collect::<Vec<Key>>())
    };
    let outlines: Vec<Vec<Key>> = documents.iter().filter_map(outline).collect();
    let outlines: Vec<&[Key]> = outlines.iter().map(Vec::as_slice).collect();
    let (inner, ordered, _) = common(&outlines);
    if ordered { inner } else { Vec::new() }
}

fn key(heading: &Heading) -> Option<Key> {
    let text = heading.text.trim();
    // A brace would be a hole.
    if text.is_empty() || text.contains(['{', '}']) {
        return None;
    }
    let label = heading.numbering().map(|placed| &placed.label).filter(|label| text.starts_with(&label.text));
    let Some(label) = label else { return Some(Key { title: text.to_owned(), kind: None }) };
    let holes = vec!["{n}".to_owned(); label.numbers.len()];
    let template = label.with_numbers(&holes);
    let behind = label.behind(text);
    let blank = if behind.starts_with(char::is_whitespace) { " " } else { "" };
    let title = format!("{template}{blank}{}", behind.trim());
    Some(Key { title, kind: Some(format!("{template}{blank}{{any}}")) })
}

/// What enough outlines have, in order; whether the order is always the same; and what more than half have, but not
/// enough, with how many.
pub(super) fn common(outlines: &[&[Key]]) -> (Vec<DraftSection>, bool, Vec<(String, usize)>) {
    let all = outlines.len();
    let titles = count(outlines, |key| Some(folded(&key.title)));
    let has_own = |key: &Key| titles.get(&folded(&key.title)).is_some_and(|&count| is_enough(count, all));
    let kinds = count(outlines, |key| key.kind.clone().filter(|_| !has_own(key)));
    let name = |key: &Key| if has_own(key) { Some(folded(&key.title)) } else { key.kind.clone() };
    let is_common =
        |name: &str| titles.get(name).or_else(|| kinds.get(name)).is_some_and(|&count| is_enough(count, all));
    let orders: Vec<Vec<String>> =
        outlines.iter().map(|keys| order(keys.iter().filter_map(name).filter(|n| is_common(n)))).collect();
    let names: BTreeSet<&String> = orders.iter().flatten().collect();
    let mut names: Vec<&String> = names.into_iter().collect();
    let rank = |name: &String| {
        let places = orders.iter().filter_map(|order| order.iter().position(|own| own == name));
        let (sum, count) = places.fold((0, 0), |(sum, count), at| (sum + at, count + 1));
        sum * 1000 / count.max(1)
    };
    names.sort_by_cached_key(|name| rank(name));
    let place = |name: &String| names.iter().position(|own| *own == name);
    let is_in_order = |order: &&Vec<String>| order.iter().map(place).is_sorted();
    let ordered = orders.iter().filter(is_in_order).count() * 10 >= all * 9;
    // As most documents write it.
    let spelled = |name: &str| {
        let spellings = outlines.iter().flat_map(|keys| keys.iter()).filter(|key| folded(&key.title) == name);
        tally(spellings.map(|key| key.title.clone()))
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map(|(title, _)| title)
    };
    let draft = |written: String, repeated| DraftSection { written, documents: all, repeated, inner: Vec::new() };
    let section = |name: &&String| match kinds.get(*name).filter(|_| !titles.contains_key(*name)) {
        Some(_) => draft((*name).clone(), true),
        None => draft(spelled(name).unwrap_or_default(), false),
    };
    let almost = titles.iter().filter(|(_, count)| !is_enough(**count, all) && **count * 2 > all && **count >= 10);
    let almost = almost.filter_map(|(name, count)| Some((spelled(name)?, *count))).collect();
    (names.iter().map(section).collect(), ordered, almost)
}

/// Groups of documents that have a title in common that the others do not have, the largest first.
pub(super) fn groups(documents: &[usize], of: impl Fn(usize) -> Vec<String>) -> Vec<Vec<usize>> {
    let mut left: Vec<(usize, Vec<String>)> = documents.iter().map(|&at| (at, of(at))).collect();
    let mut out = Vec::new();
    while left.len() >= FEWEST {
        let counts = tally(left.iter().flat_map(|(_, titles)| titles.iter().cloned().collect::<BTreeSet<_>>()));
        let most = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count >= FEWEST);
        let Some((title, _)) = most else { break };
        let (group, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|(_, titles)| titles.contains(&title));
        out.push(group.into_iter().map(|(at, _)| at).collect());
        left = rest;
    }
    out
}

/// In how many outlines each name stands.
fn count(outlines: &[&[Key]], name: impl Fn(&Key) -> Option<String>) -> std::collections::BTreeMap<String, usize> {
    tally(outlines.iter().flat_map(|keys| keys.iter().filter_map(&name).collect::<BTreeSet<_>>()))
}

/// Names in the order in which they first stand.
fn order(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}
