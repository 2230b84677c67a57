//! How the documents are to be read: as configured, else as what the repository holds shows.

use std::sync::LazyLock;

use regex::Regex;

use super::Job;
use crate::{
    corpus::{Listing, Settings, Site},
    document::{Flavor, Renderer},
    source::{CorpusPath, yaml},
};

/// Files and folders that show which generator makes a site of the folder they stand in.
const SITES: &[(&str, Renderer)] = &[
    ("book.toml", Renderer::MdBook),
    ("mkdocs.yml", Renderer::MkDocs),
    (".vitepress", Renderer::VitePress),
    (".vuepress", Renderer::VitePress),
    ("docusaurus.config.js", Renderer::Docusaurus),
    ("docusaurus.config.ts", Renderer::Docusaurus),
    ("docusaurus.config.mjs", Renderer::Docusaurus),
    ("hugo.toml", Renderer::Hugo),
    ("hugo.yaml", Renderer::Hugo),
    ("hugo.json", Renderer::Hugo),
];

/// Where a site usually is.
const FOLDERS: &[&str] = &["", "docs", "website", "site", "src"];

/// A setting that names the folder with the documents: `srcDir` of `VitePress`, `docs_dir` of `MkDocs`, `src` of
/// `mdBook`, `contentDir` of Hugo.
static SOURCES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^\s*(?:srcDir|docs_dir|src|contentDir)\s*[:=]\s*["']?([^"'\s,#]+)["']?"#).ok());

/// Everything that decides how documents are read together.
pub(super) fn settings(job: &Job, listing: &Listing) -> Settings {
    let vault = CorpusPath::new(".obsidian").unwrap_or_default();
    let is_vault = listing.folders.binary_search(&vault).is_ok();
    let flavor = if is_vault { Flavor::Obsidian } else { Flavor::GitHub };
    let (renderer, site) = match job.config.renderers.first() {
        None => detected(job),
        // What is configured may be seen as well, and then it is known where.
        Some(&configured) => match detected(job) {
            (renderer, site) if renderer == configured => (renderer, site),
            _ => (configured, Site::of(configured, &CorpusPath::default(), None)),
        },
    };
    let renderers = if job.config.renderers.is_empty() { vec![renderer] } else { job.config.renderers.clone() };
    Settings {
        flavor,
        renderers,
        site: site.with(job.config.paths.clone()),
        tag_sources: job.config.tags.clone(),
        link_fields: job.config.link_fields.clone(),
    }
}

/// The site generator whose configuration stands at the root, or in the usual folder of a site; else what GitHub shows.
/// How its headings become anchors may be configured there in ways that are not looked at; `renderers` says it then.
fn detected(job: &Job) -> (Renderer, Site) {
    let path = |folder: &str, name: &str| CorpusPath::new(&format!("{folder}/{name}")).unwrap_or_default();
    let all = SITES.iter().flat_map(|(name, renderer)| FOLDERS.iter().map(move |folder| (*folder, *name, *renderer)));
    let Some((folder, name, renderer)) = all.into_iter().find(|(folder, name, _)| job.tree.has(&path(folder, name)))
    else {
        return (Renderer::GitHub, Site::of(Renderer::GitHub, &CorpusPath::default(), None));
    };
    let configurations: &[&str] = match name {
        ".vitepress" => {
            &[".vitepress/config.ts", ".vitepress/config.mts", ".vitepress/config.js", ".vitepress/config.mjs"]
        }
        _ => &[name],
    };
    let read = |name: &&str| job.tree.read(&path(folder, name), 1 << 20).ok();
    let configuration = configurations.iter().find_map(read).unwrap_or_default();
    let sources =
        SOURCES.as_ref().and_then(|sources| sources.captures(&configuration)?.get(1)).map(|name| name.as_str());
    let renderer = match renderer {
        Renderer::MkDocs if configuration.contains("pymdownx.slugs") => Renderer::MkDocsPymdownx,
        Renderer::MkDocs if configuration.contains("slugify_unicode") => Renderer::MkDocsUnicode,
        other => other,
    };
    let folder = CorpusPath::new(folder).unwrap_or_default();
    (renderer, Site::of(renderer, &folder, sources))
}

/// The folders in which a vault keeps forms to be filled in, as the two template plugins of Obsidian name them.
/// Their settings are JSON, which is YAML as well.
pub(super) fn template_folders(job: &Job) -> Vec<CorpusPath> {
    let settings = [
        (".obsidian/templates.json", "folder"),
        (".obsidian/plugins/templater-obsidian/data.json", "templates_folder"),
    ];
    let folder = |(path, key): (&str, &str)| {
        let text = job.tree.read(&CorpusPath::new(path)?, job.config.files.max_bytes).ok()?;
        let folder = CorpusPath::new(yaml::parse(&text, 0).root?.get(key)?.as_str()?)?;
        (!folder.as_str().is_empty()).then_some(folder)
    };
    settings.into_iter().filter_map(folder).collect()
}
