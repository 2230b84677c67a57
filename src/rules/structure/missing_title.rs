//! `missing-title`: a contract asks for a title, and the document has none.

use crate::{
    corpus::Corpus,
    document::title,
    rule::{CorpusRule, Findings},
    source::Span,
};

#[derive(Debug)]
pub(crate) struct MissingTitle;

impl CorpusRule for MissingTitle {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for bound in corpus.bound().filter(|bound| bound.contract.title.required) {
            if title(bound.document).is_none() && !bound.document.has_broken_header() {
                let finding = out.report(bound.document.at(Span::at(0)), "missing");
                finding.help(bound.help());
            }
        }
    }
}
