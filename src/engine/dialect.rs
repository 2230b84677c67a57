//! How the documents are to be read: as configured, else as what the repository holds shows.

use std::sync::Arc;

use super::{
    Job,
    builds::{self, builds},
    docusaurus, mkdocs,
    rerouted::rerouted,
    stated::{files_named, setting, values},
};
use crate::{
    corpus::{Addresses, Base, Blog, Build, Evidence, INDEXES, Listing, Paths, Rerouted, Settings, Site},
    document::{Flavor, Renderer},
    source::{CorpusPath, yaml},
};

/// Files and folders that show which generator makes a site of the folder they stand in.
const SITES: &[(&str, Renderer)] = &[
    ("book.toml", Renderer::MdBook),
    ("mkdocs.yml", Renderer::MkDocs),
    ("mkdocs.yaml", Renderer::MkDocs),
    // What goes on from MkDocs, and reads its documents as it does.
    ("zensical.toml", Renderer::MkDocs),
    ("zensical.yml", Renderer::MkDocs),
    ("properdocs.yml", Renderer::MkDocs),
    ("properdocs.yaml", Renderer::MkDocs),
    (VITEPRESS, Renderer::VitePress),
    (".vuepress", Renderer::VitePress),
    ("docusaurus.config.js", Renderer::Docusaurus),
    ("docusaurus.config.ts", Renderer::Docusaurus),
    ("docusaurus.config.mjs", Renderer::Docusaurus),
    ("hugo.toml", Renderer::Hugo),
    ("hugo.yaml", Renderer::Hugo),
    ("hugo.yml", Renderer::Hugo),
    ("hugo.json", Renderer::Hugo),
    ("config/_default/hugo.toml", Renderer::Hugo),
    ("config/_default/hugo.yaml", Renderer::Hugo),
    // As Hugo's were called before: other programs have such files as well.
    ("config.toml", Renderer::Hugo),
    ("config.yaml", Renderer::Hugo),
    ("config.json", Renderer::Hugo),
    ("config/_default/config.toml", Renderer::Hugo),
    // A page that loads it.
    ("index.html", Renderer::Docsify),
];

/// Where a site usually is.
const FOLDERS: &[&str] =
    &["", "docs", "website", "site", "src", "doc", "documentation", "www", "src/docs", "docs/website", "packages/docs"];

/// The folder of `VitePress`, and the configurations that stand there.
const VITEPRESS: &str = ".vitepress";
const VITEPRESS_CONFIGURATIONS: &[&str] =
    &[".vitepress/config.ts", ".vitepress/config.mts", ".vitepress/config.js", ".vitepress/config.mjs"];

/// The fields that hold links for it, or for `VuePress`.
const LINK_FIELDS: &[&str] = &["hero.actions.link", "actions.link", "features.link", "prev.link", "next.link"];

