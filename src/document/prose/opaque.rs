//! Stretches of text that are no prose, though the parser knows nothing of them: bare URLs, tags, math, directives.

use std::ops::Range;

use super::Kind;
use crate::source::{
    Span,
    characters::{is_cjk, is_full_width_mark, is_wide_mark},
    floor, scan,
};

/// How far the end of a formula, directive or element is looked for, in bytes. It bounds the cost of a hostile text.
const REACH: usize = 4_096;
/// The same for what stays within a line.
const SHORT: usize = 256;

/// Calls back with the bytes of a part of a file at which an opaque stretch may be recognised, in order.
pub(super) fn candidates(file: &str, part: Range<usize>, mut found: impl FnMut(usize)) {
    // With the byte behind it.
    let bytes = &file.as_bytes()[part.start..file.len().min(part.end + 1)];
    scan::each(bytes, may_begin, |at| {
        if part.start + at < part.end {
            found(part.start + at);
        }
    });
}

#[expect(clippy::needless_bitwise_bool, reason = "many bytes are tested at once")]
fn may_begin(byte: u8, next: u8, _: u8) -> bool {
    let is_mark = (byte == b':') | (byte == b'$') | (byte == b'#') | (byte == b'^') | (byte == b'@');
    let is_twice = ((byte == b'%') | (byte == b'w')) & (next == byte);
    let is_note = (byte == b'[') & ((next == b'^') | (next == b'!'));
    // Before a blank or a control character each is a mark of its sentence, but for a brace and the mark of a tag.
    (is_mark & (next > b' ')) | (byte == b'{') | (byte == b'<') | is_twice | is_note
}

/// The opaque stretch that is recognised at a byte, if there is one. It begins at `from` or later, and ends before
/// `end`, where the block does.
pub(super) fn stretch(file: &str, from: usize, at: usize, end: usize) -> Option<(Kind, Range<usize>)> {
    let bytes = file.as_bytes();
    let before = file[..at].chars().next_back();
    let is_set_off = before.is_none_or(|c| !c.is_ascii_alphanumeric());
    let rest = window(file, at, end, SHORT);
    let other = |len: usize| Some((Kind::Other, at..at + len));
    match bytes[at] {
        b':' if rest.starts_with("://") => {
            let scheme = file[from..at].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || *b == b'+').count();
            (scheme > 1).then(|| (Kind::Url, at - scheme..url_end(file, at + 3, end)))
        }
        b':' if rest.starts_with(":::") && before.is_none_or(|c| c == '\n' || c == ' ') => {
            other(rest.find('\n').unwrap_or(rest.len()))
        }
        b':' if is_set_off => {
            let name = rest[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_+-".contains(b)).count();
            let is_directive = name > 0 && matches!(bytes.get(at + 1 + name), Some(b':' | b'[' | b'{'));
            let len = 1 + name + usize::from(bytes.get(at + 1 + name) == Some(&b':'));
            if is_directive && at + len <= end { other(len) } else { None }
        }
        b'w' if is_set_off && rest.starts_with("www.") => Some((Kind::Url, at..url_end(file, at + 4, end))),
        b'@' => {
            let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"._+-".contains(b);
            let name = file[from..at].bytes().rev().take_while(is_part).count();
            // `@fig:plan` is a reference to a figure.
            let host = rest[1..].bytes().take_while(|b| is_part(b) || *b == b':').count();
            let host = rest[1..=host].trim_end_matches(['.', '-', '_', '+', ':']).len();
            let kind = if name > 0 { Kind::Url } else { Kind::Other };
            (host > 0).then(|| (kind, at - name..at + 1 + host))
        }
        b'$' => math(file, at, end).and_then(other),
        b'#' if before.is_none_or(char::is_whitespace) => {
            let len = rest[1..].find(|c: char| c.is_whitespace() || ends_tag(c)).unwrap_or(rest.len() - 1);
            if len > 0 { other(1 + len) } else { None }
        }
        b'^' if before.is_none_or(char::is_whitespace) => {
            let len = rest[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
            let ends_line = matches!(bytes.get(at + 1 + len), None | Some(b'\n' | b'\r'));
            if len > 0 && ends_line { other(1 + len) } else { None }
        }
        b'{' => braces(rest, before == Some('$')).and_then(other),
        b'%' if rest.starts_with("%%") => {
            let inner = window(file, at + 2, end, REACH);
            inner.find("%%").and_then(|close| other(close + 4))
        }
        b'[' if rest.starts_with("[^") || rest.starts_with("[!") => {
            let close = rest.find(']').filter(|&close| close > 2 && !rest[..close].contains(char::is_whitespace))?;
            other(close + 1)
        }
        _ => None,
    }
}

/// From a tag whose content is code to the end of its element.
pub(super) fn element(file: &str, tag: Span, end: usize) -> Option<Span> {
    const CODE: &[&str] = &["code", "kbd", "samp", "var", "pre", "tt", "math", "svg", "script", "style"];
    let inner = file.get(tag.range())?.strip_prefix('<')?;
    let len = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = CODE.iter().find(|name| name.eq_ignore_ascii_case(&inner[..len]))?;
    let content = window(file, tag.end as usize, end, REACH);
    let close = content.match_indices("</").find(|(at, _)| {
        let rest = &content[at + 2..];
        rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name))
    })?;
    let stop = close.0 + content[close.0..].find('>')? + 1;
    Some(Span::new(tag.start as usize, tag.end as usize + stop))
}

