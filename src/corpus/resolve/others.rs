//! What leads nowhere here and is for others to follow: the build of a site, GitHub, a reader of the documents.

use super::{Resolution, Resolver, alias, destination};
use crate::{
    corpus::{Builder, is_index},
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
        let is_note = || is_of_logseq(path) && self.settings.build_of(from, Builder::Logseq).is_some();
        let is_page = match failure {
            Resolution::Missing { .. } => {
                let is_read = || is_filled_in() || alias::is_of_unseen(self.settings, from, decoded) || is_object();
                let is_elsewhere = || self.is_page_of_wiki(from, decoded) || self.is_page_of_jekyll(from, decoded);
                is_made()
                    || is_named()
                    || is_read()
                    || self.is_page_on_github(from, decoded)
                    || is_note()
                    || is_elsewhere()
            }
            Resolution::OutsideRoot => self.is_page_on_github(from, decoded) || self.is_page_of_jekyll(from, decoded),
            _ => false,
        };
        is_page || (destination::malformed(path).is_none() && self.is_of_build(from, decoded, failure))
    }

    /// Whether a path leads to a page where Jekyll puts them: behind what the addresses of the site begin with, or, where each
    /// page is a folder, seen from that.
    fn is_page_of_jekyll(&self, from: &CorpusPath, path: &str) -> bool {
        let Some(blog) = self.settings.blog_of(from) else { return false };
        let goal = match path.strip_prefix('/').and_then(CorpusPath::new) {
            Some(rooted) => blog.base.as_ref().and_then(|base| blog.folder.join(rooted.below(base)?)),
            None if !blog.is_pretty || is_index(from) => None,
            None => from.beside(from.file_stem()).and_then(|page| page.join(path)),
        };
        let is_post = |goal: &CorpusPath| goal.below(&blog.folder).is_some_and(|post| self.pages.posts.has(post));
        goal.is_some_and(|goal| self.known(&goal).is_some() || is_post(&goal))
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

/// Whether a destination is a page or block as Logseq has them: `[label]([[page]])`, `[label](((id)))`.
fn is_of_logseq(path: &str) -> bool {
    [("[[", "]]"), ("((", "))")].iter().any(|(open, close)| path.starts_with(open) && path.ends_with(close))
}
