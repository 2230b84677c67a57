//! Work that is shared among all threads. It goes through one loop, so that the program holds that once.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use rayon::prelude::*;

/// What is made of each of some things, in their order. They are taken up in their order as well.
pub(crate) fn map<'a, T: Sync, R: Send>(things: &'a [T], make: impl Fn(&'a T) -> R + Sync) -> Vec<R> {
    let made: Vec<Mutex<Option<R>>> = things.iter().map(|_| Mutex::default()).collect();
    each(things.len(), &|at| {
        let own = make(&things[at]);
        *made[at].lock().unwrap_or_else(PoisonError::into_inner) = Some(own);
    });
    made.into_iter().filter_map(|own| own.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

fn each(count: usize, work: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let threads = rayon::current_num_threads().min(count);
    (0..threads).into_par_iter().with_max_len(1).for_each(|_| {
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && at < count
        {
            work(at);
        }
    });
}
