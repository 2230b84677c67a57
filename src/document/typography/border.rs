//! Where Latin letters and digits meet Han or kana.

use super::{
    pass::{Pass, is_unspaced},
    spot::{Border, Meets, Word},
};
use crate::{
    document::prose::{Kind, Style},
    numbering::{
        label,
        numerals::{is_digit, is_plain_numeral},
    },
    source::Span,
};

/// What a number of a date, a time or the like counts.
fn is_unit(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '天'
            | '号'
            | '號'
            | '时'
            | '時'
            | '分'
            | '秒'
            | '点'
            | '點'
            | '周'
            | '週'
            | '岁'
            | '歲'
    )
}

/// Letters that make a word with what follows them.
fn is_compound(letter: u8, after: Option<char>) -> bool {
    matches!(
        (letter, after),
        (b'A' | b'B' | b'H', Some('股'))
            | (b'A' | b'B', Some('站'))
            | (b'C' | b'D' | b'E' | b'U', Some('盘'))
            | (b'K', Some('线' | '線' | '歌'))
            | (b'P', Some('图'))
            | (b'Q', Some('版'))
            | (b'T', Some('恤'))
            | (b'V', Some('领'))
            | (b'X', Some('光'))
    )
}

/// How far a word may be part of something longer, in bytes.
const REACH: usize = 48;

