//! From a fault to the edits that repair it, wherever they have to be made.

use std::collections::BTreeMap;

use super::fault::{Found, Outline};
use crate::{
    corpus::{Corpus, Stuck, rename_headings},
    document::{Document, Numbered, numbered_label, renumbering},
    finding::{Edit, Finding, Fix, Message, Safety, Severity},
    numbering::{Change, Fault, Kind, Reason},
    rule::Findings,
    source::{Location, Span},
};

/// The repair that makes the sequences of a document count on from their first numbers, whatever they look like; or
/// those that have a label in a span. At most one for each kind of place.
pub fn renumber(corpus: &Corpus, document: &Document, only: Option<Span>) -> Vec<Finding> {
    let mut out = Findings::new("misnumbered-section".into(), Severity::Info);
    for (place, run) in renumbering(document, only) {
        let (kind, reason) = (Kind::Misnumbered, Reason::Start { configured: None });
        let fault = Fault { kind, certain: true, reason, see: Vec::new(), run, below: Vec::new() };
        let found = Found { corpus, outline: Outline::Of(document, place), fault };
        let finding = out.report(found.place(found.first()), found.with_labels(Message::new("start")));
        found.offer(finding, Safety::Safe, &mut usize::MAX.clone());
    }
    out.into_vec()
}

impl<'a> Found<'a> {
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
