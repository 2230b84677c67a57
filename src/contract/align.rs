//! A document's sections against an outline: all differences at once, by the cheapest alignment.

use std::sync::Arc;

use super::{Item, Outline, Section};
use crate::document::{Document, folded, section_end, title_heading};

/// Pairs of a section and a heading that are compared, per outline. What stands behind them in a document of very many
/// headings is not judged.
const MOST_CELLS: usize = 1_000_000;

/// How a document differs from an outline.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// Sections that are not there.
    pub missing: Vec<Missing>,
    /// Headings that the outline has no place for.
    pub unexpected: Vec<Unexpected>,
    /// Headings that stand in another place than the outline's.
    pub misplaced: Vec<Misplaced>,
    /// Which heading is which section of the outline.
    pub held: Vec<(usize, Arc<Section>)>,
}

/// A section that is not there.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The section.
    pub section: Arc<Section>,
    /// The heading it would follow, or stand below; `None` at the start of a document without title.
    pub after: Option<usize>,
    /// Where it would begin, in bytes.
    pub at: u32,
    /// The level of its heading.
    pub level: u8,
    /// The heading that is probably meant to be it.
    pub like: Option<usize>,
}

/// A heading that the outline has no place for.
#[derive(Clone, Debug)]
pub struct Unexpected {
    /// The heading.
    pub heading: usize,
    /// The heading that is this section already, where it may stand only once.
    pub twin: Option<usize>,
}

/// A heading in another place than the outline's.
#[derive(Clone, Debug)]
pub struct Misplaced {
    /// The heading.
    pub heading: usize,
    /// A heading that it stands on the wrong side of.
    pub other: usize,
    /// Whether it has to come before that one, or else behind it.
    pub before: bool,
}

/// Compares a document with an outline.
pub fn differences(document: &Document, outline: &Outline) -> Differences {
    let title = title_heading(document);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); document.facts.headings.len()];
    let mut top = Vec::new();
    for (at, heading) in document.facts.headings.iter().enumerate().filter(|(_, heading)| heading.container == 0) {
        match heading.parent {
            Some(parent) => below[parent].push(at),
            None if title == Some(at) => {}
            None => top.push(at),
        }
    }
    let mut aligner = Aligner { document, below, out: Differences::default() };
    let top = title.map_or(top, |title| aligner.below[title].clone());
    aligner.outline(outline, title, &top);
    aligner.out.held.sort_by_key(|(heading, _)| *heading);
    aligner.out
}

struct Aligner<'a> {
    document: &'a Document,
    /// The headings directly below each heading.
    below: Vec<Vec<usize>>,
    out: Differences,
}

impl Aligner<'_> {
    /// Compares the headings below a parent with an outline.
    fn outline(&mut self, outline: &Outline, parent: Option<usize>, headings: &[usize]) {
        let most = MOST_CELLS / (outline.items.len() + 1);
        let headings = &headings[..headings.len().min(most)];
        let fits: Vec<Vec<bool>> = headings.iter().map(|&heading| self.fits(outline, heading)).collect();
        let (taken, left) = if outline.any_order { each(outline, &fits) } else { in_order(outline, &fits) };
        let level = Level::new(outline, headings, fits, taken);
        let (moved, missing) = level.moved();
        let mut held = Vec::new();
        for (j, took) in level.taken.iter().enumerate() {
            let section = |at: usize| outline.items[at].section().map(|section| (headings[j], section.clone()));
            let own = moved[j].clone().or_else(|| level.apart(j));
            match (took, own) {
                (_, Some((at, misplaced))) => {
                    self.out.misplaced.push(misplaced);
                    held.extend(section(at));
                }
                (Took::Item(at), None) => held.extend(section(*at)),
                (Took::Nothing, None) => {
                    let twin = (0..outline.items.len()).find(|&at| level.fits[j][at]).and_then(|at| level.first[at]);
                    let twin = twin.map(|j| headings[j]);
                    self.out.unexpected.push(Unexpected { heading: headings[j], twin });
                }
                (Took::Free, None) => {}
            }
        }
        for at in missing {
            let Some(section) = outline.items[at].section() else { continue };
            let missing = self.missing(section, parent, headings, left[at]);
            self.out.missing.push(missing);
        }
        for (heading, section) in &held {
            if let Some(inner) = &section.inner {
                let below = std::mem::take(&mut self.below[*heading]);
                self.outline(inner, Some(*heading), &below);
            }
        }
        self.out.held.append(&mut held);
    }

    /// Which items of an outline a heading could be.
    fn fits(&self, outline: &Outline, heading: usize) -> Vec<bool> {
        let heading = &self.document.facts.headings[heading];
        let text = folded(&heading.text);
        outline
            .items
            .iter()
            .map(|item| item.section().is_some_and(|section| section.title.fits(heading, &text)))
            .collect()
    }

    /// A section that is missing where so many of the headings have passed.
    fn missing(&self, section: &Arc<Section>, parent: Option<usize>, siblings: &[usize], passed: usize) -> Missing {
        let headings = &self.document.facts.headings;
        let before = passed.checked_sub(1).map(|last| siblings[last]);
        let at = match (siblings.get(passed), before.or(parent)) {
            (Some(&next), _) => headings[next].span.start,
            (None, Some(before)) => section_end(self.document, before).end,
            (None, None) => u32::MAX,
        };
        let at = at.min(u32::try_from(self.document.source.text.len()).unwrap_or(u32::MAX));
        let own = siblings.first().map(|&sibling| headings[sibling].level);
        let level = own.or(parent.map(|parent| headings[parent].level + 1)).unwrap_or(2).min(6);
        Missing { section: section.clone(), after: before.or(parent), at, level, like: None }
    }
}

