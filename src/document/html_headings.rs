//! Headings that are written in HTML: `<h2 align="center">Install</h2>`, as many a README has them.

use std::sync::LazyLock;

use memchr::{memchr_iter, memmem};
use regex::Regex;

use super::{Document, anchors::github};
use crate::source::{floor, hash::HashSet};

/// Where a heading begins, or a comment, which may hold some that nobody sees.
static BEGIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<[hH][1-6](?:[ \t\r\n][^>]*)?>|<!--").ok());
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

    fn anchors_in_html(&self) -> HashSet<String> {
        let text = &*self.source.text;
        let may_begin = |at: usize| matches!(text.as_bytes().get(at + 1..at + 3), Some([b'h' | b'H', b'1'..=b'6']));
        if !memchr_iter(b'<', text.as_bytes()).any(may_begin) {
            return HashSet::default();
        }
        let (Some(begin), Some(end), Some(tag)) = (&*BEGIN, &*END, &*TAG) else { return HashSet::default() };
        let last_comment = memmem::rfind(text.as_bytes(), b"-->").unwrap_or_default();
        let mut at = 0;
        let all = std::iter::from_fn(|| {
            let found = begin.find_at(text, at)?;
            if let Some(code) = self.code_at(found.start()) {
                at = code.end as usize;
                return Some(None);
            }
            at = found.end();
            if found.as_str() == "<!--" {
                let comment = &text.as_bytes()[at..at.max(last_comment + "-->".len())];
                at += memmem::find(comment, b"-->").unwrap_or_default();
                return Some(None);
            }
            let rest = &text[at..floor(text, at + 4 * LONGEST + "</h1>".len())];
            let inner = end.find(rest).map(|end| &rest[..end.start()]);
            Some(inner.filter(|inner| !inner.is_empty() && inner.chars().nth(LONGEST).is_none()))
        });
        all.flatten().map(|inner| github(tag.replace_all(inner, "").replace("&amp;", "&").trim())).collect()
    }
}
