//! Anchors that some renderer makes which is not known here: links that follow its rule lead nowhere for us, and to repair
//! them would break what works.

use std::collections::{HashMap, HashSet};

use crate::{
    corpus::{Corpus, Destination, Evidence, Fragment, Resolution},
    document::Document,
    source::{FileId, percent_decode},
};

/// So many anchors of another rule are no slips.
const AGAIN: usize = 5;

/// Whether links follow another rule of making anchors more often than that of the renderers that are taken for granted,
/// where the two differ: signs become hyphens, as Rails or Docusaurus 1 have it, or dots stay, as with pandoc.
pub(super) fn are_made(corpus: &Corpus) -> bool {
    if corpus.settings.evidence == Evidence::Told {
        return false;
    }
    let mut by_file: HashMap<FileId, HashSet<String>> = HashMap::new();
    let missing = |destination: &Destination<'_>| match destination.resolution {
        Resolution::Found(target) if matches!(target.fragment, Fragment::Missing(_)) => target.file,
        _ => None,
    };
    let mut foreign = HashSet::new();
    for (_, destination) in corpus.doubtful().filter(|(_, destination)| !destination.is_wiki()) {
        let Some((file, document)) = missing(&destination).and_then(|file| Some((file, corpus.document(file)?))) else {
            continue;
        };
        let anchors = by_file.entry(file).or_insert_with(|| anchors(document));
        let fragment = percent_decode(destination.fragment());
        if anchors.contains(&*fragment) {
            foreign.insert((file, fragment.into_owned()));
        }
    }
    foreign.len() >= AGAIN && foreign.len() > own(corpus, foreign.len())
}

/// How many links follow the rule that is taken for granted where another one would make something else; so many are
/// enough to know.
fn own(corpus: &Corpus, enough: usize) -> usize {
    let differs = |destination: &Destination<'_>| {
        let Resolution::Found(target) = destination.resolution else { return false };
        let Some(document) = target.file.and_then(|file| corpus.document(file)) else { return false };
        let fragment = percent_decode(destination.fragment());
        let heading = target.headings().next().map(|at| &document.facts.headings[at]);
        heading.is_some_and(|heading| hyphenated(&heading.text) != fragment && dotted(&heading.text) != fragment)
    };
    let all = corpus.documents.iter().flat_map(|document| corpus.destinations(document));
    all.filter(differs).take(enough).count()
}

/// What the other rules make of the headings of a document.
fn anchors(document: &Document) -> HashSet<String> {
    document.facts.headings.iter().flat_map(|heading| [hyphenated(&heading.text), dotted(&heading.text)]).collect()
}

/// Letters and digits, and a hyphen for whatever stands between them.
fn hyphenated(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// Letters, digits, `_`, `-` and `.`, and a hyphen for each blank.
fn dotted(text: &str) -> String {
    let kept = text.trim().chars().filter(|&c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}
