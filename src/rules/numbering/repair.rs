//! From a fault to the edits that repair it, wherever they have to be made.

use std::collections::BTreeMap;

use super::fault::{Changed, Found, Outline};
use crate::{
    corpus::{Corpus, Reference, Stuck, rename_headings},
    document::{Document, Numbered, Renderer, numbered_label, renumbering},
    finding::{Edit, Finding, Fix, Message, Safety, Severity},
    numbering::{Change, Counting, Fault, Kind, Reason},
    rule::Findings,
    source::{Location, Span},
};

/// The repair that makes the sequences of a document count on from their first numbers, whatever they look like; or
/// those that have a label in a span. At most one for each kind of place.
pub fn renumber(
    corpus: &Corpus,
    document: &Document,
    only: Option<Span>,
    counting: &dyn Fn(Numbered) -> Counting,
) -> Vec<Finding> {
    let name = "misnumbered-section".into();
    let mut out = Findings::new(&name, Severity::Info);
    for (place, run) in renumbering(document, only, counting) {
        let (kind, reason) = (Kind::Misnumbered, Reason::Start { configured: None });
        let fault = Fault { kind, certain: true, reason, see: Vec::new(), run, below: Vec::new() };
        let found = Found::new(corpus, Outline::Of(document, place), fault);
        let finding = out.report(found.place(found.first()), found.with_labels(Message::new("start")));
        found.offer(finding, Safety::Safe, &mut usize::MAX.clone());
    }
    out.into_vec()
}

impl<'a> Found<'a> {
    fn is_quoted(&self) -> bool {
        let (document, ..) = self.spot(self.first());
        document.is_quoted(self.place(self.first()).span)
    }

    /// Offers the repair together with the links and pointers that lead to what it changes, or says which link stands
    /// in the way. What is quoted is somebody else's text, and is not repaired; nor is what has no form in its system.
    pub(super) fn offer(&self, finding: &mut Finding, safety: Safety, budget: &mut usize) {
        if self.is_quoted() || !self.changes().all(|changed| changed.change.is_written) {
            return;
        }
        let mut edits: Vec<Edit> = self.changes().flat_map(|changed| self.edits(&changed)).collect();
        match self.renames(budget) {
            Ok(links) => edits.extend(links),
            Err(Stuck::Budget) => return,
            Err(stuck @ (Stuck::Link(link) | Stuck::Mention(link))) => {
                let key = if matches!(stuck, Stuck::Link(_)) { "referenced" } else { "named" };
                let reason = Message::new(key).with("link", self.corpus.text(link));
                finding.related(link, "see-link").withhold(reason);
                return;
            }
        }
        let (followed, unclear) = self.spoken_of();
        edits.extend(followed);
        for &place in &unclear {
            finding.related(place, "mentioned");
        }
        let safety = if unclear.is_empty() { safety } else { Safety::Unsafe };
        finding.fix(Fix::new(self.with_labels(Message::new("fix")), safety, edits).leaving(unclear));
    }

    /// What has to be rewritten for links to keep leading to the headings that change.
    fn renames(&self, budget: &mut usize) -> Result<Vec<Edit>, Stuck> {
        let mut texts: BTreeMap<_, (&Document, BTreeMap<usize, String>)> = BTreeMap::new();
        for Changed { document, place, at, change } in self.changes() {
            if let Some(heading) = document.facts.headings.get(at).filter(|_| place == Numbered::Headings) {
                let label = numbered_label(document, place, at).map_or("", |placed| &placed.label.text);
                let text = self.renamed(&heading.text, label, change);
                texts.entry(document.file).or_insert_with(|| (document, BTreeMap::new())).1.insert(at, text);
            }
        }
        let mut edits = Vec::new();
        for (document, texts) in texts.values() {
            if let Some(link) = texts.keys().find_map(|&at| self.taken_over(document, at, texts)) {
                return Err(Stuck::Link(link));
            }
            edits.extend(rename_headings(self.corpus, document, texts, budget)?);
        }
        Ok(edits)
    }

    /// A link to a heading that another one of the same text would take over, since that keeps its number: whoever wrote
    /// `#question-7` may have meant the one that is called so for good. Where links tell the two apart, nobody did.
    fn taken_over(&self, document: &Document, at: usize, texts: &BTreeMap<usize, String>) -> Option<Location> {
        let headings = &document.facts.headings;
        let &Reference { from, slot, .. } = self.corpus.references(document.file, at).first()?;
        let is_twin = |renderer: &Renderer| {
            let anchors = document.anchors(*renderer);
            let twin = ["-1", "_1"].iter().find_map(|behind| anchors.find(&format!("{}{behind}", anchors.all[at])));
            twin.is_some_and(|twin| {
                headings[twin].text == headings[at].text
                    && !texts.contains_key(&twin)
                    && self.corpus.references(document.file, twin).is_empty()
            })
        };
        let from = self.corpus.document(from).filter(|_| self.corpus.settings.all_renderers().iter().any(is_twin))?;
        Some(from.at(self.corpus.destination(from, slot)?.span))
    }

