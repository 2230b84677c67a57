//! Fragments in the text of documents that are no link we know: in HTML, in URLs, behind a path from the root. A
//! heading whose anchor changes must not be named by one of them.

use std::collections::HashMap;

use memchr::memchr_iter;

use super::{Corpus, Resolution, percent_decode};
use crate::{
    document::Document,
    source::{FileId, Location, Span},
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

/// All such fragments of a corpus, by the anchor they may name, in lower case. Not made in parallel: rules that run in
/// parallel wait for it, and one of them could be needed for making it.
pub(super) fn index(corpus: &Corpus) -> HashMap<String, Vec<Mention>> {
    let mut index: HashMap<String, Vec<Mention>> = HashMap::new();
    for (anchor, mention) in corpus.documents.iter().flat_map(|document| of_document(corpus, document)) {
        index.entry(anchor).or_default().push(mention);
    }
    index
}

fn of_document(corpus: &Corpus, document: &Document) -> Vec<(String, Mention)> {
    let text = &document.source.text;
    // A heading's mark, or one that a blank follows, is no fragment's.
    let begins = |at: &usize| text[at + 1..].chars().next().is_some_and(|c| c != '#' && !ends_token(c));
    let marks: Vec<usize> = memchr_iter(b'#', text.as_bytes()).filter(begins).collect();
    if marks.is_empty() {
        return Vec::new();
    }
    let resolved = |resolution: &Resolution| matches!(resolution, Resolution::Found(target) if target.file.is_some());
    let mut known: Vec<Span> = corpus
        .destinations(document)
        .filter(|destination| resolved(destination.resolution) && !destination.target.contains('?'))
        .map(|destination| destination.span)
        .collect();
    known.sort();
    let is_in = |spans: &[Span], at: usize| {
        let after = spans.partition_point(|span| span.start as usize <= at);
        after > 0 && (spans[after - 1].end as usize) > at
    };
    // What stands in code or in a comment leads nowhere.
    let is_shown = |span: &&Span| {
        let whole = document.source.slice(**span).trim_start();
        !whole.starts_with('<') || (whole.starts_with("<!--") && whole.trim_end().ends_with("-->"))
    };
    let shown: Vec<Span> = document.facts.verbatim.iter().filter(is_shown).copied().collect();
    let is_other = |at: usize| !is_in(&known, at) && !is_in(&shown, at);
    let own = marks.into_iter().filter(|&at| is_other(at)).filter_map(|at| {
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
    /// document's name.
    pub(super) fn of(&self, corpus: &Corpus, document: &Document) -> Option<Location> {
        let at = Location::new(self.file, self.span);
        let path = corpus.source(self.file).slice(Span { start: self.span.start, end: self.hash });
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return (self.file == document.file).then_some(at);
        }
        let decoded = percent_decode(path.trim_end_matches('/')).to_lowercase();
        let name = decoded.rsplit('/').next().unwrap_or_default();
        let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name);
        let own = document.source.path.file_stem().to_lowercase();
        let folder = document.source.path.parent().file_name().to_lowercase();
        let is_index = matches!(own.as_str(), "index" | "readme" | "_index");
        (stem == own || (is_index && (stem == folder || folder.is_empty()))).then_some(at)
    }
}
