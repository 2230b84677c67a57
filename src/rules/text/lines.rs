//! The lines of paragraphs, as they are written.

use memchr::memchr;

use crate::{
    document::{
        Document,
        prose::{Block, BlockKind, Kind, Opening, Piece},
    },
    source::{Span, line_start},
};

/// A line of a paragraph.
pub(super) struct Line<'a> {
    pub(super) opening: Opening,
    /// All of it, behind the marks of its containers.
    pub(super) text: &'a str,
}

impl Line<'_> {
    /// Where its text begins.
    pub(super) fn start(&self) -> usize {
        self.opening.first.start as usize
    }
}

/// The lines of all paragraphs that begin like another block, with one of some bytes.
pub(super) fn of_paragraphs(document: &Document, begins_with: impl Fn(u8) -> bool) -> Vec<Line<'_>> {
    let (prose, file) = (document.prose(), &*document.source.text);
    let line = |&opening: &Opening| {
        let Span { start, end } = opening.first;
        let start = start as usize;
        if !begins_with(file.as_bytes()[start]) {
            return None;
        }
        let rest = &file[start..prose.blocks()[opening.block].span.end.max(end) as usize];
        let line = &rest[..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
        let text = line.strip_suffix('\r').unwrap_or(line);
        Some(Line { opening, text })
    };
    prose.openings().iter().filter_map(line).collect()
}

/// Whether a paragraph is the head of a block of Python-Markdown, with what the block holds right below and indented. To
/// `CommonMark` all of that is the paragraph.
pub(super) fn is_indented_block(document: &Document, paragraph: &Block) -> bool {
    /// `pymdownx.tabbed`, admonitions, and `pymdownx.details`.
    const HEADS: &[&str] = &["=== ", "===! ", "===+ ", "!!! ", "??? ", "???+ "];
    const INDENT: usize = 4;
    let file = &*document.source.text;
    let start = paragraph.span.start as usize;
    let is_head = || paragraph.kind == BlockKind::Paragraph && HEADS.iter().any(|head| file[start..].starts_with(head));
    let column =
        |at: usize| file[line_start(file, at)..at].chars().map(|c| if c == '\t' { INDENT } else { 1 }).sum::<usize>();
    let is_break = |piece: &Piece| matches!(piece.kind, Kind::SoftBreak | Kind::HardBreak);
    let second = || document.prose().pieces(paragraph).iter().skip_while(|piece| !is_break(piece)).nth(1);
    is_head() && second().is_some_and(|piece| column(piece.span.start as usize) >= column(start) + INDENT)
}

/// What stands in the line of a row behind its last cell, the bars between the two left out: it does not show.
pub(super) fn behind_row(file: &str, last: Span) -> Span {
    let from = last.end as usize;
    let end = memchr(b'\n', &file.as_bytes()[from..]).map_or(file.len(), |len| from + len);
    Span::new(end - file[from..end].trim_start_matches('|').len(), end)
}
