//! `duplicate-field-value`: two documents state the same value in a field that the contract wants to be unique.

use std::collections::HashMap;

use crate::{
    contract::{FieldType, link_target},
    corpus::Corpus,
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug)]
pub(crate) struct DuplicateFieldValue;

impl CorpusRule for DuplicateFieldValue {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut known = HashMap::new();
        for bound in corpus.bound() {
            let unique = bound.contract.demands().enumerate().filter(|(_, demand)| demand.unique);
            let unique: Vec<_> = unique.collect();
            if unique.is_empty() {
                continue;
            }
            let stated = bound.contract.metadata(bound.document);
            for (index, demand) in unique {
                let Some(field) = stated.field(&demand.name) else { continue };
                for value in demand.values(&field) {
                    let key =
                        if demand.kind == FieldType::Url { address(&value.text) } else { demand.key(&value.text) };
                    let at = bound.document.at(value.span);
                    let first = *known.entry((bound.index, index, key)).or_insert(at);
                    if first.file != at.file {
                        let other = corpus.source(first.file).path.as_str();
                        let message = Message::new("repeated").with("field", &demand.name).with("other", other);
                        let finding = out.report(at, message.with("value", &value.text));
                        finding.help(bound.help()).related(first, "first");
                    }
                }
            }
        }
    }
}

/// An address as addresses are compared: the same page with or without `s`, `www.`, a slash at the end, a fragment, or
/// what tells where a reader came from.
fn address(text: &str) -> String {
    let text = link_target(text.trim());
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    // Behind `#/` and `#!` a site of one page has its pages.
    let is_page = |at: &usize| !rest[*at + 1..].starts_with(['/', '!']);
    let rest = rest.find('#').filter(is_page).map_or(rest, |at| &rest[..at]);
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_lowercase();
    let kept: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("utm_")).collect();
    format!("{}/{}?{}", host.trim_start_matches("www."), path.trim_end_matches('/'), kept.join("&"))
}
