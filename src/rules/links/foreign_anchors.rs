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

/// What else is made of a heading: signs become hyphens, as Rails or Docusaurus 1 have it; dots stay, as with pandoc; blanks
/// become underscores, and capitals stay, as in a wiki.
const RULES: [fn(&str) -> String; 3] = [hyphenated, dotted, underscored];

/// Whether links follow another rule of making anchors more often than that of the renderers that are taken for granted,
/// where the two differ.
pub(super) fn are_made(corpus: &Corpus) -> bool {
    if corpus.settings.evidence == Evidence::Told {
        return false;
    }
    let mut by_file: HashMap<FileId, [HashSet<String>; 3]> = HashMap::new();
    let missing = |destination: &Destination<'_>| match destination.resolution {
        Resolution::Found(target) if matches!(target.fragment, Fragment::Missing(_)) => target.file,
        _ => None,
    };
    let mut foreign: [HashSet<(FileId, String)>; 3] = Default::default();
    for (_, destination) in corpus.doubtful().filter(|(_, destination)| !destination.is_wiki()) {
        let Some((file, document)) = missing(&destination).and_then(|file| Some((file, corpus.document(file)?))) else {
            continue;
        };
        let anchors = by_file.entry(file).or_insert_with(|| RULES.map(|rule| anchors(document, rule)));
        let fragment = percent_decode(destination.fragment());
        for (anchors, foreign) in anchors.iter().zip(&mut foreign) {
            if anchors.contains(&*fragment) {
                foreign.insert((file, fragment.clone().into_owned()));
            }
        }
    }
    let mut each = RULES.iter().zip(&foreign).filter(|(_, foreign)| foreign.len() >= AGAIN);
    each.any(|(&rule, foreign)| foreign.len() > own(corpus, rule, foreign.len()))
}

/// How many links follow the rule that is taken for granted where another one would make something else; so many are
/// enough to know.
fn own(corpus: &Corpus, rule: fn(&str) -> String, enough: usize) -> usize {
    let differs = |destination: &Destination<'_>| {
        let Resolution::Found(target) = destination.resolution else { return false };
        let Some(document) = target.file.and_then(|file| corpus.document(file)) else { return false };
        let fragment = percent_decode(destination.fragment());
        let heading = target.headings().next().map(|at| &document.facts.headings[at]);
        heading.is_some_and(|heading| rule(&heading.text) != fragment)
    };
    let all = corpus.documents.iter().flat_map(|document| corpus.destinations(document));
    all.filter(differs).take(enough).count()
}

/// What another rule makes of the headings of a document.
fn anchors(document: &Document, rule: fn(&str) -> String) -> HashSet<String> {
    document.facts.headings.iter().map(|heading| rule(&heading.text)).collect()
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

/// All of it, and an underscore for each blank.
fn underscored(text: &str) -> String {
    text.trim().replace(' ', "_")
}
