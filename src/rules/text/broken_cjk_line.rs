//! `broken-cjk-line`: a line ends within a Chinese or Japanese sentence.

use crate::{
    document::{
        Document, Prose, Tongue,
        prose::{Block, Kind, Piece},
    },
    finding::{Edit, Fix, Message, Safety},
    numbering::label,
    rule::{DocumentRule, Findings},
    source::{
        Span,
        characters::{is_full_width_mark, is_han_or_kana},
        floor,
    },
};

#[derive(Debug)]
pub(crate) struct BrokenCjkLine;

impl DocumentRule for BrokenCjkLine {
    fn check(&self, document: &Document, out: &mut Findings) {
        if !matches!(document.language(), Tongue::Chinese | Tongue::Japanese) {
            return;
        }
        let prose = document.prose();
        let is_wide = |c: &char| is_han_or_kana(*c) || is_full_width_mark(*c);
        for block in prose.blocks() {
            let range = prose.range_of(block);
            let mut start = range.start;
            if is_verse(prose, block) {
                continue;
            }
            for piece in prose.pieces(block).iter().filter(|piece| piece.kind == Kind::SoftBreak) {
                let at = piece.text();
                let line = &prose.text()[start..at.start];
                start = at.end;
                let before = prose.text()[..at.start].chars().next_back().filter(is_wide);
                let after = prose.text()[at.end..].chars().next().filter(is_wide);
                let (Some(before), Some(after)) = (before, after) else { continue };
                let end = whole(document, piece.span);
                let is_other = (before == '」' && after == '「')
                    || ends_sentence(line)
                    || is_titled(line)
                    || begins_another(near(&prose.text()[at.end..range.end]))
                    || is_labelled(&document.source.text[end.end as usize..]);
                if is_other {
                    continue;
                }
                let Some(place) = prose.span(at.start - before.len_utf8()..at.start) else { continue };
                let message =
                    Message::new("broken").with("before", before.to_string()).with("after", after.to_string());
                let joined = vec![Edit::replace(document.at(end), "")];
                out.report(document.at(place), message).fix(Fix::new("fix", Safety::Unsafe, joined));
            }
        }
    }
}

/// Whether a line ends where a sentence does.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['”', '’', '」', '』', '）']).ends_with(['。', '！', '？'])
}

/// Whether a line is what a name of Latin letters has as its title: `LeetCode: 两数之和`.
fn is_titled(line: &str) -> bool {
    let name = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    name.len() < line.len() && name.starts_with([':', '：'])
}

/// Whether all lines of a block are as short as those of a poem, and no line of a text that was broken to fit is.
fn is_verse(prose: &Prose, block: &Block) -> bool {
    /// So many lines are one, of so many characters at most.
    const LINES: usize = 3;
    const LONGEST: usize = 14;
    let ends = prose.pieces(block).iter().filter(|piece| piece.kind == Kind::SoftBreak);
    if ends.clone().count() + 1 < LINES {
        return false;
    }
    let range = prose.range_of(block);
    let last = std::iter::once(range.end..range.end);
    let mut start = range.start;
    ends.map(Piece::text).chain(last).all(|end| {
        let line = &prose.text()[start..end.start];
        start = end.end;
        line.chars().nth(LONGEST).is_none()
    })
}

/// As much of a text as a label may take.
fn near(text: &str) -> &str {
    const ENOUGH: usize = 40;
    &text[..floor(text, ENOUGH)]
}

/// Whether text begins with a label, or with a short word that a colon or full-width blank parts from what is said of it:
/// `（１）`, `日時：`, `甲　`.
fn begins_another(text: &str) -> bool {
    /// A longer word is none, in characters.
    const LONGEST: usize = 6;
    let word: usize = text.chars().take(LONGEST).take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let is_named = word > 0 && text[word..].starts_with(['：', ':', '\u{3000}']);
    let is_mark = |c: char| !c.is_alphanumeric();
    is_named
        || label::parse(text)
            .is_some_and(|label| label.text.ends_with(is_mark) || label.behind(text).starts_with(is_mark))
}

/// Whether a line begins with a name in bold and a colon: `**队列：**…`.
fn is_labelled(line: &str) -> bool {
    let line = line.lines().next().unwrap_or_default();
    let name = line.strip_prefix("**").and_then(|rest| rest.split_once("**"));
    name.is_some_and(|(name, behind)| name.ends_with([':', '：']) || behind.starts_with([':', '：']))
}

/// The end of a line with the marks of containers that the next line begins with.
fn whole(document: &Document, end: Span) -> Span {
    let behind = &document.source.text[end.end as usize..];
    let marks = behind.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
    Span::new(end.start as usize, end.end as usize + marks)
}
