//! Headings that are written in HTML: `<h2 align="center">Install</h2>`, as many a README has them.

use std::sync::LazyLock;

use memchr::{memchr, memchr_iter, memmem};
use regex::Regex;

use super::{Document, anchors::github};
use crate::source::{floor, hash::HashSet};

/// Where a heading ends.
static END: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"</[hH][1-6]>").ok());
/// So much may stand in a heading, in characters.
const LONGEST: usize = 400;
/// A tag within.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<[^>]*>").ok());

impl Document {
    /// Whether a heading in HTML has an anchor: renderers that make anchors of what they show, as GitHub does, make some of
    /// these as well. A number behind it counts those before it.
    pub(crate) fn has_html_heading(&self, anchor: &str) -> bool {
        let anchors = self.derived.html_anchors.get_or_init(|| self.anchors_in_html());
        let is_number = |count: &str| !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        let counted = anchor.rsplit_once('-').filter(|(_, count)| is_number(count));
        anchors.contains(anchor) || counted.is_some_and(|(anchor, _)| anchors.contains(anchor))
    }

    /// Whether a heading in HTML has this text.
    pub(crate) fn has_html_title(&self, text: &str) -> bool {
        let anchor = github(text.trim());
        !anchor.is_empty() && self.derived.html_anchors.get_or_init(|| self.anchors_in_html()).contains(&anchor)
    }

    fn anchors_in_html(&self) -> HashSet<String> {
        let text = &*self.source.text;
        // Behind it no comment ends.
        let last_end = memmem::rfind(text.as_bytes(), b"-->").unwrap_or_default();
        let mut out = HashSet::default();
        let mut spent = 0;
        for at in memchr_iter(b'<', text.as_bytes()) {
            let rest = &text[at..];
            if at < spent || !(rest.starts_with("<!--") || begins_heading(rest)) || self.is_in_code(at) {
                continue;
            }
            // Headings in a comment are not seen.
            if rest.starts_with("<!--") {
                let length = if at < last_end { memmem::find(rest.as_bytes(), b"-->") } else { None };
                spent = at + length.unwrap_or_default();
                continue;
            }
            // Where nothing closes a tag, nothing closes those behind it either.
            let Some(from) = memchr(b'>', rest.as_bytes()).map(|length| at + length + 1) else { break };
            spent = from;
            let (Some(end), Some(tag)) = (&*END, &*TAG) else { break };
            let rest = &text[from..floor(text, from + 4 * LONGEST + "</h1>".len())];
            let Some(close) = end.find(rest) else { continue };
            spent = from + close.end();
            let inner = &rest[..close.start()];
            if !inner.is_empty() && inner.chars().nth(LONGEST).is_none() {
                out.insert(github(tag.replace_all(inner, "").replace("&amp;", "&").trim()));
            }
        }
        out
    }
}

/// Whether a text begins with the tag of a heading.
fn begins_heading(text: &str) -> bool {
    matches!(text.as_bytes(), [b'<', b'h' | b'H', b'1'..=b'6', b' ' | b'\t' | b'\r' | b'\n' | b'>', ..])
}
