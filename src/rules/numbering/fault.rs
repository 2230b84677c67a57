//! What the numbering rules have in common: from a fault to places and edits in a document.

use crate::{
    corpus::{Corpus, rename_headings},
    document::{Document, numbering_faults},
    finding::{Edit, Finding, Fix, Message, Safety},
    numbering::{Change, Fault, Kind},
    source::Location,
};

/// The faults of one kind in every document.
pub(super) fn faults(corpus: &Corpus, kind: Kind) -> impl Iterator<Item = (&Document, Fault)> {
    corpus.documents.iter().flat_map(move |document| {
        let faults = numbering_faults(document).into_iter().filter(move |fault| fault.kind == kind);
        faults.map(move |fault| (&**document, fault))
    })
}

/// Where an item's label stands.
pub(super) fn place(document: &Document, item: usize) -> Location {
    let heading = &document.facts.headings[item];
    document.at(heading.label.as_ref().map_or(heading.content, |placed| placed.span))
}

/// An item's label as it is written.
pub(super) fn label(document: &Document, item: usize) -> String {
    document.facts.headings[item].label.as_ref().map_or_else(String::new, |placed| placed.label.text.clone())
}

/// The labels of a run, as they are and as they should be. Long runs are cut in the middle.
pub(super) fn with_labels(message: Message, document: &Document, run: &[Change]) -> Message {
    let is = run.iter().map(|change| label(document, change.item)).collect();
    let wanted = run.iter().map(|change| change.label.clone()).collect();
    message.with("labels", listed(is)).with("expected", listed(wanted))
}

fn listed(mut labels: Vec<String>) -> String {
    if labels.len() > 4 {
        let last = labels.pop().unwrap_or_default();
        labels.truncate(2);
        labels.extend(["…".to_owned(), last]);
    }
    labels.join(" ")
}

/// Offers the repair of a fault together with the links that lead to its headings, or says which link stands in the
/// way.
pub(super) fn offer(finding: &mut Finding, corpus: &Corpus, document: &Document, fault: &Fault, safety: Safety) {
    let changes = || fault.run.iter().chain(&fault.below);
    let texts = changes().map(|change| (change.item, renamed(document, change))).collect();
    match rename_headings(corpus, document, &texts) {
        Ok(links) => {
            let edits = changes().flat_map(|change| edits(document, change)).chain(links).collect();
            finding.fix(Fix::new(with_labels(Message::new("fix"), document, &fault.run), safety, edits));
        }
        Err(link) => {
            let reason = Message::new("referenced").with("link", corpus.text(link));
            finding.related(link, reason.clone()).withhold(reason);
        }
    }
}

/// A heading's text with its label changed.
fn renamed(document: &Document, change: &Change) -> String {
    let text = &document.facts.headings[change.item].text;
    text.replacen(&label(document, change.item), &change.label, 1)
}

/// The bytes of the numbers that change, and no others.
fn edits(document: &Document, change: &Change) -> Vec<Edit> {
    let Some(placed) = &document.facts.headings[change.item].label else { return Vec::new() };
    let numbers = placed.numbers.iter().zip(&change.numbers);
    let differ = numbers.filter(|(span, text)| document.source.slice(**span) != *text);
    differ.map(|(&span, text)| Edit::replace(document.at(span), text.clone())).collect()
}
