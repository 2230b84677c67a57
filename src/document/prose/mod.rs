//! What a reader reads: the text of each block, with everything that is no text as one opaque character in it.

pub(crate) mod formula;
mod opaque;
mod view;

use std::ops::Range;

use crate::source::Span;

pub(crate) use opaque::math;
pub(super) use view::View;

/// Stands in the text for what is no text to read: code, HTML, an image, a bare URL.
pub const OBJECT: char = '\u{FFFC}';

/// The text of a document as it is read, block by block, and where it stands in the file.
///
/// Within a block a line break is a blank, a hard line break a line feed; behind each block stands a line feed. So a
/// literal that holds none never matches across blocks, and one pass over [`Prose::text`] sees them all.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Prose {
    text: String,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
    openings: Vec<Opening>,
}

/// The beginning of a line of a paragraph, behind the marks of its containers, that looks like that of another block: text
/// that is written as it reads and begins with `#`, `-`, `|` or the like, or a digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Which block it stands in.
    pub block: usize,
    /// Which line of its block it is, from 0.
    pub number: usize,
    /// Whether the line before it ends with a break that shows.
    pub is_hard: bool,
    /// The piece that it begins with, in the file.
    pub first: Span,
}

/// A heading, paragraph, table cell, or the alternative text of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Whether it stands in a list item.
    pub is_listed: bool,
    /// Whether it stands in a block quote: perhaps somebody else's text.
    pub is_quoted: bool,
    /// All of it in the file, with its marks; of a list item without paragraphs, from its first to its last piece.
    pub span: Span,
    /// Its pieces.
    pieces: Range<usize>,
    /// Where its text begins in the text of the document. Its pieces say where it ends.
    text: usize,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading and its level, 1 to 6.
    Heading(u8),
    /// A paragraph, or the text of a tight list item.
    Paragraph,
    /// A cell of a table; of its first row if so said.
    Cell {
        /// Whether it heads a column.
        is_header: bool,
    },
    /// The alternative text of an image. It follows the block that the image stands in.
    Alt,
}

/// A stretch of a block that is of one kind and style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// What it stands in.
    pub style: Style,
    /// Its bytes in the file.
    pub span: Span,
    /// Where it begins in the text of the document.
    at: u32,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text that is written as it reads, byte for byte: the only kind that may be edited.
    Text,
    /// A character that is written otherwise: `\*`, `&amp;`. The second of two that one entity makes has no bytes.
    Written(char),
    /// The end of a line that shows as a blank, with the marks that the next line begins with.
    SoftBreak,
    /// The end of a line that shows as one.
    HardBreak,
    /// Code within a line; also what stands between `<code>` and `</code>`.
    Code,
    /// A tag or comment.
    Html,
    /// `<https://…>` or a URL or address that stands bare in the text.
    Url,
    /// What else is no text: an image, whose alternative text is a block of its own, `[[note]]` without a text, `[^1]`,
    /// `[ ]` before a task, `[!note]` before a callout, `#tag`, `$…$`, a block id, an attribute list, a directive, a
    /// template's or component's expression, hidden text.
    Other,
}

/// What a piece stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style(u8);

impl Style {
    /// Between `*`s.
    pub const EMPHASIS: Self = Self(1);
    /// Between `**`s.
    pub const STRONG: Self = Self(2);
    /// Between `~~`s.
    pub const STRIKETHROUGH: Self = Self(4);
    /// The text of a link.
    pub const LINK: Self = Self(8);

    /// Whether all of another style is part of this one.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Block {
    /// A block of which the pieces are not known yet.
    pub(super) fn new(kind: BlockKind, is_listed: bool, is_quoted: bool, span: Span) -> Self {
        Self { kind, is_listed, is_quoted, span, pieces: 0..0, text: 0 }
    }

    /// Whether it is a cell that heads a column.
    pub fn is_header(&self) -> bool {
        self.kind == BlockKind::Cell { is_header: true }
    }
}

impl Piece {
    /// A piece whose place in the text is not known yet.
    pub(super) fn new(kind: Kind, style: Style, span: Span) -> Self {
        Self { kind, style, span, at: 0 }
    }

    /// Its bytes in [`Prose::text`].
    fn text_len(&self) -> usize {
        match self.kind {
            Kind::Text => self.span.len(),
            Kind::Written(c) => c.len_utf8(),
            Kind::SoftBreak | Kind::HardBreak => 1,
            _ => OBJECT.len_utf8(),
        }
    }

    /// Its bytes in [`Prose::text`].
    pub fn text(&self) -> Range<usize> {
        let start = self.at as usize;
        start..start + self.text_len()
    }
}

impl Prose {
    /// The text of all blocks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks, by where they begin.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The pieces of a block in order.
    pub fn pieces(&self, block: &Block) -> &[Piece] {
        &self.pieces[block.pieces.clone()]
    }

    /// The pieces of all blocks.
    pub fn all_pieces(&self) -> impl Iterator<Item = &Piece> {
        self.blocks.iter().flat_map(|block| self.pieces(block))
    }

    /// Lines of paragraphs that may have been meant for something else, in order.
    pub fn openings(&self) -> &[Opening] {
        &self.openings
    }

    /// The text of a block.
    pub fn text_of(&self, block: &Block) -> &str {
        &self.text[self.range_of(block)]
    }

    /// The bytes of [`Prose::text`] that are a block's.
    pub fn range_of(&self, block: &Block) -> Range<usize> {
        let end = self.pieces(block).last().map_or(block.text, |last| last.text().end);
        block.text..end
    }

    /// The block that holds a byte of the text.
    pub fn block_at(&self, at: usize) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.text <= at);
        self.blocks.get(after.checked_sub(1)?)
    }

    /// The piece that holds a byte of the text.
    pub fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at as usize <= at);
        self.pieces.get(after.checked_sub(1)?).filter(|piece| at < piece.text().end)
    }

    /// Whether a byte of the text is one of what is written otherwise than it reads: `\(`, `&#40;`.
    pub(crate) fn is_written(&self, at: usize) -> bool {
        self.piece_at(at).is_some_and(|piece| matches!(piece.kind, Kind::Written(_)))
    }

    /// Where a range of the text stands in the file: from the first byte of what its first character is written as to
    /// the last byte of its last. `None` where it is empty or goes beyond a block.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let last = range.start + self.text.get(range.clone())?.char_indices().next_back()?.0;
        if range.end > self.range_of(self.block_at(range.start)?).end {
            return None;
        }
        let (first, end) = (self.piece_at(range.start)?, self.piece_at(last)?);
        let start = if first.kind == Kind::Text { range.start - first.at as usize } else { 0 };
        let stop = if end.kind == Kind::Text { range.end - end.at as usize } else { end.span.len() };
        Some(Span::new(first.span.start as usize + start, end.span.start as usize + stop))
    }

    /// Where a range of the text stands in the file, if a replacement of those bytes replaces just that text: if it
    /// is written as it reads and of one style.
    pub fn editable(&self, range: Range<usize>) -> Option<Span> {
        let piece = self.piece_at(range.start)?;
        let is_whole = piece.kind == Kind::Text && range.start < range.end && range.end <= piece.text().end;
        let at = piece.at as usize;
        is_whole.then(|| Span::new(range.start - at, range.end - at).shifted(piece.span.start as usize))
    }
}