/// Everything that decides how documents are read together: as configured, else as what the repository holds shows.
pub fn settings(job: &Job, listing: &Listing) -> Settings {
    let vault = CorpusPath::new(".obsidian").unwrap_or_default();
    let is_vault = listing.folders.binary_search(&vault).is_ok();
    let usual = if is_vault { Renderer::Obsidian } else { Renderer::GitHub };
    let root = |renderer| Site::of(renderer, &CorpusPath::default(), None);
    let builds = builds(job, listing);
    let configuration = configuration(job);
    let seen = configuration.as_ref().map(|seen| detected(job, listing, seen)).or_else(|| builds::zenn(job, listing));
    // What is configured may be seen as well, and then it is known where.
    let told = job.config.renderers.first().copied();
    let seen = seen.filter(|(renderer, _)| told.is_none_or(|told| told.is_akin(*renderer)));
    let is_site_seen = seen.is_some();
    let (renderers, site, evidence) = match (told, seen) {
        (Some(told), seen) => {
            (job.config.renderers.clone(), seen.map_or_else(|| root(told), |(_, site)| site), Evidence::Told)
        }
        (None, Some((renderer, site))) => (vec![renderer], site, Evidence::Seen),
        (None, None) if is_vault => (vec![usual], root(usual), Evidence::Seen),
        (None, None) => (vec![usual], published(job, &builds).unwrap_or_else(|| root(usual)), Evidence::None),
    };
    let site = site.with(job.config.paths.iter().map(|(mount, _)| mount.clone()).collect());
    let is_vitepress = renderers.contains(&Renderer::VitePress);
    let own_fields = if is_vitepress { LINK_FIELDS.iter().map(|&name| name.to_owned()).collect() } else { Vec::new() };
    let is_of_vite = evidence == Evidence::None || is_vitepress;
    let site = if is_of_vite { site.with_public() } else { site };
    let says = |key: &str| configuration.as_ref().and_then(|seen| setting(&seen.text, key));
    let is_mkdocs = renderers.iter().any(|renderer| renderer.is_mkdocs());
    let of_toc = configuration.as_ref().map(|seen| mkdocs::toc(&seen.text)).unwrap_or_default();
    let has_own_separator = setting(&of_toc, "separator").is_some_and(|separator| separator != "-");
    let serves_folders = renderers.iter().any(|renderer| renderer.serves_folders())
        && !(is_mkdocs && says("use_directory_urls") == Some("false"));
    // MkDocs rewrites paths of files alone, but for plugins that have to do with links.
    let is_plain = |seen: &Seen| seen.renderer.is_mkdocs() && !seen.text.contains("links");
    let is_mkdocs_alone = renderers.iter().all(|renderer| renderer.is_mkdocs());
    let leaves_paths = serves_folders && is_mkdocs_alone && configuration.as_ref().is_some_and(is_plain);
    let flavor = if is_vault { Flavor::Obsidian } else { flavor(&renderers, configuration.as_ref()) };
    let base = if serves_folders {
        Base::Folder
    } else if renderers.contains(&Renderer::Docsify) && says("relativePath") != Some("true") {
        Base::Root
    } else {
        Base::Beside
    };
    Settings {
        flavor,
        base,
        leaves_paths,
        indexes: configuration.as_ref().filter(|_| is_site_seen).map_or(INDEXES, Seen::indexes),
        has_other_anchors: is_mkdocs && has_own_separator,
        finds_labels: is_mkdocs && configuration.as_ref().is_some_and(|seen| mkdocs::finds_labels(&seen.text)),
        projects: projects(job, listing),
        references: references(job, listing),
        blogs: blogs(job, listing),
        builds,
        renderers_outside: renderers_outside(job, &renderers, evidence, is_site_seen),
        renderers,
        evidence,
        site,
        addresses: addresses(job, configuration.as_ref()),
        rerouted: configuration.as_ref().filter(|_| is_site_seen).map(|seen| seen.rerouted(job)).unwrap_or_default(),
        tag_sources: job.config.tags.clone(),
        rule_pages: job.config.rule_pages.clone(),
        link_fields: [job.config.link_fields.clone(), own_fields].concat(),
    }
}

/// What shows documents besides what shows the others: GitHub those outside of a site. GitHub, or what is like it, shows a
/// vault that is in a repository as well, and Obsidian comes first there.
fn renderers_outside(job: &Job, renderers: &[Renderer], evidence: Evidence, is_site_seen: bool) -> Vec<Renderer> {
    let is_vault = || evidence == Evidence::Seen && renderers == [Renderer::Obsidian];
    match is_site_seen {
        true => [&[Renderer::GitHub], renderers].concat(),
        false if is_vault() && job.tree.is_versioned() => vec![Renderer::Obsidian, Renderer::GitHub],
        false => Vec::new(),
    }
}

/// The dialect of documents that are no vault's. Where another renderer shows them as well, they have to be right for that
/// one too.
fn flavor(renderers: &[Renderer], configuration: Option<&Seen>) -> Flavor {
    let format = || configuration.and_then(|seen| setting(&seen.text, "format"));
    if renderers.iter().all(|renderer| renderer.is_mkdocs()) {
        Flavor::PythonMarkdown { in_html: configuration.is_some_and(|seen| mkdocs::reads_html(&seen.text)) }
    } else if renderers == [Renderer::Docusaurus] && !matches!(format(), Some("md" | "detect")) {
        Flavor::Mdx
    } else {
        Flavor::GitHub
    }
}

/// Where the corpus is published: what options of rules say, the configuration of its site, and its repository's own.
fn addresses(job: &Job, site: Option<&Seen>) -> Addresses {
    const SETTINGS: &[&str] = &["site_url", "repo_url", "baseURL", "git-repository-url"];
    let layers = job.config.layers().flat_map(|layer| layer.settings.values());
    let told = layers.filter_map(|setting| setting.options.get("addresses")?.as_array()).flatten();
    let told: Vec<&str> = told.filter_map(|address| address.as_str()).collect();
    let git = CorpusPath::new(".git/config").and_then(|path| job.tree.read(&path, 1 << 20).ok()).unwrap_or_default();
    // A submodule has an address as well, and is somebody else's.
    let sections = git.split("\n[").filter(|section| section.trim_start_matches('[').starts_with("remote "));
    let lines = sections.flat_map(str::lines);
    let remotes = lines.filter_map(|line| line.trim().strip_prefix("url")?.trim_start().strip_prefix('='));
    let text = site.map(|site| &*site.text).unwrap_or_default();
    let seen = SETTINGS.iter().filter_map(|key| setting(text, key)).filter(|url| url.contains("://"));
    Addresses::new(told.into_iter().chain(seen).chain(remotes))
}

