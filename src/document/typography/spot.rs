//! What the pass finds.

use std::ops::Range;

use crate::{finding::Safety, source::Span};

/// What a document has that typography has rules for. Spans are those of [`Prose::text`](crate::document::Prose::text).
#[derive(Debug, Default)]
pub struct Typography {
    /// Words of Latin letters and digits beside Han or kana, in order.
    pub words: Vec<Word>,
    /// Everything else, as it is found.
    pub spots: Vec<Spot>,
}

impl Typography {
    /// Whether there is nothing to say of it.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.spots.is_empty()
    }
}

/// A run of Latin letters and digits that stands beside Han or kana, perhaps with a blank between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes.
    pub span: Span,
    /// Its border with what stands before it, if that is Han or kana.
    pub before: Option<Border>,
    /// The same behind it.
    pub after: Option<Border>,
}

/// Where Han or kana meet Latin letters or digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    /// What meets there.
    pub meets: Meets,
    /// Whether a blank stands between.
    pub is_spaced: bool,
}

/// What meets Han or kana. Each is written with or without a blank for reasons of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meets {
    /// A letter.
    Letter,
    /// A digit.
    Digit,
    /// A digit of a date, a time or an ordinal: `5月`, `第5`.
    Date,
}

/// A place that some language would have otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// What stands there.
    pub kind: SpotKind,
    /// Its bytes.
    pub span: Span,
    /// Whether another mark may be right there, so that only the author knows.
    pub is_doubtful: bool,
    /// Whether a repair would leave others of its series as they are.
    pub is_partial: bool,
}

impl Spot {
    /// Its bytes, for slicing.
    pub fn range(&self) -> Range<usize> {
        self.span.range()
    }

    /// How sure a repair is, as far as the text around tells.
    pub fn safety(&self) -> Safety {
        if self.is_doubtful { Safety::Unsafe } else { Safety::Safe }
    }
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpotKind {
    /// A mark of ASCII between Han or kana, or behind them at the end of a paragraph, and the blank behind it.
    Narrow,
    /// Brackets of ASCII and what they hold.
    Brackets,
    /// Full-width letters or digits.
    Wide,
    /// Three points or more.
    Dots,
    /// Three `。` or more.
    Stops,
    /// Two `-`.
    Hyphens,
    /// Any of the marks that may be meant for a middle dot.
    MiddleDot,
    /// Straight quotation marks and what they hold.
    Quotes,
    /// One mark, twice or more.
    Repeated,
    /// A number and its unit.
    Unit {
        /// Whether a blank stands between.
        is_spaced: bool,
    },
    /// A number, a blank, and `%`, `‰` or `°`.
    Sign,
    /// A blank beside a full-width mark.
    Blank,
}
