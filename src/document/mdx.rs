//! Code of a module, which MDX takes out of what shows.

use memchr::memmem;

use super::{Facts, FrontMatter, Link};
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

/// Whether a header says that its document is no MDX: `mdx: {format: md}`, as Docusaurus has it.
pub(super) fn is_off(header: &FrontMatter) -> bool {
    header.field("mdx").and_then(|mdx| mdx.get("format")?.as_str()) == Some("md")
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
