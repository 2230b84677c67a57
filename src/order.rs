//! Sorting. The sort of the standard library takes four to ten kilobytes of the program for each type that it sorts, so
//! there is one here for all types: it sorts places, and then puts the things there.

use std::cmp::Ordering;

/// Sorts by a comparison. What is equal stays in its order.
pub(crate) fn by<T>(things: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if things.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return;
    }
    let mut from: Vec<usize> = (0..things.len()).collect();
    sort(&mut from, &|&a, &b| compare(&things[a], &things[b]));
    // Each round of things that take the place of one another is gone through once.
    for start in 0..from.len() {
        let mut at = start;
        while from[at] != start {
            let next = std::mem::replace(&mut from[at], at);
            things.swap(at, next);
            at = next;
        }
        from[at] = at;
    }
}

/// The same by a key.
pub(crate) fn by_key<T, K: Ord>(things: &mut [T], key: impl Fn(&T) -> K) {
    by(things, |a, b| key(a).cmp(&key(b)));
}

/// The same by their own order.
pub(crate) fn plain<T: Ord>(things: &mut [T]) {
    by(things, T::cmp);
}

fn sort(places: &mut [usize], compare: &dyn Fn(&usize, &usize) -> Ordering) {
    places.sort_by(compare);
}

/// A map of some entries, one after the other: to collect them would sort them first.
pub(crate) fn map<M: Default + Extend<E>, E>(entries: impl IntoIterator<Item = E>) -> M {
    let mut out = M::default();
    out.extend(entries);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// As the standard library sorts them; equal ones stay in their order.
        #[test]
        fn sorts_as_the_standard_library_does(keys in prop::collection::vec(0..9_u8, 0..40)) {
            let mut things: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = things.clone();
            expected.sort_by_key(|(key, _)| *key);
            by_key(&mut things, |(key, _)| *key);
            prop_assert_eq!(things, expected);
        }
    }
}
