//! How the build of a site reads paths: where its root is, and which pages it makes of documents.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{Paths, Resolution, Resolver, Settings, docusaurus, hugo};
use crate::{
    document::Renderer,
    source::{CorpusPath, FileId},
};

/// Where paths that begin with a slash lead.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The folder with the documents of the site; others are read as they stand in the repository.
    folder: CorpusPath,
    /// A folder outside of that, from which it takes its documents.
    outside: Option<CorpusPath>,
    /// What the beginning of a path stands for, in the order in which they are tried.
    mounts: Vec<Mount>,
}

/// A beginning of paths and the folder it stands for.
#[derive(Clone, Debug)]
pub struct Mount {
    /// Components without slashes at the ends; none for `/`.
    pub prefix: CorpusPath,
    /// The folder.
    pub folder: CorpusPath,
    /// Whether it counts for documents outside the site as well, as what is configured does.
    pub everywhere: bool,
}

impl Site {
    /// The site that a renderer makes of a folder; `sources` is where its configuration says the documents are.
    pub fn of(renderer: Renderer, folder: &CorpusPath, sources: Option<&str>) -> Self {
        let places: &[(&str, &str)] = match renderer {
            Renderer::VitePress => &[("", ""), ("", ".vuepress/public")],
            Renderer::Docusaurus => {
                &[("docs", "docs"), ("blog", "blog"), ("", "static"), ("", "src/pages"), ("", "docs"), ("", "")]
            }
            Renderer::Hugo | Renderer::HugoAscii | Renderer::HugoBlackfriday => {
                &[("", "content"), ("", "static"), ("", "assets"), ("", "")]
            }
            Renderer::MkDocs | Renderer::MkDocsUnicode | Renderer::MkDocsPymdownx => &[("", "docs")],
            Renderer::MdBook => &[("", "src")],
            _ => &[("", "")],
        };
        // A configured folder takes the place of the first one.
        let own = sources.map(|sources| ("", sources));
        let rest = places.iter().copied().skip(usize::from(own.is_some()));
        let mount = |(prefix, below): (&str, &str)| {
            let folder = folder.join(below)?;
            Some(Mount { prefix: CorpusPath::new(prefix)?, folder, everywhere: false })
        };
        Self { folder: folder.clone(), outside: None, mounts: own.into_iter().chain(rest).filter_map(mount).collect() }
    }

    /// The site that something makes of a folder and serves these folders of it from its root.
    pub fn serving(folder: &CorpusPath, served: &[&str]) -> Self {
        let mount = |below: &&str| {
            Some(Mount { prefix: CorpusPath::default(), folder: folder.join(below)?, everywhere: false })
        };
        Self { folder: folder.clone(), outside: None, mounts: served.iter().filter_map(mount).collect() }
    }

    /// The same, where Docusaurus takes its documents from another folder, seen from that of the site.
    #[must_use]
    pub fn with_docs(mut self, folder: &str) -> Self {
        self.outside = self.folder.join(folder);
        let prefixes = ["docs", ""].into_iter().filter_map(CorpusPath::new);
        let mount = |prefix| Some(Mount { prefix, folder: self.outside.clone()?, everywhere: false });
        let added: Vec<Mount> = prefixes.filter_map(mount).collect();
        self.mounts.splice(0..0, added);
        self
    }

    /// Whether documents of the site begin in a folder, or the site itself.
    pub(super) fn begins_at(&self, folder: &CorpusPath) -> bool {
        self.folder == *folder || self.mounts.iter().any(|mount| !mount.everywhere && mount.folder == *folder)
    }

    /// Whether paths in a document may be read from the root of the site.
    fn holds(&self, document: &CorpusPath) -> bool {
        std::iter::once(&self.folder).chain(&self.outside).any(|folder| document.is_within(folder))
    }

    /// Whether the site is made of a file, as far as the folders go that its generator has.
    pub(in crate::corpus) fn is_made_of(&self, path: &CorpusPath) -> bool {
        self.mounts.iter().any(|mount| !mount.everywhere && path.is_within(&mount.folder))
    }

    /// The folder with the documents of the site.
    pub(in crate::corpus) fn folder(&self) -> &CorpusPath {
        &self.folder
    }

