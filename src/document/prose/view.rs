//! The text of a document, put together block by block: opaque stretches are cut out of what the parser sees as text.

use std::ops::Range;

use super::{Block, BlockKind, Kind, OBJECT, Opening, Piece, Prose, Style, opaque};
use crate::{document::mdx, source::Span};

/// The prose of a document in the making.
pub(in crate::document) struct View<'a> {
    file: &'a str,
    out: Prose,
    /// The bytes that were looked through last, and those of them at which an opaque stretch may begin.
    seen: Range<usize>,
    candidates: Vec<usize>,
    in_paragraph: bool,
    line: Line,
    /// Whether what MDX reads as code is left out. Where some of it has no end, that ends: nobody looks for another end.
    leaves_code: bool,
    /// Where the last code of MDX ends, which may be in a later block.
    code_end: usize,
}

/// What is known of the line that is being put together.
#[derive(Default)]
struct Line {
    number: usize,
    /// Whether the one before it ends with a break that shows.
    is_hard: bool,
    /// What of it was seen last.
    last: Last,
}

/// What of a line was seen last.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    /// A tag that breaks the line.
    Break,
    Other,
}

impl<'a> View<'a> {
    /// Nothing yet of a file.
    pub(in crate::document) fn new(file: &'a str) -> Self {
        // About what documents hold; given up after the rules of one document.
        let (blocks, pieces) = (Vec::with_capacity(file.len() / 128), Vec::with_capacity(file.len() / 32));
        let out = Prose { text: String::with_capacity(file.len()), blocks, pieces, openings: Vec::new() };
        Self {
            file,
            out,
            seen: 0..0,
            candidates: Vec::new(),
            in_paragraph: false,
            line: Line::default(),
            leaves_code: false,
            code_end: 0,
        }
    }

    /// Whether what MDX reads as code is left out.
    pub(in crate::document) fn leaves_code(&mut self, is_left: bool) {
        self.leaves_code = is_left;
    }

    /// All of it.
    pub(in crate::document) fn finish(self) -> Prose {
        self.out
    }

    /// Adds a block. Its pieces are those of the parser: everything that it sees as text is [`Kind::Text`].
    pub(in crate::document) fn block(&mut self, mut block: Block, pieces: &[Piece]) {
        debug_assert!(self.out.blocks.last().is_none_or(|last| last.span.start <= block.span.start));
        block.pieces.start = self.out.pieces.len();
        block.text = self.out.text.len();
        self.line = Line::default();
        self.in_paragraph = block.kind == BlockKind::Paragraph;
        let end = pieces.last().map_or(0, |last| last.span.end as usize);
        if self.leaves_code && self.is_statement(&block) {
            self.leave(mdx::statement_end(self.file, block.span.start as usize));
        }
        let mut until = Span::at(self.code_end).end;
        if block.span.start < until {
            let shown = Span { start: block.span.start, end: until.min(block.span.end) };
            self.push(Kind::Other, Style::default(), shown);
        }
        for piece in pieces {
            if piece.span.end <= until {
                continue;
            }
            if piece.span.start < until && piece.kind != Kind::Text {
                // A stretch that would end within an entity ends behind it.
                until = piece.span.end;
                if let Some(last) = self.out.pieces[block.pieces.start..].last_mut() {
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
            let code = if self.leaves_code { self.code(found, end) } else { None };
            let Some((kind, stretch)) = code.or_else(|| opaque::stretch(self.file, from, found, end)) else {
                at = found + 1;
                continue;
            };
            self.push(Kind::Text, style, Span::new(from, stretch.start));
            self.push(kind, style, Span::from(stretch.clone()));
            from = stretch.end;
            at = from;
        }
        self.push(Kind::Text, style, Span::new(from, stop));
        Span::at(from.max(self.code_end)).end
    }

    /// Whether a block begins as a statement of a module, at the left margin.
    fn is_statement(&self, block: &Block) -> bool {
        let start = block.span.start as usize;
        let is_at_margin = start == 0 || self.file.as_bytes()[start - 1] == b'\n';
        self.in_paragraph && start >= self.code_end && is_at_margin && mdx::is_statement(&self.file[start..])
    }

    /// The code of MDX that begins at a byte, as far as it stands in its block.
    fn code(&mut self, at: usize, end: usize) -> Option<(Kind, Range<usize>)> {
        if !mdx::begins_code(self.file, at) {
            return None;
        }
        self.leave(mdx::code_end(self.file, at));
        self.leaves_code.then(|| (Kind::Other, at..end.min(self.code_end)))
    }

    /// Notes where code ends that begins now.
    fn leave(&mut self, code_end: Option<usize>) {
        self.leaves_code = code_end.is_some();
        self.code_end = code_end.unwrap_or(self.code_end);
    }

    /// The first candidate in a stretch. Pieces and blocks are short: to look through each of them by itself would cost
    /// more than to look on through the file.
    fn candidate(&mut self, mut from: usize, stop: usize) -> Option<usize> {
        /// So much is looked through at once.
        const MUCH: usize = 1_024;
        while from < stop {
            if !self.seen.contains(&from) {
                self.seen = from..self.file.len().min(from + MUCH);
                self.candidates.clear();
                opaque::candidates(self.file, self.seen.clone(), |at| self.candidates.push(at));
            }
            match self.candidates.get(self.candidates.partition_point(|&at| at < from)) {
                Some(&next) => return (next < stop).then_some(next),
                None => from = self.seen.end,
            }
        }
        None
    }

    /// Notes where a line of a paragraph begins like another block.
    fn note_line(&mut self, kind: Kind, span: Span) {
        let line = &mut self.line;
        let is_first = kind == Kind::Text && line.last == Last::Nothing;
        if is_first && self.in_paragraph && begins_block(self.file.as_bytes()[span.start as usize]) {
            let block = self.out.blocks.len();
            self.out.openings.push(Opening { block, number: line.number, is_hard: line.is_hard, first: span });
        }
        line.last = match kind {
            Kind::SoftBreak | Kind::HardBreak => {
                line.number += 1;
                line.is_hard = kind == Kind::HardBreak || line.last == Last::Break;
                Last::Nothing
            }
            Kind::Html if self.file.get(span.range()).is_some_and(breaks_line) => Last::Break,
            _ => Last::Other,
        };
    }

    fn push(&mut self, kind: Kind, style: Style, span: Span) {
        if kind == Kind::Text && span.is_empty() {
            return;
        }
        self.note_line(kind, span);
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

/// Whether a block may begin with a byte, in what anybody may have meant for one: all that rules ask for. The last one
/// begins `＃`, `｜` and other full-width marks.
fn begins_block(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'#' | b'*' | b'+' | b'-' | b':' | b'|' | 0xEF)
}

/// Whether a tag breaks the line: `<br>`, `<BR/>`, but not `<broken>`.
fn breaks_line(tag: &str) -> bool {
    let Some((name, rest)) = tag.split_at_checked(3) else { return false };
    name.eq_ignore_ascii_case("<br") && rest.starts_with(['>', '/', ' '])
}
