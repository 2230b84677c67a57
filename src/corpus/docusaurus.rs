//! Where Docusaurus puts its pages: numbers in front of names are left out, and documents may give themselves names.

use super::{Mount, Paths, Site, is_index};
use crate::{
    document::Document,
    source::{
        CorpusPath,
        hash::{HashMap, HashMapExt},
    },
};

/// What paths begin with that are read from the folder of the site.
pub(super) const ALIAS: &str = "@site/";

/// What a page may be made of besides documents.
pub(super) const PAGES: &[&str] =
    &[".mdx", "/index.mdx", ".tsx", ".jsx", "/index.tsx", "/index.jsx", ".js", "/index.js"];

/// The versions of a folder of documents that are kept beside it.
#[derive(Debug)]
pub struct Versions {
    /// Where they are kept, each in a folder of its own.
    pub folder: CorpusPath,
    /// Their names, the newest first.
    pub names: Vec<String>,
    /// The one that is served without its name; `None` if that is the folder as it is now.
    pub last: Option<String>,
}

impl Site {
    /// The same, where versions of some folders are served behind what these are served behind. A document that no version
    /// has yet is taken as it is now, since the next one will have it.
    #[must_use]
    pub fn with_versions(mut self, versions_of: impl Fn(&CorpusPath) -> Option<Versions>) -> Self {
        let mut unreleased = Vec::new();
        for mount in std::mem::take(&mut self.mounts) {
            let Some(versions) = versions_of(&mount.folder) else {
                self.mounts.push(mount);
                continue;
            };
            let at = |name: &str, folder: Option<CorpusPath>| {
                Some(Mount { prefix: mount.prefix.join(name)?, folder: folder?, everywhere: false })
            };
            let kept = |name: &str| versions.folder.join(&format!("version-{name}"));
            self.mounts.extend(versions.last.as_ref().and_then(|_| at("next", Some(mount.folder.clone()))));
            self.mounts.extend(versions.names.iter().filter_map(|name| at(name, kept(name))));
            self.mounts.extend(versions.last.as_ref().and_then(|last| at("", kept(last))));
            if versions.last.is_some() { unreleased.push(mount) } else { self.mounts.push(mount) }
        }
        self.mounts.extend(unreleased);
        self
    }

    /// The same, where all is served in other languages as well, behind their names: what is translated, and the rest as it
    /// is.
    #[must_use]
    pub fn with_languages(mut self, languages: impl IntoIterator<Item = String>) -> Self {
        let mut out = Vec::new();
        for language in languages {
            for mount in &self.mounts {
                let own = translated(self.folder(), &language, &mount.folder);
                let folders = own.into_iter().chain([mount.folder.clone()]);
                let Some(prefix) = CorpusPath::new(&format!("{language}/{}", mount.prefix.as_str())) else { continue };
                out.extend(folders.map(|folder| Mount { prefix: prefix.clone(), folder, everywhere: false }));
            }
        }
        self.mounts.splice(0..0, out);
        self
    }
}

/// Where the translation of a folder of a site is kept.
fn translated(site: &CorpusPath, language: &str, folder: &CorpusPath) -> Option<CorpusPath> {
    let (name, above) = (folder.file_name(), folder.parent());
    let plugin = if let Some(id) = above.file_name().strip_suffix(VERSIONS) {
        let id = if id.is_empty() { String::new() } else { format!("-{}", id.trim_end_matches('_')) };
        format!("docs{id}/{name}")
    } else {
        match name {
            "blog" | "pages" => name.to_owned(),
            "docs" => "docs/current".to_owned(),
            _ if folder == site || name == "static" => return None,
            id => format!("docs-{id}/current"),
        }
    };
    site.join(&format!("i18n/{language}/{PLUGIN}{plugin}"))
}

/// What the name of a folder ends in that keeps versions, behind that of a plugin.
pub(super) const VERSIONS: &str = "versioned_docs";

/// What the name of a folder begins with that keeps the translations of a plugin's documents.
pub(super) const PLUGIN: &str = "docusaurus-plugin-content-";

/// Whether a folder keeps versions or translations, by its name.
fn is_keeper(name: &str) -> bool {
    name.ends_with(VERSIONS) || name.starts_with(PLUGIN)
}

