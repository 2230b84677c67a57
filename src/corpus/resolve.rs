//! From a written destination to what it leads to.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use super::{Paths, paths::fold, percent_decode};
use crate::{
    document::{Anchors, Document, Flavor, Heading, Link, LinkKind, Renderer},
    source::{CorpusPath, FileId, Unresolvable},
};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Somewhere else: it has a scheme or a host, or is of a kind that is not looked at.
    Elsewhere,
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
    },
    /// A wikilink to a note that nobody has written.
    Unwritten,
    /// A wikilink to a note that exists, once, in another spelling.
    Misspelt(CorpusPath),
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file or folder.
    pub path: CorpusPath,
    /// The path as the link writes it, where only letter case or Unicode form differ from `path`.
    pub written: Option<CorpusPath>,
    /// The document, where it is one.
    pub file: Option<FileId>,
    /// The place in it.
    pub fragment: Fragment,
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
    /// None, or one that is not for us to judge: of a file that is no document, `#top`, a text fragment.
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
    flavor: Flavor,
    renderers: &'a [Renderer],
    /// By document; made when a link first asks.
    anchors: Vec<OnceLock<Targets<'a>>>,
}

/// The link targets of one document.
struct Targets<'a> {
    /// For each renderer.
    headings: Vec<Arc<Anchors>>,
    ids: HashMap<&'a str, usize>,
    /// Headings by the form in which Obsidian compares them; made when a link first asks.
    compared: OnceLock<HashMap<String, Vec<usize>>>,
}

impl<'a> Targets<'a> {
    fn new(document: &'a Document, renderers: &[Renderer]) -> Self {
        // Where an id stands twice, the first one wins.
        let anchors = document.facts.anchors.iter().enumerate().rev();
        let ids = anchors.map(|(at, anchor)| (anchor.id.as_str(), at)).collect();
        let headings = renderers.iter().map(|&renderer| document.anchors(renderer)).collect();
        Self { headings, ids, compared: OnceLock::new() }
    }

    /// What a fragment names for one of the renderers.
    fn find(&self, renderer: usize, id: &str) -> Option<Fragment> {
        let heading = self.headings[renderer].find(id).map(|at| Fragment::Headings(vec![at]));
        heading.or_else(|| self.id(id))
    }

    /// An explicit id.
    fn id(&self, id: &str) -> Option<Fragment> {
        self.ids.get(id).map(|&at| Fragment::Anchor(at))
    }

    /// The headings that Obsidian takes for a name, in order.
    fn compared(&self, headings: &[Heading], name: &str) -> &[usize] {
        let index = self.compared.get_or_init(|| {
            let mut index: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, heading) in headings.iter().enumerate() {
                index.entry(compare_form(&heading.text)).or_default().push(at);
            }
            index
        });
        index.get(&compare_form(name)).map_or(&[], Vec::as_slice)
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn new(
        documents: &'a [Arc<Document>],
        paths: &'a Paths,
        flavor: Flavor,
        renderers: &'a [Renderer],
    ) -> Self {
        let anchors = documents.iter().map(|_| OnceLock::new()).collect();
        Self { documents, paths, flavor, renderers, anchors }
    }

