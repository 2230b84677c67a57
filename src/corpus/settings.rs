//! How the documents are to be read together: what is configured, and what the repository shows.

use super::{Addresses, Build, Builder, Form, Rerouted, Site, destination::is_way_up, docusaurus, is_index};
use crate::{
    contract::TagSource,
    document::{Flavor, Renderer},
    source::CorpusPath,
};

/// How the documents are to be read together.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The dialect of the documents.
    pub flavor: Flavor,
    /// What shows them: an anchor has to work for each.
    pub renderers: Vec<Renderer>,
    /// What shows documents outside the folders of a site that was seen: GitHub, and perhaps a build that takes them from
    /// there, so that an anchor has to work for one of them. So it is with the `README.md` of a vault in a repository. Empty
    /// if there is neither.
    pub renderers_outside: Vec<Renderer>,
    /// How that is known.
    pub evidence: Evidence,
    /// Where paths from the root lead.
    pub site: Site,
    /// Where all of it is published.
    pub addresses: Addresses,
    /// From where relative paths are read.
    pub base: Base,
    /// Whether paths of pages reach the reader as they are written, to be read from the folder that a document is served
    /// as, and those of files do not: they are read from the folder that it stands in.
    pub leaves_paths: bool,
    /// What documents are called that are shown for their folders.
    pub indexes: &'static [&'static str],
    /// Whether anchors are made in a way that is none of a known renderer, so that none is known not to be there.
    pub has_other_anchors: bool,
    /// Whether the build of the site looks among headings and objects of the whole project for a label that nothing in its
    /// document defines, as mkdocs-autorefs does.
    pub finds_labels: bool,
    /// The folders of which Sphinx makes a project that reads Markdown, as `MyST` is: there a fragment alone may name a place in
    /// any document, or an object of an API.
    pub projects: Vec<CorpusPath>,
    /// The folders of which gi-docgen makes the reference of a library: it puts all pages and pictures into one folder,
    /// and has anchors of its own.
    pub references: Vec<CorpusPath>,
    /// The folders of which Jekyll, or what is configured as it is, makes a site with posts.
    pub blogs: Vec<Blog>,
    /// The folders of which something makes a site, or shows it, in a way that is known in part.
    pub builds: Vec<Build>,
    /// Pages that are served elsewhere than their documents stand.
    pub rerouted: Rerouted,
    /// Where documents state their tags.
    pub tag_sources: Vec<TagSource>,
    /// Fields of the front matter that hold links.
    pub link_fields: Vec<String>,
    /// Folders of pages of rules.
    pub rule_pages: Vec<CorpusPath>,
}

impl Settings {
    /// Whether a document is the page of a rule: written for whoever looks after the corpus, and no part of it for its
    /// readers.
    pub(crate) fn is_rule_page(&self, document: &CorpusPath) -> bool {
        self.rule_pages.iter().any(|folder| document.is_within(folder))
    }

    /// The folder from which the relative paths of a document are read, if that is not the one it stands in: a folder of
    /// its own that it is served as, or the root of the site.
    pub(crate) fn served_at(&self, document: &CorpusPath) -> Option<CorpusPath> {
        match self.base {
            Base::Folder if !is_index(document) => document.beside(document.file_stem()),
            Base::Root if self.site.is_made_of(document) => Some(self.site.folder().clone()),
            _ => None,
        }
    }

    /// Whether Hugo shows the documents.
    pub(crate) fn is_hugo(&self) -> bool {
        self.renderers.iter().any(|renderer| renderer.is_hugo())
    }

    /// Whether Docusaurus shows the documents.
    pub(super) fn is_docusaurus(&self) -> bool {
        self.renderers.contains(&Renderer::Docusaurus)
    }

    /// Whether a path goes through a folder of which the address that is written for it says nothing, as one with versions of
    /// documents is.
    pub(crate) fn is_kept_elsewhere(&self, path: &str, written: &str) -> bool {
        self.is_docusaurus() && docusaurus::is_kept_elsewhere(path, written)
    }