    /// The same, where paths from the root may be meant from that of the repository as well.
    #[must_use]
    pub fn or_root(mut self) -> Self {
        let (prefix, folder) = Default::default();
        self.mounts.push(Mount { prefix, folder, everywhere: false });
        self
    }

    /// Puts configured mounts before all others; of several that fit, the longest counts.
    #[must_use]
    pub fn with(mut self, mut configured: Vec<Mount>) -> Self {
        configured.sort_by_key(|mount| Reverse(mount.prefix.as_str().len()));
        self.mounts.splice(0..0, configured);
        self
    }

    /// The same, where what lies in a folder `public` is served from the folder around it, as Vite does and what is made
    /// with it.
    #[must_use]
    pub fn with_public(mut self) -> Self {
        let public = |mount: &Mount| Some(Mount { folder: mount.folder.join("public")?, ..mount.clone() });
        let served: Vec<Mount> = self.mounts.iter().filter_map(public).collect();
        self.mounts.extend(served);
        self
    }

    /// The beginnings of paths of which the configuration says where they lead.
    pub(crate) fn configured(&self) -> impl Iterator<Item = &CorpusPath> {
        self.mounts.iter().filter(|mount| mount.everywhere).map(|mount| &mount.prefix)
    }

    /// Whether a relative path can lead from a document to a file: not out of the site.
    pub(crate) fn reaches(&self, from: &CorpusPath, to: &CorpusPath) -> bool {
        let mut configured = self.mounts.iter().filter(|mount| mount.everywhere).peekable();
        if configured.peek().is_none() {
            return self.address(from, to, "").is_some();
        }
        let folders: Vec<&CorpusPath> = configured.map(|mount| &mount.folder).collect();
        let holds = |path: &CorpusPath| folders.iter().any(|folder| path.is_within(folder));
        holds(to) || !holds(from)
    }

    /// The path from the root that leads to a file or folder, seen from a document; of several one that begins as
    /// another one does, in what stands for the folder or else in its first component, or else the shortest.
    pub(crate) fn address(&self, from: &CorpusPath, to: &CorpusPath, like: &str) -> Option<String> {
        let inside = self.holds(from);
        let fitting = self.mounts.iter().filter(|mount| (inside || mount.everywhere) && to.is_within(&mount.folder));
        let own = (!inside).then(|| format!("/{}", to.as_str()));
        let like = CorpusPath::new(like).unwrap_or_default();
        let first = |path: &'_ str| path.trim_start_matches('/').split('/').next().map(str::to_owned);
        let own_first = first(like.as_str());
        let mounted = fitting.map(|mount| {
            let below = to.as_str()[mount.folder.as_str().len()..].trim_start_matches('/');
            let prefix = mount.prefix.as_str();
            let shared = if like.is_within(&mount.prefix) { prefix.len() } else { 0 };
            (shared, if prefix.is_empty() { format!("/{below}") } else { format!("/{prefix}/{below}") })
        });
        let all = mounted.chain(own.map(|own| (0, own)));
        all.min_by_key(|(shared, address)| (Reverse(*shared), first(address) != own_first, address.len()))
            .map(|(_, address)| address)
    }

    /// What the configuration of the site may call a file or folder: its path from a folder that the site is made of.
    pub(crate) fn names(&self, path: &CorpusPath) -> BTreeSet<String> {
        let fitting = self.mounts.iter().filter(|mount| path.is_within(&mount.folder));
        let below = |folder: &CorpusPath| path.as_str()[folder.as_str().len()..].trim_start_matches('/').to_owned();
        fitting.map(|mount| below(&mount.folder)).filter(|name| !name.is_empty()).collect()
    }

    /// What it may call the page of a document.
    pub(crate) fn page_names(&self, path: &CorpusPath) -> BTreeSet<String> {
        let page = |name: String| {
            let name = CorpusPath::new(&name).filter(CorpusPath::is_markdown)?;
            let bare = name.parent().join(name.file_stem())?;
            let all = if is_index(&name) { vec![name.parent(), bare] } else { vec![bare] };
            let numberless = all.iter().map(docusaurus::folder).collect::<Vec<_>>();
            Some(all.into_iter().chain(numberless))
        };
        let pages = self.names(path).into_iter().filter_map(page).flatten();
        pages.map(|page| page.as_str().to_owned()).filter(|page| !page.is_empty()).collect()
    }

