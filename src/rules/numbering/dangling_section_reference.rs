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
        pointer::{Pointer, Subject},
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
                let text = document.source.slice(at).to_owned();
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
            Subject::Counted(word) => matches!(word, "章" | "chapter" | "장" | "appendix"),
            Subject::Section | Subject::Bracketed | Subject::Caption(_) => true,
        };
        pointer.is_sure
            && is_place
            && pointers.goals(pointer).is_empty()
            && pointers.has_kind(pointer)
            && (matches!(pointer.subject, Subject::Caption(_)) || !pointers.stands_somewhere(pointer))
    };
    pointers.all.iter().filter(is_dangling).collect()
}

/// The chapters of every folder that has some.
fn chapters(corpus: &Corpus) -> HashMap<CorpusPath, Chapters> {
    let mut folders: HashMap<CorpusPath, Chapters> = HashMap::new();
    for document in &corpus.documents {
        for placed in document.facts.headings.iter().filter_map(|heading| heading.numbering()) {
            if let Scheme::Counted(word) = &placed.label.scheme {
                let folder = folders.entry(document.source.path.parent()).or_default();
                folder.insert((word.clone(), placed.label.values()));
            }
        }
    }
    folders
}
