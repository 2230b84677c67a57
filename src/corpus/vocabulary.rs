//! The tags of documents against the vocabularies of their contracts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bound, Corpus, Resolution, StatedTag, TagForm};
use crate::{
    contract::{TagDemand, Vocabulary, is_slip, spelling},
    source::{
        CorpusPath,
        hash::{HashMap, HashMapExt, HashSet},
    },
};

/// In a corpus that is its own vocabulary, a word is common beside one that so many times fewer documents carry.
const TIMES: usize = 3;

/// What a vocabulary says of a tag.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is one word of the vocabulary with another spelling, or with a slip of the pen.
    Misspelt {
        /// That word.
        proper: String,
        /// Whether it differs in spelling only.
        sure: bool,
    },
    /// The vocabulary does not have it.
    Unknown,
    /// No other document carries it, in a corpus that is its own vocabulary.
    Alone,
}

/// A tag of a document that its vocabulary objects to.
#[derive(Debug)]
pub struct Objection {
    /// Which of the documents with a contract states it.
    pub(super) bound: usize,
    /// All of its places there.
    pub places: Vec<StatedTag>,
    /// What the vocabulary says.
    pub verdict: Verdict,
}

/// Every tag that its vocabulary objects to, each once for a document.
pub(super) fn objections(corpus: &Corpus) -> Vec<Objection> {
    let mut words: HashMap<usize, Words> = HashMap::new();
    let mut out = Vec::new();
    for (index, bound) in corpus.bound().enumerate() {
        let Some(demand) = &bound.contract.tags else { continue };
        if demand.vocabulary == Vocabulary::Open {
            continue;
        }
        let known = words.entry(bound.index).or_insert_with(|| Words::new(corpus, bound.index, demand));
        let mut places: Vec<Vec<StatedTag>> = Vec::new();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for tag in corpus.tags(bound.document, Some(demand)) {
            let index = *by_name.entry(tag.name.clone()).or_insert(places.len());
            match places.get_mut(index) {
                Some(places) => places.push(tag),
                None => places.push(vec![tag]),
            }
        }
        for mut places in places {
            places.retain(|tag| is_judged(corpus, bound, tag));
            let Some(tag) = places.first() else { continue };
            let elsewhere = known.folder.as_ref().is_some_and(|folder| leads_out(corpus, bound, tag, folder));
            let verdict = if elsewhere { Some(Verdict::Unknown) } else { known.judge(&tag.name) };
            out.extend(verdict.map(|verdict| Objection { bound: index, places, verdict }));
        }
    }
    out
}

fn resolution<'a>(corpus: &'a Corpus, bound: Bound<'a>, tag: &StatedTag) -> Option<&'a Resolution> {
    let TagForm::Link(link) = tag.form else { return None };
    corpus.links(bound.document).nth(link).map(|(_, resolution)| resolution)
}

/// A link that is broken is reported as such.
fn is_judged(corpus: &Corpus, bound: Bound<'_>, tag: &StatedTag) -> bool {
    let resolution = resolution(corpus, bound, tag);
    resolution.is_none_or(|resolution| matches!(resolution, Resolution::Found(_) | Resolution::Unwritten))
}

fn leads_out(corpus: &Corpus, bound: Bound<'_>, tag: &StatedTag, folder: &CorpusPath) -> bool {
    matches!(resolution(corpus, bound, tag), Some(Resolution::Found(target)) if !target.path.is_within(folder))
}

/// A vocabulary, ready to be looked up.
struct Words {
    known: HashSet<String>,
    /// `a/*` stands for all that begins with `a/`.
    below: Vec<String>,
    by_spelling: HashMap<String, Vec<String>>,
    folder: Option<CorpusPath>,
    /// How many documents carry each word, in a corpus that is its own vocabulary.
    counts: Option<BTreeMap<String, usize>>,
    /// Words that may be common beside others, by what a slip of the pen has in common with them.
    near: HashMap<String, Vec<String>>,
}