    /// The folders besides its own from which a document may name the path of another one.
    pub(super) fn roots<'a>(&'a self, document: &CorpusPath, path: &str) -> impl Iterator<Item = CorpusPath> + use<'a> {
        self.is_docusaurus().then(|| self.site.docusaurus_roots(document, path)).into_iter().flatten()
    }

    /// The dialect that a document is read in: what lies at the root, beside the folder of a site that was seen, GitHub
    /// shows.
    pub(crate) fn flavor_of(&self, document: &CorpusPath) -> Flavor {
        // Docusaurus is mostly configured at the root, and shows what lies in folders of its own.
        let is_content = |folder: CorpusPath| {
            let is_usual = matches!(folder.file_name(), "docs" | "blog" | "pages" | "i18n" | "versioned_docs");
            is_usual || self.site.begins_at(&folder)
        };
        let is_other = match self.flavor {
            Flavor::PythonMarkdown { .. } => self.is_beside_site(document),
            Flavor::Mdx => !document.ancestors().skip(1).filter(|folder| !folder.as_str().is_empty()).any(is_content),
            _ => false,
        };
        if is_other { Flavor::GitHub } else { self.flavor }
    }

    /// Whether a header that no line opens is one all the same: Hexo writes its posts so, and `MkDocs` reads such fields.
    pub(crate) fn reads_unopened_headers(&self, document: &CorpusPath) -> bool {
        let is_post = || document.ancestors().any(|folder| matches!(folder.file_name(), "_posts" | "_drafts"));
        matches!(self.flavor_of(document), Flavor::PythonMarkdown { .. }) || is_post()
    }

    /// Whether nothing but Obsidian shows the documents.
    pub(super) fn is_vault(&self) -> bool {
        self.renderers.iter().all(|renderer| *renderer == Renderer::Obsidian)
    }

    /// Whether everything that shows the documents shows files as they stand in the repository.
    pub(crate) fn shows_files(&self) -> bool {
        self.renderers.iter().all(|renderer| renderer.shows_files())
    }

    /// Whether a build may put documents into others: that is known only where all that shows them is known, and shows
    /// files.
    pub(super) fn may_include(&self) -> bool {
        self.evidence == Evidence::None || !self.shows_files()
    }

    /// Whether a document is shown as it stands in the repository.
    pub(crate) fn is_shown_as_file(&self, document: &CorpusPath) -> bool {
        self.shows_files() || self.is_beside_site(document)
    }

    /// What may show a document to somebody, from inside a site or outside.
    pub(crate) fn all_renderers(&self) -> &[Renderer] {
        if self.renderers_outside.is_empty() { &self.renderers } else { &self.renderers_outside }
    }

    /// What shows a document, the most certain first.
    pub(crate) fn renderers_of(&self, document: &CorpusPath) -> &[Renderer] {
        if self.is_outside_site(document) { &self.renderers_outside } else { &self.renderers }
    }

    /// Whether a document lies outside the folders of a site that was seen, or is written for those who come to a vault from
    /// outside.
    pub(crate) fn is_outside_site(&self, document: &CorpusPath) -> bool {
        let is_readme = || self.is_vault() && document.file_stem().eq_ignore_ascii_case("readme");
        !self.renderers_outside.is_empty() && (!self.site.is_made_of(document) || is_readme())
    }

    /// Whether no anchor works for all that shows the documents: Obsidian goes by what headings say, and none but
    /// `VitePress` makes an anchor of that.
    pub(super) fn is_at_odds(&self) -> bool {
        let is_other = |renderer: &Renderer| !matches!(renderer, Renderer::Obsidian | Renderer::VitePress);
        self.renderers.contains(&Renderer::Obsidian) && self.renderers.iter().any(is_other)
    }

    /// Whether it does so at the root, whence no build takes it.
    fn is_beside_site(&self, document: &CorpusPath) -> bool {
        document.parent().as_str().is_empty() && self.is_outside_site(document)
    }

    /// Whether a label that nothing in a document defines may be found by the build of the site.
    pub(crate) fn may_find_labels(&self, document: &CorpusPath) -> bool {
        self.finds_labels && self.site.is_made_of(document)
    }

    /// Whether a fragment alone, in a document, may name a place in another one.
    pub(crate) fn is_of_project(&self, document: &CorpusPath) -> bool {
        self.projects.iter().any(|folder| document.is_within(folder))
    }

    /// The folder of the reference that a document is a chapter of.
    pub(crate) fn reference_of(&self, document: &CorpusPath) -> Option<&CorpusPath> {
        self.references.iter().find(|folder| document.is_within(folder))
    }

    /// What a builder makes of a document and those around it.
    pub(super) fn build_of(&self, document: &CorpusPath, builder: Builder) -> Option<&Build> {
        self.builds.iter().find(|build| build.builder == builder && build.holds(document))
    }

    /// Whether only the build of a site knows where a path leads that leads nowhere here, unless `paths` says it.
    pub(super) fn builder_may_know(&self, document: &CorpusPath, path: &str) -> bool {
        let mut builds = self.builds.iter().filter(|build| build.holds(document));
        builds.any(|build| build.may_know(path)) && self.site.configured().next().is_none()
    }

    /// Whether the anchors of a document are made in a way that is not known.
    pub(super) fn has_anchors_of_build(&self, document: &CorpusPath) -> bool {
        [Builder::Zola, Builder::Pelican].iter().any(|builder| self.build_of(document, *builder).is_some())
    }

    /// The site with posts that a document belongs to, where nothing else makes a site of it.
    pub(crate) fn blog_of(&self, document: &CorpusPath) -> Option<&Blog> {
        let mut around = self.blogs.iter().filter(|_| self.shows_files());
        around.find(|blog| document.is_within(&blog.folder))
    }

    /// Whether a path is that of a page that a site with posts makes of no file.
    pub(super) fn is_of_blog(&self, document: &CorpusPath, path: &str) -> bool {
        let parts = || path.split('/').filter(|part| !part.is_empty());
        let ends = [parts().next(), parts().next_back()].map(Option::unwrap_or_default);
        let names = ends.map(|end| end.trim_end_matches(|c: char| c.is_ascii_digit()));
        let makes = |blog: &Blog| blog.pages.iter().any(|page| names.contains(page));
        let is_of_collection = |blog: &Blog| blog.collections.iter().any(|name| parts().next() == Some(name));
        let holds = |blog: &&Blog| document.is_within(&blog.folder);
        self.blogs.iter().filter(holds).any(|blog| makes(blog) || is_of_collection(blog))
    }

    /// Whether a relative path is one that is read from there: that of a page, where that is the root of a document too.
    pub(crate) fn is_served(&self, path: &str) -> bool {
        // Nothing stands above the root.
        if self.base == Base::Root && path.starts_with("../") {
            return false;
        }
        let names_document = || CorpusPath::new(path).is_some_and(|path| path.is_markdown());
        let is_page = matches!(Form::of(path), Some(Form::Bare | Form::Html)) || is_way_up(path);
        is_page || (self.base == Base::Root && names_document())
    }
}

/// A folder with the configuration of a site that has posts.
#[derive(Clone, Debug)]
pub struct Blog {
    /// The folder.
    pub folder: CorpusPath,
    /// Whether the address of a post ends in its date and its title, as without a setting of its own.
    pub has_dates: bool,
    /// Whether a page is a folder there, `/guide/`, and no file, `/guide.html`.
    pub is_pretty: bool,
    /// What the paths of pages begin or end with that it makes of no file, numbers behind that aside.
    pub pages: Vec<&'static str>,
    /// What all paths from the root begin with.
    pub base: Option<CorpusPath>,
    /// What the paths of pages begin with that it makes of the documents of a collection.
    pub collections: Vec<String>,
}

/// From where the relative paths of a document are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// The folder that it stands in.
    #[default]
    Beside,
    /// A folder of its own that it is served as, so that `../x` leads to what stands beside it.
    Folder,
    /// The root of the site: paths of documents, wherever they are written.
    Root,
}

/// How it is known what shows the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// It is not: what is usual is taken for granted, and what another renderer would do is not held against anybody.
    None,
    /// What the repository holds shows it.
    Seen,
    /// It is configured.
    Told,
}
