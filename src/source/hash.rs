//! Tables of paths, anchors, names and numbers: the hash is quick, and seeded anew in each run, so that nobody can prepare
//! names that collide.

pub(crate) use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt, fast::RandomState};
