//! What most of a corpus does.

use super::profile::Blank;
use crate::finding::Message;

/// So many places at least show a custom.
const PLACES: usize = 100;
/// So many percent of them at least have to agree.
const PERCENT: usize = 90;

/// How often a blank is set and how often it is not.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub(super) spaced: usize,
    pub(super) joined: usize,
}

impl Count {
    pub(super) fn add(&mut self, is_spaced: bool) {
        *(if is_spaced { &mut self.spaced } else { &mut self.joined }) += 1;
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { spaced: self.spaced + other.spaced, joined: self.joined + other.joined }
    }
}

/// Whether blanks are to be set, and why.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) is_spaced: bool,
    pub(super) why: Option<Message>,
}

impl Verdict {
    /// What is configured, or else what the count shows; `None` where that is not clear.
    pub(super) fn of(blank: Blank, count: Count) -> Option<Self> {
        let all = count.spaced + count.joined;
        let right = count.spaced.max(count.joined);
        let why = || Message::new("majority").with("right", right.to_string()).with("all", all.to_string());
        match blank {
            Blank::Require => Some(Self { is_spaced: true, why: None }),
            Blank::Forbid => Some(Self { is_spaced: false, why: None }),
            Blank::Majority if all >= PLACES && right * 100 >= all * PERCENT => {
                Some(Self { is_spaced: count.spaced > count.joined, why: Some(why()) })
            }
            Blank::Majority => None,
        }
    }
}
