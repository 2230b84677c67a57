//! The pass: each character is looked at once, by its class.

use super::{Spot, SpotKind, Typography};
use crate::{
    document::{
        Document, Prose, Tongue, mdx,
        prose::{BlockKind, Kind, Piece},
    },
    source::{
        Span,
        characters::{is_cjk, is_hangul},
    },
};

/// What a byte may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing that matters by itself.
    Plain,
    /// A letter or digit of ASCII.
    Word,
    /// A mark of ASCII that may be meant for another one.
    Mark,
    /// A character of three bytes that is a letter: Han or Hangul.
    Letter,
    /// A character that may be a full-width one, or a mark of Chinese or Japanese.
    Wide,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Plain; 256];
    let mut byte = 0u8;
    loop {
        classes[byte as usize] = class(byte);
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

const fn class(byte: u8) -> Class {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Word,
        b',' | b'.' | b':' | b';' | b'!' | b'?' | b'(' | b')' | b'"' | b'-' => Class::Mark,
        0xE4..=0xED => Class::Letter,
        0xC2 | 0xE2 | 0xE3 | 0xEF => Class::Wide,
        _ => Class::Plain,
    }
}

impl Typography {
    /// Looks at a document. One that has no text of Chinese, Japanese or Korean has nothing of this.
    pub(in crate::document) fn of(document: &Document) -> Self {
        let language = document.language();
        if language == Tongue::English {
            return Self::default();
        }
        let prose = document.prose();
        let mut pass = Pass::new(prose);
        let has_liquid = document.source.text.contains("{% highlight");
        for block in prose.blocks() {
            // The title of an admonition is quoted for a program, and so is much of what Liquid shows as code.
            let is_admonition = ["!!! ", "??? ", "???+ "].iter().any(|mark| prose.text_of(block).starts_with(mark));
            if is_admonition || (has_liquid && document.source.slice(block.span).contains("{% highlight")) {
                continue;
            }
            let range = prose.range_of(block);
            pass.text = &prose.text()[..range.end];
            (pass.start, pass.kind) = (range.start, block.kind);
            (pass.pieces, pass.piece) = (prose.pieces(block), 0);
            let text = &prose.text()[range];
            if !mdx::is_module(text) {
                let before = (pass.out.words.len(), pass.out.spots.len());
                pass.block();
                let is_new = before != (pass.out.words.len(), pass.out.spots.len());
                if is_new && language.is_foreign(text) {
                    pass.out.forget(before);
                }
            }
        }
        pass.out
    }
}

impl Typography {
    /// Takes back what was found behind so many words and spots, but for units, which are the same in any language.
    fn forget(&mut self, (words, spots): (usize, usize)) {
        self.words.truncate(words);
        let is_unit = |spot: &Spot| matches!(spot.kind, SpotKind::Unit { .. } | SpotKind::Sign);
        let units: Vec<Spot> = self.spots.drain(spots..).filter(is_unit).collect();
        self.spots.extend(units);
    }
}

pub(super) struct Pass<'a> {
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
    /// Whether the block is an entry of a bibliography, if that was asked.
    pub(super) is_reference: Option<bool>,
    /// Brackets of the block that are open, and its straight quotes.
    pub(super) open: Vec<usize>,
    pub(super) quotes: Vec<usize>,
    pub(super) out: Typography,
}

impl<'a> Pass<'a> {
    fn new(prose: &'a Prose) -> Self {
        Self {
            text: prose.text(),
            start: 0,
            kind: BlockKind::Paragraph,
            pieces: &[],
            piece: 0,
            is_labelled: false,
            kept_wide: [false; 2],
            is_reference: None,
            open: Vec::new(),
            quotes: Vec::new(),
            out: Typography::default(),
        }
    }

    fn block(&mut self) {
        let (bytes, before) = (self.text.as_bytes(), self.out.spots.len());
        let mut at = self.start;
        while let Some(&byte) = bytes.get(at) {
            at = match CLASSES[usize::from(byte)] {
                Class::Plain => at + 1,
                Class::Letter => letters(bytes, at + 3),
                Class::Word => self.word(at),
                Class::Mark => self.mark(at),
                Class::Wide => self.wide(at),
            };
        }
        self.open.clear();
        (self.is_labelled, self.is_reference) = (false, None);
        self.pair_quotes();
        self.settle_series(before);
        self.settle_wide(before);
    }

    /// A run of letters and digits.
    fn word(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_word = |&&byte: &&u8| CLASSES[usize::from(byte)] == Class::Word;
        let end = start + bytes[start..].iter().take_while(is_word).count();
        self.borders(start, end);
        if bytes[start].is_ascii_digit() {
            self.unit(start, end);
        }
        // Behind most words stands a blank.
        end + usize::from(bytes.get(end) == Some(&b' '))
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
        let Span { start, end } = Span::new(start, end);
        self.out.spots.push(Spot { kind, start, end, is_doubtful });
    }
}

/// Where a run of letters ends.
fn letters(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|&byte| CLASSES[usize::from(byte)] == Class::Letter) {
        at += 3;
    }
    at
}

/// Letters of the scripts that are set without blanks.
pub(super) fn is_unspaced(c: char) -> bool {
    // Most are common characters of Han. 丨 is one, and stands for a bar.
    c != '丨' && (matches!(c, '\u{4E00}'..='\u{9FFF}') || (is_cjk(c) && !is_hangul(c)))
}
