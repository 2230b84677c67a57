//! `orphan-document`: no other document links to a document.

use std::collections::HashSet;

use serde::Deserialize;

use super::own_links::own_links;
use crate::{
    corpus::{Corpus, Resolution},
    document::top,
    rule::{CorpusRule, Findings},
    source::{FileId, Globs},
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrphanDocument {
    /// Documents that readers find without a link.
    entries: Globs,
    /// Where the corpus is published: beginnings of URLs.
    addresses: Vec<String>,
}

impl CorpusRule for OrphanDocument {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        // Where paths of some form are not understood, nobody knows what they lead to.
        if !corpus.unrecognised.is_empty() {
            return;
        }
        let by_address = own_links(corpus, &self.addresses).into_iter().filter_map(|((from, _), resolution)| {
            let Resolution::Found(target) = resolution else { return None };
            target.file.filter(|file| *file != from.file)
        });
        let by_address: HashSet<FileId> = by_address.collect();
        let included: Vec<Vec<&str>> = corpus.map(|document| document.included_names().collect());
        let included: HashSet<&str> = included.into_iter().flatten().collect();
        for document in &corpus.documents {
            let path = &document.source.path;
            let is_linked = corpus.visitors(document.file).next().is_some() || by_address.contains(&document.file);
            let is_found = is_linked || included.contains(path.file_name());
            if !is_found && !self.entries.matches(path) && !corpus.settings.is_rule_page(path) {
                out.report(top(document), "orphan").help("help");
            }
        }
    }
}
