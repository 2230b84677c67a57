//! Pages that a site serves elsewhere than their documents stand, in ways that are not worked out.

use std::collections::HashSet;

use super::{Form, is_language};
use crate::source::CorpusPath;

/// What the configuration of a site says of pages that are served elsewhere than their documents stand.
#[derive(Clone, Debug, Default)]
pub struct Rerouted {
    /// Any page may be.
    pub any: bool,
    /// What lies in a folder of this name may be, and what begins as no folder does; empty where nothing is said of any.
    pub sections: HashSet<String>,
    /// Behind the code of a language.
    pub by_language: bool,
    /// The language whose code documents may have behind their names, `a.zh.md`, and their pages have not.
    pub language: Option<String>,
    /// Paths of pages that lead on to others, without `.html`.
    pub redirects: HashSet<String>,
}

impl Rerouted {
    /// Whether a path may be that of such a page; `is_folder` says whether a folder of the site has a name.
    pub(super) fn may_hold(&self, path: &str, is_folder: impl Fn(&str) -> bool) -> bool {
        let rooted = path.strip_prefix('/');
        let page = rooted.unwrap_or(path);
        let first = page.split('/').next().unwrap_or_default();
        let is_page = matches!(Form::of(page), Some(Form::Bare | Form::Html));
        let is_of_section =
            || rooted.is_some() && !self.sections.is_empty() && (self.sections.contains(first) || !is_folder(first));
        (is_page && (self.any || is_of_section())) || (self.by_language && rooted.is_some() && is_language(first))
    }

    /// Whether a path that is missed is one that leads on, seen from some folder on the way to it.
    pub(super) fn leads_on(&self, missing: &CorpusPath) -> bool {
        let path = missing.as_str().strip_suffix(".html").unwrap_or(missing.as_str());
        let mut ends = std::iter::successors(Some(path), |rest| Some(rest.split_once('/')?.1));
        !self.redirects.is_empty() && ends.any(|end| self.redirects.contains(end))
    }
}
