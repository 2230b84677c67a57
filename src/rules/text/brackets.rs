//! Brackets that have no partner of their kind in their block.

use memchr::memchr2_iter;

use super::pairing::{KINDS, NARROW, Placed, close_behind_labels, partners, uncrossed};
use crate::{
    document::{
        Document,
        prose::{BlockKind, formula},
    },
    numbering::numerals::{is_digit, is_plain_numeral},
    source::{
        Span,
        characters::{is_cjk, is_wide_mark},
        scan,
    },
};

/// Whether a bracket of another width begins here, without branches.
#[expect(clippy::needless_bitwise_bool, reason = "many bytes are tested at once")]
fn is_wide(first: u8, second: u8, third: u8) -> bool {
    ((first == 0xE3) & (second == 0x80) & (0x88..=0x95).contains(&third))
        | ((first == 0xEF) & (second == 0xBC) & ((third == 0x88) | (third == 0x89)))
}

/// Where brackets stand, in order.
fn places(text: &[u8]) -> Vec<usize> {
    let mut out: Vec<usize> = memchr2_iter(b'(', b')', text).collect();
    if !text.is_ascii() {
        scan::each(text, is_wide, |at| out.push(at));
        out.sort_unstable();
    }
    out
}

/// A bracket without a partner in its block.
#[derive(Clone)]
pub(super) struct Lone {
    pub(super) block: usize,
    pub(super) kind: usize,
    pub(super) opens: bool,
    pub(super) mark: &'static str,
    pub(super) span: Span,
}

impl Lone {
    pub(super) fn is_narrow(&self) -> bool {
        self.kind == NARROW
    }

    pub(super) fn partner(&self) -> &'static str {
        let (open, close) = KINDS[self.kind];
        if self.opens { close } else { open }
    }
}

pub(super) fn is_round(lone: &Lone) -> bool {
    lone.kind == 0 || lone.is_narrow()
}

/// The brackets of a document without partners, in order.
pub(super) fn lone(document: &Document) -> Vec<Lone> {
    let prose = document.prose();
    let text = prose.text();
    let everywhere: Vec<Placed> = places(text.as_bytes()).into_iter().filter_map(|at| bracket(text, at)).collect();
    let mut out: Vec<Lone> = Vec::new();
    let mut rest = &everywhere[..];
    for (index, block) in prose.blocks().iter().enumerate() {
        if rest.is_empty() {
            break;
        }
        let all;
        let end = prose.range_of(block).end;
        (all, rest) = rest.split_at(rest.iter().take_while(|bracket| bracket.at < end).count());
        if block.kind == BlockKind::Alt {
            continue;
        }
        // Most of the time each bracket is followed by its partner.
        let is_pair = |pair: &[Placed]| matches!(pair, [a, b] if a.opens && !b.opens && a.kind == b.kind);
        if all.chunks(2).all(is_pair) {
            continue;
        }
        // What stands in a formula is no text, nor are its delimiters.
        let formulas = prose.formulas(block);
        let all: Vec<Placed> = all.iter().filter(|own| !formula::is_in(&formulas, own.at)).copied().collect();
        let mut partners = partners(&all, |bracket| (bracket.kind, bracket.opens), |_, _| true);
        if partners.iter().all(Option::is_some) {
            continue;
        }
        let lone = |&Placed { at, kind, opens, mark }: &Placed| {
            let span = prose.span(at..at + mark.len())?;
            Some(Lone { block: index, kind, opens, mark, span })
        };
        let is_labelled = |bracket: &Placed| lone(bracket).is_some_and(|lone| is_label(document, &lone));
        close_behind_labels(text, &all, &mut partners, is_labelled);
        let partners = uncrossed(&all, partners, |open, close| {
            let ends = lone(open).zip(lone(close));
            ends.is_some_and(|(open, close)| !is_label(document, &close) || is_of_function(document, &open, &close))
        });
        let alone = all.iter().zip(&partners).filter(|(_, partner)| partner.is_none());
        out.extend(alone.filter_map(|(bracket, _)| lone(bracket)));
    }
    out
}

fn bracket(text: &str, at: usize) -> Option<Placed> {
    let (kind, opens) = match text.get(at..)?.chars().next()? {
        '(' => (NARROW, true),
        ')' => (NARROW, false),
        '（' => (0, true),
        '）' => (0, false),
        c => {
            // There are few of them.
            let is_one = |mark: &str| mark.starts_with(c);
            let kind = KINDS.iter().position(|&(open, close)| is_one(open) || is_one(close))?;
            (kind, is_one(KINDS[kind].0))
        }
    };
    let (open, close) = KINDS[kind];
    Some(Placed { at, kind, opens, mark: if opens { open } else { close } })
}

/// What joins two labels: `a)、b)`.
const JOINS: &[char] = &['、', '和', '及', '或', '与', '與', '至', '～', '~'];

/// Whether a closing bracket ends a label: `1）`, `a)`, `一）` at the beginning of a line or of a part of a sentence, or
/// beside another one: `其中a)和b)两项`.
pub(super) fn is_label(document: &Document, lone: &Lone) -> bool {
    let (before, len) = label(document, lone);
    let begins = |c: char| c.is_whitespace() || "：；。，、:;,.|>*_".contains(c);
    let is_second = || before.strip_suffix(JOINS).is_some_and(|before| before.ends_with(lone.mark));
    let is_first = || {
        let next = document.source.text[lone.span.end as usize..].strip_prefix(JOINS);
        let label: Option<String> = next.map(|next| next.chars().take(4).take_while(|c| c.is_alphanumeric()).collect());
        let is_next = |label: &String| next.is_some_and(|next| next[label.len()..].starts_with(lone.mark));
        label.filter(|label| !label.is_empty()).as_ref().is_some_and(is_next)
    };
    !lone.opens && len > 0 && (before.chars().next_back().is_none_or(begins) || is_second() || is_first())
}

