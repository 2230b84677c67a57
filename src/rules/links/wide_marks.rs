//! Links in which a full-width `＃` stands where `#` was meant.

use std::collections::HashMap;

use crate::{
    corpus::{Corpus, Destination, Fragment, Resolution, Target},
    source::{CorpusPath, FileId},
};

/// The mark.
pub(super) const WIDE: char = '＃';

/// Such a mark in a wikilink to a note that nobody has written, or in a path that does not exist, where the document and its
/// heading would be there with that of ASCII.
pub(super) struct WideMark {
    /// Where it begins in the destination.
    pub(super) at: usize,
    /// The document.
    pub(super) path: CorpusPath,
}

/// All of them, by document and slot. A `｜` is none: it stands in the titles of many notes.
pub(super) fn wide_marks(corpus: &Corpus) -> HashMap<(FileId, usize), WideMark> {
    // Who gives notes such names means them.
    if corpus.documents.iter().any(|own| own.source.path.file_name().contains(WIDE)) {
        return HashMap::new();
    }
    let is_lost = |destination: &Destination<'_>| {
        matches!(destination.resolution, Resolution::Unwritten | Resolution::Missing { .. })
    };
    let all = corpus.doubtful().filter(|(_, destination)| is_lost(destination));
    let narrowed = all.filter_map(|(document, destination)| {
        let (front, behind) = destination.path().split_once(WIDE)?;
        // C＃ is the name of a language.
        let is_name = front.trim().chars().nth(1).is_some() || (front.is_empty() && !destination.is_wiki());
        let known_by = (document.file, destination.slot, front.len());
        let text = || format!("{front}#{behind}");
        (is_name && !behind.trim().is_empty()).then(|| (known_by, &**document, text(), destination.is_wiki()))
    });
    let meant = corpus.resolve(narrowed).into_iter().filter_map(|((file, slot, at), resolution)| {
        let Resolution::Found(Target { path, file: Some(_), fragment, .. }) = resolution else { return None };
        let is_there = matches!(fragment, Fragment::Headings(_) | Fragment::Anchor(_));
        is_there.then_some(((file, slot), WideMark { at, path }))
    });
    meant.collect()
}
