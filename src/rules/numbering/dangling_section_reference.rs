//! `dangling-section-reference`: the text names a number that the document does not have.

use std::collections::{HashMap, HashSet};

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
        let mut folders: HashMap<CorpusPath, Chapters> = HashMap::new();
        for (document, pointers) in corpus.documents.iter().zip(dangling) {
            for pointer in pointers {
                // A book may have a file for each chapter.
                if let Subject::Counted(word) = pointer.subject {
                    let folder = document.source.path.parent();
                    let chapters = folders.entry(folder.clone()).or_insert_with(|| chapters(corpus, &folder));
                    if chapters.contains(&(word.to_owned(), pointer.values())) {
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

fn chapters(corpus: &Corpus, folder: &CorpusPath) -> Chapters {
    let own = corpus.documents.iter().filter(|document| document.source.path.parent() == *folder);
    let labels = own.flat_map(|document| &document.facts.headings).filter_map(|heading| heading.numbering());
    let chapter = |label: &crate::numbering::Label| match &label.scheme {
        Scheme::Counted(word) => Some((word.clone(), label.values())),
        _ => None,
    };
    labels.filter_map(|placed| chapter(&placed.label)).collect()
}
