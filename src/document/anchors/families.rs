//! Which anchors of a document may get in each other's way when they are made unique.

use super::Anchored;
use crate::source::hash::{HashMap, HashMapExt};

/// Anchors as they are before they are made unique.
#[derive(Debug)]
pub(crate) struct Families {
    /// One for each heading, in order.
    pub(crate) bases: Vec<Anchored>,
    by_stem: HashMap<String, Vec<usize>>,
    counts: HashMap<String, usize>,
}

impl Families {
    pub(super) fn new(bases: Vec<Anchored>) -> Self {
        let (mut by_stem, mut counts) = (HashMap::<_, Vec<usize>>::new(), HashMap::new());
        for (index, Anchored { base, .. }) in bases.iter().enumerate() {
            by_stem.entry(stem(base).to_owned()).or_default().push(index);
            *counts.entry(base.clone()).or_default() += 1;
        }
        Self { bases, by_stem, counts }
    }

    /// The headings, in order, whose anchors have a stem.
    pub(crate) fn of(&self, stem: &str) -> &[usize] {
        self.by_stem.get(stem).map_or(&[], Vec::as_slice)
    }

    /// How many headings have an anchor before it is made unique.
    pub(crate) fn count(&self, base: &str) -> usize {
        self.counts.get(base).copied().unwrap_or(0)
    }
}

/// An anchor without the numbers at its end. Only anchors of one stem can be the same once they are made unique, since all
/// that is done for it is to put a number behind one or to count it on.
pub(crate) fn stem(anchor: &str) -> &str {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut stem = anchor;
    while let Some((front, end)) = stem.rsplit_once(['-', '_'])
        && is_number(end)
    {
        stem = front;
    }
    stem
}
