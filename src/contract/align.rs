//! A document's sections against an outline: all differences at once, by the cheapest alignment.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Item, Outline, Section};
use crate::document::{Document, Heading, folded, section_end, title_heading};

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
    /// Headings that stand at another level than the outline's, and that level.
    pub astray: Vec<(usize, u8)>,
    /// Which heading is which section of the outline.
    pub held: Vec<(usize, Arc<Section>)>,
}

/// Headings that are probably meant to be a section, though their titles are others.
pub type Meant = BTreeMap<usize, Arc<Section>>;

/// A section that is not there.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The section.
    pub section: Arc<Section>,
    /// The heading that it belongs below.
    pub parent: Option<usize>,
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

/// Compares a document with an outline. Headings that are `meant` to be a section take its place, and it is missing.
pub fn differences(document: &Document, outline: &Outline, meant: &Meant) -> Differences {
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
    let mut aligner = Aligner { document, below, meant, out: Differences::default() };
    let top = title.map_or(top, |title| aligner.below[title].clone());
    aligner.outline(outline, title, &top);
    aligner.out.held.sort_by_key(|(heading, _)| *heading);
    aligner.find_astray();
    aligner.out
}

struct Aligner<'a> {
    document: &'a Document,
    /// The headings directly below each heading.
    below: Vec<Vec<usize>>,
    meant: &'a Meant,
    out: Differences,
}

impl Aligner<'_> {
    /// Compares the headings below a parent with an outline.
    fn outline(&mut self, outline: &Outline, parent: Option<usize>, headings: &[usize]) {
        let most = MOST_CELLS / (outline.items.len() + 1);
        let headings = &headings[..headings.len().min(most)];
        let fits: Vec<Vec<bool>> = headings.iter().map(|&heading| self.fits(outline, heading)).collect();
        let (taken, left) = if outline.any_order { each(outline, &fits) } else { in_order(outline, &fits) };
        let mut level = Level::new(outline, headings, fits, taken);
        let (moved, missing) = level.astray();
        let mut held = Vec::new();
        for (j, took) in level.taken.iter().enumerate() {
            let section = |at: usize| outline.items[at].section().map(|section| (headings[j], section.clone()));
            match (took, moved[j].clone().or_else(|| level.apart(j))) {
                (_, Some((at, misplaced))) => {
                    self.out.misplaced.push(misplaced);
                    held.extend(section(at));
                }
                (Some(at), None) => held.extend(section(*at)),
                (None, None) => {
                    let twin = (0..outline.items.len()).find(|&at| level.fits[j][at]).and_then(|at| level.first[at]);
                    let twin = twin.map(|j| headings[j]);
                    self.out.unexpected.push(Unexpected { heading: headings[j], twin });
                }
            }
        }
        for at in missing {
            let Some(section) = outline.items[at].section() else { continue };
            let missing = self.missing(section, parent, headings, left[at]);
            self.out.missing.push(missing);
        }
        for (heading, section) in &held {
            if self.is_meant(*heading, section) {
                let like = Missing { like: Some(*heading), ..self.missing(section, parent, headings, 0) };
                self.out.missing.push(like);
            }
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
    fn fits(&self, outline: &Outline, at: usize) -> Vec<bool> {
        let heading = &self.document.facts.headings[at];
        let text = folded(&heading.text);
        let fits = |section: &Arc<Section>| section.title.fits(heading, &text) || self.is_meant(at, section);
        outline.items.iter().map(|item| item.section().is_some_and(fits)).collect()
    }

    fn is_meant(&self, heading: usize, section: &Arc<Section>) -> bool {
        self.meant.get(&heading).is_some_and(|own| Arc::ptr_eq(own, section))
    }

    /// A section that is missing and stands somewhere at another level is one fault.
    fn find_astray(&mut self) {
        let Differences { missing, unexpected, astray, held, .. } = &mut self.out;
        let headings = &self.document.facts.headings;
        let mut taken: BTreeSet<usize> = held.iter().map(|(heading, _)| *heading).collect();
        let texts: Vec<String> = match missing[..] {
            [] => return,
            _ => headings.iter().map(|heading| folded(&heading.text)).collect(),
        };
        missing.retain(|missing| {
            if missing.section.title.literal().is_none() || missing.like.is_some() {
                return true;
            }
            let is_it = |(at, heading): &(usize, &Heading)| {
                heading.container == 0
                    && heading.level != missing.level
                    && !taken.contains(at)
                    && missing.section.title.fits(heading, &texts[*at])
            };
            let Some((found, _)) = headings.iter().enumerate().find(is_it) else { return true };
            taken.insert(found);
            astray.push((found, missing.level));
            unexpected.retain(|unexpected| unexpected.heading != found);
            false
        });
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
        Missing { section: section.clone(), parent, after: before.or(parent), at, level, like: None }
    }
}

/// One level of an outline beside the headings of one parent.
struct Level<'a> {
    outline: &'a Outline,
    headings: &'a [usize],
    /// Which items each heading could be.
    fits: Vec<Vec<bool>>,
    /// Which item each heading is.
    taken: Vec<Option<usize>>,
    /// The first and the last heading that is an item.
    first: Vec<Option<usize>>,
    last: Vec<Option<usize>>,
}

