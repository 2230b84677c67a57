//! Where documents are served that a path alone does not say: what they call themselves, and what builds call their pages.

use std::sync::Arc;

use super::{hugo::Slugs, posts::Posts, site};
use crate::{
    corpus::{Paths, Settings, docusaurus},
    document::{Document, Renderer},
    source::{
        CorpusPath, FileId,
        hash::{HashMap, HashMapExt},
    },
};

/// The pages of a corpus; made once, since all documents are looked through for them.
#[derive(Debug)]
pub(in crate::corpus) struct Pages {
    /// Addresses that documents give themselves.
    pub(super) permalinks: HashMap<String, FileId>,
    /// Pages of Docusaurus that stand elsewhere than their documents.
    pub(super) docusaurus: HashMap<String, CorpusPath>,
    /// Documents that stand for many pages.
    pub(super) routes: Routes,
    pub(super) posts: Posts,
    pub(super) slugs: Slugs,
    /// Whether any file is called as the contents of a book are.
    pub(super) has_books: bool,
}

impl Pages {
    pub(in crate::corpus) fn of(documents: &[Arc<Document>], paths: &Paths, settings: &Settings) -> Self {
        // The end of a path is seen sooner than where its last component begins.
        let is_contents =
            |path: &CorpusPath| path.as_str().ends_with(site::CONTENTS) && path.file_name() == site::CONTENTS;
        Self {
            permalinks: permalinks(documents),
            docusaurus: if settings.is_docusaurus() { docusaurus::pages(documents, paths) } else { HashMap::new() },
            routes: Routes::of(documents, settings),
            posts: Posts::of(documents, settings),
            slugs: Slugs::of(documents, settings),
            has_books: paths.files().any(is_contents),
        }
    }
}

/// Documents of `VitePress` whose paths hold a name in brackets for whatever stands there: `post/[id].md`.
#[derive(Debug)]
pub(super) struct Routes(Vec<CorpusPath>);

impl Routes {
    /// A site has one for each kind of its pages.
    const MOST: usize = 64;

    fn of(documents: &[Arc<Document>], settings: &Settings) -> Self {
        let is_on = settings.renderers.contains(&Renderer::VitePress);
        let all = documents.iter().map(|document| &document.source.path).filter(|_| is_on);
        Self(all.filter(|path| path.as_str().contains('[')).take(Self::MOST).cloned().collect())
    }

    /// Whether a path is one of the pages.
    pub(super) fn have(&self, path: &CorpusPath) -> bool {
        let is_any = |name: &str| name.starts_with('[') && name.ends_with(']');
        let bare = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
        self.0.iter().any(|route| {
            let mut route = route.as_str().trim_end_matches(".md").split('/');
            let mut path = bare.split('/');
            let fits = path.all(|name| route.next().is_some_and(|own| own == name || is_any(own)));
            fits && route.next().is_none()
        })
    }
}

/// Addresses that documents give themselves in their front matter: `permalink: /x`, `aliases: [/y]`.
fn permalinks(documents: &[Arc<Document>]) -> HashMap<String, FileId> {
    const FIELDS: &[&str] = &["permalink", "url", "slug", "aliases", "redirect_from"];
    let mut out = HashMap::new();
    for document in documents {
        for (field, value) in FIELDS.iter().filter_map(|field| Some((*field, document.header_field(field)?))) {
            // Hugo takes the slash in front for granted.
            let is_one = |address: &&str| address.starts_with('/') || (field == "url" && !address.contains("://"));
            let all = value.items().iter();
            for address in all.filter_map(|value| value.as_str()).filter(is_one) {
                out.entry(permalink_key(address)).or_insert(document.file);
            }
        }
    }
    out
}

/// An address without what servers do not tell apart: slashes at its ends and `.html`.
pub(super) fn permalink_key(address: &str) -> String {
    let address = address.trim_matches('/');
    address.strip_suffix(".html").unwrap_or(address).to_lowercase()
}
