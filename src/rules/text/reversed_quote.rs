//! `reversed-quote`: two quotation marks stand the wrong way round, or one of them does, or is of another kind.

use crate::{
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{DocumentRule, Findings},
    source::{
        Span,
        characters::{is_cjk, is_full_width_mark},
    },
};
use memchr::memmem;
use std::{cell::OnceCell, ops::Range};

#[derive(Debug)]
pub(crate) struct ReversedQuote;

/// What is quoted is not longer than this, in characters.
const LONGEST: usize = 40;

impl DocumentRule for ReversedQuote {
    fn check(&self, document: &Document, out: &mut Findings) {
        let prose = document.prose();
        let bytes = prose.text().as_bytes();
        let is_double = |at: &usize| matches!(bytes.get(at + 2), Some(0x9C | 0x9D));
        let are_curved = OnceCell::new();
        // What both marks begin with.
        let mut marks = memmem::find_iter(bytes, b"\xE2\x80").filter(is_double).peekable();
        while let Some(&first) = marks.peek() {
            let Some(range) =
                prose.block_at(first).map(|block| prose.range_of(block)).filter(|own| own.contains(&first))
            else {
                marks.next();
                continue;
            };
            let text = &prose.text()[range.clone()];
            let own = std::iter::from_fn(|| marks.next_if(|at| *at < range.end));
            let marks: Vec<(usize, &str)> =
                own.map(|at| at - range.start).map(|at| (at, &text[at..at + OPEN.len_utf8()])).collect();
            if let [(at, _)] = marks[..] {
                let are_curved = || {
                    let count = |marks: &[char]| prose.text().matches(marks).count();
                    *are_curved.get_or_init(|| count(&['"']) <= count(&[OPEN, CLOSE]))
                };
                mixed(document, &range, at, are_curved, out);
                continue;
            }
            let closing = marks.iter().filter(|(_, mark)| mark.starts_with(CLOSE)).count();
            // Where they differ in number, a quotation may go on from the paragraph before or into the next.
            let is_even = closing * 2 == marks.len();
            let mut pairs = if is_even { turned(text, &marks) } else { alike(text, &marks) };
            // Behind a digit it may stand for inches or seconds.
            let is_unit = |at: usize| text[at..].starts_with(CLOSE) && text[..at].ends_with(char::is_numeric);
            if pairs.iter().any(|&(first, second)| is_unit(first) || is_unit(second)) {
                pairs.clear();
            }
            // Of `"确定”或“取消"` the straight ones are the others, and nobody knows which are which.
            if text.match_indices('"').any(|(at, _)| is_beside_cjk(text, at)) {
                continue;
            }
            // `道德”与“名声‘`: with single ones that are in disorder, the double ones may be right.
            if pairs.is_empty() || (is_even && !are_paired(text)) {
                continue;
            }
            for (first, second) in pairs {
                report(document, [first, second].map(|at| range.start + at), is_even, out);
            }
        }
    }
}

const OPEN: char = '“';
const CLOSE: char = '”';

/// Reports two marks, at these places in the text that is read, of which each has to be the other one, or one of two that
/// are the same.
fn report(document: &Document, [first, second]: [usize; 2], is_turned: bool, out: &mut Findings) {
    let prose = document.prose();
    let place = |at: usize| prose.editable(at..at + OPEN.len_utf8());
    let (Some(open), Some(close)) = (place(first), place(second)) else { return };
    let span = open.to(close);
    let written = document.source.slice(span).to_owned();
    let key = if is_turned { "reversed" } else { "alike" };
    let is_right = |at: Span, mark: char| document.source.slice(at).starts_with(mark);
    let ends = [(open, OPEN), (close, CLOSE)].into_iter().filter(|&(at, mark)| !is_right(at, mark));
    let edits = ends.map(|(at, mark)| Edit::replace(document.at(at), mark.to_string())).collect();
    let title = if is_turned { "fix" } else { "fix-alike" };
    let finding = out.report(document.at(span), Message::new(key).with("text", written));
    finding.fix(Fix::new(title, Safety::Safe, edits));
}

