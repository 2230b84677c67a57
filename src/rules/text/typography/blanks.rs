//! Blanks beside words that have to stay, though none is set there otherwise.

use std::ops::Range;

use crate::{
    document::{
        Document, Tongue,
        prose::{Block, Kind, OBJECT},
        typography::{Border, Word},
    },
    source::characters::{is_cjk, is_han_or_kana},
};

/// How far the other end of foreign text is looked for, in bytes.
const REACH: usize = 80;

/// What stands at the other end of the Latin text that a word begins or ends.
enum End {
    /// No blank before Han or kana.
    Other,
    /// A blank that stays.
    Held,
    /// A blank that goes, if those of its kind do: where Han or kana end before it, or begin behind it.
    Goes(usize),
}

/// A side of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

/// Tells of blanks of one document whether they stay.
pub(super) struct Blanks<'a, G> {
    document: &'a Document,
    words: &'a [Word],
    /// Whether a blank goes from a border, but for what is asked here.
    goes: G,
    /// The block that was looked at last, and whether blanks part its phrases.
    last: Option<(&'a Block, bool)>,
}

impl<'a, G: Fn(Border) -> bool> Blanks<'a, G> {
    pub(super) fn new(document: &'a Document, goes: G) -> Self {
        Self { document, words: &document.typography().words, goes, last: None }
    }

    /// Whether the blank on a side of a word, told by its place among all, stays.
    pub(super) fn stays(&mut self, at: usize, side: Side) -> bool {
        let prose = self.document.prose();
        let word = self.words[at];
        let Range { start, end } = word.span.range();
        let Some(block) = prose.block_at(start) else { return true };
        let range = prose.range_of(block);
        let text = prose.text();
        if side == Side::Before && is_item(&text[start..range.end]) {
            return true;
        }
        let (other, leads, follows) = match side {
            Side::Before => {
                let other = self.end_behind(at, end, range.end);
                let follows = matches!(other, End::Goes(next) if follows(&text[next..]));
                (other, leads(&text[..start - 1]), follows)
            }
            Side::Behind => {
                let other = self.end_before(at, start, range.start);
                let leads = matches!(other, End::Goes(last) if leads(&text[..last]));
                (other, leads, follows(&text[end + 1..]))
            }
        };
        // Japanese parts what is listed with blanks, and a label from its value.
        let is_apart = self.document.language() == Tongue::Japanese && !leads && !follows;
        let is_connective = matches!(&text[start..end], "and" | "or" | "vs");
        matches!(other, End::Held) || is_apart || is_connective || self.are_meant(block)
    }

    /// Whether a block has blanks between Han or kana as well, which people set instead of commas.
    fn are_meant(&mut self, block: &'a Block) -> bool {
        if let Some((_, are_meant)) = self.last.filter(|(last, _)| std::ptr::eq(*last, block)) {
            return are_meant;
        }
        let prose = self.document.prose();
        let texts = prose.pieces(block).iter().filter(|piece| piece.kind == Kind::Text);
        let are_meant = texts.map(|piece| &prose.text()[piece.text()]).any(|text| {
            text.match_indices(' ')
                .any(|(at, _)| text[..at].ends_with(is_han_or_kana) && text[at + 1..].starts_with(is_han_or_kana))
        });
        self.last = Some((block, are_meant));
        are_meant
    }

    /// How the Latin text that a word begins ends: where a blank stays there, the one before it does so, too.
    fn end_behind(&self, word: usize, mut at: usize, stop: usize) -> End {
        let text = &self.document.prose().text()[..stop];
        let reach = at + REACH;
        while at < reach {
            let token = graphic(text[at..].chars());
            let next = at + token;
            let Some(rest) = text[next..].strip_prefix(' ').filter(|_| self.is_text(next)) else { return End::Other };
            let own = |word: &&Word| word.span.range().end == next;
            match rest.chars().next() {
                _ if text[..next].ends_with([',', ';', ':', '!', '?', '.']) => return End::Other,
                Some(c) if is_cjk(c) => {
                    let word = self.words[word..].iter().take(REACH).find(own);
                    let goes = word.and_then(|word| word.after).is_some_and(&self.goes);
                    return if goes { End::Goes(next + 1) } else { End::Held };
                }
                Some(c) if c.is_ascii_graphic() && begins_word(rest) => at = next + 1,
                other => return if other == Some(OBJECT) { End::Held } else { End::Other },
            }
        }
        End::Other
    }

    /// The same of the Latin text that a word ends, and the blank before it.
    fn end_before(&self, word: usize, mut at: usize, stop: usize) -> End {
        let text = &self.document.prose().text()[stop..];
        at -= stop;
        let reach = at.saturating_sub(REACH);
        while at > reach {
            at -= graphic(text[..at].chars().rev());
            let Some(rest) = text[..at].strip_suffix(' ').filter(|rest| self.is_text(stop + rest.len())) else {
                return End::Other;
            };
            let own = |word: &&Word| word.span.range().start == stop + at;
            match rest.chars().next_back() {
                Some(c) if is_cjk(c) => {
                    let word = self.words[..=word].iter().rev().take(REACH).find(own);
                    let goes = word.and_then(|word| word.before).is_some_and(&self.goes);
                    return if goes { End::Goes(stop + rest.len()) } else { End::Held };
                }
                Some(c) if c.is_ascii_alphanumeric() || matches!(c, '+' | '#') => at -= 1,
                other => {
                    let is_held = matches!(other, Some(OBJECT | ')' | ']' | '"'));
                    return if is_held { End::Held } else { End::Other };
                }
            }
        }
        End::Other
    }

    /// Whether a blank is one and not the end of a line.
    fn is_text(&self, at: usize) -> bool {
        self.document.prose().piece_at(at).is_some_and(|piece| piece.kind == Kind::Text)
    }
}

/// Whether a text begins with the number of an item: `2.新增`.
pub(super) fn is_item(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.strip_prefix('.').filter(|_| rest.len() < text.len());
    behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// How many characters of ASCII stand before the next blank or other one.
fn graphic(chars: impl Iterator<Item = char>) -> usize {
    chars.take(REACH).take_while(char::is_ascii_graphic).count()
}

/// Whether Japanese text ends with a particle, with which a sentence goes on: `これは`. 使うもの and できること are things.
fn leads(text: &str) -> bool {
    let is_noun = ["もの", "こと", "ひと", "みんな"].iter().any(|noun| text.ends_with(noun));
    text.ends_with(['は', 'が', 'を', 'に', 'で', 'と', 'の', 'な', 'も', 'へ', 'や']) && !is_noun
}

/// Whether text begins with what Japanese sets behind a word as part of its sentence: `を`, `など`, `する`, `つ`.
fn follows(text: &str) -> bool {
    let is_word = ["なし", "まとめ", "はじめ"].iter().any(|word| text.starts_with(word));
    text.starts_with(|c| "はがをにでとのもへやかなだましさすつ".contains(c)) && !is_word
}

/// Whether a word or what belongs to one begins a text, and no sign that stands alone.
fn begins_word(text: &str) -> bool {
    text.chars().take_while(char::is_ascii_graphic).take(REACH).any(|c| c.is_ascii_alphanumeric())
}
