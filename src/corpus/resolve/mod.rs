//! From a written destination to what it leads to.

pub(super) mod alias;
mod fragment;
mod github;
pub(super) mod hugo;
mod including;
mod others;
mod pages;
mod posts;
mod site;
pub(super) mod wikilink;

use std::sync::{Arc, OnceLock};

use super::{Base, Form, Malformed, Paths, Settings, destination, languages::in_language_of, page_beside};
use crate::{
    document::{Document, Link, LinkKind, Renderer},
    source::{CorpusPath, FileId, Span, percent_decode},
};

pub(crate) use fragment::compare_form;
pub(super) use including::{Including, leads_to_part};
pub(crate) use including::{included_by, only_named};
pub(super) use pages::Pages;
pub(crate) use site::originals;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Somewhere else: it has a scheme or a host, or is of a kind that is not looked at.
    Elsewhere,
    /// Nowhere, as can be seen without looking.
    Malformed(Malformed),
    /// A path above the root.
    OutsideRoot,
    /// Something that is known.
    Found(Target),
    /// A path that is not known.
    Missing {
        /// The path it would be.
        path: CorpusPath,
    },
    /// A path that exists but is left out by ignore files.
    Ignored {
        /// The path.
        path: CorpusPath,
        /// Whether git tracks it all the same, so that everybody has it.
        is_tracked: bool,
    },
    /// A path that is not known, written in a way that fails so often that the build of the site must know more.
    Unrecognised(Form),
    /// A wikilink to a note that nobody has written.
    Unwritten,
    /// A wikilink to a note that exists, once, in another spelling.
    Misspelt(CorpusPath),
}

impl Resolution {
    /// Whether there may be something to say of it: it leads neither elsewhere nor to one thing that is there as it is
    /// written.
    pub(crate) fn is_doubtful(&self) -> bool {
        match self {
            Self::Elsewhere => false,
            Self::Found(Target { written, fragment, rivals, .. }) => {
                written.is_some() || !rivals.is_empty() || matches!(fragment, Fragment::Missing(_))
            }
            _ => true,
        }
    }
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file or folder.
    pub path: CorpusPath,
    /// The path as the link writes it, where only letter case or Unicode form differ from `path`.
    pub written: Option<CorpusPath>,
    /// The document, where it is one; of a folder, the one that is shown for it.
    pub file: Option<FileId>,
    /// The place in it.
    pub fragment: Fragment,
    /// Other files that a wikilink could mean just as well.
    pub rivals: Vec<CorpusPath>,
    /// The bytes of the destination, where a wikilink is read as in a wiki of GitHub: there it stands behind the text.
    pub page: Option<Span>,
}

impl Target {
    /// The headings the link names.
    pub fn headings(&self) -> impl Iterator<Item = usize> + '_ {
        let headings: &[usize] = if let Fragment::Headings(headings) = &self.fragment { headings } else { &[] };
        headings.iter().copied()
    }
}

/// The part of a target behind `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// None, or one that is not for us to judge: of a file that is no document or not all of one, `#top`, a text fragment.
    Unjudged,
    /// Headings of the document; a wikilink may name a path of several.
    Headings(Vec<usize>),
    /// An explicit id of the document: index into its anchors.
    Anchor(usize),
    /// Nothing in the document, for these renderers.
    Missing(Vec<Renderer>),
}

/// Resolves destinations against all documents and paths.
pub(super) struct Resolver<'a> {
    documents: &'a [Arc<Document>],
    paths: &'a Paths,
    settings: &'a Settings,
    /// By document; made when a link first asks.
    anchors: Vec<OnceLock<fragment::Targets<'a>>>,
    /// By document, what the build of a site puts into it; made when a link first asks.
    included: Vec<OnceLock<Option<Vec<FileId>>>>,
    /// `None` where it is not asked yet.
    pub(super) including: Option<&'a Including>,
    pages: &'a Pages,
}

/// What a path leads to, and how it was written if that differs in case or form.
type Found = (CorpusPath, Option<CorpusPath>);

impl<'a> Resolver<'a> {
    pub(super) fn new(
        documents: &'a [Arc<Document>],
        paths: &'a Paths,
        settings: &'a Settings,
        pages: &'a Pages,
        including: Option<&'a Including>,
    ) -> Self {
        let anchors = documents.iter().map(|_| OnceLock::new()).collect();
        let included = documents.iter().map(|_| OnceLock::new()).collect();
        Self { documents, paths, settings, anchors, included, including, pages }
    }

