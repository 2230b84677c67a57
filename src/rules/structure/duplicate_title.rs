//! `duplicate-title`: two documents of a contract have the same title.

use std::collections::HashMap;

use crate::{
    corpus::Corpus,
    document::{folded, title},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct DuplicateTitle;

impl CorpusRule for DuplicateTitle {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut first = HashMap::new();
        for bound in corpus.bound().filter(|bound| bound.contract.title.unique) {
            let Some((text, span)) = title(bound.document) else { continue };
            let at = bound.document.at(span);
            let known = first.entry((bound.index, folded(text))).or_insert(at);
            if *known != at {
                let other = corpus.source(known.file).path.as_str();
                let message = Message::new("repeated").with("title", text.trim()).with("other", other);
                let finding = out.report(at, message);
                finding.related(*known, "first");
            }
        }
    }
}
