//! `unrendered-list`: lines that were meant to be a list run together into one paragraph.

use serde::Deserialize;

use super::lines::{self, Line};
use crate::{
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{DocumentRule, Findings},
    source::{Span, characters::is_cjk},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnrenderedList {}

impl DocumentRule for UnrenderedList {
    fn check(&self, document: &Document, out: &mut Findings) {
        let lines = lines::of_paragraphs(document, |byte| byte.is_ascii_digit() || b"*-+".contains(&byte));
        let goes_on = |a: &Line, b: &Line| {
            let kinds = marker(a.text).zip(marker(b.text));
            a.block == b.block
                && a.number + 1 == b.number
                && !b.is_hard
                && kinds.is_some_and(|((_, a), (_, b))| a == b)
                && (begins_cjk(a.text) == begins_cjk(b.text))
                && (begins_cjk(a.text) || number(a.text).zip(number(b.text)).is_some_and(|(a, b)| a + 1 == b))
        };
        for run in lines.chunk_by(goes_on) {
            let Some((first, last)) = run.first().zip(run.last()).filter(|_| run.len() > 1) else { continue };
            let Some((len, _)) = marker(first.text) else { continue };
            let blanks = run.iter().filter_map(|line| {
                let (len, _) = marker(line.text)?;
                Some(Edit::replace(document.at(Span::at(line.start + len)), " "))
            });
            let fix = Fix::new("fix", Safety::Unsafe, blanks.collect());
            let message =
                Message::new("run-together").with("count", run.len().to_string()).with("mark", &first.text[..len]);
            let at = Span::new(first.start, last.start + last.text.len());
            out.report(document.at(at), message).fix(fix);
        }
    }
}

/// A marker of a list that lacks the blank behind it: its length, and its kind.
fn marker(line: &str) -> Option<(usize, char)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = line[digits..].chars().next()?;
    let rest = &line[digits + mark.len_utf8()..];
    let is_marker = match digits {
        0 => matches!(mark, '*' | '-' | '+') && !rest.starts_with([mark, ' ']),
        1 | 2 => matches!(mark, '.' | ')'),
        _ => false,
    };
    // `*注：` points at a note. Latin words behind numbers that count on are items; what else begins so may be anything.
    let is_note = mark == '*' && rest.starts_with(['注', '註']);
    let is_word = digits > 0 && matches!(rest.as_bytes(), [b'A'..=b'Z', b'a'..=b'z', ..]);
    (is_marker && !is_note && (rest.starts_with(is_cjk) || is_word)).then_some((digits + 1, mark))
}

/// Whether what stands behind the marker begins with Han, kana or Hangul.
fn begins_cjk(line: &str) -> bool {
    marker(line).is_some_and(|(len, _)| line[len..].starts_with(is_cjk))
}

fn number(line: &str) -> Option<u32> {
    line[..line.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}
