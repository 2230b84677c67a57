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
    /// The profile of a file, made if it is the first of its kind.
    pub(super) fn of(&mut self, job: &Job, path: &CorpusPath) -> usize {
        let applies = job.config.applies(path);
        if let Some(&known) = self.by_layers.get(&applies) {
            return known;
        }
        self.sets.push(job.rules_of(path, &|page| job.selection.wants(page)));
        self.by_layers.insert(applies, self.sets.len() - 1);
        self.sets.len() - 1
    }

    /// The declarative rules of all profiles. No profile may be made once they have been asked for.
    pub(super) fn matched(&self) -> &Matched {
        self.matched.get_or_init(|| Matched::new(&self.sets))
    }

    /// The profile of a file of whose kind one was seen before.
    pub(super) fn known(&self, job: &Job, path: &CorpusPath) -> Option<usize> {
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
