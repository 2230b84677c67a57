//! `skipped-number`: the numbers of headings, paragraphs, list items or captions have a gap.

use std::ops::Range;

use serde::Deserialize;

use super::{
    chapters,
    fault::{self, Found},
};
use crate::{
    contract::Missing,
    corpus::{BUDGET, Corpus, Resolution},
    document::{Document, Numbered, numbered_label},
    finding::{Message, Safety},
    numbering::{Counting, Kind, Label, Reason, mention::Mention, numerals::Class},
    rule::{CorpusRule, Findings},
    source::{Location, Span, hash::HashSet},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SkippedNumber {
    #[serde(flatten)]
    counting: Counting,
    across_files: bool,
    order_by: Option<String>,
}

impl CorpusRule for SkippedNumber {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut budget = BUDGET;
        for found in fault::faults(corpus, &self.counting, Kind::Skipped, None) {
            report(&found, out, &mut budget);
        }
        if self.across_files {
            for book in chapters::books(corpus, self.order_by.as_deref()) {
                for found in chapters::faults(corpus, &book, &self.counting, Kind::Skipped) {
                    report(&found, out, &mut budget);
                }
            }
        }
    }
}

fn report(found: &Found<'_>, out: &mut Findings, budget: &mut usize) {
    let (document, place, first) = found.spot(found.first());
    let label = numbered_label(document, place, first).map(|placed| &placed.label);
    if label.is_some_and(|label| label.scheme.is_of_calendar()) {
        return;
    }
    let at = found.place(found.first());
    let message = match &found.fault.reason {
        Reason::Missing(_) if is_embedded(found) || is_run_on(found) => return,
        Reason::First(_) if is_embedded(found) || is_written(found) => return,
        Reason::Missing(missing) | Reason::First(missing) | Reason::Elsewhere(missing) => {
            Message::new("skipped").with("missing", missing)
        }
        Reason::Unmarked if is_swallowed(found) => Message::new("swallowed"),
        Reason::Unmarked => Message::new("unmarked"),
        _ => return,
    };
    let help = match found.kind_of_place() {
        _ if matches!(found.fault.reason, Reason::Unmarked | Reason::Elsewhere(_)) => None,
        Numbered::Headings => Some("help"),
        _ => Some("help-item"),
    };
    let finding = out.report(at, found.with_labels(message.with("label", found.label(found.first()))));
    if let Some(help) = help {
        finding.help(help);
    }
    for (index, &item) in found.fault.see.iter().enumerate() {
        let is_labelled = !found.label(item).is_empty();
        let first = if matches!(found.fault.reason, Reason::First(_)) { "see-above" } else { "see-before" };
        let see = [first, if is_labelled { "see-elsewhere" } else { "see-unnumbered" }][index.min(1)];
        finding.related(found.place(item), see);
    }
    let mention = spoken_of(found);
    if let Some(mention) = mention {
        finding.related(mention, "see-mention");
    }
    // To close the gap would give another one the number of what is there, or was when the text was written.
    if mention.is_some() || matches!(found.fault.reason, Reason::Elsewhere(_)) {
        return;
    }
    if is_asked_for(found) {
        finding.withhold("asked-for");
        return;
    }
    found.offer(finding, Safety::Unsafe, budget);
}

/// Whether a contract asks for a section that is missing in the gap, or stands there under another title: the number is
/// that one's.
fn is_asked_for(found: &Found<'_>) -> bool {
    let Some(gap) = Gap::of(found).filter(|_| found.kind_of_place() == Numbered::Headings) else { return false };
    let place = |missing: &Missing| missing.like.map_or(missing.at, |at| gap.document.facts.headings[at].span.start);
    let is_here = |missing: &Missing| (gap.span.start..=gap.span.end).contains(&place(missing));
    found.corpus.bound_of(gap.document).any(|bound| bound.differences.missing.iter().any(is_here))
}

/// Where the text speaks of a number that is missing.
fn spoken_of(found: &Found<'_>) -> Option<Location> {
    /// More numbers are not looked for.
    const MOST: usize = 16;
    let (Reason::Missing(_) | Reason::First(_)) = found.fault.reason else { return None };
    let (document, place, at) = found.spot(found.first());
    let mut placed = numbered_label(document, place, at)?.clone();
    let last = placed.label.numbers.len() - 1;
    let pointers = document.pointers();
    // A range may go over what is missing, and another one may have the number.
    let means_it = |mention: &&Mention| {
        !mention.is_spanned && pointers.at(mention.start()).is_none_or(|own| pointers.goals(own).is_empty())
    };
    let missing = *found.fault.run.first()?.values.last()?..placed.label.number();
    missing.take(MOST).find_map(|number| {
        placed.label.numbers[last].numeral.value = number;
        let mention = document.mentions().of_label(place, &placed).find(means_it)?;
        Some(document.at(mention.at.clone().into()))
    })
}

