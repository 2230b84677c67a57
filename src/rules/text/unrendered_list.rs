//! `unrendered-list`: lines that were meant to be a list run together into one paragraph.

use super::lines::{self, Line};
use crate::{
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{DocumentRule, Findings},
    source::{Span, characters::is_cjk},
};

#[derive(Debug)]
pub(crate) struct UnrenderedList;

/// A marker of a list that lacks the blank behind it, or has one of another kind, with what stands behind.
struct Marker {
    len: usize,
    /// The bytes of that other blank.
    gap: usize,
    mark: char,
    number: Option<u32>,
    text: Script,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Han, kana or Hangul.
    Cjk,
    /// A Latin word with a capital letter.
    Word,
    /// Other Latin letters, as in the names of versions: an item only among others.
    Letters,
}

impl DocumentRule for UnrenderedList {
    fn check(&self, document: &Document, out: &mut Findings) {
        let lines = lines::of_paragraphs(document, |byte| byte.is_ascii_digit() || b"*-+".contains(&byte));
        let items: Vec<(Line, Marker)> =
            lines.into_iter().filter_map(|line| Marker::of(line.text).map(|marker| (line, marker))).collect();
        let goes_on = |(a, before): &(Line, Marker), (b, marker): &(Line, Marker)| {
            let (a, b) = (a.opening, b.opening);
            a.block == b.block && a.number + 1 == b.number && !b.is_hard && before.goes_on(marker)
        };
        for run in items.chunk_by(goes_on) {
            let is_list = run.iter().any(|(_, marker)| marker.text != Script::Letters);
            let [(first, marker), .., (last, _)] = run else { continue };
            if !is_list {
                continue;
            }
            let blank = |(line, marker): &(Line, Marker)| {
                let at = line.start() + marker.len;
                Edit::replace(document.at(Span::new(at, at + marker.gap)), " ")
            };
            let fix = Fix::new("fix", Safety::Unsafe, run.iter().map(blank).collect());
            let message = Message::new("run-together")
                .with("count", run.len().to_string())
                .with("mark", &first.text[..marker.len]);
            let at = Span::new(first.start(), last.start() + last.text.len());
            out.report(document.at(at), message).fix(fix);
        }
    }
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let mark = line[digits..].chars().next()?;
        let behind = &line[digits + mark.len_utf8()..];
        let rest = behind.trim_start_matches(['\u{A0}', '\u{3000}']);
        let is_marker = match digits {
            0 => matches!(mark, '*' | '-' | '+'),
            1 | 2 => matches!(mark, '.' | ')'),
            _ => false,
        };
        // `*注：` points at a note.
        let is_note = mark == '*' && rest.starts_with(['注', '註']);
        let text = match rest.as_bytes() {
            _ if rest.starts_with(is_cjk) => Script::Cjk,
            // `1.**甲**`, `1.《甲》`, `1.[甲](b.md)`
            _ if digits > 0 && rest.trim_start_matches(['*', '_', '[', '《', '【', '“', '「']).starts_with(is_cjk) => {
                Script::Cjk
            }
            _ if digits == 0 && is_task(rest) => Script::Cjk,
            // `-**甲**：`
            _ if matches!(mark, '-' | '+') && begins_strong(rest) => Script::Cjk,
            // Behind `*` and `-` they may be anything.
            [b'A'..=b'Z', b'a'..=b'z', ..] if digits > 0 => Script::Word,
            [b'A'..=b'Z' | b'a'..=b'z' | b'`', ..] if digits > 0 => Script::Letters,
            _ => return None,
        };
        let (len, gap, number) = (digits + 1, behind.len() - rest.len(), line[..digits].parse().ok());
        (is_marker && !is_note).then_some(Self { len, gap, mark, number, text })
    }

    /// Whether another one is the next of the same list. Where the numbers do not count on, both texts have to be such
    /// that nothing else is likely.
    fn goes_on(&self, next: &Self) -> bool {
        let counts_on = self.number.zip(next.number).is_some_and(|(a, b)| a + 1 == b);
        self.mark == next.mark && (counts_on || (self.text == Script::Cjk && next.text == Script::Cjk))
    }
}

/// Whether a task begins so: `[ ] `, `[x] `.
fn is_task(text: &str) -> bool {
    ["[ ] ", "[x] ", "[X] "].iter().any(|mark| text.starts_with(mark))
}

/// Whether a text begins with bold letters of Han, kana or Hangul.
fn begins_strong(text: &str) -> bool {
    let inner = text.strip_prefix("**").filter(|inner| inner.starts_with(is_cjk));
    inner.is_some_and(|inner| inner.contains("**"))
}
