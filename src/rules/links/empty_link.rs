//! `empty-link`: a link whose destination is still to be written.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Destination, Malformed, Resolution},
    document::{Document, normalized_label},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct EmptyLink {}

impl CorpusRule for EmptyLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination) in corpus.doubtful() {
            let message = match destination.resolution {
                Resolution::Malformed(Malformed::Empty) => Message::new("empty"),
                Resolution::Malformed(Malformed::Placeholder) => {
                    Message::new("placeholder").with("target", destination.target)
                }
                _ => continue,
            };
            if is_comment(document, &destination) || leads_up(document, &destination) {
                continue;
            }
            let link = destination.link.map_or(destination.span, |link| link.span);
            out.report(document.at(link), message);
        }
    }
}

/// Whether it is that of a definition which is a comment, `[//]: # (so)`: no link is written with its label.
fn is_comment(document: &Document, destination: &Destination<'_>) -> bool {
    let facts = &document.facts;
    let mut own =
        facts.definitions.iter().filter(|own| destination.link.is_none() && own.destination == destination.span);
    own.next().filter(|own| own.is_comment()).is_some_and(|own| {
        let label = normalized_label(&own.label);
        !facts.links.iter().filter_map(|link| link.label.as_deref()).any(|used| normalized_label(used) == label)
    })
}

/// Whether a link says that it leads to the top of the page, which is where `#` leads.
fn leads_up(document: &Document, destination: &Destination<'_>) -> bool {
    const UP: &[&str] =
        &["top", "顶部", "頂部", "顶端", "頂端", "トップ", "先頭", "上へ", "맨 위", "위로", "⬆", "↑", "▲", "🔝", "🔼"];
    let written = destination.link.map(|link| document.source.slice(link.span).to_lowercase());
    let text = written.as_deref().and_then(|written| written.split_once("](")).map(|(text, _)| text);
    destination.target == "#" && text.is_some_and(|text| UP.iter().any(|word| text.contains(word)))
}
