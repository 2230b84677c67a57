//! The text of a block that is looked at, and what was found so far.

use std::ops::Range;

use super::spot::{Spot, SpotKind, Typography};
use crate::{
    document::{
        Prose,
        prose::{BlockKind, Kind, Piece},
    },
    source::{Span, characters::is_han_or_kana},
};

pub(super) struct Pass<'a> {
    pub(super) prose: &'a Prose,
    /// The text up to the end of the block.
    pub(super) text: &'a str,
    /// Where the block begins.
    pub(super) start: usize,
    pub(super) kind: BlockKind,
    pub(super) pieces: &'a [Piece],
    /// The piece that was looked at last.
    pub(super) piece: usize,
    /// Whether the block has begun with a label of full-width characters.
    pub(super) is_labelled: bool,
    /// Whether some full-width letters of the block were left as they are, and some full-width digits.
    pub(super) kept_wide: [bool; 2],
    /// The formulas of the block, if they were asked for.
    pub(super) formulas: Option<Vec<Range<usize>>>,
    /// Whether the block is an entry of a bibliography, if that was asked.
    pub(super) is_reference: Option<bool>,
    /// Brackets of the block that are open, and its straight quotes.
    pub(super) open: Vec<usize>,
    pub(super) quotes: Vec<usize>,
    pub(super) out: Typography,
}

impl<'a> Pass<'a> {
    pub(super) fn new(prose: &'a Prose) -> Self {
        Self {
            prose,
            text: prose.text(),
            start: 0,
            kind: BlockKind::Paragraph,
            pieces: &[],
            piece: 0,
            is_labelled: false,
            kept_wide: [false; 2],
            formulas: None,
            is_reference: None,
            open: Vec::new(),
            quotes: Vec::new(),
            out: Typography::default(),
        }
    }

    /// Where the line that holds an offset begins, as it stands in the file: in the text, a line may end in a blank.
    pub(super) fn line_start(&self, at: usize) -> usize {
        /// So many pieces are looked through.
        const REACH: usize = 32;
        let after = self.pieces.partition_point(|piece| piece.text().start < at);
        let before = self.pieces[..after].iter().rev().take(REACH);
        let ends = |kind: Kind| matches!(kind, Kind::SoftBreak | Kind::HardBreak);
        let last = before.into_iter().find(|piece| ends(piece.kind));
        last.map_or(self.start, |piece| piece.text().end.min(at))
    }

    /// The character before an offset, within the block.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        // Most of the time it is of ASCII.
        match *self.text.as_bytes()[self.start..at].last()? {
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.text[self.start..at].chars().next_back(),
        }
    }

    /// The character at an offset, within the block.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        match *self.text.as_bytes().get(at)? {
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.text[at..].chars().next(),
        }
    }

    pub(super) fn found(&mut self, kind: SpotKind, start: usize, end: usize) {
        self.doubted(kind, start, end, false);
    }

    pub(super) fn doubted(&mut self, kind: SpotKind, start: usize, end: usize, is_doubtful: bool) {
        self.out.spots.push(Spot { kind, span: Span::new(start, end), is_doubtful, is_partial: false });
    }
}

/// Letters of the scripts that are set without blanks.
pub(super) fn is_unspaced(c: char) -> bool {
    // Most are common characters of Han. 丨 is one, and stands for a bar.
    c != '丨' && (matches!(c, '\u{4E00}'..='\u{9FFF}') || is_han_or_kana(c))
}
