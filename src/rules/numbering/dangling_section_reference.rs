//! `dangling-section-reference`: the text names a number that the document does not have.

use std::{
    cell::{LazyCell, OnceCell},
    collections::{HashMap, HashSet},
};

use crate::{
    corpus::Corpus,
    document::{Document, Numbered, numbered_label},
    finding::Message,
    numbering::{
        Counting, Kind, Scheme, caption, numerals,
        pointer::{self, Pointer, Subject},
    },
    rule::{CorpusRule, Findings},
    source::{CorpusPath, Span},
};

#[derive(Debug)]
pub(crate) struct DanglingSectionReference;

/// The chapters of a folder's documents, and captions that carry the number of one: what counts them, and their numbers.
type Chapters = HashSet<(String, Vec<u64>)>;

impl CorpusRule for DanglingSectionReference {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let dangling = corpus.map(|document| dangling(document));
        let folders = OnceCell::new();
        for (document, pointers) in corpus.documents.iter().zip(dangling) {
            let wrong = LazyCell::new(|| wrong_numbers(document));
            for pointer in pointers {
                // A book may have a file for each chapter, or for each section.
                let counted = match pointer.subject {
                    Subject::Counted(word) => Some(word),
                    Subject::Caption(word) if pointer.numbers.len() > 1 => Some(word),
                    _ => None,
                };
                if let Some(word) = counted {
                    let folders = folders.get_or_init(|| chapters(corpus));
                    let beside: Option<&Chapters> = folders.get(&document.source.path.parent());
                    if beside.is_some_and(|chapters| chapters.contains(&(word.to_owned(), pointer.values()))) {
                        continue;
                    }
                }
                let at = Span::from(pointer.at.clone());
                let text = pointer.name(&document.source.text);
                let finding = out.report(document.at(at), Message::new("dangling").with("reference", text));
                if let Some(wrong) = wrong.get(&(is_caption(pointer), pointer.values())) {
                    finding.told_at(document.at(*wrong));
                }
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
    let text = &document.source.text;
    // Made once, since a text may point thousands of times, and only for the few texts that ask.
    let bracketed = LazyCell::new(|| bracketed_numbers(text, &pointers.all));
    let words = LazyCell::new(|| words_of_headings(document));
    let last = |pointer: &Pointer| pointer.numbers.last().map_or("", |number| &text[number.at.clone()]);
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
                Subject::Caption("式") => !bracketed.contains(last(pointer)),
                Subject::Caption(_) => true,
                Subject::Counted("appendix" | "附录") => !words.contains(last(pointer)),
                _ => !pointers.stands_somewhere(pointer),
            }
    };
    pointers.all.iter().filter(is_dangling).collect()
}

/// The numbers that wrong ones should be, of captions and of others, and where it is reported that they are not.
fn wrong_numbers(document: &Document) -> HashMap<(bool, Vec<u64>), Span> {
    let mut out = HashMap::new();
    for (place, fault) in document.numbering_faults(&Counting::default()).iter() {
        let reported = numbered_label(document, *place, fault.run[0].item);
        let Some(reported) = reported.filter(|_| fault.kind == Kind::Misnumbered && *place != Numbered::ListItems)
        else {
            continue;
        };
        for change in fault.run.iter().chain(&fault.below) {
            out.entry((*place == Numbered::Captions, change.values.clone())).or_insert(reported.span);
        }
    }
    out
}

fn is_caption(pointer: &Pointer) -> bool {
    matches!(pointer.subject, Subject::Caption(_))
}

/// The numbers that stand in brackets and may be those of equations, as in `\\tag{4}` or behind a formula. What points at
/// an equation sets none, however often it stands there.
fn bracketed_numbers<'a>(text: &'a str, pointers: &[Pointer]) -> HashSet<&'a str> {
    let is_pointer = |at: usize| {
        let after = pointers.partition_point(|pointer| pointer.at.start <= at);
        after.checked_sub(1).is_some_and(|last| pointers[last].at.contains(&at))
    };
    let number = |(close, _): (usize, &str)| {
        let inner = text[..close].trim_end();
        let before = inner.trim_end_matches(|c: char| numerals::is_numeral_character(c) || c.is_ascii_alphabetic());
        let is_set = before.trim_end().ends_with(['(', '（', '{', '.', '-']) && !is_pointer(before.len());
        is_set.then(|| &inner[before.len()..])
    };
    text.match_indices([')', '）', '}']).filter_map(number).collect()
}

/// The words of all headings: one may have the letter of an appendix for a word, as in `F: Glossary` and `Annex F`.
fn words_of_headings(document: &Document) -> HashSet<&str> {
    let headings = document.facts.headings.iter();
    headings.flat_map(|heading| heading.text.split(|c: char| !c.is_ascii_alphanumeric())).collect()
}

/// The chapters of every folder that has some.
fn chapters(corpus: &Corpus) -> HashMap<CorpusPath, Chapters> {
    let mut folders: HashMap<CorpusPath, Chapters> = HashMap::new();
    for document in &corpus.documents {
        let captions = document.facts.captions.iter().map(|caption| &caption.label.label);
        for label in captions.filter(|label| label.numbers.len() > 1) {
            let folder = folders.entry(document.source.path.parent()).or_default();
            folder.insert((caption::counted(label).to_owned(), label.values()));
        }
        for placed in document.facts.headings.iter().filter_map(|heading| heading.numbering()) {
            if let Scheme::Counted(word) = &placed.label.scheme {
                let folder = folders.entry(document.source.path.parent()).or_default();
                folder.insert((word.clone(), pointer::called(&placed.label)));
            }
        }
    }
    folders
}
