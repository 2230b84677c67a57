//! Where the typography of a text may be wrong, or differ from place to place: found in one pass over its characters,
//! whatever rules ask. What is wrong is for them to say, since it depends on the language and its manner.

mod bibliography;
mod border;
mod marks;
mod pass;
mod quotes;
mod series;
mod spot;
mod unit;
mod wide;

use super::{Document, Tongue, mdx};
use pass::Pass;

pub use spot::{Border, Meets, Spot, SpotKind, Typography, Word};

/// What a byte may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
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

    /// Takes back what was found behind so many words and spots, but for units, which are the same in any language.
    fn forget(&mut self, (words, spots): (usize, usize)) {
        self.words.truncate(words);
        let is_unit = |spot: &Spot| matches!(spot.kind, SpotKind::Unit { .. } | SpotKind::Sign);
        let units: Vec<Spot> = self.spots.drain(spots..).filter(is_unit).collect();
        self.spots.extend(units);
    }
}

impl Pass<'_> {
    /// Each character is looked at once, by its class.
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
        (self.is_labelled, self.is_reference, self.formulas) = (false, None, None);
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
}

/// Where a run of letters ends.
fn letters(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|&byte| CLASSES[usize::from(byte)] == Class::Letter) {
        at += 3;
    }
    at
}