    /// Where a path that begins with a slash may lead, seen from a document.
    pub(in crate::corpus) fn candidates<'a>(
        &'a self,
        from: &'a CorpusPath,
        path: &'a str,
    ) -> impl Iterator<Item = CorpusPath> + 'a {
        let inside = self.holds(from);
        let path = CorpusPath::new(path);
        let mounted = self.mounts.iter().filter(move |mount| inside || mount.everywhere).filter_map({
            let path = path.clone();
            move |mount| {
                let path = path.as_ref().filter(|path| path.is_within(&mount.prefix))?;
                mount.folder.join(&path.as_str()[mount.prefix.as_str().len()..])
            }
        });
        // Outside a site, the root is that of the repository, as on GitHub.
        // From outside of its folder the repository's root may be meant as well.
        let is_beside = self.outside.as_ref().is_some_and(|folder| from.is_within(folder));
        let own = path.filter(|_| !inside || is_beside || self.mounts.iter().all(|mount| mount.everywhere));
        mounted.chain(own)
    }
}

impl Resolver<'_> {
    /// What a site generator makes of a path without its extension, or with `.html`: the document beside it.
    pub(super) fn site_page(&self, path: &CorpusPath) -> Option<CorpusPath> {
        let bare = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
        let in_folder = || {
            // The index of a folder is served as `index.html`, whatever the document is called.
            let folder = path.file_name().eq_ignore_ascii_case("index.html").then(|| path.parent())?;
            INDEXES.iter().filter_map(|index| folder.join(index)).find(|page| self.paths.document(page).is_some())
        };
        // Pages may be made of things that are no documents to us.
        let other = || {
            let page = self.pages.docusaurus.get(&docusaurus::key(path)).cloned();
            page.or_else(|| self.paths.with_ending(bare, docusaurus::PAGES, false))
        };
        let is_docusaurus = self.settings.renderers.contains(&Renderer::Docusaurus);
        let beside = self.paths.with_ending(bare, &[".md", "/index.md", "/README.md", "/_index.md", ".markdown"], true);
        // Jekyll makes `a.html` of `a.html.md`.
        let named = || self.paths.with_ending(path.as_str(), &[".md"], true);
        beside.or_else(named).or_else(in_folder).or_else(|| if is_docusaurus { other() } else { None })
    }

    /// Whether a path is that of a page which the build makes of no file: lists by tag, all of a book in one.
    pub(super) fn is_generated(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        self.settings.renderers.iter().any(|renderer| match renderer {
            Renderer::Docusaurus => {
                matches!(parts[..], [_, "tags" | "category" | "archive" | "authors", ..] | ["search"])
            }
            Renderer::MdBook => parts.last() == Some(&"print.html"),
            hugo if hugo.is_hugo() => hugo::is_generated(&parts),
            _ => false,
        })
    }

    /// Whether only a build knows where a relative path leads that leads nowhere here: to a file that is made of a template
    /// beside it, out of a book to those that are published beside it, or, in a post, whence its dated address says.
    pub(super) fn is_of_build(&self, from: &CorpusPath, path: &str, failure: &Resolution) -> bool {
        /// What the names of templates end in, behind the name of what is made of them.
        const TEMPLATES: &[&str] = &[".in", ".tmpl", ".tpl", ".template", ".erb", ".j2", ".jinja"];
        let is_template = |missing: &CorpusPath| self.paths.with_ending(missing.as_str(), TEMPLATES, false).is_some();
        let is_relative = !path.starts_with('/');
        let is_outside = || {
            let goal = from.beside(path);
            let leaves = |book: CorpusPath| !goal.as_ref().is_some_and(|goal| goal.is_within(&book));
            let names_document = || goal.as_ref().is_some_and(CorpusPath::is_markdown);
            self.book_of(from).is_some_and(leaves) || (is_post(from) && !names_document())
        };
        // A page that is made of the library, or a picture.
        let is_of_reference = |missing: &CorpusPath| {
            let found = || self.paths.named(missing.file_name()).iter();
            let is_page = missing.extension() == Some("html");
            let is_put = |folder: &CorpusPath| is_page || found().any(|file| file.is_within(folder));
            !path.contains('/') && self.settings.reference_of(from).is_some_and(is_put)
        };
        match failure {
            Resolution::Missing { path: missing } => {
                is_template(missing)
                    || is_of_reference(missing)
                    || (is_relative && is_outside())
                    || self.settings.builder_may_know(from, path)
            }
            Resolution::OutsideRoot => is_relative && is_outside(),
            _ => false,
        }
    }

    /// The folder with the chapters of the book that a document is one of, wherever in the repository.
    fn book_of(&self, document: &CorpusPath) -> Option<CorpusPath> {
        if !self.pages.has_books {
            return None;
        }
        document.parent().ancestors().find(|folder| self.is_book(folder))
    }

    /// Whether a document lists the chapters of a book. One without a path is a draft there.
    pub(super) fn is_contents_of_book(&self, document: &CorpusPath) -> bool {
        document.file_name() == CONTENTS && self.is_book(&document.parent())
    }

    /// Whether a folder holds the chapters of a book of `mdBook` or `GitBook`.
    fn is_book(&self, folder: &CorpusPath) -> bool {
        let has = |folder: &CorpusPath, names: &[&str]| self.paths.has_one(folder, names);
        let is_configured = || has(folder, &["book.toml", "book.json", ".gitbook.yaml"]);
        has(folder, &[CONTENTS]) && (has(&folder.parent(), &["book.toml"]) || is_configured())
    }

    /// The document that is shown for a folder.
    pub(super) fn index_of(&self, folder: &CorpusPath) -> Option<FileId> {
        let own = INDEXES.iter().filter_map(|index| folder.join(index));
        own.chain(CorpusPath::new(&format!("{}.md", folder.as_str()))).find_map(|page| self.paths.document(&page))
    }
}

