//! `inconsistent-tag`: a tag is written in another way than its vocabulary writes it.

use serde::Deserialize;

use super::vocabulary::{Verdict, objections};
use crate::{
    corpus::Corpus,
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::Span,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InconsistentTag {}

impl CorpusRule for InconsistentTag {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (bound, tag, verdict) in objections(corpus) {
            let Verdict::Misspelt { proper, sure } = verdict else { continue };
            let document = bound.document;
            let key = if sure { "spelling" } else { "slip" };
            let message = Message::new(key).with("tag", &tag.name).with("proper", &proper);
            let finding = out.report(document.at(tag.span), message);
            let written = document.source.slice(tag.span);
            let Some(at) = written.find(&tag.name).filter(|_| tag.link.is_none()) else { continue };
            let start = tag.span.start as usize + at;
            let edit = Edit::replace(document.at(Span::new(start, start + tag.name.len())), proper);
            finding.fix(Fix::new("respell", if sure { Safety::Safe } else { Safety::Unsafe }, vec![edit]));
        }
    }
}