/// Whether what may be a label goes on from a word: `Top N)`.
pub(super) fn is_after_word(document: &Document, lone: &Lone) -> bool {
    let (before, _) = label(document, lone);
    before.strip_suffix(' ').is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether a bracket of ASCII opens a call of a function: `f(参数）`.
pub(super) fn is_call(document: &Document, open: &Lone) -> bool {
    let before = &document.source.text[..open.span.start as usize];
    open.is_narrow() && before.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether a full-width bracket stands for one of ASCII behind a function, as the arguments of a formula show, or that there
/// are none: `g（x, y)`, but `redis（cache)`, and `方案 a（1)`.
pub(super) fn is_formula(document: &Document, open: &Lone, close: &Lone) -> bool {
    /// In bytes. What is longer names something.
    const LONGEST: usize = 16;
    let (before, inner) = (&document.source.text[..open.span.start as usize], open.span.end..close.span.start);
    if open.is_narrow() || inner.len() > LONGEST {
        return false;
    }
    let is_word = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    let function = &before[before.len() - before.chars().rev().take(LONGEST).take_while(is_word).count()..];
    let arguments = document.source.slice(Span { start: inner.start, end: inner.end });
    let is_short = |argument: &str| {
        let argument = argument.trim_start_matches(' ');
        let index = argument.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(argument);
        !argument.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_order = function == "O";
    let is_one = function.len() == 1 || arguments.contains([',', '，']);
    // Numbers alone count or name places: `步骤 i（1)`.
    let is_named = is_order || arguments.contains(|c: char| c.is_ascii_alphabetic());
    (function.starts_with(|c: char| c.is_ascii_lowercase()) || is_order)
        && (arguments.is_empty() || (is_one && is_named && arguments.split([',', '，']).all(is_short)))
}

/// Whether a pair holds the arguments of a function.
pub(super) fn is_of_function(document: &Document, open: &Lone, close: &Lone) -> bool {
    is_call(document, open) || is_formula(document, open, close)
}

/// What stands before the number or letter that a bracket may make a label of, and the length of that.
fn label<'a>(document: &'a Document, lone: &Lone) -> (&'a str, usize) {
    let text = &document.source.text[..lone.span.start as usize];
    let is_number = |c: &char| is_plain_numeral(*c) || is_digit(*c) || ('①'..='⑳').contains(c);
    let mut len: usize = text.chars().rev().take_while(is_number).take(3).map(char::len_utf8).sum();
    while text[text.len() - len..].starts_with(is_digit)
        && let Some(rest) = text[..text.len() - len].strip_suffix(['.', ':']).filter(|rest| rest.ends_with(is_digit))
    {
        // `15:20` is a time, and `1.8` one number.
        if text[rest.len()..].starts_with(':') {
            return (text, 0);
        }
        len = text.len() - rest.trim_end_matches(is_digit).len();
    }
    if len == 0 {
        len = text.chars().rev().take(4).take_while(|&c| matches!(c, 'i' | 'v' | 'x')).count();
    }
    if len == 0 {
        len = text.chars().next_back().filter(char::is_ascii_alphabetic).map_or(0, char::len_utf8);
    }
    (&text[..text.len() - len], len)
}

/// Whether a bracket of ASCII stands in Chinese or Japanese text.
pub(super) fn is_in_wide_text(document: &Document, lone: &Lone) -> bool {
    let (before, after) = document.source.around(lone.span);
    [before, after].into_iter().any(|c| is_cjk(c) || is_wide_mark(c))
}

/// Whether a bracket is spoken of, is part of a face, or bounds a range of numbers: `“（”`, `：）`, `（0，1]`.
pub(super) fn is_mentioned(document: &Document, lone: &Lone) -> bool {
    let text = &*document.source.text;
    let (before, after) = document.source.around(lone.span);
    let is_quote = |c: char| matches!(c, '“' | '”' | '"' | '\'' | '‘' | '’' | '「' | '」' | '`' | '*' | '$' | '%');
    // `[a，b）`: two terms, which need not be numbers.
    let is_term = |term: &str| (1..=12).contains(&term.trim().chars().count());
    let has_terms = |part: &str| part.split([',', '，']).count() == 2 && part.split([',', '，']).all(is_term);
    let is_range = |part: &str| !part.contains(is_cjk) && (part.chars().any(|c| c.is_ascii_digit()) || has_terms(part));
    let bounds = if lone.opens {
        let end = text[lone.span.end as usize..]
            .char_indices()
            .nth(24)
            .map_or(text.len(), |(at, _)| lone.span.end as usize + at);
        let inner = &text[lone.span.end as usize..end];
        inner.find([']', '］']).is_some_and(|close| is_range(&inner[..close]))
    } else {
        let inner = &text[..lone.span.start as usize];
        let start = inner.char_indices().rev().nth(24).map_or(0, |(at, _)| at);
        let open = inner[start..].rfind(['[', '［']);
        // `[start, end)`: a range of no numbers has a comma.
        open.is_some_and(|open| is_range(&inner[start + open..]) || inner[start + open..].contains(", "))
    };
    bounds
        || (is_quote(before) && is_quote(after))
        || (!lone.opens && matches!(before, '：' | ':' | '；' | ';' | '^' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bracket_is_found() {
        for mark in KINDS.iter().flat_map(|&(open, close)| [open, close]) {
            assert_eq!(places(mark.as_bytes()), [0], "{mark}");
        }
    }
}