/// The documents of the site that one below `i18n/<language>/` is the translation of: the same path below a folder
/// of the site. The build lays translations over them, so that what is not translated stands beside.
pub(crate) fn originals<'b>(
    paths: &'b Paths,
    settings: &'b Settings,
    document: &'b CorpusPath,
) -> impl Iterator<Item = CorpusPath> + 'b {
    let is_built = !settings.shows_files();
    let path = document.as_str();
    let behind = path.strip_prefix("i18n/").or_else(|| Some(path.split_once("/i18n/")?.1)).filter(|_| is_built);
    let of_language = behind.and_then(|path| Some(path.split_once('/')?.1));
    let rests = std::iter::successors(of_language, |rest| Some(rest.split_once('/')?.1)).take(OVERLAY + 1);
    let below = |rest| settings.site.mounts.iter().filter_map(move |mount| mount.folder.join(rest));
    rests.flat_map(below).filter(|original| paths.document(original).is_some())
}

/// The document that a path without an extension, or with that of a page, would be one of.
pub(crate) fn page_beside(path: &CorpusPath) -> Option<CorpusPath> {
    let bare = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
    let is_page = bare.len() < path.as_str().len() || path.extension().is_none();
    CorpusPath::new(&format!("{bare}.md")).filter(|_| is_page && !bare.is_empty())
}

/// Whether a document is its folder's own, by its name.
pub fn is_index(path: &CorpusPath) -> bool {
    let name = path.file_name();
    INDEXES.iter().any(|index| name.eq_ignore_ascii_case(index))
}

/// Whether a document is a part of pages, and its fragments are theirs: docsify shows some beside or before every page,
/// and Jekyll puts those of a folder wherever a page says so.
pub(super) fn is_part(path: &CorpusPath) -> bool {
    let is_included = || path.parent().as_str().split('/').any(|folder| folder == "_includes");
    matches!(path.file_name(), "_coverpage.md" | "_sidebar.md" | "_navbar.md" | "_footer.md") || is_included()
}

/// Whether a document is a post of Jekyll or its kin, which is served elsewhere than it stands.
pub(super) fn is_post(path: &CorpusPath) -> bool {
    path.as_str().split('/').any(|folder| folder == "_posts")
}

/// What lists the chapters of a book.
pub(super) const CONTENTS: &str = "SUMMARY.md";

/// How many folders below that of a language are left out at most, to know which document a translation is laid over:
/// `i18n/de/pages/a.md` over `docs/a.md` leaves out one.
const OVERLAY: usize = 2;

/// What a folder's own document is called.
pub(crate) const INDEXES: &[&str] = &["README.md", "index.md", "_index.md", "readme.md"];
