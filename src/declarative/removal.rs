//! What is taken out with a text: of the blanks around it only those of one place stay, and of two marks that would meet
//! the comma goes.

use std::ops::Range;

use super::ground::Ground;
use crate::source::{
    Span,
    characters::{PAIRS, is_full_width_mark},
};

/// The bytes of the file to take out so that a text is gone, and with it the blank behind it, or the one before it where
/// none or a mark follows. `None` where they cannot be edited, where nothing would be left of a line or of emphasis, or
/// where marks would meet that do not belong together.
pub(super) fn removal(ground: &Ground<'_>, range: Range<usize>) -> Option<Span> {
    let block = ground.block(range.start);
    let text = ground.text();
    let neighbours = |range: &Range<usize>| {
        let before = text[block.start..range.start].chars().next_back().filter(|c| *c != '\n');
        let mut rest = text[range.end..block.end].chars();
        let after = rest.next().filter(|c| *c != '\n');
        (before, after, after.is_none_or(|c| is_closing(c, rest.next())))
    };
    let (before, after, is_closed) = neighbours(&range);
    // An empty pair of brackets or quotation marks is worse than what stands in it.
    let is_all_of_pair = before.is_some_and(is_opening) && (is_closed || after.is_some_and(is_closing_quote));
    if (before.is_none() && is_closed) || is_all_of_pair || ground.is_all_of_its_style(&range) {
        return None;
    }
    let range = with_comma(text, &block, range)?;
    let (before, after, is_closed) = neighbours(&range);
    let is_blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let mut ways = Vec::new();
    if is_blank(after) && before.is_none_or(|c| c.is_whitespace() || is_opening(c)) {
        ways.push(range.start..range.end + after.map_or(0, char::len_utf8));
    }
    if is_blank(before) && (is_blank(after) || is_closed) {
        ways.push(range.start - before.map_or(0, char::len_utf8)..range.end);
    }
    if ways.is_empty() {
        ways.push(range);
    }
    // The end of a line is a blank that cannot be taken: then it is the other one.
    ways.into_iter().find_map(|way| ground.editable(way))
}

/// A text with the comma that would be left over beside another mark or at the end of the block. `None` where marks would
/// meet, and which of them is to go is not certain.
fn with_comma(text: &str, block: &Range<usize>, range: Range<usize>) -> Option<Range<usize>> {
    let lead = text[block.start..range.start].trim_end();
    let Some(left) = lead.chars().next_back().filter(|c| is_pause(*c)) else { return Some(range) };
    let mut rest = text[range.end..block.end].chars();
    let right = match rest.next() {
        Some(mark) if is_closing(mark, rest.next()) || is_closing_quote(mark) || matches!(mark, '…' | '—') => {
            Some(mark)
        }
        None => None,
        // Nothing meets there.
        Some(_) => return Some(range),
    };
    let is_sentence_end = matches!(left, '.' | '!' | '?' | '。' | '！' | '？' | '…');
    match right {
        _ if is_comma(left) && right != Some(left) && !matches!(right, Some(':' | '：')) => {
            Some(block.start + lead.len() - left.len_utf8()..range.end)
        }
        // In Chinese one comma is as good as the other, and no letter case tells where a sentence begins.
        Some(right @ ('，' | '、')) if left == right || is_full_width_mark(left) || matches!(left, '…' | '—') => {
            Some(range.start..range.end + right.len_utf8())
        }
        // A sentence may well end before what closes around it.
        Some(right) if is_sentence_end && !is_pause(right) => Some(range),
        None if is_sentence_end || matches!(left, ':' | '：' | '—') => Some(range),
        _ => None,
    }
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// Marks behind which a text pauses or ends, and which stand beside no other one.
fn is_pause(c: char) -> bool {
    is_comma(c) || matches!(c, '.' | ';' | ':' | '!' | '?' | '。' | '；' | '：' | '！' | '？' | '…' | '—')
}

/// Whether no blank belongs before a mark. What a letter follows may be a word, like `.gitignore`.
fn is_closing(mark: char, next: Option<char>) -> bool {
    let is_word = next.is_some_and(char::is_alphanumeric);
    is_full_width_mark(mark) && !is_opening(mark)
        || matches!(mark, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']') && !is_word
}

fn is_closing_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’')
}

fn is_opening(c: char) -> bool {
    PAIRS.iter().any(|&(open, _)| c == open)
}