/// The site generator whose configuration stands at the root, or in the usual folder of a site. How its headings become
/// anchors may be configured there in ways that are not looked at; `renderers` says it then.
fn detected(job: &Job, listing: &Listing, seen: &Seen) -> (Renderer, Site) {
    let Seen { folder, renderer, text, .. } = seen;
    let (key, renderer) = match *renderer {
        Renderer::MkDocs if mkdocs::toc(text).contains("pymdownx.slugs") => ("docs_dir", Renderer::MkDocsPymdownx),
        Renderer::MkDocs if mkdocs::toc(text).contains("slugify_unicode") => ("docs_dir", Renderer::MkDocsUnicode),
        Renderer::MkDocs => ("docs_dir", Renderer::MkDocs),
        Renderer::Hugo => match setting(text, "autoHeadingIDType") {
            Some("github-ascii") => ("contentDir", Renderer::HugoAscii),
            Some("blackfriday") => ("contentDir", Renderer::HugoBlackfriday),
            _ => ("contentDir", Renderer::Hugo),
        },
        Renderer::VitePress => ("srcDir", Renderer::VitePress),
        Renderer::MdBook => ("src", Renderer::MdBook),
        Renderer::Docsify => {
            let base = setting(text, "basePath").filter(|base| !base.contains("://"));
            let folder = base.and_then(|base| folder.join(base.trim_matches('/'))).unwrap_or_else(|| folder.clone());
            return (Renderer::Docsify, Site::of(Renderer::Docsify, &folder, None));
        }
        Renderer::Docusaurus => return (Renderer::Docusaurus, docusaurus::site(job, listing, folder, text)),
        other => return (other, Site::of(other, folder, None)),
    };
    (renderer, Site::of(renderer, folder, setting(text, key)))
}

/// The folder that Jekyll, or what is configured as it is, makes a site of, or another builder. GitHub shows it as well, and
/// how its anchors are made is not known, so that it only says where paths from the root may lead.
fn published(job: &Job, builds: &[Build]) -> Option<Site> {
    let has = |folder: &CorpusPath, name| folder.join(name).is_some_and(|path| job.tree.has(&path));
    let folders = folders(job).map(|folder| CorpusPath::new(folder).unwrap_or_default());
    let published = |folder: CorpusPath| {
        let of_hexo = folder.join("source").filter(|_| is_hexo(job, &folder));
        of_hexo.or(Some(folder)).filter(|folder| !folder.as_str().is_empty())
    };
    let folder = folders.filter(|folder| has(folder, "_config.yml")).find_map(published);
    let site = folder.map(|folder| Site::of(Renderer::GitHub, &folder, None));
    let other = || {
        let mut served = builds.iter().map(|build| (&build.folder, build.builder.served()));
        let (folder, served) = served.find(|(_, served)| !served.is_empty())?;
        Some(Site::serving(folder, served))
    };
    site.or_else(other).map(Site::or_root)
}

/// Whether it is Hexo that makes a site of a folder with a `_config.yml`: it has its documents in another one below.
fn is_hexo(job: &Job, folder: &CorpusPath) -> bool {
    folder.join("source/_posts").is_some_and(|posts| job.tree.has(&posts))
}

/// The folders that there are of those where a site usually is.
fn folders(job: &Job) -> impl Iterator<Item = &'static str> {
    let is_there = |folder: &str| folder.is_empty() || CorpusPath::new(folder).is_some_and(|path| job.tree.has(&path));
    FOLDERS.iter().copied().filter(move |folder| is_there(folder))
}

/// The configuration of a site.
struct Seen {
    /// The folder that it makes a site of.
    folder: CorpusPath,
    /// The file or folder that shows it.
    name: &'static str,
    renderer: Renderer,
    /// What it says; empty where that cannot be read.
    text: Arc<str>,
}

