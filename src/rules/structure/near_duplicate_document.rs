//! `near-duplicate-document`: two documents say nearly the same.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use serde::Deserialize;

use crate::{
    corpus::Corpus,
    document::{Document, top, written},
    finding::Message,
    rule::{CorpusRule, Findings},
    source::Span,
};

/// Characters of a shingle: no word boundaries are needed, so that any script will do.
const SHINGLE: usize = 5;
/// One shingle of so many, by its hash, is looked at.
const SAMPLE: u64 = 4;
/// A document with fewer sampled shingles is too short to be compared.
const SHORTEST: usize = 50;
/// Bands of rows of `MinHash` (Broder 1997): pairs of 80 % and more are found with a probability above 98 %.
const BANDS: usize = 8;
const ROWS: usize = 4;
/// Documents of one bucket that a new one is compared with.
const MOST_COMPARED: usize = 4;
/// Sentences shown of a pair, on either side.
const MOST_SHOWN: usize = 3;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NearDuplicateDocument {
    /// From how many per cent of common text on two documents are nearly the same.
    similarity: i64,
}

impl CorpusRule for NearDuplicateDocument {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut shingles: Vec<HashSet<u64>> = corpus.map(shingles);
        drop_boilerplate(&mut shingles);
        let mut buckets: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
        for (at, own) in shingles.iter().enumerate().filter(|(_, own)| own.len() >= SHORTEST) {
            let mut candidates: Vec<usize> = Vec::new();
            for (band, key) in bands(own).into_iter().enumerate() {
                let bucket = buckets.entry((band, key)).or_default();
                candidates.extend(bucket.iter().copied());
                if bucket.len() < MOST_COMPARED {
                    bucket.push(at);
                }
            }
            candidates.sort_unstable();
            candidates.dedup();
            let alike = candidates.into_iter().map(|other| (per_cent(own, &shingles[other]), other));
            // Of several, the one that is most alike, and of those the first.
            let best = alike.max_by_key(|(alike, other)| (*alike, std::cmp::Reverse(*other)));
            if let Some((alike, other)) = best.filter(|(alike, _)| *alike >= self.similarity) {
                report(&corpus.documents[at], &corpus.documents[other], alike, out);
            }
        }
    }
}

fn report(document: &Document, other: &Document, alike: i64, out: &mut Findings) {
    let path = other.source.path.as_str();
    let (here, there) = (sentences(document), sentences(other));
    let only = |own: &BTreeMap<u32, (&str, Span)>, others: &BTreeMap<u32, (&str, Span)>| -> Vec<Span> {
        let known: HashSet<&str> = others.values().map(|(text, _)| *text).collect();
        own.values().filter(|(text, _)| !known.contains(text)).map(|(_, span)| *span).take(MOST_SHOWN).collect()
    };
    let (own, others) = (only(&here, &there), only(&there, &here));
    let is_same = own.is_empty() && others.is_empty();
    let (key, alike) = if is_same { ("same", alike) } else { ("alike", alike.min(99)) };
    let finding = out.report(top(document), Message::new(key).with("other", path).with("percent", alike.to_string()));
    finding.related(top(other), "other");
    for span in own {
        finding.related(document.at(span), "only-here");
    }
    for span in others {
        finding.related(other.at(span), "only-there");
    }
}

/// The text of a document in pieces, the header left out.
fn pieces(document: &Document) -> impl Iterator<Item = Span> {
    let start = document.facts.front_matter.as_ref().map_or(0, |header| header.span.end);
    written(document, Span::new(start as usize, document.source.text.len()))
}

fn shingles(document: &Document) -> HashSet<u64> {
    let mut out = HashSet::new();
    for piece in pieces(document) {
        let text: Vec<char> = document.source.slice(piece).chars().filter(|c| c.is_alphanumeric()).collect();
        for window in text.windows(SHINGLE) {
            let mut hasher = DefaultHasher::new();
            window.hash(&mut hasher);
            let hash = hasher.finish();
            if hash.is_multiple_of(SAMPLE) {
                out.insert(hash);
            }
        }
    }
    out
}

/// What more than one document of twenty has says nothing of two of them; but in a few documents nothing is boilerplate.
fn drop_boilerplate(shingles: &mut [HashSet<u64>]) {
    let most = (shingles.len() / 20).max(4);
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for hash in shingles.iter().flatten() {
        *counts.entry(*hash).or_default() += 1;
    }
    for own in shingles {
        own.retain(|hash| counts[hash] <= most);
    }
}

/// For each band a key: documents with one in common are probably alike.
fn bands(shingles: &HashSet<u64>) -> [u64; BANDS] {
    let mut least = [u64::MAX; BANDS * ROWS];
    for shingle in shingles {
        let mut mixed = *shingle;
        for least in &mut least {
            // The next number of SplitMix64 (Steele, Lea, Flood 2014), seeded with the shingle.
            mixed = mixed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            *least = (*least).min(z ^ (z >> 31));
        }
    }
    let mut keys = [0; BANDS];
    for (key, rows) in keys.iter_mut().zip(least.chunks_exact(ROWS)) {
        let mut hasher = DefaultHasher::new();
        rows.hash(&mut hasher);
        *key = hasher.finish();
    }
    keys
}

/// What two documents have in common, of all they have, in per cent.
fn per_cent(a: &HashSet<u64>, b: &HashSet<u64>) -> i64 {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    i64::try_from(common * 100 / all.max(1)).unwrap_or(0)
}

/// The sentences and lines of a document, in order.
fn sentences(document: &Document) -> BTreeMap<u32, (&str, Span)> {
    let mut out = BTreeMap::new();
    for piece in pieces(document) {
        let text = document.source.slice(piece);
        for part in text.split_inclusive(['。', '！', '？', '!', '?', '\n']).flat_map(|part| part.split_inclusive(". "))
        {
            let sentence = part.trim();
            if sentence.chars().any(char::is_alphanumeric) {
                let span = Span::of_part(sentence, text).shifted(piece.start as usize);
                out.insert(span.start, (sentence, span));
            }
        }
    }
    out
}
