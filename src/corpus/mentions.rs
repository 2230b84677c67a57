//! Fragments in the text of documents that are no link we know: in HTML, in URLs, behind a path from the root. A
//! heading whose anchor changes must not be named by one of them.

use std::iter;

use memchr::memchr_iter;

use super::{Addresses, Corpus, Listed, Resolution, addresses::bare, is_index};
use crate::{
    document::{Document, anchors::stem},
    source::{FileId, Location, Span, hash::HashSet, holding, percent_decode},
};

/// A `#fragment` and what stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    file: FileId,
    /// From the first byte of the path or URL to the last of the fragment.
    span: Span,
    /// Where the `#` stands.
    hash: u32,
}

/// So many places that name one anchor are looked at.
const MANY: usize = 64;

/// What may name anchors.
#[derive(Debug)]
pub(super) struct Mentions {
    by_anchor: Listed<String, Mention>,
    /// The stems of those anchors, and of what links lead to.
    stems: HashSet<String>,
}

impl Mentions {
    /// Of mentions with their anchors, and of anchors that links lead to.
    pub(super) fn new<'a>(mentions: Vec<(String, Mention)>, linked: impl Iterator<Item = &'a str>) -> Self {
        let by_anchor = Listed::new(mentions);
        let lower = linked.map(str::to_lowercase);
        let stems = by_anchor.keys().map(|anchor| stem(anchor).to_owned());
        let stems = stems.chain(lower.map(|anchor| stem(&anchor).to_owned())).collect();
        Self { by_anchor, stems }
    }
}

impl Corpus {
    /// A place that may name an anchor of a document, and that is no link we could rewrite.
    pub(super) fn loose_mention(&self, document: &Document, anchor: &str) -> Option<Location> {
        let known = self.mentions().by_anchor.of(anchor);
        let own = self.own_mentions(document).by_anchor.of(anchor);
        let all = own.iter().chain(known);
        // Where an anchor is named so often, one of the places may well mean this document.
        let more = || all.clone().nth(MANY).map(|mention| Location::new(mention.file, mention.span));
        all.clone().take(MANY).find_map(|mention| mention.of(self, document)).or_else(more)
    }

    /// Whether a link leads to a heading of a document whose anchor has a stem, or anything else may name one.
    pub(super) fn is_named(&self, document: &Document, stem: &str) -> bool {
        let stem = stem.to_lowercase();
        self.mentions().stems.contains(&stem) || self.own_mentions(document).stems.contains(&stem)
    }

    fn mentions(&self) -> &Mentions {
        let all = || self.documents.iter().flat_map(|other| of_document(self, other, Of::Path)).collect();
        self.mentions.get_or_init(|| Mentions::new(all(), iter::empty()))
    }

    fn own_mentions(&self, document: &Document) -> &Mentions {
        self.own_mentions[document.file.index()].get_or_init(|| {
            let all: Vec<_> = self.settings.all_renderers().iter().map(|&own| document.anchors(own)).collect();
            let linked = |heading: &usize| !self.references(document.file, *heading).is_empty();
            let linked = (0..document.facts.headings.len()).filter(linked);
            let linked = linked.flat_map(|heading| all.iter().map(move |anchors| &*anchors.all[heading]));
            Mentions::new(of_document(self, document, Of::Itself), linked)
        })
    }
}

/// Which document a fragment is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// That it stands in: no path stands before it.
    Itself,
    /// That which the path or URL before it leads to.
    Path,
}

/// What in a document may name an anchor of a kind and is no link we know, with that anchor in lower case.
pub(super) fn of_document(corpus: &Corpus, document: &Document, of: Of) -> Vec<(String, Mention)> {
    let text = &document.source.text;
    // A heading's mark, or one that a blank follows, is no fragment's.
    let begins = |at: &usize| match text.as_bytes().get(at + 1) {
        None | Some(b'#' | b' ' | b'\n') => false,
        Some(_) => {
            let has_path = text[..*at].chars().next_back().is_some_and(|c| !ends_token(c));
            has_path == (of == Of::Path) && text[at + 1..].chars().next().is_some_and(|c| !ends_token(c))
        }
    };
    let mut marks: Vec<usize> = memchr_iter(b'#', text.as_bytes()).filter(begins).collect();
    if marks.is_empty() {
        return Vec::new();
    }
    // What stands in code or in a comment leads nowhere.
    let is_comment = |span: Span| {
        let whole = document.source.slice(span).trim();
        whole.starts_with("<!--") && whole.ends_with("-->")
    };
    marks.retain(|&at| !document.is_in_code(at) && !holding(&document.facts.html, at).is_some_and(is_comment));
    if marks.is_empty() {
        return Vec::new();
    }
    let resolved = |resolution: &Resolution| matches!(resolution, Resolution::Found(target) if target.file.is_some());
    let mut known: Vec<Span> = corpus
        .destinations(document)
        .filter(|destination| resolved(destination.resolution) && !destination.target.contains('?'))
        .map(|destination| destination.span)
        .collect();
    known.sort_unstable();
    let own = marks.into_iter().filter(|&at| holding(&known, at).is_none()).filter_map(|at| {
        let (span, fragment) = token(text, at)?;
        let hash = Span::at(at).start;
        Some((percent_decode(fragment).to_lowercase(), Mention { file: document.file, span, hash }))
    });
    own.collect()
}

