//! What the numbering rules have in common: from a fault to what is said of it.

use crate::{
    corpus::{BUDGET, Corpus},
    document::{Document, Numbered, numbered_label},
    finding::{Message, Safety},
    numbering::{Counting, Fault, Kind, Reason},
    rule::Findings,
    source::Location,
};

/// Where the items of an outline stand.
#[derive(Clone, Copy)]
pub(crate) enum Outline<'a> {
    /// In one document, at one kind of place.
    Of(&'a Document, Numbered),
    /// The chapters of a book: for each, its document and heading.
    Chapters(&'a [(&'a Document, usize)]),
}

/// A fault and where it is.
pub(crate) struct Found<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) outline: Outline<'a>,
    pub(super) fault: Fault,
}

/// The faults of one kind in every document.
pub(super) fn faults<'a>(corpus: &'a Corpus, counting: &Counting, kind: Kind) -> impl Iterator<Item = Found<'a>> {
    let own = |document: &'a Document| {
        let faults = document.numbering_faults(counting);
        let own = faults.iter().filter(|(_, fault)| fault.kind == kind).cloned();
        own.map(|(place, fault)| Found { corpus, outline: Outline::Of(document, place), fault }).collect::<Vec<_>>()
    };
    corpus.map(own).into_iter().flatten()
}

/// Reports every wrong number at one kind of place.
pub(super) fn report_at(corpus: &Corpus, counting: &Counting, place: Numbered, out: &mut Findings) {
    let mut budget = BUDGET;
    for found in faults(corpus, counting, Kind::Misnumbered).filter(|found| found.kind_of_place() == place) {
        report_misnumbered(&found, out, &mut budget);
    }
}

/// Reports a number that is wrong, with the reason and the repair.
pub(super) fn report_misnumbered(found: &Found<'_>, out: &mut Findings, budget: &mut usize) {
    let (message, see) = match &found.fault.reason {
        Reason::MissingAndRepeated { missing, repeated } => {
            (Message::new("missing-and-repeated").with("missing", missing).with("repeated", repeated), "see-twin")
        }
        Reason::Repeated(repeated) => (Message::new("repeated").with("repeated", repeated), "see-twin"),
        Reason::Missing(missing) => (Message::new("missing").with("missing", missing), "see-before"),
        Reason::Start { configured: None } => (Message::new("start"), "see-twin"),
        Reason::Start { configured: Some(start) } => (Message::new("starts-at").with("start", start), "see-twin"),
        Reason::OutOfOrder(previous) => (Message::new("out-of-order").with("previous", previous), "see-before"),
        Reason::Prefix(parent) => (Message::new("prefix").with("parent", parent), "see-parent"),
        // Those are other rules'.
        Reason::Unmarked | Reason::Mixed(_) => return,
    };
    let finding = out.report(found.place(found.first()), found.with_labels(message));
    for &item in &found.fault.see {
        finding.related(found.place(item), Message::new(see).with("label", found.label(item)));
    }
    let safety = if found.is_trusted() { Safety::Safe } else { Safety::Unsafe };
    found.offer(finding, safety, budget);
}

impl<'a> Found<'a> {
    /// An item's document, and which of its places it is.
    pub(super) fn spot(&self, item: usize) -> (&'a Document, Numbered, usize) {
        match self.outline {
            Outline::Of(document, place) => (document, place, item),
            Outline::Chapters(chapters) => {
                let (document, heading) = chapters[item];
                (document, Numbered::Headings, heading)
            }
        }
    }

    /// Which kind of place it stands at. A line that is a heading in all but name counts as a heading.
    pub(super) fn kind_of_place(&self) -> Numbered {
        let (document, place, at) = self.spot(self.first());
        let is_title = || document.facts.numbered_lines.get(at).is_some_and(|line| line.is_title);
        if place == Numbered::Lines && is_title() { Numbered::Headings } else { place }
    }

    /// The item the finding stands at.
    pub(super) fn first(&self) -> usize {
        self.fault.run[0].item
    }

    /// Where an item's label stands.
    pub(super) fn place(&self, item: usize) -> Location {
        let (document, place, at) = self.spot(item);
        document.at(numbered_label(document, place, at).map_or_else(Default::default, |placed| placed.span))
    }

    /// An item's label as it is written.
    pub(super) fn label(&self, item: usize) -> String {
        let (document, place, at) = self.spot(item);
        numbered_label(document, place, at).map_or_else(String::new, |placed| placed.label.text.clone())
    }

    /// The labels of the run, as they are and as they should be. Long runs are cut in the middle.
    pub(super) fn with_labels(&self, message: Message) -> Message {
        let is = self.fault.run.iter().map(|change| self.label(change.item)).collect();
        let wanted = self.fault.run.iter().map(|change| change.label.clone()).collect();
        message.with("labels", listed(is)).with("expected", listed(wanted))
    }

    /// Whether a repair can be trusted without the author, whatever speaks of it.
    fn is_trusted(&self) -> bool {
        let (document, place, _) = self.spot(self.first());
        match place {
            Numbered::Headings => self.fault.certain && matches!(self.outline, Outline::Of(..)),
            Numbered::Captions => self.fault.certain,
            // In running text a number may well be meant as it stands: a tie, a verse, an answer to a question.
            Numbered::Lines => false,
            // What stands behind the first item of a list does not show.
            Numbered::ListItems => {
                let items = &document.facts.list_items;
                let is_first = |at: usize| at == 0 || items[at - 1].list != items[at].list;
                !self.fault.run.iter().any(|change| is_first(change.item))
            }
        }
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