    fn anchors(&self, file: FileId) -> &Targets<'a> {
        self.anchors[file.index()].get_or_init(|| Targets::new(&self.documents[file.index()], self.renderers))
    }

    pub(super) fn link(&self, document: &Document, link: &Link) -> Resolution {
        match link.kind {
            LinkKind::Wiki => self.wikilink(document, &link.target),
            LinkKind::Autolink => Resolution::Elsewhere,
            LinkKind::Inline | LinkKind::Reference => self.destination(document, &link.target),
        }
    }

    /// A Markdown destination: a URL, or a path relative to the document.
    pub(super) fn destination(&self, document: &Document, target: &str) -> Resolution {
        if has_scheme(target) || target.starts_with('/') || target.starts_with('\\') || target.is_empty() {
            return Resolution::Elsewhere;
        }
        let (path, fragment) = split_fragment(target);
        let (path, query) = path.split_once('?').map_or((path, false), |(path, _)| (path, true));
        let folder = document.source.path.parent();
        let decoded = percent_decode(path);
        let found = if path.is_empty() {
            Ok((document.source.path.clone(), None))
        } else {
            match self.path(&folder, &decoded) {
                // A file whose name really holds a percent sign.
                Err(Resolution::Missing { path: missing }) if decoded != path => {
                    self.path(&folder, path).map_err(|_| Resolution::Missing { path: missing })
                }
                other => other,
            }
        };
        let (path, written) = match found {
            Ok(found) => found,
            Err(resolution) => return resolution,
        };
        let file = self.paths.document(&path);
        let fragment = match (file, fragment) {
            // `?plain=1#L10` is a line of the source, not a heading.
            (Some(file), Some(fragment)) if !query => self.fragment(file, fragment),
            _ => Fragment::Unjudged,
        };
        Resolution::Found(Target { path, written, file, fragment })
    }

    /// A path relative to a folder: what it leads to, and how it was written if that differs in case or form.
    fn path(&self, folder: &CorpusPath, path: &str) -> Result<(CorpusPath, Option<CorpusPath>), Resolution> {
        let joined = folder.join(path).map_err(|Unresolvable::OutsideRoot| Resolution::OutsideRoot)?;
        if self.paths.is_file(&joined) || self.paths.is_folder(&joined) || self.paths.is_foreign(&joined) {
            return Ok((joined, None));
        }
        if let Some(page) = self.site_page(&joined) {
            return Ok((page, None));
        }
        match self.paths.spelled_alike(&joined) {
            [actual] => Ok((actual.clone(), Some(joined))),
            _ => Err(Resolution::Missing { path: joined }),
        }
    }

    /// What a site generator makes of a path without its extension, or with `.html`: the document beside it.
    fn site_page(&self, path: &CorpusPath) -> Option<CorpusPath> {
        let bare = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
        let candidates = [".md", "/index.md", "/README.md", ".markdown"].map(|ending| format!("{bare}{ending}"));
        candidates
            .iter()
            .filter_map(|candidate| CorpusPath::new(candidate))
            .find(|page| self.paths.document(page).is_some())
    }

    fn fragment(&self, file: FileId, fragment: &str) -> Fragment {
        let decoded = percent_decode(fragment);
        let own = decoded.strip_prefix("user-content-").unwrap_or(&decoded);
        if own.is_empty() || own == "top" || own.starts_with(":~:") || is_line_range(own) || is_footnote(own) {
            return Fragment::Unjudged;
        }
        let anchors = self.anchors(file);
        let mut found = None;
        let mut missing = Vec::new();
        for (at, &renderer) in self.renderers.iter().enumerate() {
            let exact =
                || anchors.find(at, own).or_else(|| anchors.find(at, fragment)).or_else(|| anchors.find(at, &decoded));
            let named = match renderer {
                Renderer::Obsidian => Some(self.subpath(file, &decoded)).filter(|f| !matches!(f, Fragment::Missing(_))),
                // GitHub looks for the fragment in lower case where it does not find it as it stands.
                Renderer::GitHub => exact().or_else(|| anchors.find(at, &own.to_lowercase())),
                _ => exact(),
            };
            match named {
                Some(named) => found = found.or(Some(named)),
                None => missing.push(renderer),
            }
        }
        match found {
            Some(found) if missing.is_empty() => found,
            _ if self.flavor == Flavor::Obsidian => self.subpath(file, &decoded),
            _ => Fragment::Missing(missing),
        }
    }

    /// A wikilink as Obsidian resolves it.
    fn wikilink(&self, document: &Document, target: &str) -> Resolution {
        let (name, subpath) = split_fragment(target);
        let name = name.trim();
        if is_macro(name) {
            return Resolution::Elsewhere;
        }
        let path = if name.is_empty() {
            document.source.path.clone()
        } else {
            match self.note(&document.source.path, name) {
                Some(path) => path,
                None => {
                    return match self.paths.spelled_like(name) {
                        [only] => Resolution::Misspelt(only.clone()),
                        _ => Resolution::Unwritten,
                    };
                }
            }
        };
        let file = self.paths.document(&path);
        let fragment = match (file, subpath) {
            (Some(file), Some(subpath)) => self.subpath(file, subpath),
            _ => Fragment::Unjudged,
        };
        Resolution::Found(Target { path, written: None, file, fragment })
    }

    /// The file a wikilink names: relative to the note if it begins with a dot, else every file whose path ends so,
    /// those under the note's own folder first, then the shortest. Letter case and Unicode form do not matter; the
    /// name may leave out `.md`.
    fn note(&self, from: &CorpusPath, name: &str) -> Option<CorpusPath> {
        let names = [name.to_owned(), format!("{name}.md")];
        if name.starts_with("./") || name.starts_with("../") {
            let joined = names.iter().filter_map(|name| from.parent().join(name).ok());
            let mut alike = joined.flat_map(|path| self.paths.spelled_alike(&path));
            return alike.find(|path| self.paths.is_file(path)).cloned();
        }
        let absolute = name.starts_with('/');
        for name in names {
            let Some(wanted) = CorpusPath::new(&name) else { continue };
            let folded = fold(wanted.as_str());
            let folder = from.parent();
            let ends_so = |path: &&CorpusPath| ends_with(path, &folded, absolute);
            let found = self
                .paths
                .named(wanted.file_name())
                .iter()
                .filter(ends_so)
                .min_by_key(|path| (!path.is_within(&folder), path.as_str().len(), path.as_str()));
            if found.is_some() {
                return found.cloned();
            }
        }
        None
    }

    /// `#H1#H2` or `#^block` of a document, as Obsidian compares them.
    fn subpath(&self, file: FileId, subpath: &str) -> Fragment {
        let headings = &self.documents[file.index()].facts.headings;
        let anchors = self.anchors(file);
        let missing = || Fragment::Missing(self.renderers.to_vec());
        if let Some(block) = subpath.trim().strip_prefix('^') {
            let found = anchors.id(&format!("^{block}")).or_else(|| anchors.id(&format!("^{}", block.to_lowercase())));
            return found.unwrap_or_else(missing);
        }
        if subpath.trim().is_empty() {
            return Fragment::Unjudged;
        }
        let mut path = Vec::new();
        for name in subpath.split('#').filter(|name| !name.trim().is_empty()) {
            let last = path.last().copied();
            let below = |&&at: &&usize| last.is_none_or(|last| is_below(headings, at, last));
            let named = anchors.compared(headings, name);
            let after = named.partition_point(|&at| last.is_some_and(|last| at <= last));
            // What is below a heading stands soon behind it; no more candidates than these are tried.
            if let Some(&at) = named[after..].iter().take(100).find(below) {
                path.push(at);
                continue;
            }
            let is_vault = self.flavor == Flavor::Obsidian;
            let elsewhere = || (0..self.renderers.len()).find_map(|at| anchors.find(at, subpath));
            return if is_vault { None } else { elsewhere() }.unwrap_or_else(missing);
        }
        Fragment::Headings(path)
    }
}