/// One level of an outline beside the headings of one parent.
struct Level<'a> {
    outline: &'a Outline,
    headings: &'a [usize],
    /// Which items each heading could be.
    fits: Vec<Vec<bool>>,
    /// What each heading is.
    taken: Vec<Took>,
    /// The first and the last heading that is an item.
    first: Vec<Option<usize>>,
    last: Vec<Option<usize>>,
}

impl<'a> Level<'a> {
    fn new(outline: &'a Outline, headings: &'a [usize], fits: Vec<Vec<bool>>, taken: Vec<Took>) -> Self {
        let (mut first, mut last) = (vec![None; outline.items.len()], vec![None; outline.items.len()]);
        for (j, took) in taken.iter().enumerate() {
            if let Took::Item(item) = took {
                first[*item] = first[*item].or(Some(j));
                last[*item] = Some(j);
            }
        }
        Self { outline, headings, fits, taken, first, last }
    }

    /// The last heading that is an item before this one.
    fn before(&self, item: usize) -> Option<usize> {
        self.last[..item].iter().rev().find_map(|j| *j).map(|j| self.headings[j])
    }

    /// The first heading that is an item behind this one.
    fn behind(&self, item: usize) -> Option<usize> {
        self.first[item + 1..].iter().find_map(|j| *j).map(|j| self.headings[j])
    }

    /// A heading as a misplaced item, if it stands on the wrong side of one that is in place.
    fn misplaced(&self, item: usize, j: usize) -> Option<Misplaced> {
        let heading = self.headings[j];
        if let Some(other) = self.before(item).filter(|&other| other > heading) {
            return Some(Misplaced { heading, other, before: false });
        }
        let other = self.behind(item).filter(|&other| other < heading)?;
        Some(Misplaced { heading, other, before: true })
    }

    /// For each heading the item that it is in another place, and the items that are nowhere.
    fn moved(&self) -> (Vec<Option<(usize, Misplaced)>>, Vec<usize>) {
        let mut moved: Vec<Option<(usize, Misplaced)>> = vec![None; self.headings.len()];
        let mut missing = Vec::new();
        for (at, section) in sections(self.outline).filter(|(at, _)| self.first[*at].is_none()) {
            let own = |j: usize| self.fits[j][at] && moved[j].is_none() && !matches!(self.taken[j], Took::Item(_));
            let found = (0..self.headings.len()).filter(|&j| own(j)).find_map(|j| Some((j, self.misplaced(at, j)?)));
            match found {
                Some((j, misplaced)) => moved[j] = Some((at, misplaced)),
                None if !section.optional => missing.push(at),
                None => {}
            }
        }
        (moved, missing)
    }

    /// Of a kind that may stand in a row, one that stands apart from it.
    fn apart(&self, j: usize) -> Option<(usize, Misplaced)> {
        let (at, _) = sections(self.outline).find(|(at, section)| section.repeated && self.fits[j][*at])?;
        (self.taken[j] == Took::Nothing).then(|| self.misplaced(at, j)).flatten().map(|misplaced| (at, misplaced))
    }
}

