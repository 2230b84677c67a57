//! `skipped-number`: the numbers of headings, paragraphs, list items or captions have a gap.

use serde::Deserialize;

use super::{
    chapters,
    fault::{self, Found},
};
use crate::{
    corpus::{BUDGET, Corpus, Resolution},
    document::{Numbered, numbered_label},
    finding::{Message, Safety},
    numbering::{Counting, Kind, Reason},
    rule::{CorpusRule, Findings},
    source::{Span, hash::HashSet},
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
        for found in fault::faults(corpus, &self.counting, Kind::Skipped) {
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
    let at = found.place(found.first());
    let message = match &found.fault.reason {
        Reason::Missing(_) if is_embedded(found) => return,
        Reason::Missing(missing) => Message::new("skipped").with("missing", missing),
        Reason::Unmarked if is_swallowed(found) => Message::new("swallowed"),
        Reason::Unmarked => Message::new("unmarked"),
        _ => return,
    };
    let help = match found.kind_of_place() {
        _ if found.fault.reason == Reason::Unmarked => None,
        Numbered::Headings => Some("help"),
        _ => Some("help-item"),
    };
    let finding = out.report(at, found.with_labels(message.with("label", found.label(found.first()))));
    if let Some(help) = help {
        finding.help(help);
    }
    for &item in &found.fault.see {
        finding.related(found.place(item), "see-before");
    }
    found.offer(finding, Safety::Unsafe, budget);
}

/// Whether the numbers that seem to be missing stand in notes that are embedded in the gap.
fn is_embedded(found: &Found<'_>) -> bool {
    let (document, place, at) = found.spot(found.first());
    let Some((other, _, before)) = found.fault.see.first().map(|&before| found.spot(before)) else { return false };
    let labels = numbered_label(document, place, before).zip(numbered_label(document, place, at));
    let wanted = found.fault.run.first().and_then(|change| change.values.last());
    // Chapters of a book stand in files of their own.
    let (Some((before, placed)), Some(&wanted), true) = (labels, wanted, other.file == document.file) else {
        return false;
    };
    let start = before.span.end;
    let gap = Span { start, end: placed.span.start.max(start) };
    let embeds = found.corpus.links(document).filter(|(link, _)| link.is_image && gap.contains(link.span));
    let notes = embeds.filter_map(|(_, resolution)| match resolution {
        Resolution::Found(target) => found.corpus.document(target.file?),
        _ => None,
    });
    let headings = notes.flat_map(|note| &note.facts.headings).filter_map(|heading| heading.label.as_deref());
    let numbers: HashSet<u64> = headings.map(|placed| placed.label.last().numeral.value).collect();
    !numbers.is_empty() && (wanted..placed.label.last().numeral.value).all(|number| numbers.contains(&number))
}

/// Whether the heading that seems to be missing stands in HTML.
fn is_swallowed(found: &Found<'_>) -> bool {
    let (document, place, at) = found.spot(found.first());
    place == Numbered::Headings && at >= document.facts.headings.len()
}
