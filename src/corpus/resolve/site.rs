//! How the build of a site reads paths: which pages it makes of documents, and of no files at all.

use super::{Paths, Resolution, Resolver, Settings, hugo};
use crate::{
    corpus::{docusaurus, index_page::INDEXES},
    document::Renderer,
    source::{CorpusPath, FileId},
};

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
        let beside = self.paths.page(path);
        // Jekyll makes `a.html` of `a.html.md`.
        let named = || self.paths.with_ending(path.as_str(), &[".md"], true);
        let of_hugo = || self.pages.slugs.document(bare).cloned();
        let other = || if self.settings.is_docusaurus() { other() } else { of_hugo() };
        beside.or_else(named).or_else(in_folder).or_else(other)
    }

    /// Whether a path is that of a page which the build makes of no file: lists by tag, all of a book in one.
    pub(super) fn is_generated(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        self.settings.renderers.iter().any(|renderer| match renderer {
            Renderer::Docusaurus => {
                // The name of a version or language may stand before them, of both, or of none.
                let is_list = |part: &&str| matches!(*part, "tags" | "category" | "archive" | "authors");
                parts.iter().skip(1).take(3).any(is_list) || matches!(parts[..], ["search"])
            }
            // The first chapter is the index of the book as well.
            Renderer::MdBook => {
                let is_of_root = parts.iter().rev().skip(1).all(|part| matches!(*part, "." | ".."));
                matches!(parts.last(), Some(&"print.html"))
                    || (is_of_root && matches!(parts.last(), Some(&("index.html" | "toc.html"))))
            }
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
                    || self.is_rerouted(from, path, missing)
                    || is_of_reference(missing)
                    || (is_relative && is_outside())
                    || self.settings.builder_may_know(from, path)
            }
            Resolution::OutsideRoot => is_relative && is_outside(),
            _ => false,
        }
    }

    /// Whether a path may be that of a page that stands elsewhere: as the configuration says, or as a document names itself
    /// that stands for many.
    fn is_rerouted(&self, from: &CorpusPath, path: &str, missing: &CorpusPath) -> bool {
        let Settings { site, rerouted, .. } = self.settings;
        let is_folder =
            |name: &str| site.candidates(from, &format!("/{name}")).any(|folder| self.paths.is_folder(&folder));
        site.is_made_of(from)
            && (rerouted.may_hold(path, is_folder) || rerouted.leads_on(missing) || self.pages.routes.have(missing))
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
        self.indexes_of(folder).next()
    }

    /// The documents that may be shown for a folder, the most certain first: Jekyll shows another one than GitHub.
    pub(super) fn indexes_of(&self, folder: &CorpusPath) -> impl Iterator<Item = FileId> {
        let of_blog = self.settings.blog_of(folder).and_then(|_| folder.join("index.md"));
        let own = of_blog.into_iter().chain(INDEXES.iter().filter_map(|index| folder.join(index)));
        own.chain(CorpusPath::new(&format!("{}.md", folder.as_str()))).filter_map(|page| self.paths.document(&page))
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