impl Seen {
    /// The pages that it serves elsewhere than their documents stand. Hugo may have a part of its configuration in a file of
    /// its own.
    fn rerouted(&self, job: &Job) -> Rerouted {
        let has = |name: &str| {
            let path = |kind| self.folder.join(&format!("config/_default/{name}.{kind}"));
            ["toml", "yaml", "yml", "json"].into_iter().filter_map(path).any(|path| job.tree.has(&path))
        };
        let mut out = rerouted(self.renderer, &self.text, has);
        out.any |= self.renderer == Renderer::Docusaurus && docusaurus::names_versions(job, &self.folder, &self.text);
        out
    }

    /// What documents are called that the site shows for their folders. `README.md` is a page of its own in `VitePress`,
    /// unless paths are rewritten, and not in `VuePress`.
    fn indexes(&self) -> &'static [&'static str] {
        if self.name == VITEPRESS && !self.text.contains("rewrites") { &["index.md"] } else { INDEXES }
    }
}

/// The configuration of a site that stands at the root, or in the usual folder of one.
fn configuration(job: &Job) -> Option<Seen> {
    let path = |folder: &str, name: &str| CorpusPath::new(&format!("{folder}/{name}")).unwrap_or_default();
    let folders: Vec<&str> = folders(job).collect();
    let all = SITES.iter().flat_map(|(name, renderer)| folders.iter().map(move |folder| (*folder, *name, *renderer)));
    for (folder, name, renderer) in all.filter(|(folder, name, _)| job.tree.has(&path(folder, name))) {
        let configurations = if name == VITEPRESS { VITEPRESS_CONFIGURATIONS } else { &[name] };
        let read = |name: &&str| job.tree.read(&path(folder, name), 1 << 20).ok();
        let text = configurations.iter().find_map(read).unwrap_or_default();
        let is_sure = match renderer {
            Renderer::Hugo if name.contains("config.") => setting(&text, "baseURL").is_some(),
            Renderer::Docsify => text.contains("$docsify"),
            _ => true,
        };
        if is_sure {
            return Some(Seen { folder: CorpusPath::new(folder).unwrap_or_default(), name, renderer, text });
        }
    }
    None
}

/// The files in which the site that was seen says which pages it has, with their texts, by path.
pub(super) fn configurations(job: &Job, paths: &Paths) -> Vec<(CorpusPath, Arc<str>)> {
    /// Beside the configuration of Docusaurus.
    const SIDEBARS: &[&str] = &["sidebars.js", "sidebars.ts", "sidebars.mjs", "sidebars.json"];
    /// What `VitePress` and `VuePress` are configured in; what they build stands in folders that are ignored.
    const PROGRAMS: &[&str] = &["ts", "mts", "js", "mjs", "json"];
    let Some(seen) = configuration(job) else { return Vec::new() };
    let own = SITES.iter().filter(|(_, renderer)| *renderer == seen.renderer).map(|(name, _)| *name);
    let lists = if seen.renderer == Renderer::Docusaurus { SIDEBARS } else { &[] };
    let places: Vec<_> = own.chain(lists.iter().copied()).filter_map(|name| seen.folder.join(name)).collect();
    let is_program = |path: &CorpusPath| path.extension().is_some_and(|extension| PROGRAMS.contains(&extension));
    let is_one = |path: &&CorpusPath| {
        let is_in = |place: &CorpusPath| *path == place || (path.is_within(place) && is_program(path));
        places.iter().any(is_in)
    };
    let mut all: Vec<&CorpusPath> = paths.files().filter(is_one).collect();
    all.sort_unstable();
    all.into_iter().filter_map(|path| Some((path.clone(), job.tree.read(path, 1 << 20).ok()?))).collect()
}

/// The folders with a configuration of Sphinx that names a reader of Markdown.
fn projects(job: &Job, listing: &Listing) -> Vec<CorpusPath> {
    let reads_markdown = |text: &str| {
        let mut code = text.lines().filter_map(|line| line.split('#').next());
        code.any(|line| line.contains("myst_parser") || line.contains("myst_nb"))
    };
    folders_with(job, listing, |name| name == "conf.py", reads_markdown)
}

/// The folders with a configuration of gi-docgen that names chapters. It is called as its library is.
fn references(job: &Job, listing: &Listing) -> Vec<CorpusPath> {
    /// Files of that kind that are known to be others.
    const OTHERS: &[&str] = &["Cargo.toml", "pyproject.toml", "book.toml"];
    let may_be = |name: &str| {
        let name = name.strip_suffix(".in").unwrap_or(name);
        name.strip_suffix(".toml").is_some() && !OTHERS.contains(&name)
    };
    let names_chapters = |text: &str| ["[library]", "[extra]", "content_files"].iter().all(|part| text.contains(part));
    folders_with(job, listing, may_be, names_chapters)
}

