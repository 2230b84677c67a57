//! A destination written anew, in the manner in which it is written, so that it leads to another path.

use unicode_normalization::UnicodeNormalization;

use super::{
    Base, Builder, Corpus, Destination, Form, Paths, Resolution, Target, docusaurus,
    index_page::INDEXES,
    is_index, letters,
    resolve::{alias::Alias, hugo, wikilink},
};
use crate::{
    document::{Document, LinkKind, Renderer},
    source::{CorpusPath, characters::is_unseen, percent_decode, percent_encode, percent_encode_in_brackets},
};

impl Corpus {
    /// What has to stand in the place of a destination for it to lead to `to`, if its document stood at `from`. Names
    /// are looked up among `paths`. What follows the path, a fragment or a query, stays as it is. `None` where the
    /// bytes of the path cannot be told from the rest.
    pub fn respell(
        &self,
        document: &Document,
        destination: &Destination<'_>,
        from: &CorpusPath,
        to: &CorpusPath,
        paths: &Paths,
    ) -> Option<String> {
        if destination.is_wiki() {
            let written = document.source.slice(destination.span);
            let end = written.find('#').unwrap_or(written.len());
            let manner = written[..end].trim();
            let is_page = matches!(destination.resolution, Resolution::Found(Target { page: Some(_), .. }));
            let name = match manner {
                page if is_page => page_name(page, to),
                page if self.settings.build_of(from, Builder::Logseq).is_some()
                    && wikilink::of_logseq(page) != page =>
                {
                    wikilink::to_logseq(to)
                }
                note => note_name(note, from, to, paths),
            };
            return Some(format!("{name}{}", &written[end..]));
        }
        let manner = percent_decode(destination.path());
        let is_served = self.settings.is_served(&manner) && !self.is_misread(document, destination);
        let served = self.settings.served_at(from).filter(|_| is_served);
        let folder = served.unwrap_or_else(|| from.parent());
        let is_root = |root: &CorpusPath| to.is_within(root) && from.is_within(root);
        let root = self.root_of(document, destination, &manner).filter(is_root);
        let folder = root.unwrap_or(folder);
        let page = self.page_as(document, destination, &manner, to);
        let (shown, folder) = match &page {
            Some(page) => (page.clone(), docusaurus::folder(&folder)),
            None => (self.shown_as(&manner, to, !matches!(destination.resolution, Resolution::Found(_))), folder),
        };
        let is_address =
            self.settings.is_hugo() && Form::of(manner.trim_start_matches('/')) == Some(Form::Bare) && to.is_markdown();
        let (shown, folder) = if is_address && hugo::is_address(&manner) {
            [shown, folder].map(|path| hugo::page(&path, &self.settings)).into()
        } else {
            (shown, folder)
        };
        let has_page = || matches!(destination.resolution, Resolution::Found(target) if !is_index(&target.path));
        // Jekyll makes a file of a page, but for that of a folder.
        let is_of_blog = self.settings.blog_of(from).is_some_and(|blog| !blog.is_pretty);
        let was_folder =
            || matches!(destination.resolution, Resolution::Found(target) if self.paths.is_folder(&target.path));
        // A page is a folder only on some sites, or where it is written so.
        let ends_in_slash = !to.is_markdown()
            || is_index(to)
            || self.settings.base == Base::Folder
            || (self.settings.shows_files() && !(is_of_blog && was_folder()))
            || (page.is_some() && has_page());
        let text = self.path_as(&manner, from, &folder, &shown)?;
        // VitePress takes `..` for the name of a page.
        let is_dots = || matches!(text.rsplit('/').next(), Some("." | ".."));
        // It is that of a folder only with a slash behind it.
        let becomes_folder = || has_page() && !manner.is_empty() && shown == to.parent();
        let needs_slash = || {
            let is_vitepress = self.settings.renderers.contains(&Renderer::VitePress);
            to.is_markdown() && ((is_vitepress && is_dots()) || ((is_vitepress || is_of_blog) && becomes_folder()))
        };
        let ends_in_slash = (manner.ends_with('/') && ends_in_slash) || needs_slash();
        let slash = if ends_in_slash && !text.ends_with('/') { "/" } else { "" };
        destination.with_path(document, &format!("{text}{slash}"))
    }

    /// Whether a link of a vault leads to a file by a part of its path that counts in every folder, as the name of a note
    /// does, and neither from the folder of its document nor from the root.
    pub(crate) fn is_by_name(&self, document: &Document, destination: &Destination<'_>) -> bool {
        let Resolution::Found(target) = destination.resolution else { return false };
        let manner = percent_decode(destination.path());
        let leads = |folder: &CorpusPath| folder.join(&manner).is_some_and(|path| is_page_at(&target.path, &path));
        let is_path = !destination.is_wiki() && !manner.is_empty() && !manner.starts_with('/');
        self.settings.is_vault() && is_path && !leads(&document.source.path.parent()) && !leads(&CorpusPath::default())
    }