impl Pass<'_> {
    /// Notes a word if it stands beside Han or kana. Most words stand among others, which is seen at once.
    pub(super) fn borders(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let is_beside = match &bytes[self.start..start] {
            [.., last, b' '] | [.., last] if !last.is_ascii() => true,
            _ => matches!(&bytes[end..], [b' ', next, ..] | [next, ..] if !next.is_ascii()),
        };
        if is_beside {
            self.note(start, end);
        }
    }

    fn note(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let blank_before = start > self.start && bytes[start - 1] == b' ';
        let edge = if blank_before { start - 1 } else { start };
        let blank_after = bytes.get(end) == Some(&b' ');
        let next = if blank_after { end + 1 } else { end };
        let before = self.before(edge).filter(|&c| !c.is_ascii() && is_unspaced(c));
        let after = self.at(next).filter(|&c| !c.is_ascii() && is_unspaced(c));
        let is_one = end - start == 1 && is_compound(bytes[start], after);
        if (before.is_none() && after.is_none()) || is_one || self.is_part(start, end) || self.is_operand(start, end) {
            return;
        }
        // A blank that parts two things says nothing of blanks within one.
        let is_apart =
            (blank_before || blank_after) && (self.is_number_of_parts(start, end) || self.is_label_end(start, end));
        let before = before.filter(|_| !(blank_before && (is_apart || self.is_behind_label(edge))));
        let after = after.filter(|_| !(blank_after && (is_apart || self.begins_title((start, end), next))));
        if before.is_none() && after.is_none() {
            return;
        }
        let is_ordinal = before == Some('第');
        let before = before.filter(|c| self.is_even(edge - c.len_utf8(), start));
        let before = before.map(|c| Border { meets: self.meets_before(c, start, end, after), is_spaced: blank_before });
        // Full-width ones have three bytes.
        let last = if bytes[end - 1].is_ascii() { end - 1 } else { end - 3 };
        let after = after.filter(|_| self.is_even(last, next));
        let after = after.map(|c| Border { meets: self.meets_after(c, last, is_ordinal), is_spaced: blank_after });
        if before.is_some() || after.is_some() {
            self.out.words.push(Word { span: Span::new(start, end), before, after });
        }
    }

    /// Whether a word is part of a date, a time, a telephone number, a version: `2024-05-01`, `10:30`, `03-1234`, `1.2`.
    fn is_number_of_parts(&self, start: usize, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        let joins = |byte: u8| b"-:.".contains(&byte);
        let is_behind_part =
            matches!(bytes[self.start..start], [.., digit, joint] if digit.is_ascii_digit() && joins(joint));
        let is_before_part = matches!(bytes[end..], [joint, digit, ..] if digit.is_ascii_digit() && joins(joint));
        (bytes[start].is_ascii_digit() && is_behind_part) || (bytes[end - 1].is_ascii_digit() && is_before_part)
    }

    /// Whether a word ends the label that a line begins with: `1`, `図1`, `Q1`, `※1`, `Step 1`, `付録A`, `图 1`.
    fn is_label_end(&self, start: usize, end: usize) -> bool {
        /// A longer text is no label, in bytes.
        const LONGEST: usize = 32;
        let is_number = self.text[start..end].ends_with(is_digit);
        let is_letter = end - start == 1 && self.text.as_bytes()[start].is_ascii_uppercase();
        let line = self.line_start(start);
        if end - line > LONGEST || !(is_number || is_letter) {
            return false;
        }
        let line = &self.text[line..end];
        let head = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let rest = head.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || is_digit(c));
        let word = rest.trim_end_matches(' ');
        let is_known =
            ["图", "圖", "図", "表", "例", "注", "附录", "附錄", "付録", "步骤", "步驟", "手順"].contains(&word);
        let is_hiragana = |c: char| ('\u{3041}'..='\u{3096}').contains(&c);
        // `共 3 个` is none.
        let is_word = if word == rest {
            word.chars().all(|c| is_unspaced(c) && !is_hiragana(c))
        } else {
            word.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        is_known || (is_number && is_word) || matches!(head, "Q" | "A")
    }

    /// Whether all that stands on a line before a blank is a label: `第1章 Rust とは`.
    fn is_behind_label(&self, blank: usize) -> bool {
        /// A longer text is no label, in bytes.
        const LONGEST: usize = 32;
        let from = self.line_start(blank);
        let (line, text) = (&self.text[from..blank], &self.text[from..]);
        line.starts_with('第') && line.len() <= LONGEST && label::parse(text).is_some_and(|own| own.text == line)
    }

    /// Whether a word and what it meets are part of a formula: `15+长度1`.
    fn is_operand(&self, start: usize, end: usize) -> bool {
        /// So many characters are a name in one.
        const REACH: usize = 8;
        let is_sign = |c: char| matches!(c, '+' | '*' | '×' | '÷');
        let mut before = self.text[self.start..start].chars().rev().take(REACH).skip_while(|&c| is_unspaced(c));
        let mut after = self.text[end..].chars().take(REACH).skip_while(|&c| is_unspaced(c));
        let is_counted = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '(' | ')'));
        (before.next().is_some_and(is_sign) && is_counted(before.next()))
            || (after.next().is_some_and(is_sign) && is_counted(after.next()))
    }

    /// Whether what stands behind a word and its blank is another title: `Rust 第2版`, `クエストIII そして伝説へ`.
    fn begins_title(&self, (start, end): (usize, usize), next: usize) -> bool {
        let behind = &self.text[next..];
        let is_ordinal = behind.strip_prefix('第').is_some_and(|rest| rest.starts_with(is_plain_numeral));
        // Only a word that is nothing else: UNIX is none.
        let is_numeral = end - start > 1 && self.text[start..end].bytes().all(|byte| b"IVX".contains(&byte));
        is_ordinal || is_numeral
    }

    fn is_digit(&self, at: usize) -> bool {
        self.at(at).is_some_and(is_digit)
    }

    fn meets_before(&self, before: char, start: usize, end: usize, after: Option<char>) -> Meets {
        if !self.is_digit(start) {
            return Meets::Letter;
        }
        let is_number = self.text[start..end].bytes().all(|byte| byte.is_ascii_digit());
        let is_date = before == '第' || is_unit(before) || (is_number && after.is_some_and(is_unit));
        if is_date { Meets::Date } else { Meets::Digit }
    }

    fn meets_after(&self, after: char, last: usize, is_ordinal: bool) -> Meets {
        match (self.is_digit(last), is_ordinal || is_unit(after)) {
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
        // `my.cnf` and not `3.14`.
        let is_name = |part: &[u8]| {
            let &[before, b'.', behind] = part else { return false };
            let is_number = before.is_ascii_digit() && behind.is_ascii_digit();
            before.is_ascii_alphanumeric() && behind.is_ascii_alphanumeric() && !is_number
        };
        token.iter().any(|byte| b"/\\_=@".contains(byte)) || token.windows(3).any(is_name)
    }
}
