//! A document's sections against an outline: all differences at once, by the cheapest alignment.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter,
    ops::Range,
    sync::Arc,
};

use super::{
    Item, Outline, Section,
    cheapest::{each, in_order},
    levels::Levels,
};
use crate::document::{Document, Heading, title_heading_as};

/// Pairs of a section and a heading that are compared, per outline. A document of so many headings that there would be
/// more is not judged by it.
const MOST_CELLS: usize = 1_000_000;

/// How a document differs from an outline.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// Sections that are not there.
    pub missing: Vec<Missing>,
    /// Headings that the outline has no place for.
    pub unexpected: Vec<Unexpected>,
    /// Headings that `...` has a place for, there or elsewhere, and the heading that each stands below.
    pub free: Vec<(usize, Option<usize>)>,
    /// Headings that stand in another place than the outline's.
    pub misplaced: Vec<Misplaced>,
    /// Headings that stand at another level than the outline's, and that level.
    pub astray: Vec<(usize, u8)>,
    /// Which heading is which section of the outline.
    pub held: Vec<(usize, Arc<Section>)>,
}

/// Headings that are probably meant to be a section, though their titles are others.
pub(super) type Meant = BTreeMap<usize, Arc<Section>>;

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
    /// Whether the sections that belong within it begin where it would.
    pub heads: bool,
}

/// A heading that the outline has no place for.
#[derive(Clone, Debug)]
pub struct Unexpected {
    /// The heading.
    pub heading: usize,
    /// The heading that it stands below.
    pub parent: Option<usize>,
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

/// Compares a document with an outline; `texts` are those of its headings, as [`folded`](crate::document::folded).
/// Headings that are `meant` to be a section take its place, and it is missing. Those `anywhere` may stand anywhere, if
/// the outline does not say where.
pub(super) fn aligned(
    document: &Document,
    texts: &[String],
    outline: &Outline,
    anywhere: &[usize],
    meant: &Meant,
) -> Differences {
    let headings = &document.facts.headings;
    let is_free = |at: usize| anywhere.contains(&at) && !outline.knows(&headings[at], &texts[at]);
    let levels = Levels::new(document, texts, outline);
    let title = title_heading_as(document, |at| levels.own[at]);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); headings.len()];
    let mut top = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, _) in headings.iter().enumerate().filter(|(_, heading)| heading.container == 0) {
        while open.pop_if(|open| levels.own[*open] >= levels.own[at]).is_some() {}
        match open.last() {
            _ if is_free(at) => {}
            Some(&parent) => below[parent].push(at),
            None if title == Some(at) => {}
            None => top.push(at),
        }
        open.push(at);
    }
    let mut aligner = Aligner { document, texts, levels, below, meant, out: Differences::default() };
    let (title, top) = match title {
        Some(title) => (Some(title), aligner.below[title].clone()),
        None if aligner.is_below(outline, &top) => {
            let all = top.iter().flat_map(|&at| iter::once(at).chain(aligner.below[at].iter().copied())).skip(1);
            (top.first().copied(), all.collect())
        }
        None => (None, top),
    };
    aligner.outline(outline, title, &top);
    aligner.out.held.sort_by_key(|(heading, _)| *heading);
    aligner.find_astray();
    let is_in_html =
        |missing: &Missing| missing.section.title.literal().is_some_and(|own| document.has_html_title(own));
    aligner.out.missing.retain(|missing| missing.like.is_some() || !is_in_html(missing));
    aligner.out
}

struct Aligner<'a> {
    document: &'a Document,
    /// The texts of its headings, folded.
    texts: &'a [String],
    levels: Levels,
    /// The headings directly below each heading.
    below: Vec<Vec<usize>>,
    meant: &'a Meant,
    out: Differences,
}