impl Words {
    fn new(corpus: &Corpus, contract: usize, demand: &TagDemand) -> Self {
        let mut counts = None;
        let (words, folder): (Vec<String>, _) = match &demand.vocabulary {
            Vocabulary::Words(words) => (words.clone(), None),
            Vocabulary::Folder(folder) => {
                let paths = corpus.documents.iter().map(|document| &document.source.path);
                let notes = paths.filter(|path| path.is_within(folder)).map(|path| path.file_stem().to_owned());
                (notes.collect(), Some(folder.clone()))
            }
            Vocabulary::Corpus | Vocabulary::Open => {
                let own = counts.insert(count(corpus, contract, demand));
                (own.keys().cloned().collect(), None)
            }
        };
        let below = words.iter().filter_map(|word| Some(word.strip_suffix('*')?.to_owned()));
        let below = below.filter(|start| start.ends_with('/')).collect();
        let mut by_spelling: HashMap<String, Vec<String>> = HashMap::new();
        for word in &words {
            by_spelling.entry(spelling(word)).or_default().push(word.clone());
        }
        let mut near: HashMap<String, Vec<String>> = HashMap::new();
        for (word, _) in counts.iter().flatten().filter(|(_, count)| **count >= TIMES) {
            for form in nearly(word) {
                near.entry(form).or_default().push(word.clone());
            }
        }
        Self { known: words.into_iter().collect(), below, by_spelling, folder, counts, near }
    }

    fn judge(&self, tag: &str) -> Option<Verdict> {
        if let Some(counts) = &self.counts {
            return self.judge_by_count(tag, counts);
        }
        if self.known.contains(tag) || self.below.iter().any(|start| tag.starts_with(start)) {
            return None;
        }
        match self.by_spelling.get(&spelling(tag)).map(Vec::as_slice) {
            Some([only]) => Some(Verdict::Misspelt { proper: only.clone(), sure: true }),
            _ => Some(Verdict::Unknown),
        }
    }

    /// Of the spellings of a word the one that most documents use is proper; a rare word may be a slip for a common one.
    fn judge_by_count(&self, tag: &str, counts: &BTreeMap<String, usize>) -> Option<Verdict> {
        let own = counts.get(tag).copied().unwrap_or_default();
        let alike = self.by_spelling.get(&spelling(tag)).map(Vec::as_slice).unwrap_or_default();
        let most = alike.iter().max_by_key(|word| counts[*word])?;
        let is_only = alike.iter().filter(|word| counts[*word] == counts[most]).count() == 1;
        if counts[most] > own {
            return is_only.then(|| Verdict::Misspelt { proper: most.clone(), sure: true });
        }
        let forms = nearly(tag);
        let near = forms.iter().filter_map(|form| self.near.get(form)).flatten();
        let common = near.filter(|word| counts[*word] >= TIMES * own && is_slip(tag, word));
        match common.max_by_key(|word| (counts[*word], *word)) {
            Some(word) => Some(Verdict::Misspelt { proper: word.clone(), sure: false }),
            None => (own <= 1 && alike.len() <= 1).then_some(Verdict::Alone),
        }
    }
}

/// What a word has in common with each that it may be a [slip](is_slip) for: itself, with one letter left out, and without
/// the end of a plural. No such word has other letters than those of ASCII, or is very long.
fn nearly(word: &str) -> BTreeSet<String> {
    const LONGEST: usize = 64;
    if !word.is_ascii() || word.len() > LONGEST {
        return BTreeSet::new();
    }
    let word = word.to_ascii_lowercase();
    let without = (0..word.len()).map(|at| format!("{}{}", &word[..at], &word[at + 1..]));
    let singular = word.strip_suffix("es").map(str::to_owned);
    without.chain(singular).chain([word.clone()]).collect()
}

/// How many documents of a contract carry each tag.
fn count(corpus: &Corpus, contract: usize, demand: &TagDemand) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for bound in corpus.bound().filter(|bound| bound.index == contract) {
        let names = corpus.tags(bound.document, Some(demand)).into_iter().map(|tag| tag.name);
        for name in names.collect::<BTreeSet<_>>() {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_have_something_in_common() {
        let words = [
            "tool", "tools", "class", "classes", "database", "databsae", "databaes", "datbase", "databases", "datebase",
        ];
        for one in words {
            for other in words {
                let is_near = nearly(one).intersection(&nearly(other)).next().is_some();
                assert!(is_near || !is_slip(one, other), "{one} {other}");
            }
        }
    }
}