/// At most so many bytes of a block from an offset on.
fn window(file: &str, at: usize, end: usize, most: usize) -> &str {
    file.get(at..floor(file, end.min(at + most))).unwrap_or_default()
}

/// Where a bare URL ends: before a blank, a bracket or quote that cannot be part of it, or a mark of Chinese and Japanese
/// text; without what punctuation its sentence goes on with.
fn url_end(file: &str, from: usize, end: usize) -> usize {
    let mut depth = 0u32;
    let ends = |c: char| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.wrapping_sub(1);
            depth == u32::MAX
        }
        '<' | '>' | '"' | '`' | '|' | '[' | ']' | '{' | '}' => true,
        c => c.is_whitespace() || is_wide_mark(c),
    };
    let rest = file.get(from..end).unwrap_or_default();
    let url = &rest[..rest.find(ends).unwrap_or(rest.len())];
    from + url.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'']).len()
}

/// Whether a tag ends before a character: Obsidian's tags hold letters, digits, `_`, `-` and `/`, and so do others.
fn ends_tag(c: char) -> bool {
    is_wide_mark(c) || (c.is_ascii_punctuation() && !matches!(c, '_' | '-' | '/'))
}

/// The length of the formula that begins at a `$`. Two prices are none: what stands between them is a sentence.
pub(crate) fn math(file: &str, at: usize, end: usize) -> Option<usize> {
    if let Some(inner) = window(file, at, end, REACH).strip_prefix("$$") {
        // It stays within its block.
        let inner = &inner[..inner.find("\n\n").or_else(|| inner.find("\n\r\n")).unwrap_or(inner.len())];
        return Some(inner.find("$$")? + 4);
    }
    let inner = window(file, at + 1, end, SHORT);
    if inner.starts_with(char::is_whitespace) {
        return None;
    }
    let bytes = inner.as_bytes();
    let ends = |at: usize| {
        let is_tight = !bytes[at - 1].is_ascii_whitespace() && bytes[at - 1] != b'\\';
        is_tight && !bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    let close = inner.match_indices('$').map(|(at, _)| at).find(|&at| at > 0 && ends(at))?;
    let formula = &inner[..close];
    let is_set = formula.contains('\\') || formula.contains("_{") || formula.contains("^{");
    let is_text = |c: char| is_cjk(c) || is_full_width_mark(c);
    let is_formula = !formula.contains('\n') && (!formula.contains(is_text) || is_set);
    is_formula.then_some(close + 2)
}

/// The length of what stands in braces: an expression of a template or component, or attributes. Braces around words are
/// text, but not behind a dollar sign.
fn braces(rest: &str, is_behind_dollar: bool) -> Option<usize> {
    let mut depth = 0u32;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
        if depth == 0 {
            let inner = &rest[1..at];
            let is_code = is_behind_dollar || inner.starts_with(['{', '%', '#', ':', '/', '.']) || inner.is_ascii();
            return (is_code && !inner.is_empty()).then_some(at + 1);
        }
    }
    None
}