fn sections(outline: &Outline) -> impl Iterator<Item = (usize, &Arc<Section>)> {
    outline.items.iter().enumerate().filter_map(|(at, item)| Some((at, item.section()?)))
}

/// What a heading is in an alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Took {
    /// The item of the outline.
    Item(usize),
    /// One of the sections that are free.
    Free,
    /// Nothing the outline knows.
    Nothing,
}

/// What each heading is; and for each item, how many headings have passed where it was left behind.
type Alignment = (Vec<Took>, Vec<usize>);

/// Each heading by itself, where the order does not matter.
fn each(outline: &Outline, fits: &[Vec<bool>]) -> Alignment {
    let free = outline.items.iter().any(|item| matches!(item, Item::Free));
    let mut used = vec![false; outline.items.len()];
    let mut own = |fits: &Vec<bool>| {
        let at = sections(outline).find(|(at, section)| fits[*at] && (section.repeated || !used[*at]))?.0;
        used[at] = true;
        Some(Took::Item(at))
    };
    // A section that stands twice is no free one.
    let other = |fits: &Vec<bool>| if free && !fits.contains(&true) { Took::Free } else { Took::Nothing };
    let taken = fits.iter().map(|fits| own(fits).unwrap_or_else(|| other(fits))).collect();
    (taken, vec![fits.len(); outline.items.len()])
}

/// What a difference costs: a section that is missing, a heading that nothing knows.
const DIFFERS: u32 = 1000;
/// Better a section that is known than a free one.
const FREE: u32 = 1;

/// The cheapest alignment in order, by dynamic programming from the end: `cost[open][item][heading]` is the least cost of
/// what is left, where `open` says whether the item has been found and, if it may repeat, goes on.
fn in_order(outline: &Outline, fits: &[Vec<bool>]) -> Alignment {
    let (items, headings) = (outline.items.len(), fits.len());
    let width = headings + 1;
    let mut cost = [vec![0u32; (items + 1) * width], vec![0u32; (items + 1) * width]];
    for item in (0..=items).rev() {
        for heading in (0..=headings).rev() {
            for open in [true, false] {
                if let Some((least, ..)) =
                    steps(outline, fits, &cost, (item, heading, open)).into_iter().flatten().min()
                {
                    cost[usize::from(open)][item * width + heading] = least;
                }
            }
        }
    }
    let mut taken = Vec::with_capacity(headings);
    let mut left = vec![headings; items];
    let mut state = (0, 0, false);
    while let Some((_, _, next, took)) = steps(outline, fits, &cost, state).into_iter().flatten().min() {
        if next.0 > state.0 {
            left[state.0] = state.1;
        }
        taken.extend(took);
        state = next;
    }
    (taken, left)
}

type State = (usize, usize, bool);
/// Cost, rank among equals, the state it leads to, and what the heading it passes is.
type Step = (u32, u8, State, Option<Took>);

/// The steps from a state; none from the last.
fn steps(outline: &Outline, fits: &[Vec<bool>], cost: &[Vec<u32>; 2], state: State) -> [Option<Step>; 3] {
    let (item, heading, open) = state;
    let (items, headings) = (outline.items.len(), fits.len());
    let rest = |(item, heading, open): State| cost[usize::from(open)][item * (headings + 1) + heading];
    let step = |own: u32, rank: u8, next: State, took: Option<Took>| Some((own + rest(next), rank, next, took));
    let section = outline.items.get(item).map(Item::section);
    // A match costs nothing; leaving an item behind costs where it was required; a heading that nothing knows costs.
    let may_match =
        heading < headings && section.flatten().is_some_and(|own| fits[heading][item] && (!open || own.repeated));
    let matched = may_match.then(|| step(0, 0, (item, heading + 1, true), Some(Took::Item(item)))).flatten();
    let is_free = matches!(section, Some(None));
    let required = section.flatten().is_some_and(|own| !own.optional) && !open;
    let left =
        (item < items).then(|| step(if required { DIFFERS } else { 0 }, 1, (item + 1, heading, false), None)).flatten();
    let (price, took) = if is_free { (FREE, Took::Free) } else { (DIFFERS, Took::Nothing) };
    let passed = (heading < headings).then(|| step(price, 2, (item, heading + 1, open), Some(took))).flatten();
    [matched, left, passed]
}
