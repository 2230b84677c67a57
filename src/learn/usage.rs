//! How documents number, tag and spell.

use std::collections::{BTreeMap, BTreeSet};

use super::{is_enough, tally};
use crate::{
    contract::{TagDemand, TagSource},
    corpus::{Corpus, StatedTag},
    document::Document,
    numbering::Scheme,
    source::{CorpusPath, Span},
};

/// Ways of numbering headings, most common first: an example, in how many documents, and one of them.
pub(super) fn numbering(corpus: &Corpus) -> Vec<(String, usize, CorpusPath)> {
    let mut found: BTreeMap<Scheme, (String, usize, CorpusPath)> = BTreeMap::new();
    for document in &corpus.documents {
        let labels: Vec<_> = document.facts.headings.iter().filter_map(|heading| heading.numbering()).collect();
        let counts = tally(labels.iter().map(|placed| placed.label.scheme.clone()));
        for (scheme, _) in counts.into_iter().filter(|(_, count)| *count > 1) {
            let example = labels.iter().find(|placed| placed.label.scheme == scheme);
            let example = example.map_or_else(String::new, |placed| placed.label.text.clone());
            let own = found.entry(scheme).or_insert_with(|| (example, 0, document.source.path.clone()));
            own.1 += 1;
        }
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|(example, count, _)| (std::cmp::Reverse(*count), example.clone()));
    found.truncate(8);
    found
}

/// Where documents state tags, and which.
pub(super) struct Tags {
    pub(super) source: TagSource,
    /// How many documents state any there.
    pub(super) with: usize,
    /// Those that state none.
    pub(super) without: Vec<CorpusPath>,
    /// How many different ones there are.
    pub(super) different: usize,
    /// How many of them stand in one document alone.
    pub(super) alone: usize,
}

/// The place where most documents state tags, if any do.
pub(super) fn tags(corpus: &Corpus) -> Option<Tags> {
    let of = |source: TagSource| {
        let demand = TagDemand { sources: vec![source.clone()], ..TagDemand::default() };
        let name = |tag: StatedTag| tag.name;
        let stated: Vec<BTreeSet<String>> =
            corpus.map(|document| corpus.tags(document, Some(&demand)).into_iter().map(name).collect());
        let without = corpus.documents.iter().zip(&stated).filter(|(_, tags)| tags.is_empty());
        let without: Vec<CorpusPath> = without.map(|(document, _)| document.source.path.clone()).collect();
        let counts = tally(stated.iter().flatten());
        let alone = counts.values().filter(|count| **count == 1).count();
        Tags { source, with: stated.len() - without.len(), without, different: counts.len(), alone }
    };
    let sources = [TagSource::FrontMatter, TagSource::Inline];
    sources.into_iter().map(of).max_by_key(|tags| tags.with).filter(|tags| tags.with > 0)
}

/// A word with a capital inside that nearly all documents write alike.
pub(super) struct Term {
    pub(super) word: String,
    /// How many documents write it so.
    pub(super) documents: usize,
    /// The other ways in which it is written.
    pub(super) others: Vec<String>,
}

/// The words that nearly all documents write alike, most common first.
pub(super) fn terms(corpus: &Corpus) -> Vec<Term> {
    let words: Vec<BTreeSet<String>> = corpus.map(words);
    let mut spellings: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for word in words.iter().flatten() {
        *spellings.entry(word.to_lowercase()).or_default().entry(word).or_default() += 1;
    }
    let mut out = Vec::new();
    for spellings in spellings.values().filter(|spellings| spellings.len() > 1) {
        let all: usize = spellings.values().sum();
        let Some((&word, &documents)) = spellings.iter().max_by_key(|(_, documents)| **documents) else { continue };
        let has_inner = word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
        if !has_inner || !is_enough(documents, all) {
            continue;
        }
        let others = spellings.keys().filter(|other| **other != word).map(|other| (*other).to_owned());
        out.push(Term { word: word.to_owned(), documents, others: others.collect() });
    }
    out.sort_by_key(|term| (std::cmp::Reverse(term.documents), term.word.clone()));
    out.truncate(20);
    out
}

/// The words of the paragraphs of a document that have a capital letter; what stands in code, in a path or in an address
/// is none.
fn words(document: &Document) -> BTreeSet<String> {
    let facts = &document.facts;
    let links = facts.links.iter().map(|link| link.destination);
    let mut skipped: Vec<Span> = facts.verbatim.iter().copied().chain(links).collect();
    skipped.sort_by_key(|span| span.start);
    let is_skipped = |at: u32| {
        let after = skipped.partition_point(|span| span.start <= at);
        after.checked_sub(1).is_some_and(|last| at < skipped[last].end)
    };
    let mut out = BTreeSet::new();
    for paragraph in &facts.paragraphs {
        let text = document.source.slice(*paragraph);
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
            let word = &rest[start..];
            let end = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
            let at = text.len() - rest.len() + start;
            let glued =
                |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | '/' | '-' | '_' | '@' | '\\' | ':' | '#' | '='));
            // A full stop ends a sentence as well.
            let next = word[end..].chars().next().filter(|c| *c != '.' && *c != ':');
            let is_glued = glued(text[..at].chars().next_back()) || glued(next) || word[end..].starts_with(".c");
            let (word, behind) = word.split_at(end);
            if word.len() > 3
                && word.chars().any(char::is_uppercase)
                && !is_glued
                && !is_skipped(paragraph.start + u32::try_from(at).unwrap_or(0))
            {
                out.insert(word.to_owned());
            }
            rest = behind;
        }
    }
    out
}
