//! Where Latin letters and digits meet Han or kana.

use super::{
    Border, Meets, Word,
    pass::{Pass, is_unspaced},
};
use crate::{
    document::prose::{Kind, Style},
    source::Span,
};

/// What a number of a date, a time or the like counts.
const UNITS: &str = "年月日天号時时分秒点點周週岁歲";

/// Words that are written as one: a letter and what follows it.
const COMPOUNDS: &[&str] = &[
    "A股", "B股", "H股", "T恤", "K线", "K線", "K歌", "U盘", "B站", "A站", "X光", "Q版", "P图", "C盘", "D盘", "E盘",
    "V领",
];

/// How far a word may be part of something longer, in bytes.
const REACH: usize = 48;

impl Pass<'_> {
    /// Notes a word if it stands beside Han or kana.
    pub(super) fn borders(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let is_wide = |at: usize| at >= self.start && bytes.get(at).is_some_and(|byte| !byte.is_ascii());
        let is_blank = |at: usize| at >= self.start && bytes.get(at) == Some(&b' ');
        let blank_before = start > 0 && is_blank(start - 1);
        let edge = if blank_before { start - 1 } else { start };
        let blank_after = is_blank(end);
        let next = if blank_after { end + 1 } else { end };
        let is_beside = is_wide(next) || (edge > 0 && is_wide(edge - 1));
        if !is_beside {
            return;
        }
        let before = self.before(edge).filter(|&c| is_unspaced(c));
        let after = self.at(next).filter(|&c| is_unspaced(c));
        if (before.is_none() && after.is_none()) || self.is_part(start, end) || is_compound(&self.text[start..], after)
        {
            return;
        }
        let is_ordinal = before == Some('第');
        let before = before.filter(|c| self.is_even(edge - c.len_utf8(), start));
        let before = before.map(|c| Border { meets: self.meets_before(c, start, end, after), is_spaced: blank_before });
        let last = end - self.text[start..end].chars().next_back().map_or(1, char::len_utf8);
        let after = after.filter(|_| self.is_even(last, next));
        let after = after.map(|c| Border { meets: self.meets_after(c, last, is_ordinal), is_spaced: blank_after });
        if before.is_some() || after.is_some() {
            let Span { start, end } = Span::new(start, end);
            self.out.words.push(Word { start, end, before, after });
        }
    }

    fn is_digit(&self, at: usize) -> bool {
        self.at(at).is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
    }

    fn meets_before(&self, before: char, start: usize, end: usize, after: Option<char>) -> Meets {
        if !self.is_digit(start) {
            return Meets::Letter;
        }
        let is_number = self.text[start..end].bytes().all(|byte| byte.is_ascii_digit());
        let is_date =
            before == '第' || UNITS.contains(before) || (is_number && after.is_some_and(|c| UNITS.contains(c)));
        if is_date { Meets::Date } else { Meets::Digit }
    }

    fn meets_after(&self, after: char, last: usize, is_ordinal: bool) -> Meets {
        match (self.is_digit(last), is_ordinal || UNITS.contains(after)) {
            (false, _) => Meets::Letter,
            (true, false) => Meets::Digit,
            (true, true) => Meets::Date,
        }
    }

    /// Whether all between two characters, and they, is text, and no link begins or ends there.
    fn is_even(&mut self, from: usize, to: usize) -> bool {
        while self.pieces.get(self.piece).is_some_and(|piece| piece.text().end <= from) {
            self.piece += 1;
        }
        let mut pieces = self.pieces[self.piece.min(self.pieces.len())..].iter();
        let Some(first) = pieces.next().filter(|piece| piece.kind == Kind::Text) else { return false };
        if to < first.text().end {
            return true;
        }
        for piece in pieces {
            if piece.kind != Kind::Text || piece.style.has(Style::LINK) != first.style.has(Style::LINK) {
                return false;
            }
            if to < piece.text().end {
                return true;
            }
        }
        false
    }

    /// Whether a word is part of a path, the name of a file, an identifier, an address.
    fn is_part(&self, start: usize, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        let is_token = |byte: &&u8| byte.is_ascii_graphic();
        let before = bytes[self.start..start].iter().rev().take(REACH).take_while(is_token).count();
        let behind = bytes[end..].iter().take(REACH).take_while(is_token).count();
        if before + behind == 0 {
            return false;
        }
        let token = &bytes[start - before..end + behind];
        let is_name = |part: &[u8]| matches!(part, [a, b'.', b] if (a.is_ascii_alphanumeric() && b.is_ascii_alphabetic()) || b.is_ascii_digit() && a.is_ascii_alphabetic());
        token.iter().any(|byte| b"/\\_=@".contains(byte)) || token.windows(3).any(is_name)
    }
}

/// Whether a word of one letter makes a word with what follows it.
fn is_compound(text: &str, after: Option<char>) -> bool {
    after.is_some() && COMPOUNDS.iter().any(|compound| text.starts_with(compound))
}
