//! Where documents state tags, and which.

use std::collections::{BTreeMap, BTreeSet};

use super::{FEWEST, is_enough, is_sure, tally};
use crate::{
    contract::{TagDemand, TagSource, Vocabulary, is_plural, spelling},
    corpus::{Corpus, StatedTag, TagForm},
    document::{Document, LinkKind, folded},
    order,
    source::CorpusPath,
};

/// More words than this are no vocabulary that somebody would keep by hand.
const MOST_WORDS: usize = 40;
/// Sections with more titles than this are not looked at for tags.
const MOST_TITLES: usize = 50;

/// What documents state in one place.
pub(super) struct Tags {
    pub(super) source: TagSource,
    /// How many documents state any there.
    pub(super) with: usize,
    /// Those that state none.
    pub(super) without: Vec<CorpusPath>,
    /// In how many documents each stands.
    counts: BTreeMap<String, usize>,
    /// Those of each document.
    stated: Vec<BTreeSet<String>>,
}

impl Tags {
    /// How many different ones there are.
    pub(super) fn different(&self) -> usize {
        self.counts.len()
    }

    /// How many of them stand in one document alone.
    pub(super) fn alone(&self) -> usize {
        self.counts.values().filter(|count| **count == 1).count()
    }

    /// Those that several documents state, most common first, if they are few and enough documents keep to them. Another
    /// spelling of one that is much more common is none. Where more than a few others stand in one document
    /// alone, the list goes on.
    pub(super) fn vocabulary(&self) -> Vocabulary {
        let mut words: Vec<(&String, usize)> = self.counts.iter().map(|(word, count)| (word, *count)).collect();
        words.retain(|(word, count)| *count > 1 && !self.is_rare_spelling(word, *count));
        words.sort_unstable_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
        let known: BTreeSet<&String> = words.iter().map(|(word, _)| *word).collect();
        let keeps = |tags: &&BTreeSet<String>| !tags.is_empty() && tags.iter().all(|tag| known.contains(tag));
        let is_kept = is_enough(self.stated.iter().filter(keeps).count(), self.stated.len());
        if !is_kept || known.len() > MOST_WORDS {
            return Vocabulary::Open;
        }
        let is_new = |(word, count): &(&String, &usize)| **count == 1 && !self.is_rare_spelling(word, 1);
        let new = self.counts.iter().filter(is_new).count();
        if !is_sure(self.stated.len().saturating_sub(new), self.stated.len()) {
            return Vocabulary::Corpus;
        }
        Vocabulary::Words(words.into_iter().map(|(word, _)| word.clone()).collect())
    }

    /// Whether a word is another one in another spelling, or its plural or singular, and less than a tenth as common.
    fn is_rare_spelling(&self, word: &str, count: usize) -> bool {
        let own = spelling(word);
        let is_same = |other: &str| {
            let other = spelling(other);
            own == other || is_plural(&own, &other) || is_plural(&other, &own)
        };
        self.counts.iter().any(|(other, common)| count * 10 < *common && is_same(other))
    }
}

/// The place where most of some documents state tags, if any do; of two places the first.
pub(super) fn tags(corpus: &Corpus, documents: &[usize]) -> Option<Tags> {
    let of = |source: TagSource| {
        let documents = documents.iter().map(|&at| &*corpus.documents[at]);
        let stated: Vec<BTreeSet<String>> =
            documents.clone().map(|document| names(corpus, document, &source)).collect();
        let without = documents.zip(&stated).filter(|(_, tags)| tags.is_empty());
        let without: Vec<CorpusPath> = without.map(|(document, _)| document.source.path.clone()).collect();
        let counts = tally(stated.iter().flatten().cloned());
        Tags { source, with: stated.len() - without.len(), without, counts, stated }
    };
    let places = [TagSource::FrontMatter, TagSource::Inline].into_iter().map(of);
    // Links that lead somewhere else in each document are no tags.
    let is_shared = |tags: &Tags| tags.counts.values().sum::<usize>() >= 2 * tags.different();
    let sections = titles(corpus, documents).into_iter().map(|title| of(TagSource::Section(title))).filter(is_shared);
    let mut places: Vec<Tags> = places.chain(sections).filter(|tags| tags.with > 0).collect();
    order::by_key(&mut places, |tags| std::cmp::Reverse(tags.with));
    places.into_iter().next()
}

/// The tags of a document in a place. In a section they are wikilinks, since other links there are references.
fn names(corpus: &Corpus, document: &Document, source: &TagSource) -> BTreeSet<String> {
    let demand = TagDemand { sources: vec![source.clone()], ..TagDemand::default() };
    let is_tag = |tag: &StatedTag| match tag.form {
        TagForm::Link(link) => document.facts.links[link].kind == LinkKind::Wiki,
        _ => true,
    };
    corpus.tags(document, Some(&demand)).into_iter().filter(is_tag).map(|tag| tag.name).collect()
}

/// The titles of sections that enough documents have.
fn titles(corpus: &Corpus, documents: &[usize]) -> Vec<String> {
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    let mut all = Vec::new();
    for &at in documents {
        let facts = &corpus.documents[at].facts;
        if !facts.links.iter().any(|link| link.kind == LinkKind::Wiki) {
            continue;
        }
        // What a section holds, those around it hold as well.
        let is_inmost = |at: usize| facts.headings.get(at + 1).is_none_or(|next| next.parent != Some(at));
        let inmost = facts.headings.iter().enumerate().filter(|(at, _)| is_inmost(*at));
        let titles = inmost.map(|(_, heading)| (folded(&heading.text), heading.text.trim().to_owned()));
        let own: BTreeMap<String, String> = order::map(titles);
        all.extend(own.keys().cloned());
        spelled.extend(own);
    }
    let mut counts: Vec<(String, usize)> = tally(all.into_iter()).into_iter().collect();
    counts.retain(|(title, count)| *count >= FEWEST && !title.is_empty());
    order::by_key(&mut counts, |(_, count)| std::cmp::Reverse(*count));
    counts.truncate(MOST_TITLES);
    counts.into_iter().filter_map(|(title, _)| spelled.remove(&title)).collect()
}
