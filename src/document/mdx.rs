//! Code of a module, which MDX takes out of what shows.

use memchr::{memchr, memmem};

use super::{Facts, Flavor, FrontMatter, Link};
use crate::source::{Span, is_within, surrounds};

/// Forgets links in what MDX reads as code: comments in braces, and what a document imports and exports. In Markdown
/// nobody writes these.
pub(super) fn leave_code(text: &str, facts: &mut Facts) {
    if facts.links.is_empty() {
        return;
    }
    let mut comments: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(open) = memmem::find(&text.as_bytes()[at..], b"{/*").map(|found| at + found) {
        at = open + 3;
        // One that is shown as code begins nothing.
        if !is_within(&facts.code, open) {
            let Some(length) = text[at..].find("*/}") else { break };
            at += length + 3;
            comments.push(Span::new(open, at));
        }
    }
    let paragraphs = facts.paragraphs.iter().copied();
    let modules: Vec<Span> = paragraphs.filter(|span| is_module(&text[span.range()])).collect();
    let is_code = |link: &Link| surrounds(&comments, link.span) || surrounds(&modules, link.span);
    if !comments.is_empty() || !modules.is_empty() {
        facts.links.retain(|link| !is_code(link));
    }
}

/// Whether a document states what it exports: a program, whose indented lines may be as well.
pub(super) fn exports(text: &str) -> bool {
    text.starts_with("export ") || memmem::find(text.as_bytes(), b"\nexport ").is_some()
}

/// Whether a document with this header is MDX where others are, unless it says `mdx: {format: md}`, as Docusaurus has it.
pub(super) fn is_read(flavor: Flavor, header: Option<&FrontMatter>) -> bool {
    let format = |header: &FrontMatter| Some(header.field("mdx")?.get("format")?.as_str() == Some("md"));
    flavor == Flavor::Mdx && !header.and_then(format).unwrap_or_default()
}

/// Whether a block that begins at the left margin is a statement of a module: in MDX nothing else begins so.
pub(super) fn is_statement(block: &str) -> bool {
    block.starts_with("import ") || block.starts_with("export ")
}

/// Where the statement of a module that begins at a byte ends: before a blank line that stands in none of its brackets.
/// `None` where they stay open.
pub(super) fn statement_end(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0;
    while at < bytes.len() {
        if bytes[at] == b'\n' && depth <= 0 {
            let line = &bytes[at + 1..];
            let line = &line[..memchr(b'\n', line).unwrap_or(line.len())];
            if line.trim_ascii().is_empty() {
                return Some(at);
            }
        }
        at = token_end(bytes, at, &mut depth)?;
    }
    (depth <= 0).then_some(at.min(bytes.len()))
}

/// Whether an expression or the tag of an element may begin at a byte.
pub(super) fn begins_code(text: &str, at: usize) -> bool {
    let next = text.as_bytes().get(at + 1);
    match text.as_bytes()[at] {
        b'{' => !text[..at].ends_with('\\'),
        b'<' => next.is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/'),
        _ => false,
    }
}

/// Where that ends. `None` where it does not: that is an error to MDX, which reads nothing then.
pub(super) fn code_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes[at] == b'{' { expression_end(bytes, at) } else { tag_end(bytes, at + 1) }
}

/// Where an expression ends that begins with its brace.
fn expression_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0;
    loop {
        at = token_end(bytes, at, &mut depth)?;
        if depth <= 0 {
            return Some(at);
        }
    }
}

/// Where the tag of an element ends, from behind its `<`.
fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = match *bytes.get(at)? {
            b'>' => return Some(at + 1),
            b'{' => expression_end(bytes, at)?,
            quote @ (b'"' | b'\'') => at + memchr(quote, &bytes[at + 1..])? + 2,
            c if c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || b"/=_$-.:".contains(&c) => at + 1,
            _ => return None,
        };
    }
}

/// Where what begins at a byte of a program ends: a string, a comment, else a byte, of which brackets change the depth.
/// `None` at the end of the program, and where what may hold line breaks has no end.
fn token_end(bytes: &[u8], at: usize, depth: &mut i32) -> Option<usize> {
    let byte = *bytes.get(at)?;
    match byte {
        b'(' | b'[' | b'{' => *depth += 1,
        b')' | b']' | b'}' => *depth -= 1,
        b'\\' => return Some(at + 2),
        b'`' => return string_end(bytes, at),
        // An apostrophe in the text of an element ends nowhere.
        b'"' | b'\'' => return Some(string_end(bytes, at).unwrap_or(at + 1)),
        b'/' if bytes.get(at + 1) == Some(&b'*') => {
            return memmem::find(&bytes[at + 2..], b"*/").map(|length| at + length + 4);
        }
        // No scheme of a URL, which text of an element may hold.
        b'/' if bytes.get(at + 1) == Some(&b'/') && at.checked_sub(1).is_none_or(|before| bytes[before] != b':') => {
            return Some(memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length));
        }
        _ => {}
    }
    Some(at + 1)
}

/// Where a string ends that begins with its quote: `None` where it does not, within its line unless that is a backtick.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += match *bytes.get(at)? {
            byte if byte == bytes[start] => return Some(at + 1),
            b'\\' => 2,
            b'\n' if bytes[start] != b'`' => return None,
            _ => 1,
        };
    }
}

/// Whether a paragraph is a statement of a module: `export const a = 1`, `import B from './b'`. A sentence may begin with
/// the same word.
pub(super) fn is_module(paragraph: &str) -> bool {
    if let Some(rest) = paragraph.strip_prefix("import ") {
        return rest.starts_with(['{', '"', '\'']) || is_from(rest);
    }
    let Some(rest) = paragraph.strip_prefix("export ") else { return false };
    let mut words = rest.split_ascii_whitespace();
    match words.next() {
        Some("const" | "let" | "var") => words.nth(1) == Some("="),
        Some("function" | "async" | "class") => rest.contains('{'),
        // `export default Page` is all there is.
        Some("default") => {
            rest.contains('{') || rest.trim_end().ends_with(';') || (rest.is_ascii() && words.count() == 1)
        }
        _ => rest.starts_with('{') || (rest.starts_with('*') && is_from(rest)),
    }
}

/// Whether what is taken comes from a file or package, which is named in quotes.
fn is_from(rest: &str) -> bool {
    rest.contains(" from '") || rest.contains(" from \"")
}
