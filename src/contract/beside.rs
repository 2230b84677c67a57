//! One level of an outline beside the headings of one parent.

use super::{Item, Outline};

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

/// One level of an outline beside the headings of one parent.
pub(super) struct Level<'a> {
    pub(super) outline: &'a Outline,
    pub(super) headings: &'a [usize],
    /// Which items each heading could be.
    pub(super) fits: Vec<Vec<bool>>,
    /// Which item each heading is.
    pub(super) taken: Vec<Option<usize>>,
    /// The first and the last heading that is an item.
    pub(super) first: Vec<Option<usize>>,
    last: Vec<Option<usize>>,
}

impl<'a> Level<'a> {
    pub(super) fn new(
        outline: &'a Outline,
        headings: &'a [usize],
        fits: Vec<Vec<bool>>,
        taken: Vec<Option<usize>>,
    ) -> Self {
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
    pub(super) fn astray(&mut self) -> (Vec<Option<(usize, Misplaced)>>, Vec<usize>) {
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
    pub(super) fn apart(&self, j: usize) -> Option<(usize, Misplaced)> {
        let is_known = self.fits[j].contains(&true);
        let is_own = |(at, item): &(usize, &Item)| match item.section() {
            Some(section) => section.repeated && self.fits[j][*at],
            None => !is_known,
        };
        let items = || self.outline.items.iter().enumerate().filter(is_own).filter(|_| self.taken[j].is_none());
        items().find_map(|(at, _)| Some((at, self.misplaced(at, j)?)))
    }
}
