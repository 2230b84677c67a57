//! Repairs in headings take the links along that lead there, whichever rule makes them.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    corpus::{BUDGET, Corpus, Stuck, rename_headings},
    document::{Document, Heading},
    finding::{Edit, Finding, Harm, Withheld, applied},
    source::{FileId, Source},
};

/// Adds to repairs of single documents what has to be rewritten for links to keep leading to their headings. A repair whose
/// links cannot follow is withheld.
pub(super) fn take_links_along(corpus: &Corpus, findings: &mut [Finding]) {
    let mut budget = BUDGET;
    for finding in findings {
        let (Some(document), Some(fix)) = (corpus.document(finding.at.file), finding.fix.take()) else { continue };
        match edits(corpus, document, fix.edits(), &mut budget) {
            Ok(more) => finding.fix = fix.and(more),
            Err(harm) => finding.withheld = harm.map(Withheld::WouldCause),
        }
    }
}

/// The heading in which an edit changes something, and which it is.
fn heading_at<'d>(document: &'d Document, edit: &Edit) -> Option<(usize, &'d Heading)> {
    let headings = &document.facts.headings;
    let index = headings.partition_point(|heading| heading.span.end < edit.at.span.end);
    let own = headings.get(index).filter(|own| edit.at.file == document.file && own.content.contains(edit.at.span))?;
    Some((index, own))
}

/// The edits to links, or what keeps them from being made, if there is a place to name.
fn edits(corpus: &Corpus, document: &Document, edits: &[Edit], budget: &mut usize) -> Result<Vec<Edit>, Option<Harm>> {
    let mut changed: BTreeMap<usize, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        if let Some((index, _)) = heading_at(document, edit) {
            changed.entry(index).or_default().push(edit);
        }
    }
    let mut texts = BTreeMap::new();
    for (index, edits) in changed {
        let heading = &document.facts.headings[index];
        // What cannot be foreseen is seen when the repair is tried.
        texts.extend(
            text_after(document, heading, &edits).filter(|text| *text != heading.text).map(|text| (index, text)),
        );
    }
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    corpus.prepare_renames();
    rename_headings(corpus, document, &texts, budget).map_err(|stuck| match stuck {
        Stuck::Link(at) | Stuck::Mention(at) => Some(Harm::Link(corpus.place(at))),
        Stuck::Budget => None,
    })
}

/// What a heading says after edits in it; `None` where that depends on what stands elsewhere, or it is no heading then.
fn text_after(document: &Document, heading: &Heading, edits: &[&Edit]) -> Option<String> {
    let read = |text: &str| {
        let source = Arc::new(Source::new(document.source.path.clone(), text));
        let alone = Document::parse(FileId(0), source, document.flavor);
        match <[Heading; 1]>::try_from(alone.facts.headings) {
            Ok([heading]) => Some(heading.text),
            Err(_) => None,
        }
    };
    if read(document.source.slice(heading.span))? != heading.text {
        return None;
    }
    read(&applied(&document.source.text, heading.span, edits.iter().copied()))
}