    /// Whether some link does: in such a vault, names are as good as paths.
    pub(crate) fn goes_by_name(&self) -> bool {
        let mut all = self.documents.iter().filter(|_| self.settings.is_vault());
        all.any(|document| self.destinations(document).any(|destination| self.is_by_name(document, &destination)))
    }

    /// Whether a destination begins with a word that the build of a site reads, and stands for a folder.
    pub fn is_behind_word(&self, document: &Document, destination: &Destination<'_>) -> bool {
        Alias::of(&self.settings, &document.source.path, &percent_decode(destination.path())).is_some()
    }

    /// The folder from which a path is read, if it is neither the document's own nor written before it.
    fn root_of(&self, document: &Document, destination: &Destination<'_>, path: &str) -> Option<CorpusPath> {
        let Resolution::Found(target) = destination.resolution else { return None };
        let leads = |folder: &CorpusPath| folder.join(path).is_some_and(|path| path == target.path);
        let from = &document.source.path;
        // Obsidian reads a path from the root of the vault as well.
        let vault = self.settings.is_vault().then(CorpusPath::default);
        self.settings.roots(from, path).chain(vault).find(leads).filter(|_| !leads(&from.parent()))
    }

    /// The path of a document's page on a site of Docusaurus, where a destination is written as one: without the numbers
    /// that order pages, or by a name that the document gives itself.
    fn page_as(
        &self,
        document: &Document,
        destination: &Destination<'_>,
        manner: &str,
        to: &CorpusPath,
    ) -> Option<CorpusPath> {
        let Resolution::Found(target) = destination.resolution else { return None };
        let goal = self.document(target.file?).filter(|goal| goal.source.path == target.path)?;
        let is_page = self.settings.is_docusaurus()
            && Form::of(manner.trim_start_matches('/')) == Some(Form::Bare)
            && docusaurus::is_of_page(manner);
        let own = &document.source.path;
        let beside = own.beside(manner).filter(|_| !manner.starts_with('/'));
        let rooted = self.settings.site.candidates(own, manner).filter(|_| manner.starts_with('/'));
        let mut written = beside.into_iter().chain(rooted).filter(|_| is_page);
        written.find_map(|written| docusaurus::page_as(goal, &written, to))
    }

    /// Whether the relative path of a page leads where it does only if it is read from the folder of its document, though
    /// that is served as a folder of its own, from which a browser reads it.
    pub fn is_misread(&self, document: &Document, destination: &Destination<'_>) -> bool {
        let own = &document.source.path;
        let (Some(served), Resolution::Found(target)) = (self.settings.served_at(own), destination.resolution) else {
            return false;
        };
        let manner = percent_decode(destination.path());
        let leads = |folder: &CorpusPath| folder.join(&manner).is_some_and(|path| is_page_at(&target.path, &path));
        self.settings.is_served(&manner) && leads(&own.parent()) && !leads(&served)
    }

    /// What a path is shown as where another one stands: with or without an extension, an index as its folder.
    /// Of a slip, the extension is still one if its mark is another one, or missing: `install,md`.
    fn shown_as(&self, manner: &str, to: &CorpusPath, is_slip: bool) -> CorpusPath {
        let name = manner.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        // A mark of another width, or one that nobody sees, is in the way of none.
        let plain: String = name.nfkc().filter(|&c| !is_unseen(c)).collect();
        let is_extended = |extension: &str| {
            let ends = |name: &str| letters(name).ends_with(extension);
            is_slip && ends(&plain) && !ends(to.file_stem())
        };
        let has_extension =
            CorpusPath::new(&plain).is_some_and(|name| name.is_markdown()) || to.extension().is_some_and(is_extended);
        let stem = to.as_str().strip_suffix(to.extension().map_or("", |_| to.file_name())).unwrap_or_default();
        let shown = if !to.is_markdown() || has_extension || manner.is_empty() {
            to.as_str().to_owned()
        } else if name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("html")) {
            // A site calls the page of a folder so, whatever its document is called.
            let is_of_folder = self.settings.indexes.contains(&to.file_name())
                && (!self.settings.shows_files() || name.eq_ignore_ascii_case("index.html"));
            format!("{stem}{}.html", if is_of_folder { "index" } else { to.file_stem() })
        } else if self.settings.indexes.contains(&to.file_name()) && !is_index_name(name) {
            stem.to_owned()
        } else {
            format!("{stem}{}", to.file_stem())
        };
        CorpusPath::new(&shown).unwrap_or_else(|| to.clone())
    }

    /// A path that begins as another one does: at the root or not, with `./` or not, with a word that the build reads or
    /// not; `None` where nothing that begins so leads there. A relative one begins in `folder`.
    fn path_as(&self, manner: &str, from: &CorpusPath, folder: &CorpusPath, to: &CorpusPath) -> Option<String> {
        if let Some(alias) = Alias::of(&self.settings, from, manner) {
            return alias.write(to);
        }
        let rooted = manner.starts_with('/').then(|| self.settings.site.address(from, to, manner)).flatten();
        // A version that the site does not list has no address.
        if rooted.as_deref().is_some_and(|address| self.settings.is_kept_elsewhere(address, manner)) {
            return None;
        }
        let mut text = rooted.unwrap_or_else(|| to.relative_to(folder));
        // What begins like a scheme is none behind `./`, and what leads to the own folder has to be something.
        let needs_dot = |path: &str| path.is_empty() || path.split('/').next().is_some_and(|name| name.contains(':'));
        let is_dotted = manner.strip_prefix("./").is_some_and(|rest| !needs_dot(rest));
        if is_dotted || (needs_dot(&text) && !text.is_empty()) {
            text.insert_str(0, "./");
        }
        if text.is_empty() {
            text.push('.');
        }
        Some(text)
    }
}

