//! What raw HTML states: ids, and comments.

use std::sync::LazyLock;

use regex::Regex;

use crate::{document::Anchor, source::Span};

/// A start tag with its attributes; quoted values may hold `>`.
static TAG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?s)<([A-Za-z][A-Za-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>"#).ok());
/// `id` or `name` with its value.
static ID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)(?:^|[\s"'])(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))"#).ok());

/// A comment and its inside.
pub(super) struct Comment {
    pub(super) span: Span,
    pub(super) inside: Span,
}

/// The comments of a piece of HTML that begins `base` bytes into the file.
pub(super) fn comments(html: &str, base: usize) -> Vec<Comment> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find("<!--").map(|found| at + found) {
        let inner = open + 4;
        let close = html[inner..].find("-->").map_or(html.len(), |found| inner + found);
        let end = (close + 3).min(html.len());
        out.push(Comment { span: Span::new(open, end).shifted(base), inside: Span::new(inner, close).shifted(base) });
        at = end;
    }
    out
}

/// The ids that a piece of HTML defines, comments aside.
pub(super) fn ids(html: &str, base: usize, hidden: &[Comment], out: &mut Vec<Anchor>) {
    if !html.contains("id") && !html.contains("name") && !html.contains("ID") && !html.contains("NAME") {
        return;
    }
    let (Some(tag), Some(id)) = (&*TAG, &*ID) else { return };
    for tag in tag.captures_iter(html) {
        let Some(attributes) = tag.get(2) else { continue };
        for found in id.captures_iter(attributes.as_str()) {
            let Some(value) = found.get(1).or_else(|| found.get(2)).or_else(|| found.get(3)) else { continue };
            let span = Span::from(value.range()).shifted(base + attributes.start());
            let after = hidden.partition_point(|comment| comment.span.start <= span.start);
            let is_hidden = after > 0 && hidden[after - 1].span.contains(span);
            if !value.is_empty() && !is_hidden {
                out.push(Anchor { id: value.as_str().to_owned(), span });
            }
        }
    }
}
