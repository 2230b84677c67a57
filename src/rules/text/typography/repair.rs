//! From changes of the text to edits of files: links that lead to a heading are taken along.

use std::{cell::OnceCell, collections::BTreeMap, ops::Range};

use crate::{
    corpus::{BUDGET, Corpus, rename_headings},
    document::{
        Document, Link, LinkKind,
        prose::{Block, BlockKind, Kind, Piece, Style},
    },
    finding::Edit,
    source::Span,
};

/// The texts that are to stand in ranges of the text of a document, in order.
pub(super) type Changes<'a> = [(Range<usize>, &'a str)];

/// Of the budget of a run, what one document may spend.
const SHARE: usize = 10;

/// Makes the edits for one document.
pub(super) struct Repair<'a> {
    corpus: &'a Corpus,
    document: &'a Document,
    /// Where what is code and what is text may have changed places.
    astray: OnceCell<Option<u32>>,
    budget: usize,
}

impl<'a> Repair<'a> {
    pub(super) fn new(corpus: &'a Corpus, document: &'a Document) -> Self {
        Self { corpus, document, astray: OnceCell::new(), budget: BUDGET / SHARE }
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
        let marks = after.span.start.checked_sub(before.span.end)? as usize;
        // Emphasis in emphasis does not show in the style, but its marks are there.
        let begins = |inner: Style, outer: Style| inner.has(outer) && width(inner) == width(outer) + marks;
        if begins(after.style, before.style) {
            Some(Span::at(before.span.end as usize))
        } else if begins(before.style, after.style) {
            Some(Span::at(after.span.start as usize))
        } else {
            None
        }
    }

    /// Whether only the author knows if a character may become another one: it stands in the title of somebody else's
    /// page, or behind a fence that is not closed.
    pub(super) fn is_doubtful(&self, at: usize) -> bool {
        let Some(piece) = self.document.prose().piece_at(at) else { return true };
        let first = || self.document.unclosed_fences().next().map(|(fence, _)| fence.span.start);
        let is_astray = self.astray.get_or_init(first).is_some_and(|astray| astray <= piece.span.start);
        is_astray || self.link_at(piece).is_some_and(|link| self.is_title(link))
    }

    /// Whether the text of a link is the title of the page that it leads to, by the looks of it.
    fn is_title(&self, link: &Link) -> bool {
        /// A longer text is none, in bytes.
        const LONGEST: usize = 400;
        const SIGNS: &[&str] = &[" - ", " – ", " — ", " | ", " · ", "｜", "\"", "“", "「", "『"];
        if !link.target.starts_with("http") || link.kind != LinkKind::Inline {
            return false;
        }
        let (start, end) = (link.destination.start, link.destination.end);
        let text = self.document.source.slice(Span { start: link.span.start, end: start });
        let title = self.document.source.slice(Span { start: end, end: link.span.end });
        let is_number = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        let looks_so = || SIGNS.iter().any(|sign| text.contains(sign)) || text.split('#').skip(1).any(is_number);
        text.len() <= LONGEST && (title.contains(['"', '\'', '(']) || looks_so())
    }

    /// Whether a character is not the label of a reference, which has to be that of its definition.
    fn is_free(&self, at: usize) -> bool {
        let piece = self.document.prose().piece_at(at).filter(|piece| piece.style.has(Style::LINK));
        piece.is_none_or(|piece| self.link_at(piece).is_some_and(|link| link.kind == LinkKind::Inline))
    }

    /// The link in the text of which a piece stands.
    fn link_at(&self, piece: &Piece) -> Option<&'a Link> {
        let links = &self.document.facts.links;
        let after = links.partition_point(|link| link.span.start <= piece.span.start);
        // An image may stand in the text of a link.
        let mut own = links[..after].iter().rev().take(4).filter(|_| piece.style.has(Style::LINK));
        own.find(|link| link.span.contains(piece.span))
    }

    /// Whether a run stands beside a place that `unrendered-emphasis` repairs: what belongs to it is not known before.
    fn is_beside_broken_run(&self, span: Span) -> bool {
        let broken = self.document.broken_emphasis();
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

/// How many marks a style is made by.
fn width(style: Style) -> usize {
    let marks = [(Style::EMPHASIS, 1), (Style::STRONG, 2), (Style::STRIKETHROUGH, 2)];
    marks.iter().filter(|(part, _)| style.has(*part)).map(|(_, width)| width).sum()
}