    /// A text with its label changed.
    pub(super) fn renamed(&self, text: &str, label: &str, change: &Change) -> String {
        if !self.is_rewritten() {
            return text.replacen(label, &change.label, 1);
        }
        let at = text.len() - text.trim_start().len() + label.len();
        let title = text.get(at + separator(text, at).len()..).unwrap_or_default();
        [change.label.as_str(), self.gap_before(title), title].concat()
    }

    /// Whether labels are changed as a whole and not only in their numbers.
    pub(super) fn is_rewritten(&self) -> bool {
        matches!(self.fault.reason, Reason::Mixed(_) | Reason::Unmarked)
    }

    /// What stands between label and title, as the example has it.
    fn gap_before(&self, title: &str) -> &'a str {
        /// What is longer, in characters, is no mark any more.
        const LONGEST: usize = 8;
        if title.is_empty() || title.starts_with(['\n', '\r']) {
            return "";
        }
        let Some(&example) = self.fault.see.first() else { return " " };
        let (document, ..) = self.spot(example);
        let gap = separator(&document.source.text, self.place(example).span.end as usize);
        if gap.chars().nth(LONGEST).is_none() { gap } else { " " }
    }

    /// The bytes of the numbers that change, and no others; of a label that is rewritten, all of it and what parts it from
    /// its title.
    fn edits(&self, changed: &Changed<'a, '_>) -> Vec<Edit> {
        let &Changed { document, place, at, change } = changed;
        let Some(placed) = changed.label() else { return Vec::new() };
        let facts = &document.facts;
        if place == Numbered::Headings && at >= facts.headings.len() {
            let line = facts.swallowed[at - facts.headings.len()].span.start as usize;
            let ending = if document.source.text[..line].ends_with("\r\n") { "\r\n" } else { "\n" };
            return vec![Edit::replace(document.at(Span::at(line)), ending.to_owned())];
        }
        if !self.is_rewritten() {
            let numbers = placed.numbers.iter().copied().zip(&change.numbers);
            return replaced(document, numbers).into_iter().collect();
        }
        let behind = placed.span.end as usize;
        let end = behind + separator(&document.source.text, behind).len();
        let text = [change.label.as_str(), self.gap_before(&document.source.text[end..])].concat();
        vec![Edit::replace(document.at(Span::new(placed.span.start as usize, end)), text)]
    }
}

/// What parts a label that ends at a byte of a text from its title: blanks, and a mark, which sets the title off if a blank
/// stands behind it or none before it. One of ASCII may as well begin a title: `（2）.gitignore`, `(2) -1`.
fn separator(text: &str, end: usize) -> &str {
    const BLANKS: [char; 3] = [' ', '\u{3000}', '\u{a0}'];
    let (label, behind) = (text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let marked = behind.trim_start_matches(BLANKS);
    let rest = marked.trim_start_matches(['：', ':', '、', '，', '.', '．', '-', '–', '—']);
    let mark = &marked[..marked.len() - rest.len()];
    let is_joined = marked.len() == behind.len();
    let is_sure = !mark.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_graphic());
    let is_of_word = label.ends_with(char::is_alphanumeric) && matches!(mark, ":" | ".");
    let sets_off = rest.starts_with(BLANKS) || (is_joined && (is_sure || is_of_word));
    let title = if sets_off { rest.trim_start_matches(BLANKS) } else { marked };
    &behind[..behind.len() - title.len()]
}

/// The edit that puts texts in the places of numbers, if they differ. Several numbers are one label, and one edit: two
/// repairs of it would make a third label of it that neither meant.
pub(super) fn replaced<'a>(document: &Document, numbers: impl Iterator<Item = (Span, &'a String)>) -> Option<Edit> {
    let (mut whole, mut text): (Option<Span>, String) = (None, String::new());
    for (span, number) in numbers {
        if let Some(before) = whole {
            text.push_str(document.source.slice(Span { start: before.end, end: span.start }));
        }
        text.push_str(number);
        whole = Some(whole.map_or(span, |before| before.to(span)));
    }
    let whole = whole.filter(|whole| document.source.slice(*whole) != text)?;
    Some(Edit::replace(document.at(whole), text))
}