impl<'a> Level<'a> {
    fn new(outline: &'a Outline, headings: &'a [usize], fits: Vec<Vec<bool>>, taken: Vec<Option<usize>>) -> Self {
        let (first, last) = (vec![None; outline.items.len()], vec![None; outline.items.len()]);
        Self { outline, headings, fits, taken, first, last }
    }

    /// Takes a heading for an item that others are compared with.
    fn put(&mut self, item: usize, j: usize) {
        self.first[item] = Some(self.first[item].map_or(j, |own| own.min(j)));
        self.last[item] = Some(self.last[item].map_or(j, |own| own.max(j)));
    }

    /// The last heading that is an item before this one.
    fn before(&self, item: usize) -> Option<usize> {
        self.last[..item].iter().flatten().max().map(|&j| self.headings[j])
    }

    /// The first heading that is an item behind this one.
    fn behind(&self, item: usize) -> Option<usize> {
        self.first[item + 1..].iter().flatten().min().map(|&j| self.headings[j])
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

    /// For each heading the section that it is in another place, and the sections that are nowhere.
    fn astray(&mut self) -> (Vec<Option<(usize, Misplaced)>>, Vec<usize>) {
        let mut astray: Vec<Option<usize>> = vec![None; self.headings.len()];
        let mut missing = Vec::new();
        for (at, section) in sections(self.outline).filter(|(at, _)| !self.taken.contains(&Some(*at))) {
            let is_free = |j: usize| self.taken[j].is_none_or(|own| self.outline.items[own].section().is_none());
            match (0..self.headings.len()).find(|&j| self.fits[j][at] && astray[j].is_none() && is_free(j)) {
                Some(j) => astray[j] = Some(at),
                None if !section.optional => missing.push(at),
                None => {}
            }
        }
        for j in (0..self.headings.len()).filter(|&j| astray[j].is_none()) {
            if let Some(at) = self.taken[j] {
                self.put(at, j);
            }
        }
        let mut moved = vec![None; self.headings.len()];
        for (j, at) in astray.into_iter().enumerate().filter_map(|(j, at)| Some((j, at?))) {
            moved[j] = self.misplaced(at, j).map(|misplaced| (at, misplaced));
            // Where only such headings are left, the others are compared with the first of them.
            if moved[j].is_none() {
                self.put(at, j);
            }
        }
        (moved, missing)
    }

    /// Of a kind that may stand in a row, one that stands apart from it; of any other title, one that stands apart from
    /// the free sections.
    fn apart(&self, j: usize) -> Option<(usize, Misplaced)> {
        let is_known = self.fits[j].contains(&true);
        let is_own = |(at, item): &(usize, &Item)| match item.section() {
            Some(section) => section.repeated && self.fits[j][*at],
            None => !is_known,
        };
        let items = || self.outline.items.iter().enumerate().filter(is_own).filter(|_| self.taken[j].is_none());
        items().find_map(|(at, _)| Some((at, self.misplaced(at, j)?)))
    }
}

fn sections(outline: &Outline) -> impl Iterator<Item = (usize, &Arc<Section>)> {
    outline.items.iter().enumerate().filter_map(|(at, item)| Some((at, item.section()?)))
}

/// Which item each heading is; and for each item, how many headings have passed where it was left behind.
type Alignment = (Vec<Option<usize>>, Vec<usize>);

/// Each heading by itself, where the order does not matter.
fn each(outline: &Outline, fits: &[Vec<bool>]) -> Alignment {
    let free = outline.items.iter().position(|item| item.section().is_none());
    let mut used = vec![false; outline.items.len()];
    let mut own = |fits: &Vec<bool>| {
        let at = sections(outline).find(|(at, section)| fits[*at] && (section.repeated || !used[*at]))?.0;
        used[at] = true;
        Some(at)
    };
    // A section that stands twice is no free one.
    let taken = fits.iter().map(|fits| own(fits).or(free.filter(|_| !fits.contains(&true)))).collect();
    (taken, vec![fits.len(); outline.items.len()])
}

/// What a difference costs: a section that is missing, a heading that nothing knows.
const DIFFERS: u32 = 1000;
/// What a section costs that is missing here and stands elsewhere: that is one difference, and not two.
const MOVED: u32 = 900;
/// Better a section that is known than a free one.
const FREE: u32 = 1;

/// The cheapest alignment in order, by dynamic programming from the end: `cost[open][item][heading]` is the least cost of
/// what is left, where `open` says whether the item has been found and, if it may repeat, goes on.
fn in_order(outline: &Outline, fits: &[Vec<bool>]) -> Alignment {
    let (items, headings) = (outline.items.len(), fits.len());
    let width = headings + 1;
    let lack = |at: usize| if fits.iter().any(|fits| fits[at]) { MOVED } else { DIFFERS };
    let lacks: Vec<u32> = (0..items).map(lack).collect();
    let mut cost = [vec![0u32; (items + 1) * width], vec![0u32; (items + 1) * width]];
    for item in (0..=items).rev() {
        for heading in (0..=headings).rev() {
            for open in [true, false] {
                if let Some((least, ..)) =
                    steps(outline, (fits, &lacks), &cost, (item, heading, open)).into_iter().flatten().min()
                {
                    cost[usize::from(open)][item * width + heading] = least;
                }
            }
        }
    }
    let mut taken = Vec::with_capacity(headings);
    let mut left = vec![headings; items];
    let mut state = (0, 0, false);
    while let Some((_, _, next, took)) = steps(outline, (fits, &lacks), &cost, state).into_iter().flatten().min() {
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
type Step = (u32, u8, State, Option<Option<usize>>);

/// The steps from a state; none from the last. Beside what fits stands what each section costs that is left behind.
fn steps(
    outline: &Outline,
    (fits, lacks): (&[Vec<bool>], &[u32]),
    cost: &[Vec<u32>; 2],
    state: State,
) -> [Option<Step>; 3] {
    let (item, heading, open) = state;
    let (items, headings) = (outline.items.len(), fits.len());
    let rest = |(item, heading, open): State| cost[usize::from(open)][item * (headings + 1) + heading];
    let step =
        |own: u32, rank: u8, next: State, took: Option<Option<usize>>| Some((own + rest(next), rank, next, took));
    let section = outline.items.get(item).map(Item::section);
    // A match costs nothing; leaving an item behind costs where it was required; a heading that nothing knows costs.
    let may_match =
        heading < headings && section.flatten().is_some_and(|own| fits[heading][item] && (!open || own.repeated));
    let matched = may_match.then(|| step(0, 0, (item, heading + 1, true), Some(Some(item)))).flatten();
    let is_free = matches!(section, Some(None));
    let required = section.flatten().is_some_and(|own| !own.optional) && !open;
    let lack = if required { lacks[item] } else { 0 };
    let left = (item < items).then(|| step(lack, 1, (item + 1, heading, false), None)).flatten();
    let (price, took) = if is_free { (FREE, Some(item)) } else { (DIFFERS, None) };
    let passed = (heading < headings).then(|| step(price, 2, (item, heading + 1, open), Some(took))).flatten();
    [matched, left, passed]
}
