//! Tables that are made for every document or path of a corpus: the hash is quick, and seeded anew in each run, so that nobody can prepare
//! names that collide.

pub(crate) use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
