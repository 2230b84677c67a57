//! `broken-wikilink`: a heading, block or spelling that the note does not have.

use std::collections::HashMap;

use super::{
    anchor_names::Names,
    meant::{Note, note_meant},
    renumbered::{Claims, says_other_number},
    wide_marks::{WIDE, WideMark, wide_marks},
};
use crate::{
    corpus::{Corpus, Destination, Fragment, Resolution, Target, letters},
    document::{Document, Heading, Link, Renderer},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{FileId, Span},
    suggest::Suggestions,
};

#[derive(Debug)]
pub(crate) struct BrokenWikilink;

impl CorpusRule for BrokenWikilink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        let wide = wide_marks(corpus);
        let mut spellings: HashMap<FileId, HashMap<String, Option<&str>>> = HashMap::new();
        let mut names: HashMap<FileId, Names> = HashMap::new();
        let mut claims = Claims::default();
        for (target, destination) in without_heading(corpus) {
            let known = names.entry(target.file).or_insert_with(|| Names::of(target, Renderer::Obsidian));
            claims.add(known, target, destination.fragment().trim());
        }
        for (document, destination) in corpus.doubtful().filter(|(_, destination)| destination.is_wiki()) {
            let at = document.at(destination.span);
            let (name, subpath) = (destination.path(), destination.fragment());
            match destination.resolution {
                Resolution::Misspelt(path) => {
                    let Note::Misspelt(safety) = note_meant(corpus, document, name, path) else { continue };
                    let message = Message::new("spelling").with("name", name.trim()).with("path", path.as_str());
                    let finding = out.report(at, message).concerns(path.clone());
                    let own = &document.source.path;
                    if let Some(text) = corpus.respell(document, &destination, own, path, &corpus.paths) {
                        let title = Message::new("fix").with("near", &*text);
                        finding.fix(Fix::new(title, safety, vec![Edit::replace(at, text)]));
                    }
                }
                Resolution::Found(Target { path, file: Some(file), fragment: Fragment::Missing(_), .. }) => {
                    let key = if subpath.trim_start().starts_with('^') { "block" } else { "heading" };
                    let message = Message::new(key).with(key, subpath.trim()).with("path", path.as_str());
                    let finding = out.report(at, message).concerns(path.clone());
                    let Some(target) = corpus.document(*file) else { continue };
                    let spelt = spellings.entry(*file).or_insert_with(|| by_spelling(target));
                    let letters = letters(subpath);
                    let alike = spelt.get(&letters).filter(|_| !letters.is_empty()).copied().flatten();
                    let sure = alike.map(|near| (near.to_owned(), Some(Safety::Safe)));
                    let (wanted, known) = (subpath.trim(), names.get(file));
                    let is_stale = |heading: &Heading| is_stale(document, destination.link, heading);
                    let numbered = || {
                        let led = claims.renumbered((corpus, target), known?, wanted, is_stale);
                        led.or_else(|| known?.unnumbered(target, wanted))
                    };
                    let closest = || {
                        let all = target.facts.headings.iter().map(|heading| heading.text.as_str());
                        let (near, is_slip) = suggestions.near(wanted, all)?;
                        Some((near.to_owned(), is_slip.then_some(Safety::Unsafe)))
                    };
                    let Some((near, safety)) = sure.or_else(numbered).or_else(closest) else { continue };
                    finding.help(Message::new("did-you-mean").with("near", &near));
                    let Some(safety) = safety else { continue };
                    let end = destination.span.end as usize;
                    let at = document.at(Span::new(end - subpath.len(), end));
                    let text = in_wikilink(&near);
                    let title = Message::new("fix").with("near", &*text);
                    finding.fix(Fix::new(title, safety, vec![Edit::replace(at, text)]));
                }
                Resolution::Unwritten => {
                    let Some(mark) = wide.get(&(document.file, destination.slot)) else { continue };
                    let message = Message::new("wide").with("sign", WIDE.to_string());
                    let finding = out.report(at, message).concerns(mark.path.clone());
                    if let Some(fix) = narrowed(document, destination.span, mark) {
                        finding.fix(fix);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The wikilinks that miss a heading, each with the document in which they do.
fn without_heading(corpus: &Corpus) -> impl Iterator<Item = (&Document, Destination<'_>)> {
    let wiki = corpus.doubtful().map(|(_, destination)| destination).filter(Destination::is_wiki);
    wiki.filter_map(|destination| match destination.resolution {
        Resolution::Found(Target { file: Some(file), fragment: Fragment::Missing(_), .. }) => {
            Some((&**corpus.document(*file)?, destination))
        }
        _ => None,
    })
}

/// Whether the display text of a wikilink, which stays as it is, says another number than a heading.
fn is_stale(document: &Document, link: Option<&Link>, heading: &Heading) -> bool {
    let shown = link.and_then(|link| link.halves(&document.source.text).1);
    shown.is_some_and(|shown| says_other_number(document.source.slice(shown), heading))
}

/// The repair of a full-width mark.
fn narrowed(document: &Document, span: Span, mark: &WideMark) -> Option<Fix> {
    let start = span.start as usize + mark.at;
    let at = Span::new(start, start + WIDE.len_utf8());
    let edit = || Edit::replace(document.at(at), "#");
    let fix = || Fix::new(Message::new("fix").with("near", "#"), Safety::Safe, vec![edit()]);
    document.source.slice(at).starts_with(WIDE).then(fix)
}

/// The headings of a document by their letters; `None` where several have the same.
fn by_spelling(target: &Document) -> HashMap<String, Option<&str>> {
    let mut index = HashMap::new();
    for heading in &target.facts.headings {
        index.entry(letters(&heading.text)).and_modify(|known| *known = None).or_insert(Some(&*heading.text));
    }
    index
}

/// A heading's text as Obsidian writes it in a link: signs that mean something there are left out.
fn in_wikilink(heading: &str) -> String {
    let spaced = heading.replace(['#', '|', '^', ':', '\\', '[', ']'], " ").replace("%%", " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
