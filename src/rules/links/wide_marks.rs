//! Wikilinks in which a full-width mark stands where `#` or `|` was meant.

use std::collections::HashMap;

use crate::{
    corpus::{Corpus, Destination, Fragment, Resolution, Target},
    document::Document,
    source::{CorpusPath, FileId},
};

/// The full-width mark in a wikilink to a note that nobody has written, where the note would be there with that of ASCII.
pub(super) struct WideMark {
    /// The mark that is written.
    pub(super) sign: char,
    /// Where it begins in the destination.
    pub(super) at: usize,
    /// The note.
    pub(super) path: CorpusPath,
}

/// All of them, by document and slot.
pub(super) fn wide_marks(corpus: &Corpus) -> HashMap<(FileId, usize), WideMark> {
    let is_unwritten = |destination: &Destination<'_>| *destination.resolution == Resolution::Unwritten;
    let all: Vec<(&Document, usize, char, usize, String)> = corpus
        .doubtful()
        .filter(|(_, destination)| is_unwritten(destination))
        .filter_map(|(document, destination)| {
            let name = destination.path();
            let (at, sign) = name.char_indices().find(|(_, c)| matches!(c, '＃' | '｜'))?;
            let (front, behind) = (&name[..at], &name[at + sign.len_utf8()..]);
            // Where a bar stands, nothing else may; where a title is named, the whole of it counts.
            let is_whole = sign == '＃' || document.source.slice(destination.span) == name;
            let target = if sign == '＃' { format!("{front}#{behind}") } else { front.to_owned() };
            (is_whole && [front, behind].iter().all(|part| !part.trim().is_empty())).then_some((
                &**document,
                destination.slot,
                sign,
                at,
                target,
            ))
        })
        .collect();
    if all.is_empty() {
        return HashMap::new();
    }
    // Who gives notes such names means them.
    let are_names = |sign: char| corpus.documents.iter().any(|own| own.source.path.file_name().contains(sign));
    let names = ['＃', '｜'].map(|sign| (sign, are_names(sign)));
    let resolved = corpus.resolve(all.iter().map(|(document, .., target)| (*document, target.as_str(), true)));
    let meant = all.iter().zip(resolved).filter_map(|((document, slot, sign, at, _), resolution)| {
        let Resolution::Found(Target { path, file: Some(_), fragment, .. }) = resolution else { return None };
        let is_there = *sign == '｜' || matches!(fragment, Fragment::Headings(_) | Fragment::Anchor(_));
        let is_name = names.contains(&(*sign, true));
        (is_there && !is_name).then_some(((document.file, *slot), WideMark { sign: *sign, at: *at, path }))
    });
    meant.collect()
}
