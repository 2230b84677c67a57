//! `broken-link`: a link leads to a path that does not exist.

use std::collections::{HashMap, HashSet};

use super::{
    definitions::unused,
    meant::{Meant, Note, meant, note_meant},
    wide_marks::{WIDE, wide_marks},
};
use crate::{
    corpus::{Corpus, Destination, Resolution},
    document::Document,
    finding::{Edit, Finding, Fix, Message, Safety},
    parallel,
    rule::{CorpusRule, Findings},
    source::{
        CorpusPath, FileId, Span,
        characters::{has_no_width, turns_direction},
    },
    suggest::Suggestions,
};

#[derive(Debug)]
pub(crate) struct BrokenLink;

impl CorpusRule for BrokenLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        let bare_of = unwrapped(corpus);
        let wide = wide_marks(corpus);
        report_parts(corpus, out);
        let mut unused_in: HashMap<FileId, HashSet<Span>> = HashMap::new();
        for (document, destination) in corpus.doubtful() {
            // A definition that nothing uses leads nobody anywhere; `unused-definition` says so.
            if destination.link.is_none() {
                let spans = || unused(document).iter().map(|definition| definition.destination).collect();
                if unused_in.entry(document.file).or_insert_with(spans).contains(&destination.span) {
                    continue;
                }
            }
            let at = document.at(destination.span);
            match destination.resolution {
                Resolution::Missing { path } => {
                    // A URL that lost its scheme is no path to speak of.
                    let is_wrapped = bare(destination.target).is_some();
                    let bare = bare_of.get(&(document.file, destination.slot)).copied();
                    let is_url = destination.target.contains("//") || is_wrapped;
                    let shown = if is_url { destination.target } else { named(corpus, &destination, path) };
                    let finding = out.report(at, Message::new("missing").with("path", shown)).concerns(path.clone());
                    if let Some(bare) = bare {
                        unwrap(finding, document, &destination, bare);
                    }
                    if is_url {
                        continue;
                    }
                    if let Some(mark) = wide.get(&(document.file, destination.slot)) {
                        narrow(finding, document, &destination, mark.at);
                        continue;
                    }
                    let near = meant(corpus, document, &destination, path, &mut suggestions);
                    let Some(Meant { path: near, key, safety }) = near else { continue };
                    let folder = document.source.path.parent();
                    finding.help(Message::new(key).with("near", near.relative_to(&folder)));
                    let own = &document.source.path;
                    // What is right where a text is included may be wrong where it stands, and the other way round.
                    let Some(safety) = safety.filter(|_| !corpus.is_read_elsewhere(document)) else { continue };
                    if let Some(text) = corpus.respell(document, &destination, own, &near, &corpus.paths) {
                        // A manner of writing is kept where a path stays the same, not for the sake of a wrong one.
                        let text = text.strip_prefix("./").filter(|rest| rest.starts_with("../")).unwrap_or(&text);
                        let title = Message::new("fix").with("near", text);
                        let mut edits = vec![Edit::replace(at, text)];
                        edits.extend(freed(document, destination.span, text));
                        finding.fix(Fix::new(title, safety, edits));
                    }
                }
                Resolution::Misspelt(found) => {
                    if let Note::Gone(path) = note_meant(corpus, document, destination.path(), found) {
                        out.report(at, Message::new("gone").with("path", path.as_str())).concerns(path);
                    }
                }
                Resolution::Unwritten => {
                    if let Some(path) = corpus.gone_note(destination.path()) {
                        out.report(at, Message::new("gone").with("path", path.as_str())).concerns(path.clone());
                    }
                }
                Resolution::Ignored { path, is_tracked: false } => {
                    out.report(at, Message::new("ignored").with("path", path.as_str())).concerns(path.clone());
                }
                _ => {}
            }
        }
    }
}

/// Reports the files that a site is to put into its pages and does not find.
fn report_parts(corpus: &Corpus, out: &mut Findings) {
    let missing = parallel::map(&corpus.documents, |document| corpus.missing_parts(document));
    for (document, missing) in corpus.documents.iter().zip(missing) {
        for (span, path) in missing {
            let message = Message::new("missing").with("path", path.as_str());
            out.report(document.at(span), message).concerns(path);
        }
    }
}

