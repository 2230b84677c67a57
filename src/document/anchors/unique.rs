//! How renderers make a repeated anchor unique.

use crate::source::hash::{HashMap, HashSet};

/// The anchors of a document so far.
#[derive(Debug, Default)]
pub(super) struct Used {
    anchors: HashSet<String>,
    /// For an anchor that came, the last number tried: what was taken once stays taken.
    tried: HashMap<String, u64>,
}

impl Used {
    /// Takes an anchor, whoever may have it already.
    pub(super) fn reserve(&mut self, id: &str) {
        self.anchors.insert(id.to_owned());
    }

    /// The first free one of `x`, `x-1`, `x-2` …: as `github-slugger`, comrak, goldmark and markdown-it-anchor do.
    pub(super) fn with_hyphen(&mut self, base: String) -> String {
        if self.anchors.insert(base.clone()) {
            return base;
        }
        let tried = self.tried.entry(base.clone()).or_insert(0);
        loop {
            *tried += 1;
            let candidate = format!("{base}-{tried}");
            if self.anchors.insert(candidate.clone()) {
                return candidate;
            }
        }
    }

    /// docsify's way: `x`, `x-1`, `x-2` …, whether another heading is called so or not.
    pub(super) fn counted(&mut self, base: String) -> String {
        match self.tried.entry(base.clone()).and_modify(|count| *count += 1).or_insert(0) {
            0 => base,
            count => format!("{base}-{count}"),
        }
    }

    /// Python-Markdown's way: an empty anchor becomes `_1`, and a number at the end of a repeated one is counted on.
    pub(super) fn with_underscore(&mut self, base: String) -> String {
        if !base.is_empty() && self.anchors.insert(base.clone()) {
            return base;
        }
        let number = base.rsplit_once('_').and_then(|(stem, number)| {
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            Some((stem, number.parse::<u64>().ok()?)).filter(|_| is_number)
        });
        let (stem, from) = number.unwrap_or((&base, 0));
        let tried = self.tried.entry(base.clone()).or_insert(from);
        loop {
            *tried += 1;
            let candidate = format!("{stem}_{tried}");
            if self.anchors.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}
