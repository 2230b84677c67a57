//! `dangling-section-reference`: the text names a number that the document does not have.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use serde::Deserialize;

use crate::{
    corpus::Corpus,
    document::Document,
    finding::Message,
    numbering::{
        Scheme,
        pointer::{self, Pointer, Subject},
    },
    rule::{CorpusRule, Findings},
    source::{CorpusPath, Span},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DanglingSectionReference {}

/// The chapters of a folder's documents: what counts them, and their numbers.
type Chapters = HashSet<(String, Vec<u64>)>;

impl CorpusRule for DanglingSectionReference {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let dangling = corpus.map(|document| dangling(document));
        let folders = OnceCell::new();
        for (document, pointers) in corpus.documents.iter().zip(dangling) {
            for pointer in pointers {
                // A book may have a file for each chapter.
                if let Subject::Counted(word) = pointer.subject {
                    let folders = folders.get_or_init(|| chapters(corpus));
                    let beside: Option<&Chapters> = folders.get(&document.source.path.parent());
                    if beside.is_some_and(|chapters| chapters.contains(&(word.to_owned(), pointer.values()))) {
                        continue;
                    }
                }
                let at = Span::from(pointer.at.clone());
                let text = pointer.name(&document.source.text);
                out.report(document.at(at), Message::new("dangling").with("reference", text));
            }
        }
    }
}

/// The places in a document's text that surely point at its numbers, and at none that it has.
fn dangling(document: &Document) -> Vec<&Pointer> {
    if !super::reference::is_numbered(document) {
        return Vec::new();
    }
    let pointers = document.pointers();
    let is_dangling = |pointer: &&Pointer| {
        // Steps, articles and the like are as often those of something else.
        let is_place = match pointer.subject {
            Subject::Counted(word) => matches!(word, "章" | "chapter" | "장" | "appendix" | "附录"),
            Subject::Section | Subject::Bracketed | Subject::Caption(_) => true,
        };
        pointer.is_sure
            && is_place
            && pointers.goals(pointer).is_empty()
            && pointers.has_kind(pointer)
            && match pointer.subject {
                Subject::Caption("式") => !is_set_elsewhere(document, pointer),
                Subject::Caption(_) => true,
                Subject::Counted("appendix" | "附录") => !is_named(document, pointer),
                _ => !pointers.stands_somewhere(pointer),
            }
    };
    pointers.all.iter().filter(is_dangling).collect()
}

/// Whether an equation's number stands in brackets somewhere else, as in `\\tag{4}` or behind a formula.
fn is_set_elsewhere(document: &Document, pointer: &Pointer) -> bool {
    let text = &document.source.text;
    let number = pointer.numbers.last().map_or(0..0, |number| number.at.clone());
    let places = text.match_indices(&text[number]).filter(|(at, _)| !pointer.at.contains(at));
    places.into_iter().any(|(at, found)| {
        let (before, behind) = (&text[..at], &text[at + found.len()..]);
        before.trim_end().ends_with(['(', '（', '{', '.', '-']) && behind.trim_start().starts_with([')', '）', '}'])
    })
}

/// Whether a heading has the letter of an appendix for a word: `F: Glossary`, `Annex F`.
fn is_named(document: &Document, pointer: &Pointer) -> bool {
    let number = pointer.numbers.last().map_or(0..0, |number| number.at.clone());
    let letter = &document.source.text[number];
    let headings = &document.facts.headings;
    headings.iter().any(|heading| heading.text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == letter))
}

/// The chapters of every folder that has some.
fn chapters(corpus: &Corpus) -> HashMap<CorpusPath, Chapters> {
    let mut folders: HashMap<CorpusPath, Chapters> = HashMap::new();
    for document in &corpus.documents {
        for placed in document.facts.headings.iter().filter_map(|heading| heading.numbering()) {
            if let Scheme::Counted(word) = &placed.label.scheme {
                let folder = folders.entry(document.source.path.parent()).or_default();
                folder.insert((word.clone(), pointer::called(&placed.label)));
            }
        }
    }
    folders
}