/// Where numbers seem to be missing.
struct Gap<'a> {
    document: &'a Document,
    /// From the label before them to the one behind.
    span: Span,
    /// The label behind.
    label: &'a Label,
    missing: Range<u64>,
}

impl<'a> Gap<'a> {
    fn of(found: &Found<'a>) -> Option<Self> {
        let (document, place, at) = found.spot(found.first());
        let (other, _, before) = found.spot(*found.fault.see.first()?);
        let (before, placed) = numbered_label(document, place, before).zip(numbered_label(document, place, at))?;
        let wanted = *found.fault.run.first()?.values.last()?;
        let (start, label) = (before.span.end, &placed.label);
        let span = Span { start, end: placed.span.start.max(start) };
        // Chapters of a book stand in files of their own.
        let missing = wanted..label.number();
        (other.file == document.file).then_some(Self { document, span, label, missing })
    }
}

/// Whether the numbers that seem to be missing stand within the text of the item before: `1. Clone it, 2. build it,`.
fn is_run_on(found: &Found<'_>) -> bool {
    /// More numbers are not looked for.
    const NUMBERS: u64 = 8;
    /// Nor are they in more lines.
    const LINES: usize = 8;
    let is_item = matches!(found.kind_of_place(), Numbered::ListItems | Numbered::Lines);
    let Some(mut gap) = Gap::of(found).filter(|_| is_item) else { return false };
    let is_plain = matches!(&gap.label.numbers[..], [only] if only.numeral.system.class() == Class::Arabic);
    let text = gap.document.source.slice(gap.span);
    let lines = || text.lines().take(LINES).take_while(|line| !line.trim().is_empty());
    let stands_in = |line: &str, label: &str| {
        line.match_indices(label).any(|(at, _)| {
            let is_word = line[at + label.len()..].starts_with(char::is_alphanumeric);
            let before = &line[..at];
            let is_set_off = before.ends_with([' ', '，', '；', '。', '、', '）']);
            // Behind a full stop of ASCII may stand anything: fig. 2.
            let ends = before.trim_end_matches(' ').ends_with([',', ';', ')', '，', '；', '。', '、', '）']);
            !is_word && is_set_off && ends
        })
    };
    let stands = |label: &str| lines().any(|line| stands_in(line, label));
    is_plain
        && gap.missing.end.saturating_sub(gap.missing.start) <= NUMBERS
        && gap.missing.all(|number| stands(&gap.label.with_numbers(&[number.to_string()])))
}

/// Whether the first number below another one begins a line in the gap where it makes no label: in a cell, in HTML.
fn is_written(found: &Found<'_>) -> bool {
    let Some((gap, change)) = Gap::of(found).zip(found.fault.run.first()) else { return false };
    let number = change.label.trim_matches(|c: char| !c.is_alphanumeric());
    let begins = |line: &str| {
        let mut rest = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<');
        while let Some((_, behind)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
            rest = behind.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<');
        }
        let behind = rest.strip_prefix(number);
        // 3.1.10 and 3.1.1.2 are others.
        let goes_on =
            |behind: &str| behind.strip_prefix('.').unwrap_or(behind).starts_with(|c: char| c.is_ascii_digit());
        behind.is_some_and(|behind| !goes_on(behind))
    };
    gap.document.source.slice(gap.span).lines().any(begins)
}

/// Whether the numbers that seem to be missing stand in notes that are embedded in the gap.
fn is_embedded(found: &Found<'_>) -> bool {
    let Some(mut gap) = Gap::of(found) else { return false };
    let embeds = found.corpus.links(gap.document).filter(|(link, _)| link.is_image && gap.span.contains(link.span));
    let notes = embeds.filter_map(|(_, resolution)| match resolution {
        Resolution::Found(target) => found.corpus.document(target.file?),
        _ => None,
    });
    let headings = notes.flat_map(|note| &note.facts.headings).filter_map(|heading| heading.label.as_deref());
    let numbers: HashSet<u64> = headings.map(|placed| placed.label.number()).collect();
    !numbers.is_empty() && gap.missing.all(|number| numbers.contains(&number))
}

/// Whether the heading that seems to be missing stands in HTML.
fn is_swallowed(found: &Found<'_>) -> bool {
    let (document, place, at) = found.spot(found.first());
    place == Numbered::Headings && at >= document.facts.headings.len()
}