impl Aligner<'_> {
    /// Whether the sections stand below headings of level 1, of which a document has several and none is a section: the first
    /// is the title all the same.
    fn is_below(&self, outline: &Outline, top: &[usize]) -> bool {
        let headings = &self.document.facts.headings;
        let is_known = |at: &usize| self.fits(outline, *at).contains(&true);
        headings.len() <= MOST_CELLS / (outline.items.len() + 1)
            && top.iter().all(|&at| headings[at].level == 1)
            && !top.iter().any(is_known)
            && top.iter().flat_map(|&at| &self.below[at]).any(is_known)
    }

    /// Compares the headings below a parent with an outline.
    fn outline(&mut self, outline: &Outline, parent: Option<usize>, headings: &[usize]) {
        if headings.len() > MOST_CELLS / (outline.items.len() + 1) {
            return;
        }
        let fits: Vec<Vec<bool>> = headings.iter().map(|&heading| self.fits(outline, heading)).collect();
        let (taken, left) = if outline.any_order { each(outline, &fits) } else { in_order(outline, &fits) };
        let mut level = Level::new(outline, headings, fits, taken);
        let (moved, missing) = level.astray();
        let at_level = self.levels.of(outline);
        let missing = missing.into_iter().filter_map(|at| Some((at, outline.items[at].section()?)));
        let missing: Vec<_> =
            missing.map(|(at, section)| (at, section, self.orphans(section, parent, &level, at_level))).collect();
        let is_orphan = |j: usize| missing.iter().any(|(.., orphans)| orphans.contains(&j));
        let mut held = Vec::new();
        for (j, took) in level.taken.iter().enumerate() {
            let section = |at: usize| outline.items[at].section().map(|section| (headings[j], section.clone()));
            match (took, moved[j].clone().or_else(|| level.apart(j))) {
                (_, Some((at, misplaced))) => {
                    self.out.misplaced.push(misplaced);
                    if outline.items[at].section().is_none() {
                        self.out.free.push((headings[j], parent));
                    }
                    held.extend(section(at));
                }
                _ if is_orphan(j) => {}
                (Some(at), None) => {
                    if outline.items[*at].section().is_none() {
                        self.out.free.push((headings[j], parent));
                    }
                    held.extend(section(*at));
                    self.find_off_level(held.last(), at_level);
                }
                (None, None) => {
                    let is_moved_to =
                        |at: usize| moved.iter().position(|own| own.as_ref().is_some_and(|own| own.0 == at));
                    let own = (0..outline.items.len()).find(|&at| level.fits[j][at]);
                    let twin = own.and_then(|at| level.first[at].or_else(|| is_moved_to(at))).map(|j| headings[j]);
                    self.out.unexpected.push(Unexpected { heading: headings[j], parent, twin });
                }
            }
        }
        for (at, section, orphans) in missing {
            let heads = !orphans.is_empty();
            let passed = if heads { orphans.start } else { left[at] };
            let mut missing = self.missing(section, parent, headings, passed, at_level);
            let inner = &headings[orphans];
            let highest = inner.iter().map(|&at| self.document.facts.headings[at].level - 1).min();
            (missing.heads, missing.level) = (heads, highest.map_or(missing.level, |most| most.min(missing.level)));
            self.out.missing.push(missing);
            if let Some(outline) = section.inner.as_ref().filter(|_| heads) {
                self.outline(outline, parent, inner);
            }
        }
        for (heading, section) in &held {
            if self.is_meant(*heading, section) {
                let like = Missing { like: Some(*heading), ..self.missing(section, parent, headings, 0, at_level) };
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
        let fits = |section: &Arc<Section>| section.title.fits(heading, &self.texts[at]) || self.is_meant(at, section);
        outline.items.iter().map(|item| item.section().is_some_and(fits)).collect()
    }

    fn is_meant(&self, heading: usize, section: &Arc<Section>) -> bool {
        self.meant.get(&heading).is_some_and(|own| Arc::ptr_eq(own, section))
    }

    /// The headings that have lost the one they stand below, which is a section that is missing: from the first that is
    /// one of its sections to the last that is as deep, of those that are nothing else here.
    fn orphans(&self, section: &Section, parent: Option<usize>, level: &Level<'_>, above: Option<u8>) -> Range<usize> {
        let Some(inner) = &section.inner else { return 0..0 };
        let headings = &self.document.facts.headings;
        let depth = |j: usize| headings[level.headings[j]].level;
        let above = above.unwrap_or_else(|| parent.map_or(1, |parent| headings[parent].level + 1));
        let is_free = |j: &usize| {
            depth(*j) > above && level.taken[*j].is_none_or(|own| level.outline.items[own].section().is_none())
        };
        let is_inner = |j: &usize| {
            let at = level.headings[*j];
            let is_own =
                |own: &Section| own.title.literal().is_some() && own.title.fits(&headings[at], &self.texts[at]);
            inner.sections().any(|own| is_own(own))
        };
        let all = 0..level.headings.len();
        let Some(first) = all.clone().filter(is_free).find(is_inner) else { return 0..0 };
        let end = (first..all.end).find(|j| !is_free(j) || depth(*j) < depth(first)).unwrap_or(all.end);
        first..end
    }

    /// A heading that can be nothing but its section, and stands at another level than the sections beside it.
    fn find_off_level(&mut self, held: Option<&(usize, Arc<Section>)>, wanted: Option<u8>) {
        let (Some((heading, section)), Some(wanted)) = (held, wanted) else { return };
        if self.document.facts.headings[*heading].level != wanted && self.levels.is_sure(section) {
            self.out.astray.push((*heading, wanted));
        }
    }

    /// A section that is missing and stands somewhere at another level is one fault.
    fn find_astray(&mut self) {
        let (meant, texts) = (self.meant, self.texts);
        let Differences { missing, unexpected, astray, held, .. } = &mut self.out;
        let headings = &self.document.facts.headings;
        let mut taken: BTreeSet<usize> = held.iter().map(|(heading, _)| *heading).collect();
        missing.retain_mut(|missing| {
            if missing.section.title.literal().is_none() || missing.like.is_some() {
                return true;
            }
            let is_other = |(at, heading): &(usize, &Heading)| {
                heading.container == 0 && heading.level != missing.level && !taken.contains(at)
            };
            let others = || headings.iter().enumerate().filter(is_other);
            let is_meant = |at: usize| meant.get(&at).is_some_and(|own| Arc::ptr_eq(own, &missing.section));
            let exact = others().find(|(at, heading)| missing.section.title.fits(heading, &texts[*at]));
            let Some((found, _)) = exact.or_else(|| others().find(|(at, _)| is_meant(*at))) else { return true };
            taken.insert(found);
            unexpected.retain(|unexpected| unexpected.heading != found);
            if exact.is_some() {
                astray.push((found, missing.level));
            } else {
                missing.like = Some(found);
            }
            exact.is_none()
        });
    }

    /// A section that is missing where so many of the headings have passed.
    fn missing(
        &self,
        section: &Arc<Section>,
        parent: Option<usize>,
        siblings: &[usize],
        passed: usize,
        level: Option<u8>,
    ) -> Missing {
        let headings = &self.document.facts.headings;
        let before = passed.checked_sub(1).map(|last| siblings[last]);
        let at = match (siblings.get(passed), before.or(parent)) {
            (Some(&next), _) => self.document.lead(next),
            (None, Some(before)) => self.document.below(before).end,
            (None, None) => u32::MAX,
        };
        let at = at.min(u32::try_from(self.document.source.text.len()).unwrap_or(u32::MAX));
        let above = parent.map_or(0, |parent| headings[parent].level);
        let beside = || siblings.iter().map(|&sibling| headings[sibling].level).filter(|level| *level > above).min();
        let own = level.or_else(beside);
        let level = own.or(parent.map(|parent| headings[parent].level + 1)).unwrap_or(2).min(6);
        Missing { section: section.clone(), parent, after: before.or(parent), at, level, like: None, heads: false }
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
        for (at, section) in self.outline.placed().filter(|(at, _)| !self.taken.contains(&Some(*at))) {
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
