//! Straight quotation marks.

use std::ops::Range;

use super::{
    marks::LONGEST,
    pass::{Pass, is_unspaced},
    spot::SpotKind,
};
use crate::{document::prose::Kind, source::characters::is_wide_mark};

/// Words that somebody says something with. Behind others and a colon may stand a value.
const VERBS: &[char] = &['说', '說', '道', '问', '問', '答', '喊', '叫', '曰'];

impl Pass<'_> {
    /// The straight quotes of a block, which belong together in pairs if there are as many as that takes.
    pub(super) fn pair_quotes(&mut self) {
        let quotes = std::mem::take(&mut self.quotes);
        if quotes.len().is_multiple_of(2) {
            let are_of_code = self.are_of_code(&quotes);
            // One kind of quotation marks in a block is better than two.
            let is_doubtful = !quotes.chunks(2).all(|pair| self.is_speech(pair[0], pair[1]));
            for pair in quotes.chunks(2) {
                if self.is_quotation(pair[0], pair[1]) {
                    if !are_of_code {
                        self.narrow_before(pair[0], is_doubtful);
                        self.doubted(SpotKind::Quotes, pair[0], pair[1] + 1, is_doubtful);
                    }
                    self.narrow_behind(pair[1] + 1);
                }
            }
        }
        self.quotes = quotes;
        self.quotes.clear();
    }

    /// Whether the quotes of a block are those of code that nobody has marked as such, by what stands before one of them:
    /// `名 = "值"`, `f("值")`, `"键": "值"`, `["值"]`, `-m "修复"`.
    fn are_of_code(&self, quotes: &[usize]) -> bool {
        let ends_name = |text: &str| text.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '"'));
        quotes.iter().any(|&at| {
            let before = self.text[self.start..at].trim_end_matches(' ');
            let is_joined = |sign: char| before.strip_suffix(sign).is_some_and(ends_name);
            // Looked for only behind a blank: then the word is no longer than what stands before the blank.
            let is_option = || {
                let word = before.rsplit(' ').next().unwrap_or_default();
                word.len() > 1 && word.starts_with('-') && ends_name(word)
            };
            before.ends_with(['=', '{', '['])
                || is_joined('(')
                || is_joined(':')
                || (self.start + before.len() < at && is_option())
        })
    }

    /// Whether a pair quotes text beyond doubt: no mark that is spoken of, and no value (`键: "值"`, `键:"值"`).
    fn is_speech(&self, open: usize, close: usize) -> bool {
        let has_words = || self.text[open..close].contains(|c: char| c.is_alphanumeric());
        let is_value = || {
            let goes_on = self.text[close + 1..].trim_start().starts_with(is_unspaced);
            let before = &self.text[self.start..open];
            let is_named = before.strip_suffix(':').is_some_and(|name| !name.ends_with(VERBS));
            (is_named || before.ends_with(": ")) && !goes_on
        };
        let is_text = |at: usize| {
            let after = self.pieces.partition_point(|piece| piece.text().end <= at);
            self.pieces.get(after).is_some_and(|piece| piece.kind == Kind::Text)
        };
        self.is_quotation(open, close) && is_text(open) && is_text(close) && has_words() && !is_value()
    }

    fn is_quotation(&self, open: usize, close: usize) -> bool {
        let inner = &self.text[open + 1..close];
        let is_text = |c: Option<char>| c.is_some_and(|c| is_unspaced(c) || (is_wide_mark(c) && c != '“' && c != '”'));
        // In data and expressions they are part of the language.
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && !"=+\\\"{}[]:".contains(c));
        let is_introduced = || self.before(open) == Some(':') && self.mark_before(open).is_some();
        inner.len() <= LONGEST
            && !inner.contains(['“', '”', '「', '」', '\n'])
            && is_text(inner.chars().next())
            && is_text(inner.chars().next_back())
            && (is_apart(self.before(open)) || is_introduced())
            && is_apart(self.at(close + 1))
    }

    /// The mark of ASCII between Han or kana and a quotation, and the blank behind it: of the two kinds of colons, the one
    /// that becomes full-width has none.
    fn mark_before(&self, open: usize) -> Option<Range<usize>> {
        let text = &self.text[self.start..open];
        let before = text.strip_suffix(' ').unwrap_or(text);
        let is_mark = before.ends_with(',') || text.ends_with(':');
        let at = (self.start + before.len()).checked_sub(1)?;
        let is_found = is_mark && self.before(at).is_some_and(is_unspaced) && !self.is_in_literal(at);
        is_found.then_some(at..open)
    }

    /// The mark before a quotation is found along with that, and as sure: one of them by itself would be half a repair.
    fn narrow_before(&mut self, open: usize, is_doubtful: bool) {
        if let Some(mark) = self.mark_before(open)
            && !self.is_reference()
        {
            self.doubted(SpotKind::Narrow, mark.start, mark.end, is_doubtful);
        }
    }
}
