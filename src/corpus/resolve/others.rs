//! What leads nowhere here and is for others to follow: the build of a site, GitHub, a reader of the documents.

use super::{Resolution, Resolver, alias, destination};
use crate::{
    corpus::Builder,
    document::{Document, Link, Renderer},
    source::CorpusPath,
};

impl Resolver<'_> {
    /// Whether a path, as it is written and decoded, is one that somebody else may follow.
    pub(super) fn is_for_others(&self, from: &CorpusPath, path: &str, decoded: &str, failure: &Resolution) -> bool {
        let is_made = || self.is_generated(path) || self.settings.is_of_blog(from, path);
        let is_named = || self.pages.posts.has(decoded) || self.pages.slugs.has(decoded);
        let is_filled_in = || destination::is_template(path) || destination::is_ellipsis(path);
        let is_object = || self.settings.is_of_project(from) && destination::is_object(path);
        let is_page = match failure {
            Resolution::Missing { .. } => {
                let is_read = || is_filled_in() || alias::is_of_unseen(self.settings, from, decoded) || is_object();
                is_made() || is_named() || is_read() || self.is_page_on_github(from, decoded)
            }
            Resolution::OutsideRoot => self.is_page_on_github(from, decoded),
            _ => false,
        };
        is_page || (destination::malformed(path).is_none() && self.is_of_build(from, decoded, failure))
    }

    /// Whether a title tells docsify to leave a link alone: `[x](/demo/ ":ignore")`.
    pub(super) fn is_told_to_ignore(&self, document: &Document, link: &Link) -> bool {
        let title = || &document.source.text[link.destination.end as usize..link.span.end as usize];
        self.settings.renderers.contains(&Renderer::Docsify) && title().contains(":ignore")
    }

    /// Whether a fragment that a document does not have may be none of an anchor, seen from one: a label or an object of an
    /// API, as `MyST` has them, a tab of `DocFX`, or an anchor that is made otherwise than any we know.
    pub(super) fn is_of_reader(&self, from: &CorpusPath, fragment: &str, is_own: bool) -> bool {
        let is_tab = || fragment.starts_with("tab/") && self.settings.build_of(from, Builder::DocFx).is_some();
        (is_own && (self.settings.is_of_project(from) || is_tab())) || self.settings.has_anchors_of_build(from)
    }
}