/// A missing path as its author calls it: by its address, where that of the file is one that nobody writes.
fn named<'a>(corpus: &Corpus, destination: &Destination<'a>, path: &'a CorpusPath) -> &'a str {
    let written = destination.path();
    if corpus.settings.is_kept_elsewhere(path.as_str(), written) { written } else { path.as_str() }
}

/// Offers what is left of a destination without what stands around it.
fn unwrap(finding: &mut Finding, document: &Document, destination: &Destination<'_>, bare: &str) {
    finding.help(Message::new("did-you-mean").with("near", bare));
    if document.source.slice(destination.span) == destination.target {
        let title = Message::new("fix").with("near", bare);
        // `[Tim]: [a](https://…)` was meant as text, more likely than as a definition.
        let may_be_text = destination.link.is_none() && destination.target.starts_with('[');
        let safety = if may_be_text { Safety::Unsafe } else { Safety::Safe };
        finding.fix(Fix::new(title, safety, vec![Edit::replace(document.at(destination.span), bare)]));
    }
}

/// Offers a `#` for the full-width one at a place in a destination, if its bytes are what it says.
fn narrow(finding: &mut Finding, document: &Document, destination: &Destination<'_>, at: usize) {
    let near = destination.target.replacen(WIDE, "#", 1);
    finding.help(Message::new("did-you-mean").with("near", &*near));
    if document.source.slice(destination.span) == destination.target {
        let wide = Span::new(at, at + WIDE.len_utf8()).shifted(destination.span.start as usize);
        let title = Message::new("fix").with("near", near);
        finding.fix(Fix::new(title, Safety::Safe, vec![Edit::replace(document.at(wide), "#")]));
    }
}

/// What closes a parenthesis around a link, and stands in its destination, behind the link: `（[手册](b.md）)`.
fn freed(document: &Document, destination: Span, text: &str) -> Option<Edit> {
    /// How far back one that is open is looked for, in characters.
    const REACH: usize = 256;
    let source = &*document.source.text;
    let (before, behind) = (&source[..destination.start as usize], &source[destination.end as usize..]);
    let is_inside =
        document.source.slice(destination).ends_with('）') && !text.ends_with('）') && behind.starts_with(')');
    let mut near = before.chars().rev().take(REACH).take_while(|c| *c != '\n').filter(|c| matches!(c, '（' | '）'));
    let mut depth = 0;
    let mut opens = |c: char| {
        depth += if c == '（' { 1 } else { -1 };
        depth > 0
    };
    let end = Span::at(destination.end as usize + 1);
    (is_inside && near.any(&mut opens)).then(|| Edit::replace(document.at(end), "）"))
}

/// The destinations, by document and slot, that lead somewhere once what stands around them is gone, and what is left.
fn unwrapped(corpus: &Corpus) -> HashMap<(FileId, usize), &str> {
    let missing = |destination: &Destination<'_>| matches!(destination.resolution, Resolution::Missing { .. });
    let all = corpus.doubtful().filter(|(_, destination)| missing(destination));
    let bare = all.filter_map(|(document, destination)| {
        let bare = bare(destination.target)?;
        Some((((document.file, destination.slot), bare), &**document, bare.to_owned(), false))
    });
    let resolved = corpus.resolve(bare).into_iter();
    resolved.filter(|(_, resolution)| !resolution.is_doubtful()).map(|(bare, _)| bare).collect()
}

/// A destination without the parentheses, quotation marks or invisible characters around it; of a link that stands in
/// another one's place, where it leads.
fn bare(target: &str) -> Option<&str> {
    let bare = target.trim_matches(|c| has_no_width(c) || turns_direction(c) || "\"'“”‘’".contains(c));
    let of_link = bare.starts_with('[').then(|| bare.rsplit_once("](")).flatten().map(|(_, inner)| inner);
    let inner = of_link.or(bare.strip_prefix('('));
    let bare = inner.and_then(|inner| inner.strip_suffix(')')).unwrap_or(bare);
    (bare.len() < target.len() && !bare.is_empty()).then_some(bare)
}
