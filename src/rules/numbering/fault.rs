//! What the numbering rules have in common: from a fault to what is said of it.

use crate::{
    corpus::{BUDGET, Corpus},
    document::{Document, Numbered, PlacedLabel, numbered_label},
    finding::{Message, Safety},
    numbering::{Change, Counting, Fault, Kind, Reason, Scheme, outline},
    rule::Findings,
    source::{Location, Span},
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
    /// What follows in other places: captions `2-1` below chapter 2, the sections below a chapter of a book.
    also: Vec<(&'a Document, Numbered, Change)>,
}

/// One label that a repair changes.
pub(super) struct Changed<'a, 'b> {
    pub(super) document: &'a Document,
    pub(super) place: Numbered,
    /// Which of the place.
    pub(super) at: usize,
    pub(super) change: &'b Change,
}

/// The faults of one kind in every document, at one kind of place or at all.
pub(super) fn faults<'a>(
    corpus: &'a Corpus,
    counting: &Counting,
    kind: Kind,
    place: Option<Numbered>,
) -> impl Iterator<Item = Found<'a>> {
    let is_meant = |document: &Document, own: Numbered, fault: &Fault| {
        fault.kind == kind && place.is_none_or(|place| place == kind_of_place(document, own, fault.run[0].item))
    };
    let own = |document: &'a Document| {
        let faults = document.numbering_faults(counting);
        let own = faults.iter().filter(|(place, fault)| is_meant(document, *place, fault)).cloned();
        own.map(|(place, fault)| Found::new(corpus, Outline::Of(document, place), fault)).collect::<Vec<_>>()
    };
    corpus.map(own).into_iter().flatten()
}

/// The name of the rule that reports wrong numbers at one kind of place.
pub fn misnumbered(place: Numbered) -> &'static str {
    match place {
        Numbered::Headings => "misnumbered-section",
        Numbered::Lines => "misnumbered-item",
        Numbered::ListItems => "misnumbered-list",
        Numbered::Captions => "misnumbered-caption",
    }
}

/// Which kind of place something numbered stands at. A line that is a heading in all but name counts as a heading.
fn kind_of_place(document: &Document, place: Numbered, at: usize) -> Numbered {
    let is_title = || document.facts.numbered_lines.get(at).is_some_and(|line| line.is_title);
    if place == Numbered::Lines && is_title() { Numbered::Headings } else { place }
}

/// Reports every wrong number at one kind of place.
pub(super) fn report_at(corpus: &Corpus, counting: &Counting, place: Numbered, out: &mut Findings) {
    let mut budget = BUDGET;
    for found in faults(corpus, counting, Kind::Misnumbered, Some(place)) {
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
        Reason::Moved { moved, previous } => {
            (Message::new("moved").with("moved", moved).with("previous", previous), "see-before")
        }
        Reason::OutOfOrder(previous) => (Message::new("out-of-order").with("previous", previous), "see-before"),
        Reason::Prefix(parent) => (Message::new("prefix").with("parent", parent), "see-parent"),
        // Those are other rules'.
        Reason::First(_) | Reason::Elsewhere(_) | Reason::Unmarked | Reason::Mixed(_) => return,
    };
    let finding = out.report(found.place(found.first()), found.with_labels(message));
    for &item in &found.fault.see {
        finding.related(found.place(item), Message::new(see).with("label", found.label(item)));
    }
    let safety = if found.is_trusted() { Safety::Safe } else { Safety::Unsafe };
    found.offer(finding, safety, budget);
}

impl<'a> Found<'a> {
    pub(super) fn new(corpus: &'a Corpus, outline: Outline<'a>, fault: Fault) -> Self {
        let mut found = Self { corpus, outline, fault, also: Vec::new() };
        found.also = found.changes().flat_map(|changed| changed.below(found.is_book())).collect();
        found
    }

    /// Everything that changes.
    pub(super) fn changes(&self) -> impl Iterator<Item = Changed<'a, '_>> {
        let own = self.fault.run.iter().chain(&self.fault.below).map(|change| {
            let (document, place, at) = self.spot(change.item);
            Changed { document, place, at, change }
        });
        let also = self.also.iter();
        own.chain(also.map(|&(document, place, ref change)| Changed { document, place, at: change.item, change }))
    }

    fn is_book(&self) -> bool {
        matches!(self.outline, Outline::Chapters(_))
    }

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

    /// Which kind of place it stands at.
    pub(super) fn kind_of_place(&self) -> Numbered {
        let (document, place, at) = self.spot(self.first());
        kind_of_place(document, place, at)
    }

    /// The item the finding stands at.
    pub(super) fn first(&self) -> usize {
        self.fault.run[0].item
    }

    /// Where an item's label stands.
    pub(super) fn place(&self, item: usize) -> Location {
        let (document, place, at) = self.spot(item);
        let heading = || document.facts.headings.get(at).filter(|_| place == Numbered::Headings);
        let label = numbered_label(document, place, at).map(|placed| placed.span);
        document.at(label.or_else(|| Some(heading()?.content)).unwrap_or_default())
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
}

impl<'a> Changed<'a, '_> {
    /// The label as it is.
    pub(super) fn label(&self) -> Option<&'a PlacedLabel> {
        numbered_label(self.document, self.place, self.at)
    }

    /// What lies below a heading with one number and carries it, but is judged elsewhere: captions `2-1`, and the
    /// sections of a chapter of a book.
    fn below(&self, is_book: bool) -> Vec<(&'a Document, Numbered, Change)> {
        let Some(label) = self.label().map(|placed| &placed.label) else { return Vec::new() };
        let (today, target) = (label.values(), &self.change.values);
        if self.place != Numbered::Headings || today.len() > 1 || today == *target {
            return Vec::new();
        }
        let Some(section) = section_of(self.document, self.at) else { return Vec::new() };
        let follow = |place: Numbered, at: usize| {
            let label = numbered_label(self.document, place, at).map(|placed| &placed.label)?;
            let mut values = label.values();
            let follows = label.scheme == Scheme::Dotted && values.starts_with(&today);
            values[..1].copy_from_slice(target);
            follows.then(|| (self.document, place, outline::changed(at, label, &values)))
        };
        let facts = &self.document.facts;
        let start = |span: Span| span.start >= section.start;
        let captions = facts.captions.partition_point(|caption| !start(caption.label.span))..facts.captions.len();
        let captions = captions.take_while(|&at| facts.captions[at].label.span.start < section.end);
        let headings = if is_book { self.at + 1..facts.headings.len() } else { 0..0 };
        let headings = headings.take_while(|&at| facts.headings[at].span.start < section.end);
        let captions = captions.filter_map(|at| follow(Numbered::Captions, at));
        captions.chain(headings.filter_map(|at| follow(Numbered::Headings, at))).collect()
    }
}

/// The section of a heading; `None` where HTML swallows it.
pub(super) fn section_of(document: &Document, heading: usize) -> Option<Span> {
    (heading < document.facts.headings.len()).then(|| document.below(heading))
}

fn listed(mut labels: Vec<String>) -> String {
    if labels.len() > 4 {
        let last = labels.pop().unwrap_or_default();
        labels.truncate(2);
        labels.extend(["…".to_owned(), last]);
    }
    labels.join(" ")
}
