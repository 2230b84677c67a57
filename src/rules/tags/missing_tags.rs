//! `missing-tags`: a document carries no tag, or fewer than its contract asks for.

use std::collections::{BTreeSet, HashMap};

use super::place;
use crate::{
    contract::{Outline, TagSource},
    corpus::{Bound, Corpus},
    document::{Document, folded, metadata},
    finding::Message,
    rule::{CorpusRule, Findings},
    source::{CorpusPath, FileId},
};

#[derive(Debug)]
pub(crate) struct MissingTags;

impl CorpusRule for MissingTags {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let with_tags = corpus.bound().filter(|bound| bound.contract.tags.is_some());
        let mut bound: HashMap<FileId, Bound<'_>> = HashMap::new();
        for own in with_tags {
            bound.entry(own.document.file).or_insert(own);
        }
        let words: Vec<&CorpusPath> = corpus.tag_demands().filter_map(|demand| demand.vocabulary.folder()).collect();
        for document in &corpus.documents {
            let demand = bound.get(&document.file).and_then(|bound| bound.contract.tags.as_ref());
            if document.has_broken_header() && corpus.sources_of_tags(demand).contains(&TagSource::FrontMatter) {
                continue;
            }
            match bound.get(&document.file) {
                Some(bound) => fewer(corpus, *bound, out),
                None if corpus.settings.tag_sources.is_empty()
                    || corpus.settings.is_rule_page(&document.source.path)
                    // A note that is a tag carries none.
                    || words.iter().any(|folder| document.source.path.is_within(folder)) => {}
                None if corpus.tags(document, None).is_empty() => none(document, &corpus.settings.tag_sources, out),
                None => {}
            }
        }
    }
}

fn none(document: &Document, sources: &[TagSource], out: &mut Findings) {
    let sources: Vec<String> = sources.iter().map(TagSource::to_string).collect();
    out.report(document.at(place::of_tags(document)), "missing")
        .help(Message::new("help").with("sources", sources.join(", ")));
}

fn fewer(corpus: &Corpus, bound: Bound<'_>, out: &mut Findings) {
    let demand = bound.contract.tags.as_ref();
    let Some(min) = demand.and_then(|demand| demand.min).filter(|&min| min > 0) else { return };
    let tags: BTreeSet<String> = corpus.tags(bound.document, demand).into_iter().map(|tag| tag.name).collect();
    if tags.is_empty() && is_section_missing(bound, corpus.sources_of_tags(demand)) {
        // One fault, one finding.
    } else if tags.is_empty() {
        none(bound.document, corpus.sources_of_tags(demand), out);
    } else if tags.len() < min {
        let message = Message::new("few").with("count", tags.len().to_string()).with("min", min.to_string());
        let finding = out.report(bound.document.at(place::of_tags(bound.document)), message);
        finding.help(Message::new("help-contract").with("contract", &bound.contract.name));
    }
}

/// Whether the tags belong into sections that the contract asks for and the document does not have.
fn is_section_missing(bound: Bound<'_>, sources: &[TagSource]) -> bool {
    let sections = || bound.contract.outline.iter().flat_map(Outline::sections);
    let is_title = |own: Option<&str>, title: &str| own.is_some_and(|own| folded(own) == folded(title));
    let is_asked = |title: &str| sections().any(|own| !own.optional && is_title(own.title.literal(), title));
    let is_missing = |source: &TagSource| match source {
        TagSource::Section(title) => is_asked(title) && metadata::heading(bound.document, title).is_none(),
        _ => false,
    };
    !sources.is_empty() && sources.iter().all(is_missing)
}