    fn anchors(&self, file: FileId) -> &fragment::Targets<'a> {
        let document = &self.documents[file.index()];
        let make = || fragment::Targets::new(document, self.settings.renderers_of(&document.source.path));
        self.anchors[file.index()].get_or_init(make)
    }

    pub(super) fn link(&self, document: &Document, link: &Link) -> Resolution {
        match link.kind {
            LinkKind::Wiki => {
                let note = self.wikilink(document, &link.target, link.is_image);
                self.page(document, link, &note).unwrap_or(note)
            }
            LinkKind::Autolink if destination::misspelt_scheme(&link.target).is_some() => {
                Resolution::Malformed(Malformed::Scheme)
            }
            LinkKind::Autolink => Resolution::Elsewhere,
            LinkKind::Inline if self.is_told_to_ignore(document, link) => Resolution::Elsewhere,
            // Scripts make something of it.
            LinkKind::Html if link.target == "#" => Resolution::Elsewhere,
            // No place on a page is a picture; docsify takes it for a colour.
            _ if link.is_image && link.target.starts_with('#') && link.target.len() > 1 => Resolution::Elsewhere,
            LinkKind::Inline if !link.is_image && self.settings.is_of_project(&document.source.path) => {
                match self.destination(document, &link.target, false) {
                    Resolution::Missing { .. } if destination::is_label(&percent_decode(&link.target)) => {
                        Resolution::Elsewhere
                    }
                    other => other,
                }
            }
            LinkKind::Inline | LinkKind::Reference | LinkKind::Html => {
                self.destination(document, &link.target, link.kind == LinkKind::Html)
            }
        }
    }

    /// A destination, of a link in Markdown or in HTML: a URL, or a path relative to the document or to the root of the
    /// site. What is right where the document is included is no link of this place: it is not to be rewritten.
    pub(super) fn destination(&self, document: &Document, target: &str, in_html: bool) -> Resolution {
        match self.destination_in(document, target, in_html) {
            own if own.depends_on_place() && self.is_right_where_included(document, target, in_html) => {
                Resolution::Elsewhere
            }
            own => own,
        }
    }

    /// The same, where it is read in this document and nowhere else.
    fn destination_in(&self, document: &Document, target: &str, in_html: bool) -> Resolution {
        if target.is_empty() || target == "#" {
            let is_draft = target.is_empty() && self.is_contents_of_book(&document.source.path);
            return if is_draft { Resolution::Elsewhere } else { Resolution::Malformed(Malformed::Empty) };
        }
        if destination::misspelt_scheme(target).is_some() {
            return Resolution::Malformed(Malformed::Scheme);
        }
        if destination::has_scheme(target) || target.starts_with('\\') || destination::is_code(target) {
            return Resolution::Elsewhere;
        }
        let (path, mut query, mut fragment) = destination::parts(target);
        if fragment.is_none() && self.settings.renderers.contains(&Renderer::Docsify) {
            fragment = target.split_once(destination::ID).map(|(_, id)| id).filter(|id| !id.contains('&'));
            query = query.filter(|_| fragment.is_none());
        }
        let decoded = percent_decode(path);
        let is_own = path.is_empty();
        let found = if is_own {
            Ok((document.source.path.clone(), None))
        } else {
            match self.path(&document.source.path, &decoded, in_html) {
                // A file whose name really holds a percent sign.
                Err(missing @ Resolution::Missing { .. }) if decoded != path => {
                    self.path(&document.source.path, path, in_html).map_err(|_| missing)
                }
                other => other,
            }
        };
        let (path, written) = match found {
            Err(failure) if self.is_for_others(&document.source.path, path, &decoded, &failure) => {
                return Resolution::Elsewhere;
            }
            // The build calls pages by other letters than their files.
            Ok((_, Some(_)))
                if self.settings.builder_may_know(&document.source.path, &decoded)
                    || self.pages.slugs.has(&decoded) =>
            {
                return Resolution::Elsewhere;
            }
            Err(missing @ Resolution::Missing { .. }) => {
                return destination::malformed(path).map_or(missing, Resolution::Malformed);
            }
            Err(resolution) => return resolution,
            Ok(found) => found,
        };
        let file = self.paths.document(&path).or_else(|| self.index_for(&document.source.path, &path, fragment));
        let fragment = match (file, fragment) {
            // `?plain=1#L10` is a line of the source, not a heading.
            (Some(file), Some(fragment)) if query.is_none() && !(is_own && site::is_part(&document.source.path)) => {
                match self.fragment(&document.source.path, file, fragment) {
                    Fragment::Missing(_) if self.is_of_reader(&document.source.path, fragment, is_own) => {
                        Fragment::Unjudged
                    }
                    named => named,
                }
            }
            _ => Fragment::Unjudged,
        };
        Resolution::Found(Target { path, written, file, fragment, rivals: Vec::new(), page: None })
    }

    /// The document that a link leads to, in which there is what it names, if it leads to a folder.
    fn index_for(&self, from: &CorpusPath, folder: &CorpusPath, fragment: Option<&str>) -> Option<FileId> {
        let Some(fragment) = fragment.filter(|_| self.settings.blog_of(folder).is_some()) else {
            return self.index_of(folder);
        };
        let has = |file: &FileId| !matches!(self.fragment(from, *file, fragment), Fragment::Missing(_));
        self.indexes_of(folder).find(has).or_else(|| self.index_of(folder))
    }

    /// A path as a document writes it.
    fn path(&self, from: &CorpusPath, path: &str, in_html: bool) -> Result<Found, Resolution> {
        if path.starts_with('/') {
            return self.rooted(from, path);
        }
        if let Some(alias) = alias::Alias::of(self.settings, from, path) {
            let path = alias.read(path).ok_or(Resolution::OutsideRoot)?;
            return self.known(&path).map_or_else(|| self.alike(&path, false), |found| Ok((found, None)));
        }
        let beside = from.beside(path).ok_or(Resolution::OutsideRoot);
        let served = self.settings.served_at(from).and_then(|folder| folder.join(path));
        if let Some(served) = served.as_ref().filter(|_| self.is_left(from, path, beside.as_ref().ok())) {
            return self.known(served).map(|found| (found, None)).ok_or(Resolution::Missing { path: served.clone() });
        }
        let is_rooted = self.settings.base == Base::Root;
        let is_of_root = is_rooted && self.settings.is_served(path);
        // A file that Markdown names is looked for beside the document, and the path to it is rewritten.
        let is_rewritten = || self.settings.leaves_paths && !in_html && self.settings.site.is_made_of(from);
        let served =
            served.filter(|_| if is_rooted { is_of_root } else { destination::is_page(path) || !is_rewritten() });
        let mut all = [served.as_ref(), beside.as_ref().ok()];
        // The path of a file is mostly one in the repository; that of a page is one on the site.
        if served.is_some() && !destination::is_page(path) && !is_of_root {
            all.reverse();
        }
        if let Some(found) = all.into_iter().flatten().find_map(|path| self.known(path)) {
            return Ok((found, None));
        }
        let mut roots = self.settings.roots(from, path).filter_map(|root| root.join(path));
        if let Some(found) = roots.find_map(|path| self.known(&path)) {
            return Ok((found, None));
        }
        let own = served.filter(|_| is_of_root).map_or(beside, Ok)?;
        let alike = self.alike(&own, path.ends_with('/'));
        // Obsidian looks for a path as it looks for the name of a note.
        let note = || self.note(from, path).map(|(found, _)| (found, None));
        let laid_over =
            || originals(self.paths, self.settings, from).find_map(|original| self.known(&original.beside(path)?));
        let alike = alike.or_else(|missing| self.settings.is_vault().then(note).flatten().ok_or(missing));
        let translated = || in_language_of(from, &own).filter(|own| self.paths.is_file(own));
        // What the build lays over is no link between two documents here: it is not to be rewritten.
        alike.map_err(|missing| if laid_over().or_else(translated).is_some() { Resolution::Elsewhere } else { missing })
    }

    /// Whether the build of a site leaves a path as it is written: that of a page, and of no file.
    fn is_left(&self, from: &CorpusPath, path: &str, beside: Option<&CorpusPath>) -> bool {
        let is_there = |path: &CorpusPath| self.paths.is_file(path) || self.paths.is_foreign(path);
        self.settings.leaves_paths
            && destination::is_page(path)
            && self.settings.site.is_made_of(from)
            && !beside.is_some_and(is_there)
    }

    /// A path from the root of the site.
    fn rooted(&self, from: &CorpusPath, path: &str) -> Result<Found, Resolution> {
        let site = &self.settings.site;
        if let Some(found) = site.candidates(from, path).find_map(|candidate| self.known(&candidate)) {
            return Ok((found, None));
        }
        if let Some(&file) = self.pages.permalinks.get(&pages::permalink_key(path)) {
            return Ok((self.documents[file.index()].source.path.clone(), None));
        }
        let mut alike =
            site.candidates(from, path).map(|candidate| self.alike(&candidate, path.ends_with('/'))).peekable();
        let first = alike.peek().and_then(|first| first.clone().err());
        // What begins as no folder of the site does is served by something else.
        let other = || if CorpusPath::new(path).is_some() { Resolution::Elsewhere } else { Resolution::OutsideRoot };
        alike.find_map(Result::ok).map_or_else(|| Err(first.unwrap_or_else(other)), Ok)
    }

    /// What stands at a path letter for letter, or what a site makes of it.
    fn known(&self, path: &CorpusPath) -> Option<CorpusPath> {
        let foreign = || self.paths.is_foreign(path).then(|| path.clone());
        self.paths.known(path).or_else(foreign).or_else(|| self.site_page(path))
    }

    /// The only thing that differs from a path, or the page that a site makes of it, by letter case or Unicode form. What
    /// is written as a folder is not taken for a page that differs, nor what is called like a file of the repository
    /// (`LICENSE`) for a folder.
    fn alike(&self, path: &CorpusPath, is_folder: bool) -> Result<Found, Resolution> {
        let page = page_beside(path).filter(|_| !is_folder);
        for written in [Some(path), page.as_ref()].into_iter().flatten() {
            if let [actual] = self.paths.spelled_alike(written)
                && (is_folder || self.paths.is_file(actual) || !is_in_capitals(written.file_stem()))
            {
                return Ok((actual.clone(), Some(written.clone())));
            }
        }
        Err(Resolution::Missing { path: path.clone() })
    }
}

/// Whether a name without its extension is one of capitals, of which any folder may have a file: `LICENSE`.
pub(crate) fn is_in_capitals(stem: &str) -> bool {
    !stem.contains(char::is_lowercase) && stem.contains(char::is_uppercase)
}
