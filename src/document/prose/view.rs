//! The text of a document, put together block by block: opaque stretches are cut out of what the parser sees as text.

use std::ops::RangeInclusive;

use super::{Block, Kind, OBJECT, Piece, Prose, Style, opaque};
use crate::source::Span;

/// The prose of a document in the making.
pub(in crate::document) struct View<'a> {
    file: &'a str,
    out: Prose,
    /// Bytes that were looked through, of which only the one behind them may begin an opaque stretch.
    plain: Option<RangeInclusive<usize>>,
}

impl<'a> View<'a> {
    /// Nothing yet of a file.
    pub(in crate::document) fn new(file: &'a str) -> Self {
        // About what documents hold; given up after the rules of one document.
        let (blocks, pieces) = (Vec::with_capacity(file.len() / 128), Vec::with_capacity(file.len() / 32));
        Self { file, out: Prose { text: String::with_capacity(file.len()), blocks, pieces }, plain: None }
    }

    /// All of it.
    pub(in crate::document) fn finish(self) -> Prose {
        self.out
    }

    /// Adds a block. Its pieces are those of the parser: everything that it sees as text is [`Kind::Text`].
    pub(in crate::document) fn block(&mut self, mut block: Block, pieces: &[Piece]) {
        block.pieces.start = self.out.pieces.len();
        block.text = self.out.text.len();
        let end = pieces.last().map_or(0, |last| last.span.end as usize);
        let mut until = 0;
        for piece in pieces {
            if piece.span.end <= until {
                continue;
            }
            if piece.span.start < until && piece.kind != Kind::Text {
                // A stretch that would end within an entity ends behind it.
                until = piece.span.end;
                if let Some(last) = self.out.pieces.last_mut() {
                    last.span.end = until;
                }
                continue;
            }
            match piece.kind {
                Kind::Text => until = self.text(piece.span, until, piece.style, end),
                // Text between such tags is no prose either.
                Kind::Html => match opaque::element(self.file, piece.span, end) {
                    Some(span) => {
                        self.push(Kind::Code, piece.style, span);
                        until = span.end;
                    }
                    None => self.push(piece.kind, piece.style, piece.span),
                },
                _ => self.push(piece.kind, piece.style, piece.span),
            }
        }
        block.pieces.end = self.out.pieces.len();
        self.out.text.push('\n');
        self.out.blocks.push(block);
    }

    /// A stretch of text, of which what stands before `from` is spent. Returns how far an opaque stretch reaches that
    /// begins within, perhaps beyond it.
    fn text(&mut self, span: Span, from: u32, style: Style, end: usize) -> u32 {
        let (mut from, stop) = (span.start.max(from) as usize, span.end as usize);
        let mut at = from;
        while let Some(found) = self.candidate(at, stop) {
            let Some((kind, stretch)) = opaque::stretch(self.file, from, found, end) else {
                at = found + 1;
                continue;
            };
            self.push(Kind::Text, style, Span::new(from, stretch.start));
            self.push(kind, style, Span::from(stretch.clone()));
            from = stretch.end;
            at = from;
        }
        self.push(Kind::Text, style, Span::new(from, stop));
        Span::at(from).end
    }

    /// The first candidate in a stretch. Pieces and blocks are short: to look through each of them by itself would cost
    /// more than to look on through the file.
    fn candidate(&mut self, from: usize, stop: usize) -> Option<usize> {
        let known = self.plain.as_ref().filter(|plain| plain.contains(&from)).map(|plain| *plain.end());
        let next = known.unwrap_or_else(|| opaque::candidate(self.file, from));
        if known.is_none() {
            self.plain = Some(from..=next);
        }
        (next < stop).then_some(next)
    }

    fn push(&mut self, kind: Kind, style: Style, span: Span) {
        if kind == Kind::Text && span.is_empty() {
            return;
        }
        let at = Span::at(self.out.text.len()).start;
        match kind {
            Kind::Text => self.out.text.push_str(self.file.get(span.range()).unwrap_or_default()),
            Kind::Written(c) => self.out.text.push(c),
            Kind::SoftBreak => self.out.text.push(' '),
            Kind::HardBreak => self.out.text.push('\n'),
            _ => self.out.text.push(OBJECT),
        }
        self.out.pieces.push(Piece { kind, style, span, at });
    }
}
