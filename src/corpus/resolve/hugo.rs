//! What Hugo makes pages of: documents that call their pages otherwise than their files, and no documents at all.

use crate::{
    corpus::is_index,
    document::Document,
    source::{
        CorpusPath,
        hash::{HashMap, HashMapExt},
    },
};

/// What documents call their pages, and the folders in which these are then.
#[derive(Debug)]
pub(super) struct Slugs(HashMap<String, Vec<CorpusPath>>);

impl Slugs {
    pub(super) fn of(documents: &[std::sync::Arc<Document>], is_hugo: bool) -> Self {
        let mut out: HashMap<String, Vec<CorpusPath>> = HashMap::new();
        for document in documents.iter().filter(|_| is_hugo) {
            let slug = document.header_field("slug").and_then(|slug| slug.as_str());
            let slug = slug.filter(|slug| !slug.starts_with('/')).map(|slug| slug.trim_matches('/').to_lowercase());
            let path = &document.source.path;
            let page =
                if is_index(path) { path.parent() } else { path.parent().join(path.file_stem()).unwrap_or_default() };
            let own = Some(page.file_name()).filter(|_| address(page.as_str()) != page.as_str()).map(address);
            for name in slug.into_iter().chain(own) {
                out.entry(name).or_default().push(page.parent());
            }
        }
        Self(out)
    }

    /// Whether a path may be that of such a page: it ends as the page is called, below the last folder that it names.
    pub(super) fn has(&self, path: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let mut parts = path.split('/').rev().filter(|part| !matches!(*part, "" | "." | ".."));
        let folders = parts.next().and_then(|last| self.0.get(&address(last)));
        let folder = parts.next();
        let is_in = |own: &CorpusPath| folder.is_none_or(|name| address(own.file_name()) == address(name));
        folders.is_some_and(|folders| folders.iter().any(is_in))
    }
}

/// A path as Hugo writes it in addresses: in small letters, with hyphens for blanks, and without most other marks.
fn address(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        let is_kept = c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '#' | '+' | '~' | '-' | '@' | '%');
        if is_kept {
            out.extend(c.to_lowercase());
        } else if c.is_whitespace() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out
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
