//! `orphan-document`: no other document links to a document.

use std::collections::HashSet;

use serde::Deserialize;

use super::absolute_self_link::own_links;
use crate::{
    corpus::{Corpus, Resolution},
    document::{Document, top},
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
        let mut linked: HashSet<FileId> = corpus.documents.iter().flat_map(|from| linked(corpus, from)).collect();
        linked.extend(
            own_links(corpus, &self.addresses).iter().filter_map(|(from, _, resolution)| leads(from, resolution)),
        );
        let included: Vec<Vec<&str>> = corpus.map(|document| document.included_names().collect());
        let included: HashSet<&str> = included.into_iter().flatten().collect();
        for document in &corpus.documents {
            let path = &document.source.path;
            let is_found = linked.contains(&document.file) || included.contains(path.file_name());
            if !is_found && !self.entries.matches(path) && !corpus.settings.is_rule_page(path) {
                out.report(top(document), "orphan").help("help");
            }
        }
    }
}

/// The other documents that a document links to.
fn linked<'a>(corpus: &'a Corpus, from: &'a Document) -> impl Iterator<Item = FileId> {
    corpus.destinations(from).filter_map(|destination| leads(from, destination.resolution))
}

fn leads(from: &Document, resolution: &Resolution) -> Option<FileId> {
    match resolution {
        Resolution::Found(target) => target.file.filter(|file| *file != from.file),
        _ => None,
    }
}
