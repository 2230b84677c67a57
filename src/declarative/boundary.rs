//! Where words begin and end.

use std::ops::Range;

use crate::{document::prose::OBJECT, source::characters::is_cjk};

/// What may stand beside a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boundary {
    /// At a Latin edge no Latin letter or digit; at others anything.
    Auto,
    /// The same, and nothing that makes it part of an address, a path or an identifier.
    Token,
    /// Anything.
    None,
}

impl Boundary {
    pub(super) const ALL: [(Self, &'static str); 3] =
        [(Self::Auto, "auto"), (Self::Token, "token"), (Self::None, "none")];
}

/// Whether nothing at the edges of a range makes it part of a longer word. At an edge of Han, kana or Hangul there are no
/// words to be part of.
pub(super) fn stands_alone(text: &str, range: &Range<usize>, boundary: Boundary) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let first = text[range.clone()].chars().next();
    let last = text[range.clone()].chars().next_back();
    let is_inside =
        |edge: Option<char>, beyond: Option<char>| edge.is_some_and(is_latin) && beyond.is_some_and(is_latin);
    // What joins words to addresses and identifiers; a full stop only with a word behind it.
    let joins =
        |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '\\' | '@' | '-' | '_' | '#' | '~' | '=' | '&' | '%'));
    let dotted = |beyond: Option<char>, further: Option<char>| {
        matches!(beyond, Some('.' | ':')) && further.is_some_and(|c| is_latin(c) || c == OBJECT)
    };
    match boundary {
        Boundary::None => true,
        Boundary::Auto => !is_inside(first, before) && !is_inside(last, after),
        Boundary::Token => {
            let further_before = text[..range.start].chars().nth_back(1);
            let further_after = text[range.end..].chars().nth(1);
            !is_inside(first, before)
                && !is_inside(last, after)
                && !(first.is_some_and(is_latin) && (joins(before) || dotted(before, further_before)))
                && !(last.is_some_and(is_latin) && (joins(after) || dotted(after, further_after)))
        }
    }
}

/// Whether a stretch is a word by itself, as `boundary: token` has it.
pub fn is_token(text: &str, range: &Range<usize>) -> bool {
    stands_alone(text, range, Boundary::Token)
}

/// Letters and digits of scripts that put blanks between words.
fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !is_cjk(c)
}