/// Whether a path without an extension, or with that of a page, leads to a document or folder.
fn is_page_at(target: &CorpusPath, path: &CorpusPath) -> bool {
    let bare = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
    let stem =
        target.as_str().strip_suffix(target.extension().unwrap_or_default()).map(|stem| stem.trim_end_matches('.'));
    path == target || stem == Some(bare) || (is_index(target) && target.parent().as_str() == bare)
}

/// Whether a name without its extension is that of an index.
fn is_index_name(name: &str) -> bool {
    INDEXES.iter().any(|index| index.rsplit_once('.').is_some_and(|(stem, _)| stem.eq_ignore_ascii_case(name)))
}

impl Destination<'_> {
    /// What has to stand in its place for its path to be this one, encoded where that is. What follows the path, a
    /// fragment or a query, stays as it is. `None` where the bytes of the path cannot be told from the rest, or the new
    /// ones would mean something else there.
    pub fn with_path(&self, document: &Document, path: &str) -> Option<String> {
        let written = document.source.slice(self.span);
        // An entity or an escape may hold what looks like the end of the path.
        if written.contains("&#") || written.contains("\\#") {
            return None;
        }
        let rest = &written[written.find(['#', '?']).unwrap_or(written.len())..];
        let own = self.path();
        let is_bracketed = document.source.text[..self.span.start as usize].ends_with('<');
        let mut text = if is_bracketed && !own.contains('%') {
            percent_encode_in_brackets(path)
        } else {
            percent_encode(path, own.contains('%') && own.is_ascii())
        };
        let is_harmless = match self.link {
            Some(link) if link.kind == LinkKind::Html => {
                text = text.replace('&', "&amp;");
                !text.contains('\'') || document.source.text[..self.span.start as usize].ends_with('"')
            }
            Some(link) if document.is_in_front_matter(link.span) => {
                let whole = format!("{text}{rest}");
                document.respelt(self.span, &whole) == Some((self.span, whole))
            }
            _ => true,
        };
        is_harmless.then(|| format!("{text}{rest}"))
    }
}

/// The name of a page in a wiki of GitHub: with blanks for hyphens where it had some.
fn page_name(manner: &str, to: &CorpusPath) -> String {
    let name = extended_as(manner, if manner.contains('/') { to.as_str() } else { to.file_name() });
    if manner.contains(' ') { name.replace('-', " ") } else { name.to_owned() }
}

/// A name with its `.md` only where another one has it.
fn extended_as<'a>(manner: &str, name: &'a str) -> &'a str {
    let names_extension = manner.to_lowercase().ends_with(".md");
    name.strip_suffix(".md").filter(|_| !names_extension).unwrap_or(name)
}

/// The name of a note in a wikilink: relative where it was, with its folder where it had one or where the name alone
/// does not tell it from others.
fn note_name(manner: &str, from: &CorpusPath, to: &CorpusPath, paths: &Paths) -> String {
    let is_relative = manner.starts_with("./") || manner.starts_with("../");
    let is_unique = paths.named(to.file_name()).len() < 2;
    let mut text = if is_relative {
        to.relative_to(&from.parent())
    } else if manner.contains('/') || !is_unique {
        to.as_str().to_owned()
    } else {
        to.file_name().to_owned()
    };
    if is_relative && !text.starts_with("..") {
        text.insert_str(0, "./");
    } else if manner.starts_with('/') {
        text.insert(0, '/');
    }
    text.truncate(extended_as(manner, &text).len());
    text
}
