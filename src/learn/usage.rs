//! How documents number, tag and spell.

use std::collections::{BTreeMap, BTreeSet};

use super::{is_enough, tally};
use crate::{
    contract::spelling,
    corpus::Corpus,
    declarative::is_token,
    document::{Document, Tongue, prose::BlockKind},
    numbering::{Label, Scheme},
    source::CorpusPath,
};

/// Ways of numbering headings, most common first: an example, in how many documents, and one of them.
pub(super) fn numbering(corpus: &Corpus) -> Vec<(String, usize, CorpusPath)> {
    // `1.` and `１．` are one scheme, and two ways to write it.
    let way = |label: &Label| (label.scheme.clone(), label.text.contains(|c| matches!(c, '！'..='～')));
    let mut found: BTreeMap<(Scheme, bool), (String, usize, CorpusPath)> = BTreeMap::new();
    for document in &corpus.documents {
        let labels: Vec<_> = document.facts.headings.iter().filter_map(|heading| heading.numbering()).collect();
        let counts = tally(labels.iter().map(|placed| way(&placed.label)));
        for (own, _) in counts.into_iter().filter(|(_, count)| *count > 1) {
            let example = labels.iter().find(|placed| way(&placed.label) == own);
            let example = example.map_or_else(String::new, |placed| placed.label.text.clone());
            found.entry(own).or_insert_with(|| (example, 0, document.source.path.clone())).1 += 1;
        }
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_unstable_by_key(|(example, count, _)| (std::cmp::Reverse(*count), example.clone()));
    found.truncate(8);
    found
}

/// The language that enough documents are written in, as a profile of typography names it; and how many are.
pub(super) fn profile(corpus: &Corpus) -> Option<(&'static str, usize)> {
    let tongues = corpus.documents.iter().map(|document| (document.language(), document));
    let of =
        |wanted: Tongue| tongues.clone().filter(move |(tongue, _)| *tongue == wanted).map(|(_, document)| document);
    let wanted = [Tongue::Chinese, Tongue::Japanese, Tongue::Korean];
    let own = wanted.into_iter().find(|&tongue| is_enough(of(tongue).count(), corpus.documents.len()))?;
    let count = of(own).count();
    let profile = match own {
        Tongue::Chinese => {
            let traditional = of(own).filter(|document| is_traditional(document)).count();
            let is_clear = |count: usize, all: usize| count * 10 >= all * 9;
            match (is_clear(traditional, count), is_clear(count - traditional, count)) {
                (true, _) => "zh-Hant",
                (_, true) => "zh-Hans",
                _ => return None,
            }
        }
        Tongue::Japanese => "ja",
        _ => "ko",
    };
    Some((profile, count))
}

/// Whether a Chinese text is written in traditional characters: of its first ones, one in twenty has a simplified form.
fn is_traditional(document: &Document) -> bool {
    const LOOK: usize = 400;
    let ideographs = document.source.text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).take(LOOK);
    let all: Vec<String> = ideographs.map(String::from).collect();
    all.iter().filter(|own| spelling(own) != **own).count() * 20 > all.len()
}

/// A word with a capital inside that nearly all documents write alike.
pub(super) struct Term {
    pub(super) word: String,
    /// How many documents write it so.
    pub(super) documents: usize,
    /// The other ways in which it is written.
    pub(super) others: Vec<String>,
}

/// The words that nearly all documents write alike and that are right, most common first.
pub(super) fn terms(corpus: &Corpus, is_right: impl Fn(&str) -> bool) -> Vec<Term> {
    let words: Vec<BTreeSet<String>> = corpus.map(words);
    let mut spellings: BTreeMap<String, BTreeMap<&str, BTreeSet<usize>>> = BTreeMap::new();
    for (document, words) in words.iter().enumerate() {
        for word in words {
            spellings.entry(word.to_lowercase()).or_default().entry(word).or_default().insert(document);
        }
    }
    let mut out = Vec::new();
    for spellings in spellings.values().filter(|spellings| spellings.len() > 1) {
        let Some((&word, own)) = spellings.iter().max_by_key(|(_, documents)| documents.len()) else { continue };
        let has_inner = word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
        let others = || spellings.iter().filter(|(other, _)| **other != word);
        // Who writes it in two ways deviates as well.
        let deviants: BTreeSet<usize> = others().flat_map(|(_, documents)| documents.iter().copied()).collect();
        let agree = own.difference(&deviants).count();
        if !has_inner || !is_enough(agree, agree + deviants.len()) || !is_right(word) {
            continue;
        }
        let others = others().map(|(other, _)| (*other).to_owned()).collect();
        out.push(Term { word: word.to_owned(), documents: own.len(), others });
    }
    out.sort_unstable_by_key(|term| (std::cmp::Reverse(term.documents), term.word.clone()));
    out.truncate(20);
    out
}

/// The words of a document with letters of both cases, as the rule that is proposed for them would see them. In capitals
/// alone stand keywords and constants.
fn words(document: &Document) -> BTreeSet<String> {
    let prose = document.prose();
    let text = prose.text();
    let mut out = BTreeSet::new();
    for block in prose.blocks().iter().filter(|block| block.kind != BlockKind::Alt) {
        let whole = prose.range_of(block);
        let mut at = whole.start;
        while let Some(start) = text[at..whole.end].find(|c: char| c.is_ascii_alphanumeric()).map(|start| at + start) {
            let rest = &text[start..whole.end];
            let end = start + rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let word = &text[start..end];
            let has_both = word.chars().any(char::is_uppercase) && word.chars().any(char::is_lowercase);
            if word.len() > 3 && has_both && is_token(text, &(start..end)) {
                out.insert(word.to_owned());
            }
            at = end;
        }
    }
    out
}
