//! Where a site of Docusaurus has its documents, as its configuration and the files beside it say.

use super::{
    Job,
    routes::{Route, routes},
    stated::{setting, values},
};
use crate::{
    corpus::{Listing, Site, Versions},
    document::Renderer,
    source::{CorpusPath, yaml},
};

/// So many versions, and so many languages, a site has at most; it has each version in each language.
const MOST: usize = 32;

/// The site that Docusaurus makes of a folder, with what its configuration says.
pub(super) fn site(job: &Job, listing: &Listing, folder: &CorpusPath, text: &str) -> Site {
    let site = Site::of(Renderer::Docusaurus, folder, None);
    let mut outside = values(text, "path").filter(|path| path.starts_with("../"));
    // Of several folders, or of one that is served elsewhere, nobody can see which paths lead there.
    let only = outside.next().filter(|path| outside.next().is_none() && !path.ends_with("blog"));
    let only = only.filter(|_| !text.contains("routeBasePath"));
    let site = if let Some(only) = only { site.with_docs(only) } else { site };
    let site = routes(text)
        .unwrap_or_default()
        .iter()
        .fold(site, |site, Route { prefix, folder }| site.with_route(prefix, folder));
    let site = site.with_versions(|docs| versions(job, folder, docs, text));
    site.with_languages(languages(listing, folder, text))
}

/// Whether the configuration gives versions paths that are not their names: what stands behind `path` is no folder.
pub(super) fn names_versions(job: &Job, folder: &CorpusPath, text: &str) -> bool {
    let is_folder = |path: &str| folder.join(path).is_some_and(|path| job.tree.has(&path));
    let is_name = |path: &&str| !path.starts_with('.') && !path.contains('/') && !is_folder(path);
    text.contains("versions") && values(text, "path").any(|path| is_name(&path) && path != "next")
}

/// The versions of the documents in a folder.
fn versions(job: &Job, folder: &CorpusPath, docs: &CorpusPath, text: &str) -> Option<Versions> {
    // Those of a second plugin have its name in front.
    let id = match docs.file_name() {
        "docs" => String::new(),
        id => format!("{id}_"),
    };
    let list = job.tree.read(&folder.join(&format!("{id}versions.json"))?, 1 << 20).ok()?;
    let list = yaml::parse(&list, 0).root?;
    let names: Vec<String> =
        list.items().iter().filter_map(|name| Some(name.as_str()?.to_owned())).take(MOST).collect();
    let last = setting(text, "lastVersion").filter(|last| *last == "current" || names.iter().any(|name| name == last));
    let last = last.or(names.first().map(|name| &**name)).filter(|last| *last != "current").map(str::to_owned);
    let is_off = setting(text, "disableVersioning") == Some("true") || names.is_empty();
    let folder = folder.join(&format!("{id}versioned_docs"))?;
    (!is_off).then_some(Versions { folder, names, last })
}

/// The languages of a site besides the one without a name in front: those it lists, and those with a folder.
fn languages(listing: &Listing, folder: &CorpusPath, text: &str) -> Vec<String> {
    let list = text.split_once("locales").and_then(|(_, behind)| behind.split_once('[')?.1.split_once(']'));
    let listed = list.map_or("", |(inside, _)| inside).split(',');
    let listed = listed.map(|name| name.trim().trim_matches(['"', '\'', '`']).to_owned());
    let of_folders = folder.join("i18n").into_iter().flat_map(|translations| {
        let own = listing.folders.iter().filter(move |folder| folder.parent() == translations);
        own.map(|folder| folder.file_name().to_owned())
    });
    let usual = setting(text, "defaultLocale").unwrap_or("en");
    let is_name =
        |name: &str| name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || c == '-');
    let mut all: Vec<String> = listed.chain(of_folders).filter(|name| *name != usual && is_name(name)).collect();
    all.sort_unstable();
    all.dedup();
    all.truncate(MOST);
    all
}
