//! Which mentions of numbers that change follow, where others have to stay.

use std::collections::{HashMap, HashSet};

use crate::{finding::Edit, source::Location};

/// The mentions of a number that changes.
pub(super) struct Spoken {
    /// The number as it is, and as it will be.
    pub(super) now: Vec<u64>,
    pub(super) then: Vec<u64>,
    pub(super) follow: Vec<Edit>,
    pub(super) left: Vec<Location>,
}

/// The mentions that follow, and those that stay: also each that would take a number which one that stays still says.
pub(super) fn apart(spoken: Vec<Spoken>) -> (Vec<Edit>, Vec<Location>) {
    let mut by_target: HashMap<&[u64], Vec<usize>> = HashMap::new();
    for (at, own) in spoken.iter().enumerate().filter(|(_, own)| !own.follow.is_empty()) {
        by_target.entry(&own.then).or_default().push(at);
    }
    let mut said: Vec<&[u64]> = spoken.iter().filter(|own| !own.left.is_empty()).map(|own| &*own.now).collect();
    let mut staying = HashSet::new();
    while let Some(number) = said.pop() {
        for at in by_target.remove(number).into_iter().flatten() {
            said.push(&spoken[at].now);
            staying.insert(at);
        }
    }
    let (mut edits, mut left) = (Vec::new(), Vec::new());
    for (at, own) in spoken.into_iter().enumerate() {
        left.extend(own.left);
        if staying.contains(&at) {
            left.extend(own.follow.iter().map(|edit| edit.at));
        } else {
            edits.extend(own.follow);
        }
    }
    (edits, left)
}