fn is_below(headings: &[Heading], at: usize, above: usize) -> bool {
    std::iter::successors(headings[at].parent, |&parent| headings[parent].parent).any(|parent| parent == above)
}

/// Whether a path ends so, letter case and Unicode form aside.
fn ends_with(path: &CorpusPath, wanted: &str, absolute: bool) -> bool {
    let path = fold(path.as_str());
    path == wanted || (!absolute && path.strip_suffix(wanted).is_some_and(|rest| rest.ends_with('/')))
}

/// How Obsidian compares headings: some ASCII signs become blanks, blanks are collapsed, letter case is folded.
/// Full-width and CJK punctuation is kept.
pub(super) fn compare_form(text: &str) -> String {
    let spaced: String =
        text.chars().map(|c| if "!\"#$%&()*+,.:;<=>?@^`{|}~/[]\\\n\r".contains(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// `scheme:` of two letters or more (one letter is a drive), or `//host`.
fn has_scheme(target: &str) -> bool {
    if target.starts_with("//") {
        return true;
    }
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
    })
}

/// `[[toc]]`: several renderers put a table of contents there.
fn is_macro(name: &str) -> bool {
    name.trim_matches('_').eq_ignore_ascii_case("toc")
}

fn split_fragment(target: &str) -> (&str, Option<&str>) {
    target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)))
}

/// `L10`, `L10-L20`, `L10C3-L20C4`: lines of a source file.
fn is_line_range(fragment: &str) -> bool {
    fragment.starts_with('L')
        && fragment.len() > 1
        && fragment[1..].starts_with(|c: char| c.is_ascii_digit())
        && fragment.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'L' | b'C' | b'-'))
}

/// Renderers name footnotes in their own ways.
fn is_footnote(fragment: &str) -> bool {
    ["fn-", "fnref-", "fn:", "fnref:", "fn", "fnref"].iter().any(|prefix| {
        fragment
            .strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes() {
        for target in ["https://example.org", "mailto:a@b", "//example.org/x", "obsidian://open"] {
            assert!(has_scheme(target), "{target}");
        }
        for target in ["a.md", "a/b:c.md", "注意:x", "C:x", "./x:y", "#a:b"] {
            assert!(!has_scheme(target), "{target}");
        }
    }
}
