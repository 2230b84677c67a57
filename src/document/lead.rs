//! What stands above a heading and belongs to it, and what closes a document.

use memchr::memmem;

use super::{
    Document,
    elements::{CONTAINER, tag},
    sections::is_break,
};
use crate::source::{line_start, lines};

/// Lines above a heading beyond so many are looked at no more.
const MOST: usize = 16;

/// How far behind a heading the end of an element that opens above it is looked for, in bytes.
const REACH: usize = 1 << 16;

impl Document {
    /// Where a heading begins together with what leads it: anchors for it, comments on it, and elements that open above it
    /// and close behind.
    pub(crate) fn lead(&self, heading: usize) -> u32 {
        let (text, own) = (&*self.source.text, &self.facts.headings[heading]);
        let header = self.facts.front_matter.as_ref().map_or(0, |header| header.span.end);
        let start = heading.checked_sub(1).map_or(header, |before| self.facts.headings[before].span.end) as usize;
        let behind = &text.as_bytes()[own.span.end as usize..];
        let behind = &behind[..behind.len().min(REACH)];
        let closes = |name: &str| {
            let is_there = |end: &str| memmem::find(behind, end.as_bytes()).is_some();
            if name == CONTAINER {
                is_there(name)
            } else {
                is_there(&format!("/{name}")) || is_there(&format!("end{name}"))
            }
        };
        let mut at = own.span.start as usize;
        for _ in 0..MOST {
            let above = text.get(start..at).unwrap_or_default().trim_end();
            let line = line_start(above, above.len());
            let first = if above.ends_with("-->") {
                let is_set_off = text[start + above.len()..at].matches('\n').count() > 1;
                comment(above).filter(|comment| !is_set_off || heading > 0 && !may_close(&above[..*comment]))
            } else {
                let opens = |(name, is_end): (&str, bool)| !is_end && closes(name);
                Some(line).filter(|_| is_anchor(&above[line..]) || tag(&above[line..]).is_some_and(opens))
            };
            let Some(first) = first.filter(|first| start + first > 0 && text[..start + first].ends_with('\n')) else {
                break;
            };
            at = start + first;
        }
        u32::try_from(at).unwrap_or(own.span.start)
    }

    /// Whether something that may be the foot of the document and no part of its last section stands behind a thematic
    /// break at its end.
    pub(crate) fn may_have_foot(&self) -> bool {
        let header = || self.facts.front_matter.as_ref().map_or(0, |header| header.span.end);
        let start = self.facts.headings.last().map_or_else(header, |last| last.span.end) as usize;
        let mut behind = lines(&self.source.text[start..]).map(|(at, line)| (start + at, line.trim()));
        let is_rule = |(at, line): (usize, &str)| is_break(line) && !self.is_in_code(at);
        behind.any(is_rule) && behind.any(|(_, line)| !line.is_empty() && !is_break(line))
    }
}

/// Where the comment begins that a text ends with.
fn comment(text: &str) -> Option<usize> {
    let at = text.rfind("<!--")?;
    (text[at..].find("-->")? + at + 3 == text.len()).then_some(at)
}

/// Whether a comment behind a text, set apart from what follows, may close what another one opened there.
fn may_close(text: &str) -> bool {
    !text.trim_end().ends_with("-->") && text.contains("<!--")
}

/// Whether a line is nothing but targets for links: `<a id="x"></a>`, `(x)=`.
fn is_anchor(line: &str) -> bool {
    let is_label =
        line.strip_prefix('(').and_then(|rest| rest.strip_suffix(")=")).is_some_and(|name| !name.contains(')'));
    let is_target = line.contains(" id=") || line.contains(" name=");
    let mut tags = line.split_inclusive('>').map(str::trim_start);
    let is_empty = line.ends_with("/>") || line.contains("></");
    is_label
        || is_target
            && is_empty
            && !line.starts_with("</")
            && tags.all(|tag| tag.starts_with('<') && tag.ends_with('>'))
}
