//! What plain text states: tags, block ids, and stretches whose links are none: hidden ones and formulas.

use memchr::memchr3;

use crate::{
    document::{Anchor, Tag, Undefined, prose::math},
    source::{Span, is_within},
};

/// Where a tag, block id, footnote or comment may begin in text: the next such place, so that many short texts are
/// looked through at once.
#[derive(Default)]
pub(super) struct Signs {
    from: usize,
    next: usize,
}

impl Signs {
    /// The first in a part of a text.
    pub(super) fn first(&mut self, text: &str, span: Span) -> Option<usize> {
        let (start, end) = (span.start as usize, span.end as usize);
        if start < self.from || self.next <= start {
            self.next = memchr3(b'#', b'^', b'%', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
            self.from = start;
        }
        (self.next < end).then_some(self.next)
    }
}

/// The tags of a stretch of text that begins at `base`: `#` behind a blank or at the start of a line, then letters,
/// digits, `_`, `-` and `/`, at least one of them no digit (Obsidian's rule).
pub(super) fn tags(text: &str, base: usize, file: &str, out: &mut Vec<Tag>) {
    for (at, _) in text.match_indices('#') {
        let start = base + at;
        if !file[..start].chars().next_back().is_none_or(char::is_whitespace) {
            continue;
        }
        // The parser cuts its texts where emphasis could begin or end: `#_draft`.
        let name = &file[start + 1..];
        let end = name
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '/') || is_mark(c)))
            .unwrap_or(name.len());
        let name = &name[..end];
        if name.chars().any(|c| !c.is_ascii_digit() && c.is_alphanumeric()) {
            out.push(Tag { name: name.to_owned(), span: Span::new(start, start + 1 + end) });
        }
    }
}

/// What ends emphasis ends the tag within it: `_see #tag_`.
pub(super) fn end_tag(tags: &mut [Tag], emphasis: Span, mark: u32) {
    let end = emphasis.end - mark;
    if let Some(tag) = tags.last_mut()
        && tag.span.start > emphasis.start
        && (tag.span.start..tag.span.end).contains(&end)
    {
        tag.name.truncate((end - tag.span.start) as usize - "#".len());
        tag.span.end = end;
    }
}

/// Emoji and their joiners may stand in a tag.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{FE0F}' | '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}')
}

/// Obsidian's block id: ` ^id` at the end of a line, or alone on it.
pub(super) fn block_id(text: &str, base: usize, file: &str) -> Option<Anchor> {
    let caret = text.rfind('^')?;
    let id = &text[caret + 1..];
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let set_off = file[..base + caret].chars().next_back().is_none_or(char::is_whitespace);
    let ends_line =
        file[base + text.len()..].trim_start_matches([' ', '\t', '\r']).chars().next().is_none_or(|c| c == '\n');
    let span = Span::new(base + caret, base + text.len());
    // Block ids are compared in lower case.
    (is_id && set_off && ends_line).then(|| Anchor { id: text[caret..].to_lowercase(), span })
}

/// `[^label]` that the parser leaves as text, because nothing defines it. `text` is what stands between the brackets.
pub(super) fn undefined_footnote(text: &str, base: usize, file: &str) -> Option<Undefined> {
    let label = text.strip_prefix('^')?;
    let is_label = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || matches!(c, '^' | '\\'));
    let opens = file[..base].ends_with('[') && !file[..base].ends_with("\\[");
    let closes = file[base + text.len()..].starts_with(']');
    let span = Span::new(base.saturating_sub(1), base + text.len() + 1);
    (is_label && opens && closes).then(|| Undefined { label: label.to_owned(), span, is_footnote: true })
}

/// The formulas of a text, without what is not Markdown.
pub(super) fn formulas(text: &str, verbatim: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (at, _) in text.match_indices('$') {
        let is_inside = out.last().is_some_and(|last| last.end as usize > at);
        if is_inside || text[..at].ends_with('\\') || is_within(verbatim, at) {
            continue;
        }
        out.extend(math(text, at, text.len()).map(|length| Span::new(at, at + length)));
    }
    out
}
