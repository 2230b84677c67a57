//! What Hugo makes pages of: documents that call their pages otherwise than their files, and no documents at all.

use crate::{
    corpus::{Settings, is_index},
    document::Document,
    source::{CorpusPath, hash::HashMap},
};

/// What documents call their pages.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    /// The folders in which there are pages of a name.
    folders: HashMap<String, Vec<CorpusPath>>,
    /// The documents of pages with other paths than theirs, as if the pages stood in the repository.
    documents: HashMap<String, CorpusPath>,
}

impl Slugs {
    pub(super) fn of(documents: &[std::sync::Arc<Document>], settings: &Settings) -> Self {
        let mut out = Self::default();
        for document in documents.iter().filter(|_| settings.is_hugo()) {
            let slug = document.header_field("slug").and_then(|slug| slug.as_str());
            let is_named = slug.is_some() || document.header_field("url").is_some();
            let slug = slug.filter(|slug| !slug.starts_with('/')).map(|slug| slug.trim_matches('/').to_lowercase());
            let path = &document.source.path;
            let bare = path.beside(path.file_stem()).unwrap_or_default();
            let page = if is_index(path) { path.parent() } else { bare };
            let own = Some(page.file_name()).filter(|_| !is_address(page.as_str())).map(address);
            let served = self::page(&page, settings);
            if served != page && !is_named {
                out.documents.entry(served.as_str().to_owned()).or_insert_with(|| path.clone());
            }
            for name in slug.into_iter().chain(own) {
                out.folders.entry(name).or_default().push(page.parent());
            }
        }
        out
    }

    /// The document of a page whose path is written as Hugo makes it of that of the document.
    pub(super) fn document(&self, page: &str) -> Option<&CorpusPath> {
        self.documents.get(page)
    }

    /// Whether a path may be that of such a page: it ends as the page is called, below the last folder that it names.
    pub(super) fn has(&self, path: &str) -> bool {
        if self.folders.is_empty() {
            return false;
        }
        let mut parts = path.split('/').rev().filter(|part| !matches!(*part, "" | "." | ".."));
        let folders = parts.next().and_then(|last| self.folders.get(&address(last)));
        let folder = parts.next();
        let is_in = |own: &CorpusPath| folder.is_none_or(|name| address(own.file_name()) == address(name));
        folders.is_some_and(|folders| folders.iter().any(is_in))
    }
}

/// A path as Hugo writes it in addresses: in small letters, with hyphens for blanks, and without most other marks.
fn address(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut is_behind_blank = false;
    for c in path.chars() {
        if c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '#' | '+' | '~' | '-' | '@' | '%') {
            if is_behind_blank && c != '-' {
                out.push('-');
            }
            is_behind_blank = false;
            out.extend(c.to_lowercase());
        } else if c.is_whitespace() && !out.ends_with('-') {
            is_behind_blank = true;
        }
    }
    out
}

/// Whether a path may be one in an address.
pub(in crate::corpus) fn is_address(path: &str) -> bool {
    address(path) == path
}

/// The page of a path without an extension, as if it stood in the repository. The default language is not named there.
pub(in crate::corpus) fn page(path: &CorpusPath, settings: &Settings) -> CorpusPath {
    let language = settings.rerouted.language.as_deref();
    let code = path.file_name().rsplit_once('.').map_or("", |(_, code)| code);
    let is_default = !code.is_empty() && language.is_some_and(|language| code.eq_ignore_ascii_case(language));
    let bare = if is_default { &path.as_str()[..path.as_str().len() - code.len() - 1] } else { path.as_str() };
    let own = bare.rsplit_once('/').filter(|(_, name)| is_default && matches!(*name, "_index" | "index"));
    CorpusPath::new(&address(own.map_or(bare, |(folder, _)| folder))).unwrap_or_default()
}

/// Whether a path, in its parts, is that of a page which the build makes of no file: lists of terms, perhaps behind a language,
/// feeds, and what is read by programs.
pub(super) fn is_generated(parts: &[&str]) -> bool {
    let Some(last) = parts.last() else { return false };
    let mut names = parts.iter().filter(|part| !matches!(**part, "." | "..")).take(2);
    let is_page = !last.contains('.') || last.starts_with("index.");
    matches!(*last, "index.xml" | "sitemap.xml" | "robots.txt" | "404.html")
        || (is_page && names.any(|name| matches!(*name, "tags" | "categories")))
}
