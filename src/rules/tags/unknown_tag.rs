//! `unknown-tag`: a tag that the vocabulary does not have.

use crate::{
    contract::Vocabulary,
    corpus::{Corpus, Verdict},
    finding::Message,
    rule::{CorpusRule, Findings},
    suggest::Suggestions,
};

#[derive(Debug)]
pub(crate) struct UnknownTag;

impl CorpusRule for UnknownTag {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        for (bound, own) in corpus.objections() {
            let Some((tag, others)) = own.places.split_first() else { continue };
            let at = bound.document.at(tag.span);
            let message = |key: &'static str| Message::new(key).with("tag", &tag.name);
            match own.verdict {
                Verdict::Unknown => {
                    let finding = out.report(at, message("unknown"));
                    for other in others {
                        finding.related(bound.document.at(other.span), "again");
                    }
                    finding.help(bound.help());
                    let vocabulary = bound.contract.tags.as_ref().map(|demand| &demand.vocabulary);
                    if let Some(Vocabulary::Words(words)) = vocabulary
                        && let Some(near) = suggestions.closest(&tag.name, words.iter().map(String::as_str))
                    {
                        finding.help(Message::new("did-you-mean").with("word", near));
                    }
                }
                Verdict::Alone => {
                    out.report(at, message("alone"));
                }
                Verdict::Misspelt { .. } => {}
            }
        }
    }
}