/// Reports the curved mark of a block, if its only other one is straight and they quote something: `"确定”`.
fn mixed(document: &Document, block: &Range<usize>, curved: usize, are_curved: impl Fn() -> bool, out: &mut Findings) {
    let prose = document.prose();
    let text = &prose.text()[block.clone()];
    let mut straight = text.match_indices('"').map(|(at, _)| at);
    let (Some(straight), None) = (straight.next(), straight.next()) else { return };
    let opens = straight < curved;
    let (first, second) = (straight.min(curved), straight.max(curved));
    let inner = &text[first..second];
    let inner = &inner[inner.chars().next().map_or(0, char::len_utf8)..];
    let is_right = text[curved..].starts_with(if opens { CLOSE } else { OPEN });
    let is_text = |c: char| is_cjk(c) || (is_full_width_mark(c) && !opens);
    let is_beside = if opens { inner.starts_with(is_text) } else { inner.ends_with(is_text) };
    let outer = if opens { text[..straight].chars().next_back() } else { text[straight + 1..].chars().next() };
    // Behind a digit it may stand for inches or seconds, and programs write `name="…"`.
    let is_unit = text[..straight].ends_with(char::is_numeric);
    let is_code = outer.is_some_and(|c| "=:,;(){}[]<>\\".contains(c));
    let is_short = inner.chars().nth(LONGEST).is_none() && inner.contains(is_cjk) && !inner.contains('\n');
    let place = |at: usize, mark: char| prose.editable(block.start + at..block.start + at + mark.len_utf8());
    let (Some(own), Some(other)) = (place(straight, '"'), place(curved, OPEN)) else { return };
    if is_right && is_beside && is_short && !is_unit && !is_code && !is_syntax(&text[..first]) {
        let span = own.to(other);
        let finding = out.report(document.at(span), Message::new("mixed").with("text", document.source.slice(span)));
        // Where most are straight, this may be what is meant.
        let safety = if are_curved() { Safety::Safe } else { Safety::Unsafe };
        let edit = Edit::replace(document.at(own), if opens { OPEN } else { CLOSE }.to_string());
        let (open, close) = if opens { (own, other) } else { (other, own) };
        let inner = document.source.slice(Span { start: open.end, end: close.start });
        let title = Message::new("fix-mixed").with("text", format!("{OPEN}{inner}{CLOSE}"));
        finding.fix(Fix::new(title, safety, vec![edit]));
    }
}

/// Whether what a text ends with, in its last line, asks for straight marks: a link, a definition, or what is no sentence,
/// as the head of an admonition and a command: `[手册](b.md "`, `[甲]: b.md "`, `!!! note "`.
fn is_syntax(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_link = line.contains("](") || line.contains("]（") || (line.starts_with('[') && line.contains("]:"));
    is_link || !(line.is_empty() || line.contains(is_cjk))
}

/// The pairs of marks of which the first closes and the second opens.
fn turned(text: &str, marks: &[(usize, &str)]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut depth = 0;
    let mut lone: Option<usize> = None;
    for &(at, mark) in marks {
        match lone {
            _ if mark.starts_with(CLOSE) && depth > 0 => depth -= 1,
            _ if mark.starts_with(CLOSE) => lone = Some(at),
            Some(first) if is_quoted(&text[first + mark.len()..at]) => {
                lone = None;
                out.push((first, at));
            }
            _ => {
                lone = None;
                depth += 1;
            }
        }
    }
    out
}

/// The pairs of marks of which both close or both open, if all marks make pairs one behind the other: `”甲”和“乙”`.
fn alike(text: &str, marks: &[(usize, &str)]) -> Vec<(usize, usize)> {
    let (pairs, rest) = marks.as_chunks::<2>();
    let mut out = Vec::new();
    for &[(first, one), (second, other)] in pairs {
        let is_right = one.starts_with(OPEN) && other.starts_with(CLOSE);
        if !is_right {
            if one != other || !is_quoted(&text[first + one.len()..second]) {
                return Vec::new();
            }
            out.push((first, second));
        }
    }
    if rest.is_empty() { out } else { Vec::new() }
}

/// Whether a mark of ASCII stands beside a letter of Chinese, Japanese or Korean text.
fn is_beside_cjk(text: &str, at: usize) -> bool {
    text[..at].ends_with(is_cjk) || text[at + 1..].starts_with(is_cjk)
}

/// Whether single quotation marks of Chinese text are as many on one side as on the other; others are apostrophes.
fn are_paired(text: &str) -> bool {
    let count = |mark: char| {
        let is_own = |(at, _): &(usize, &str)| {
            let behind = text[at + mark.len_utf8()..].chars().next();
            text[..*at].ends_with(is_cjk) || behind.is_some_and(is_cjk)
        };
        text.match_indices(mark).filter(is_own).count()
    };
    count('‘') == count('’')
}

/// Whether a text that stands between a closing and an opening mark is what was meant to be quoted: short, and no part
/// of a sentence that goes on.
fn is_quoted(inner: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '《' | '》'));
    let is_short = inner.chars().count() <= LONGEST && inner.contains(is_cjk);
    is_short
        && is_edge(inner.chars().next())
        && is_edge(inner.chars().next_back())
        && !inner.contains(['。', '：', '，', '！', '？', '；', '\n'])
}