/// Characters that end a path or URL in HTML, Markdown or running text.
fn ends_token(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '"' | '\'' | '(' | ')' | '<' | '>' | '[' | ']' | '`' | '|' | '{' | '}' | '，' | '。' | '）' | '（'
        )
}

/// The path or URL around a `#`, and its fragment; `None` for a heading's mark, a tag, or a `#` alone. Paths longer
/// than this are none.
fn token(text: &str, at: usize) -> Option<(Span, &str)> {
    const LONGEST: usize = 500;
    let fragment = &text[at + 1..];
    let length: usize =
        fragment.chars().take(LONGEST).take_while(|&c| !ends_token(c) && c != '#').map(char::len_utf8).sum();
    if length == 0 {
        return None;
    }
    let before: usize =
        text[..at].chars().rev().take(LONGEST).take_while(|&c| !ends_token(c)).map(char::len_utf8).sum();
    // A tag stands alone; a link's fragment is quoted or in parentheses, or has a path.
    let opener = text[..at - before].chars().next_back();
    let is_linked = before > 0 || opener.is_some_and(|c| matches!(c, '"' | '\'' | '(' | '<'));
    is_linked.then(|| (Span::new(at - before, at + 1 + length), &fragment[..length]))
}

impl Mention {
    /// The place, if the mention may be of this document: it has no path and stands in it, or its path ends in the
    /// document's name; or it is a URL that leads there.
    fn of(&self, corpus: &Corpus, document: &Document) -> Option<Location> {
        let at = Location::new(self.file, self.span);
        let path = corpus.source(self.file).slice(Span { start: self.span.start, end: self.hash });
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return (self.file == document.file).then_some(at);
        }
        let decoded = percent_decode(path).to_lowercase();
        let path = document.source.path.as_str().to_lowercase();
        let own = page(path.split('/').collect());
        let is_url = decoded.contains("://") || decoded.starts_with("//");
        let is_own =
            if is_url { is_at(&corpus.settings.addresses, &decoded, document, &own) } else { ends_in(&decoded, &own) };
        is_own.then_some(at)
    }
}

/// Whether a URL is that of a document. Where nobody knows the addresses of the corpus, anybody may have a file of this
/// name, but hardly one in a folder of this name as well.
fn is_at(addresses: &Addresses, url: &str, document: &Document, own: &[&str]) -> bool {
    if !addresses.are_known() {
        return own.len() > 1 && page(bare(url).split('/').collect()).ends_with(own);
    }
    let Some(behind) = addresses.behind(url).map(page) else { return false };
    match (&behind[..], own) {
        ([], []) => true,
        // The site may be made of a folder.
        ([], [_]) => is_index(&document.source.path),
        (_, []) => false,
        (behind, own) => behind.ends_with(own) || own.ends_with(behind),
    }
}

/// Whether a path ends in the name of a document. The first document of the root has none, and a site may stand in a
/// folder of its server.
fn ends_in(path: &str, own: &[&str]) -> bool {
    let parts = page(path.split('/').collect());
    match (own.last(), parts.last()) {
        (None, Some(_)) => path.starts_with('/') && parts.len() == 1,
        (own, named) => own == named,
    }
}

/// The components of a path without what differs between a document and its page: the extension, and the name of an
/// index.
fn page(parts: Vec<&str>) -> Vec<&str> {
    let mut parts: Vec<&str> = parts.into_iter().filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if let Some(last) = parts.pop() {
        let stem =
            [".md", ".markdown", ".html"].iter().find_map(|extension| last.strip_suffix(extension)).unwrap_or(last);
        parts.extend(Some(stem).filter(|stem| !matches!(*stem, "index" | "readme" | "_index")));
    }
    parts
}