/// The folders of which Jekyll makes a site with posts, or Hexo, whose configuration is called so as well.
fn blogs(job: &Job, listing: &Listing) -> Vec<Blog> {
    /// What names the way in which the address of a post is made where nothing does, and ways that end like it.
    const DATED: &[&str] = &["date", "pretty"];
    /// What plugins of Jekyll make.
    const PLUGINS: &[(&str, &[&str])] = &[
        ("jekyll-feed", &["feed.xml"]),
        ("jekyll-sitemap", &["sitemap.xml", "robots.txt"]),
        ("jekyll-paginate", &["page"]),
    ];
    /// What Hexo makes.
    const LISTS: &[&str] = &["archives", "categories", "tags"];
    let ends_in_date = |way: &str| DATED.contains(&way) || way.contains(":year/:month/:day/:title");
    let made = |folder: &CorpusPath, text: &str| {
        let of_plugins = PLUGINS.iter().filter(|(plugin, _)| text.contains(plugin)).map(|(_, pages)| *pages);
        let of_hexo = is_hexo(job, folder).then_some(LISTS);
        of_plugins.chain(of_hexo).flatten().copied().collect()
    };
    let blog = |(path, text): (&CorpusPath, Arc<str>)| Blog {
        pages: made(&path.parent(), &text),
        folder: path.parent(),
        has_dates: values(&text, "permalink").all(ends_in_date),
        is_pretty: setting(&text, "permalink").is_some_and(|way| way == "pretty" || way.ends_with('/')),
        collections: collections(&text),
        base: setting(&text, "baseurl").and_then(CorpusPath::new).filter(|base| !base.as_str().is_empty()),
    };
    files_named(job, listing, |name| name == "_config.yml").map(blog).collect()
}

/// What the pages of the collections of Jekyll begin with: their names, or what is said instead.
fn collections(text: &str) -> Vec<String> {
    let root = if text.contains("collections") { yaml::parse(text, 0).root } else { None };
    let Some(all) = root.as_ref().and_then(|root| root.get("collections")) else { return Vec::new() };
    let begins = |(key, own): &(yaml::Node, yaml::Node)| {
        let way = own.get("permalink").and_then(|way| way.as_str());
        let first = way.map(|way| way.trim_start_matches('/').split('/').next().unwrap_or_default());
        let first = first.filter(|first| !first.contains(':'));
        let is_made = own.get("output").and_then(yaml::Node::as_bool) == Some(true);
        first.or(key.as_str()).filter(|_| is_made).map(str::to_owned)
    };
    all.as_map().unwrap_or_default().iter().filter_map(begins).collect()
}

/// The folders with a file of some name and content.
fn folders_with(
    job: &Job,
    listing: &Listing,
    is_named: impl Fn(&str) -> bool,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<CorpusPath> {
    let files = files_named(job, listing, is_named).filter(|(_, text)| is_meant(text));
    files.map(|(path, _)| path.parent()).collect()
}

/// Which files are documents, by their paths.
pub(super) fn documents<'a>(job: &'a Job, settings: &Settings) -> impl Fn(&CorpusPath) -> bool + Sync + 'a {
    let templates = if settings.flavor == Flavor::Obsidian { templates(job) } else { Vec::new() };
    move |path| job.config.files.is_document(path, &templates)
}

/// Where a vault keeps forms to be filled in: the folders that the two template plugins of Obsidian name, and the form of a
/// daily note. Their settings are JSON, which is YAML as well.
fn templates(job: &Job) -> Vec<CorpusPath> {
    let settings = [
        (".obsidian/templates.json", "folder"),
        (".obsidian/plugins/templater-obsidian/data.json", "templates_folder"),
        (".obsidian/daily-notes.json", "template"),
    ];
    let place = |(path, key): (&str, &str)| {
        let text = job.tree.read(&CorpusPath::new(path)?, job.config.files.max_bytes).ok()?;
        let place = CorpusPath::new(yaml::parse(&text, 0).root?.get(key)?.as_str()?)?;
        // A note may be named without its extension.
        let is_bare = key == "template" && !place.is_markdown();
        let place = if is_bare { CorpusPath::new(&format!("{}.md", place.as_str()))? } else { place };
        (!place.as_str().is_empty()).then_some(place)
    };
    settings.into_iter().filter_map(place).collect()
}
