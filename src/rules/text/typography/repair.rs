//! From changes of the text to edits of files: links that lead to a heading are taken along.

use std::{collections::BTreeMap, ops::Range};

use super::{super::emphasis::broken_runs, Changes};
use crate::{
    corpus::{BUDGET, Corpus, rename_headings},
    document::{
        Document, LinkKind,
        prose::{Block, BlockKind, Kind, Piece, Style},
    },
    finding::Edit,
    source::Span,
};

/// Of the budget of a run, what one document may spend.
const SHARE: usize = 50;

/// Makes the edits for one document.
pub(super) struct Repair<'a> {
    corpus: &'a Corpus,
    document: &'a Document,
    budget: usize,
}

impl<'a> Repair<'a> {
    pub(super) fn new(corpus: &'a Corpus, document: &'a Document) -> Self {
        Self { corpus, document, budget: BUDGET / SHARE }
    }

    /// The edits that put texts in the places of ranges of one block, in order. `None` where they would change more than
    /// text, where the text is somebody else's, or where a link to a heading cannot follow.
    pub(super) fn edits(&mut self, changes: &Changes<'_>) -> Option<Vec<Edit>> {
        let prose = self.document.prose();
        let block = prose.block_at(changes.first()?.0.start)?;
        if block.is_quoted {
            return None;
        }
        let mut edits = Vec::new();
        for (range, text) in changes {
            let span = if range.is_empty() { self.gap(range.start)? } else { prose.editable(range.clone())? };
            let is_fixed = !self.is_free(range.start) || self.is_beside_broken_run(span);
            if is_fixed || (text.is_empty() && self.is_beside_underscore(span)) {
                return None;
            }
            edits.push(Edit::replace(self.document.at(span), *text));
        }
        if let BlockKind::Heading(_) = block.kind {
            edits.extend(self.renames(block, changes)?);
        }
        Some(edits)
    }

    /// Where something can be put in between two characters, outside of what begins or ends there.
    fn gap(&self, at: usize) -> Option<Span> {
        let prose = self.document.prose();
        let (before, after) = (prose.piece_at(at.checked_sub(1)?)?, prose.piece_at(at)?);
        if before.kind != Kind::Text || after.kind != Kind::Text {
            return None;
        }
        if before == after {
            return Some(Span::at(after.span.start as usize + at - after.text().start));
        }
        if before.span.end == after.span.start || after.style.has(before.style) && after.style != before.style {
            Some(Span::at(before.span.end as usize))
        } else if before.style.has(after.style) && after.style != before.style {
            Some(Span::at(after.span.start as usize))
        } else {
            None
        }
    }

    /// Whether a character is not the label of a reference, which has to be that of its definition.
    fn is_free(&self, at: usize) -> bool {
        let Some(piece) = self.document.prose().piece_at(at).filter(|piece| piece.style.has(Style::LINK)) else {
            return true;
        };
        let links = &self.document.facts.links;
        let after = links.partition_point(|link| link.span.start <= piece.span.start);
        // An image may stand in the text of a link.
        let own = links[..after].iter().rev().take(4).find(|link| link.span.contains(piece.span));
        own.is_some_and(|link| link.kind == LinkKind::Inline)
    }

    /// Whether a run stands beside a place that `unrendered-emphasis` repairs: what belongs to it is not known before.
    fn is_beside_broken_run(&self, span: Span) -> bool {
        let broken = self.document.broken_emphasis(broken_runs);
        let after = broken.partition_point(|run| run.end < span.start);
        broken.get(after).is_some_and(|run| run.start <= span.end)
    }

    /// Whether an underscore stands beside a place: beside a letter it would mean nothing.
    fn is_beside_underscore(&self, span: Span) -> bool {
        let text = &self.document.source.text;
        text[..span.start as usize].ends_with('_') || text[span.end as usize..].starts_with('_')
    }

    /// What has to be rewritten for links to keep leading to a heading.
    fn renames(&mut self, block: &Block, changes: &Changes<'_>) -> Option<Vec<Edit>> {
        let headings = &self.document.facts.headings;
        let index = headings.partition_point(|heading| heading.span.end <= block.span.start);
        let heading = headings.get(index).filter(|heading| heading.span.overlaps(block.span))?;
        // A long heading costs as much as many.
        self.budget = self.budget.checked_sub(heading.text.len())?;
        let mut text = headings[index].text.clone();
        for (range, new) in changes.iter().rev() {
            let place = self.in_heading(&headings[index].text, range)?;
            text.replace_range(place, new);
        }
        rename_headings(self.corpus, self.document, &BTreeMap::from([(index, text)]), &mut self.budget).ok()
    }

    /// Where a range of the text stands in the text of its heading.
    fn in_heading(&self, heading: &str, range: &Range<usize>) -> Option<Range<usize>> {
        let prose = self.document.prose();
        let place = |piece: &Piece| {
            let written = self.document.source.slice(piece.span);
            let (trimmed, lead) = (written.trim(), written.len() - written.trim_start().len());
            let mut found = heading.match_indices(trimmed);
            let (at, _) = found.next().filter(|_| !trimmed.is_empty() && found.next().is_none())?;
            let start = (at + range.start).checked_sub(piece.text().start + lead)?;
            heading.get(start..start + range.len()).map(|_| start..start + range.len())
        };
        let behind = prose.piece_at(range.start)?;
        // What is put in may as well stand behind the piece before.
        place(behind).or_else(|| place(prose.piece_at(range.start.checked_sub(1)?).filter(|_| range.is_empty())?))
    }
}
