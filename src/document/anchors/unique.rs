//! How renderers make a repeated anchor unique.

use super::Renderer;
use crate::{
    document::Heading,
    source::hash::{HashMap, HashSet},
};

/// The anchor of one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchored {
    pub(crate) base: String,
    /// Whether the author gave it: then it is taken as it stands, and others may be the same.
    pub(crate) is_explicit: bool,
}

/// Makes anchors unique within a document, in the order of its headings.
#[derive(Debug)]
pub(crate) struct Slugger {
    renderer: Renderer,
    used: Used,
}

impl Slugger {
    /// A slugger for some headings, of which none has come yet.
    pub(crate) fn new<'a>(renderer: Renderer, headings: impl IntoIterator<Item = &'a Heading>) -> Self {
        let mut slugger = Self { renderer, used: Used::default() };
        // Python-Markdown knows the ids of all headings before it makes the first anchor.
        if renderer.is_mkdocs() {
            let ids = headings.into_iter().filter_map(|heading| renderer.explicit_id(&heading.hidden));
            ids.for_each(|id| slugger.used.reserve(id));
        }
        slugger
    }

    /// The anchor of the next heading.
    pub(crate) fn next(&mut self, anchored: Anchored) -> String {
        if anchored.is_explicit {
            if !matches!(self.renderer, Renderer::Docusaurus | Renderer::MdBook) {
                self.used.reserve(&anchored.base);
            }
            return anchored.base;
        }
        match self.renderer {
            Renderer::Docsify => self.used.counted(anchored.base),
            mkdocs if mkdocs.is_mkdocs() => self.used.with_underscore(anchored.base),
            Renderer::Obsidian => anchored.base,
            _ => self.used.with_hyphen(anchored.base),
        }
    }
}

/// The anchors of a document so far.
#[derive(Debug, Default)]
struct Used {
    anchors: HashSet<String>,
    /// For an anchor that came, the last number tried: what was taken once stays taken.
    tried: HashMap<String, u64>,
}

impl Used {
    /// Takes an anchor, whoever may have it already, so that none is made like it later.
    fn reserve(&mut self, id: &str) {
        self.anchors.insert(id.to_owned());
    }

    /// The first free one of `x`, `x-1`, `x-2` …: as `github-slugger`, comrak, goldmark and markdown-it-anchor do.
    fn with_hyphen(&mut self, base: String) -> String {
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
    fn counted(&mut self, base: String) -> String {
        match self.tried.entry(base.clone()).and_modify(|count| *count += 1).or_insert(0) {
            0 => base,
            count => format!("{base}-{count}"),
        }
    }

    /// Python-Markdown's way: an empty anchor becomes `_1`, and a number at the end of a repeated one is counted on.
    fn with_underscore(&mut self, base: String) -> String {
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
