//! What the numbering rules have in common: from a fault to places and edits in documents.

use std::collections::BTreeMap;

use crate::{
    corpus::{BUDGET, Corpus, Stuck, rename_headings},
    document::{Document, Numbered, numbered_label},
    finding::{Edit, Finding, Fix, Message, Safety},
    numbering::{Change, Counting, Fault, Kind, Reason},
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
}

/// The faults of one kind in every document.
pub(super) fn faults<'a>(
    corpus: &'a Corpus,
    counting: &'a Counting,
    kind: Kind,
) -> impl Iterator<Item = Found<'a>> + use<'a> {
    corpus.documents.iter().flat_map(move |document| {
        let faults = document.numbering_faults(counting);
        let own: Vec<_> = faults.iter().filter(|(_, fault)| fault.kind == kind).cloned().collect();
        own.into_iter().map(move |(place, fault)| Found { corpus, outline: Outline::Of(document, place), fault })
    })
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

    fn is_quoted(&self) -> bool {
        let (document, place, at) = self.spot(self.first());
        let facts = &document.facts;
        match place {
            Numbered::Headings => false,
            Numbered::Lines => facts.numbered_lines[at].is_quoted,
            Numbered::ListItems => facts.list_items[at].is_quoted,
            Numbered::Captions => facts.captions[at].is_quoted,
        }
    }

    /// Offers the repair together with the links and pointers that lead to what it changes, or says which link stands
    /// in the way. What is quoted is somebody else's text, and is not repaired.
    pub(super) fn offer(&self, finding: &mut Finding, safety: Safety, budget: &mut usize) {
        if self.is_quoted() {
            return;
        }
        let mut edits: Vec<Edit> = self.changes().flat_map(|change| self.edits(change)).collect();
        match self.renames(budget) {
            Ok(links) => edits.extend(links),
            Err(Stuck::Budget) => return,
            Err(Stuck::Link(link)) => {
                let reason = Message::new("referenced").with("link", self.corpus.text(link));
                finding.related(link, "see-link").withhold(reason);
                return;
            }
        }
        let (pointers, unclear) = self.pointers();
        edits.extend(pointers);
        if let Some(place) = unclear {
            finding.related(place, "mentioned");
        }
        let safety = if unclear.is_some() { Safety::Unsafe } else { safety };
        finding.fix(Fix::new(self.with_labels(Message::new("fix")), safety, edits));
    }

    fn changes(&self) -> impl Iterator<Item = &Change> {
        self.fault.run.iter().chain(&self.fault.below)
    }

    /// What has to be rewritten for links to keep leading to the headings that change.
    fn renames(&self, budget: &mut usize) -> Result<Vec<Edit>, Stuck> {
        let mut texts: BTreeMap<_, (&Document, BTreeMap<usize, String>)> = BTreeMap::new();
        for change in self.changes() {
            let (document, place, at) = self.spot(change.item);
            if let Some(heading) = document.facts.headings.get(at).filter(|_| place == Numbered::Headings) {
                let text = self.renamed(&heading.text, change);
                texts.entry(document.file).or_insert_with(|| (document, BTreeMap::new())).1.insert(at, text);
            }
        }
        let mut edits = Vec::new();
        for (document, texts) in texts.values() {
            edits.extend(rename_headings(self.corpus, document, texts, budget)?);
        }
        Ok(edits)
    }

    /// The edits to the text that points at what changes, and the first place that may mean something else: its
    /// author has to look at it.
    fn pointers(&self) -> (Vec<Edit>, Option<Location>) {
        let (mut edits, mut unclear) = (Vec::new(), None);
        if matches!(self.fault.reason, Reason::Mixed(_) | Reason::Unmarked) {
            return (edits, unclear);
        }
        for change in self.changes() {
            let (document, place, at) = self.spot(change.item);
            if !matches!(place, Numbered::Headings | Numbered::Captions) {
                continue;
            }
            let Some(placed) = numbered_label(document, place, at) else { continue };
            let pointers = document.pointers();
            for pointer in pointers.speaking_of(place, &placed.label) {
                let printed: Option<Vec<String>> = pointer
                    .numbers
                    .iter()
                    .zip(&change.values)
                    .map(|(number, &value)| number.numeral.system.print(value, number.numeral.width))
                    .collect();
                let is_meant = pointer.is_sure && pointers.goals(document, pointer) == [(place, at)];
                match printed.filter(|_| is_meant) {
                    Some(printed) => {
                        let numbers =
                            pointer.numbers.iter().zip(&printed).map(|(n, text)| (Span::from(n.at.clone()), text));
                        edits.extend(replaced(document, numbers));
                    }
                    None => unclear = unclear.or(Some(document.at(Span::from(pointer.at.clone())))),
                }
            }
        }
        (edits, unclear)
    }

    /// A text with its label changed.
    fn renamed(&self, text: &str, change: &Change) -> String {
        let label = self.label(change.item);
        if !self.is_rewritten() {
            return text.replacen(&label, &change.label, 1);
        }
        let at = text.len() - text.trim_start().len() + label.len();
        let title = text.get(at..).unwrap_or_default().trim_start();
        [change.label.as_str(), if title.is_empty() { "" } else { self.gap() }, title].concat()
    }

    /// Whether labels are changed as a whole and not only in their numbers.
    fn is_rewritten(&self) -> bool {
        matches!(self.fault.reason, Reason::Mixed(_) | Reason::Unmarked)
    }

    /// The blank between label and title, as the example has it.
    fn gap(&self) -> &'a str {
        let Some(&example) = self.fault.see.first() else { return " " };
        let end = self.place(example).span.end as usize;
        let (document, ..) = self.spot(example);
        let behind = document.source.text.get(end..).unwrap_or_default();
        &behind[..behind.len() - behind.trim_start_matches([' ', '\u{3000}', '\u{a0}']).len()]
    }

    /// The bytes of the numbers that change, and no others; of a label that is rewritten, all of it and the blank
    /// behind it.
    fn edits(&self, change: &Change) -> Vec<Edit> {
        let (document, place, at) = self.spot(change.item);
        let Some(placed) = numbered_label(document, place, at) else { return Vec::new() };
        let facts = &document.facts;
        if place == Numbered::Headings && at >= facts.headings.len() {
            let line = facts.swallowed[at - facts.headings.len()].span;
            return vec![Edit::replace(document.at(Span::at(line.start as usize)), "\n".to_owned())];
        }
        if !self.is_rewritten() {
            let numbers = placed.numbers.iter().copied().zip(&change.numbers);
            return replaced(document, numbers).collect();
        }
        let behind = document.source.text.get(placed.span.end as usize..).unwrap_or_default();
        let title = behind.trim_start_matches([' ', '\u{3000}', '\u{a0}']);
        let ends = title.is_empty() || title.starts_with(['\n', '\r']);
        let end = placed.span.end as usize + behind.len() - title.len();
        let text = [change.label.as_str(), if ends { "" } else { self.gap() }].concat();
        vec![Edit::replace(document.at(Span::new(placed.span.start as usize, end)), text)]
    }
}

/// Edits that put texts in the places of numbers, where they differ.
fn replaced<'a>(
    document: &'a Document,
    numbers: impl Iterator<Item = (Span, &'a String)>,
) -> impl Iterator<Item = Edit> {
    let differ = numbers.filter(|(span, text)| document.source.slice(*span) != *text);
    differ.map(|(span, text)| Edit::replace(document.at(span), text.clone()))
}

fn listed(mut labels: Vec<String>) -> String {
    if labels.len() > 4 {
        let last = labels.pop().unwrap_or_default();
        labels.truncate(2);
        labels.extend(["…".to_owned(), last]);
    }
    labels.join(" ")
}
