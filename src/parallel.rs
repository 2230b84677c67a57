//! Work that is shared among all threads. It goes through one loop, so that the program holds that once.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

/// No bound on how many things a thread takes at once.
pub(crate) const ANY: usize = usize::MAX;

/// What is made of each of some things, in their order. A thread takes at most so many of them at once.
pub(crate) fn map<'a, T: Sync, R: Send>(things: &'a [T], most: usize, make: impl Fn(&'a T) -> R + Sync) -> Vec<R> {
    let made: Vec<Mutex<Option<R>>> = things.iter().map(|_| Mutex::default()).collect();
    each(things.len(), most, &|at| {
        let own = make(&things[at]);
        *made[at].lock().unwrap_or_else(PoisonError::into_inner) = Some(own);
    });
    made.into_iter().filter_map(|own| own.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

fn each(count: usize, most: usize, work: &(dyn Fn(usize) + Sync)) {
    (0..count).into_par_iter().with_max_len(most).for_each(work);
}
