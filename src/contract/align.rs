//! A document's sections against an outline: all differences at once, by the cheapest alignment.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    iter,
    ops::Range,
    sync::Arc,
};

use super::{
    Outline, Section,
    beside::{Level, Misplaced},
    cheapest::{each, in_order},
    levels::Levels,
};
use crate::{
    document::{Document, title_heading_as},
    order,
};

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
    order::by_key(&mut aligner.out.held, |(heading, _)| *heading);
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
        if missing.is_empty() {
            return;
        }
        // Those that are free, in order: by what they say, and by the section that they are probably meant to be.
        let held: HashSet<usize> = held.iter().map(|(heading, _)| *heading).collect();
        let is_free = |at: &usize| headings[*at].container == 0 && !held.contains(at);
        let mut by_text: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        let mut by_section: HashMap<*const Section, BTreeSet<usize>> = HashMap::new();
        for at in (0..headings.len()).filter(is_free) {
            by_text.entry(&texts[at]).or_default().insert(at);
            if let Some(section) = meant.get(&at) {
                by_section.entry(Arc::as_ptr(section)).or_default().insert(at);
            }
        }
        let mut taken = HashSet::new();
        missing.retain_mut(|missing| {
            let Some(titles) = missing.section.title.texts().filter(|_| missing.like.is_none()) else { return true };
            let first =
                |all: Option<&BTreeSet<usize>>| all?.iter().copied().find(|&at| headings[at].level != missing.level);
            let exact = titles.iter().filter_map(|title| first(by_text.get(title))).min();
            let section = Arc::as_ptr(&missing.section);
            let Some(found) = exact.or_else(|| first(by_section.get(&section))) else { return true };
            taken.insert(found);
            by_text.entry(&texts[found]).or_default().remove(&found);
            if let Some(section) = meant.get(&found) {
                by_section.entry(Arc::as_ptr(section)).or_default().remove(&found);
            }
            if exact.is_some() {
                astray.push((found, missing.level));
            } else {
                missing.like = Some(found);
            }
            exact.is_none()
        });
        unexpected.retain(|unexpected| !taken.contains(&unexpected.heading));
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
