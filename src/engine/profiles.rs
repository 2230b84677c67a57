//! Which rules apply to which file.

use std::{collections::HashMap, sync::OnceLock};

use super::{Job, matched::Matched};
use crate::{rule::RuleSet, source::CorpusPath};

/// The distinct rule sets of a run. Files to which the same layers of configuration apply share one.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    by_layers: HashMap<Vec<bool>, usize>,
    sets: Vec<RuleSet>,
    /// The declarative rules of all sets; made when a document first asks.
    matched: OnceLock<Matched>,
}

impl Profiles {
    /// The profiles of some files; one at least, even of no files.
    pub(super) fn new<'p>(job: &Job, paths: impl Iterator<Item = &'p CorpusPath>) -> Self {
        let mut out = Self::default();
        paths.for_each(|path| out.add(job, path));
        if out.sets.is_empty() {
            out.add(job, &CorpusPath::default());
        }
        out
    }

    fn add(&mut self, job: &Job, path: &CorpusPath) {
        let next = self.sets.len();
        if *self.by_layers.entry(job.config.applies(path)).or_insert(next) == next {
            self.sets.push(job.rules_of(path, &|page| job.selection.wants(page)));
        }
    }

    /// The declarative rules of all profiles.
    pub(super) fn matched(&self) -> &Matched {
        self.matched.get_or_init(|| Matched::new(&self.sets))
    }

    /// The profile of a file; `None` where there was none of its kind.
    pub(super) fn of(&self, job: &Job, path: &CorpusPath) -> Option<usize> {
        self.by_layers.get(&job.config.applies(path)).copied()
    }

    /// The rules of a profile.
    pub(super) fn set(&self, profile: usize) -> &RuleSet {
        &self.sets[profile]
    }

    /// All profiles.
    pub(super) fn sets(&self) -> &[RuleSet] {
        &self.sets
    }
}
