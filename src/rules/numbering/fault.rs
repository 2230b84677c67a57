//! What the numbering rules have in common: from a fault to places and edits in a document.

use std::collections::BTreeMap;

use crate::{
    corpus::{Corpus, Stuck, rename_headings},
    document::{Document, Numbered, numbered_label},
    finding::{Edit, Finding, Fix, Message, Safety},
    numbering::{Change, Fault, Kind, Reason},
    rule::Findings,
    source::Location,
};

/// A fault and where it is.
pub(super) struct Found<'a> {
    corpus: &'a Corpus,
    document: &'a Document,
    place: Numbered,
    pub(super) fault: &'a Fault,
}

/// The faults of one kind in every document.
pub(super) fn faults(corpus: &Corpus, kind: Kind) -> impl Iterator<Item = Found<'_>> {
    corpus.documents.iter().flat_map(move |document| {
        let faults = document.numbering_faults().iter().filter(move |(_, fault)| fault.kind == kind);
        faults.map(move |(place, fault)| Found { corpus, document, place: *place, fault })
    })
}

/// Reports a number that is wrong, with the reason and the repair.
pub(super) fn report_misnumbered(found: &Found<'_>, out: &mut Findings, budget: &mut usize) {
    let (message, see) = match &found.fault.reason {
        Reason::MissingAndRepeated { missing, repeated } => {
            (Message::new("missing-and-repeated").with("missing", missing).with("repeated", repeated), "see-twin")
        }
        Reason::Repeated(repeated) => (Message::new("repeated").with("repeated", repeated), "see-twin"),
        Reason::Missing(missing) => (Message::new("missing").with("missing", missing), "see-before"),
        Reason::Start => (Message::new("start"), "see-twin"),
        Reason::OutOfOrder(previous) => (Message::new("out-of-order").with("previous", previous), "see-before"),
        Reason::Prefix(parent) => (Message::new("prefix").with("parent", parent), "see-parent"),
    };
    let finding = out.report(found.place(found.first()), found.with_labels(message));
    for &item in &found.fault.see {
        finding.related(found.place(item), Message::new(see).with("label", found.label(item)));
    }
    let mentioned = found.first_mention();
    if let Some(at) = mentioned {
        finding.related(at, "mentioned");
    }
    // In running text a number may well be meant as it stands: a tie, a verse, an answer to a question.
    let is_safe = found.fault.certain && mentioned.is_none() && found.place == Numbered::Headings;
    found.offer(finding, if is_safe { Safety::Safe } else { Safety::Unsafe }, budget);
}

impl Found<'_> {
    /// Whether it stands at a heading, be it a heading in all but name.
    pub(super) fn is_heading(&self) -> bool {
        let lines = &self.document.facts.numbered_lines;
        self.place == Numbered::Headings || lines.get(self.first()).is_some_and(|line| line.is_title)
    }

    /// The item the finding stands at.
    pub(super) fn first(&self) -> usize {
        self.fault.run[0].item
    }

    /// Where an item's label stands.
    pub(super) fn place(&self, item: usize) -> Location {
        let label = numbered_label(self.document, self.place, item);
        self.document.at(label.map_or_else(Default::default, |placed| placed.span))
    }

    /// Where the text speaks of a section whose number would change: it would then speak of another.
    fn first_mention(&self) -> Option<Location> {
        let changes = || self.fault.run.iter().chain(&self.fault.below).take(100);
        if self.place != Numbered::Headings {
            return None;
        }
        changes().find_map(|change| {
            let label = &numbered_label(self.document, self.place, change.item)?.label;
            self.document.first_mention(label).map(|span| self.document.at(span))
        })
    }

    /// An item's label as it is written.
    pub(super) fn label(&self, item: usize) -> String {
        numbered_label(self.document, self.place, item).map_or_else(String::new, |placed| placed.label.text.clone())
    }

    /// The labels of the run, as they are and as they should be. Long runs are cut in the middle.
    fn with_labels(&self, message: Message) -> Message {
        let is = self.fault.run.iter().map(|change| self.label(change.item)).collect();
        let wanted = self.fault.run.iter().map(|change| change.label.clone()).collect();
        message.with("labels", listed(is)).with("expected", listed(wanted))
    }

    /// Offers the repair together with the links that lead to its headings, or says which link stands in the way. What
    /// is quoted is somebody else's text, and is not repaired.
    pub(super) fn offer(&self, finding: &mut Finding, safety: Safety, budget: &mut usize) {
        let changes = || self.fault.run.iter().chain(&self.fault.below);
        if self.is_quoted() {
            return;
        }
        let texts = match self.place {
            Numbered::Headings => changes().map(|change| (change.item, self.renamed(change))).collect(),
            Numbered::Lines => BTreeMap::default(),
        };
        match rename_headings(self.corpus, self.document, &texts, budget) {
            Ok(links) => {
                let edits = changes().flat_map(|change| self.edits(change)).chain(links).collect();
                finding.fix(Fix::new(self.with_labels(Message::new("fix")), safety, edits));
            }
            Err(Stuck::Budget) => {}
            Err(Stuck::Link(link)) => {
                let reason = Message::new("referenced").with("link", self.corpus.text(link));
                finding.related(link, "see-link").withhold(reason);
            }
        }
    }

    fn is_quoted(&self) -> bool {
        let lines = &self.document.facts.numbered_lines;
        self.place != Numbered::Headings && lines.get(self.first()).is_some_and(|line| line.is_quoted)
    }

    /// A heading's text with its label changed.
    fn renamed(&self, change: &Change) -> String {
        let text = &self.document.facts.headings[change.item].text;
        text.replacen(&self.label(change.item), &change.label, 1)
    }

    /// The bytes of the numbers that change, and no others.
    fn edits(&self, change: &Change) -> Vec<Edit> {
        let Some(placed) = numbered_label(self.document, self.place, change.item) else { return Vec::new() };
        let numbers = placed.numbers.iter().zip(&change.numbers);
        let differ = numbers.filter(|(span, text)| self.document.source.slice(**span) != *text);
        differ.map(|(&span, text)| Edit::replace(self.document.at(span), text.clone())).collect()
    }
}

fn listed(mut labels: Vec<String>) -> String {
    if labels.len() > 4 {
        let last = labels.pop().unwrap_or_default();
        labels.truncate(2);
        labels.extend(["…".to_owned(), last]);
    }
    labels.join(" ")
}