/// Whether a path goes through a folder that keeps versions or translations, and one from the root that stands for it does
/// not: the name of the folder is in no address.
pub(super) fn is_kept_elsewhere(path: &str, written: &str) -> bool {
    let has_keeper = |path: &str| path.split('/').any(is_keeper);
    written.starts_with('/') && has_keeper(path) && !has_keeper(written)
}

/// The folder where the kind of documents begins that those in a folder are of, or their version of it.
fn kind_of(folder: &str) -> &str {
    let mut ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    let first = ends.clone().next().unwrap_or_default();
    let keeper = ends.position(|end| is_keeper(folder[..end].rsplit('/').next().unwrap_or_default()));
    &folder[..keeper.and_then(|_| ends.next()).unwrap_or(first)]
}

/// Where the pages of documents are that have other paths than the documents; of those in MDX, only the paths are known.
pub(super) fn pages(documents: &[std::sync::Arc<Document>], paths: &Paths) -> HashMap<String, CorpusPath> {
    let mut out = HashMap::new();
    for document in documents {
        let path = &document.source.path;
        for page in own(Some(document), path) {
            out.entry(page).or_insert_with(|| path.clone());
        }
    }
    let mut others: Vec<&CorpusPath> = paths.files().filter(|path| path.extension() == Some("mdx")).collect();
    others.sort_unstable();
    for path in others {
        for page in own(None, path) {
            out.entry(page).or_insert_with(|| path.clone());
        }
    }
    out
}

/// The path of a document's page if it stood at `to`, in the way in which `written` is one of its page now: by its
/// folder, by its name without a number, by the date in its name, or by what it calls itself.
pub(super) fn page_as(document: &Document, written: &CorpusPath, to: &CorpusPath) -> Option<CorpusPath> {
    let written = key(written);
    let way = own(Some(document), &document.source.path).iter().position(|page| *page == written)?;
    own(Some(document), to).get(way).and_then(|page| CorpusPath::new(page))
}

/// A folder as it is called in the paths of pages.
pub(super) fn folder(path: &CorpusPath) -> CorpusPath {
    CorpusPath::new(&without_numbers(path.as_str())).unwrap_or_default()
}

/// Whether a path is written as that of a page: with no number in front of a name.
pub(super) fn is_of_page(path: &str) -> bool {
    without_numbers(path) == path
}

/// The paths of a document's page, if it stands at a path, as if the page stood in the repository.
fn own(document: Option<&Document>, path: &CorpusPath) -> Vec<String> {
    let folder = without_numbers(path.parent().as_str());
    let name = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let bare = without_number(path.file_stem());
    let is_of_folder = is_index(path)
        || path.file_name() == "index.mdx"
        || (!bare.is_empty() && folder.rsplit('/').next() == Some(bare));
    let served = if is_of_folder { folder.clone() } else { name(bare) };
    let mut out = vec![served, name(bare), name(&path.file_stem().replacen('-', "/", 3))];
    let field = |field| document?.header_field(field)?.as_str().map(str::to_owned);
    out.extend(field("id").map(|id| name(&id)));
    out.extend(field("slug").map(|slug| match slug.strip_prefix('/') {
        // From where its kind of documents begins: `/docs/`, `/blog/`.
        Some(rest) => format!("{}/{rest}", kind_of(&folder)),
        None => name(&slug),
    }));
    out.into_iter().map(|page| page.trim_matches('/').to_owned()).collect()
}

/// Where the page of a path would be.
pub(super) fn key(path: &CorpusPath) -> String {
    without_numbers(path.as_str().strip_suffix(".html").unwrap_or(path.as_str()))
}

fn without_numbers(path: &str) -> String {
    path.split('/').map(without_number).collect::<Vec<_>>().join("/")
}

/// `01-guide`, `2. guide`: the number counts the order of pages. Dates and versions are names.
fn without_number(name: &str) -> &str {
    let behind = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = behind.trim_start().trim_start_matches(['-', '_', '.']).trim_start();
    let is_number = behind.len() < name.len() && rest.len() < behind.trim_start().len();
    if is_number && rest.starts_with(|c: char| !c.is_ascii_digit()) { rest } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_front_of_names() {
        let names =
            [("01-guide", "guide"), ("2. guide", "guide"), ("3 - 指南", "指南"), ("guide", "guide"), ("42", "42")];
        for (name, wanted) in
            names.into_iter().chain([("2024-01-02-post", "2024-01-02-post"), ("1.2-notes", "1.2-notes")])
        {
            assert_eq!(without_number(name), wanted, "{name}");
        }
    }
}
