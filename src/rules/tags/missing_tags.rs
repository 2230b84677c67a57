//! `missing-tags`: a document carries no tag.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, TagSource},
    finding::Message,
    rule::{CorpusRule, Findings},
    source::Span,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MissingTags {}

impl CorpusRule for MissingTags {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let sources: Vec<String> = corpus.settings.tag_sources.iter().map(TagSource::to_string).collect();
        if sources.is_empty() {
            return;
        }
        for document in corpus.documents.iter().filter(|document| !corpus.has_tags(document)) {
            let facts = &document.facts;
            let first = facts
                .headings
                .first()
                .filter(|first| facts.headings.iter().all(|heading| heading.level >= first.level));
            // The title stands for the document.
            let at = first.filter(|_| facts.front_matter.is_none()).map_or(Span::at(0), |title| title.span);
            out.report(document.at(at), "missing").help(Message::new("help").with("sources", sources.join(", ")));
        }
    }
}
