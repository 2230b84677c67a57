//! Headings that are written in HTML: `<h2 align="center">Install</h2>`, as many a README has them.

use std::sync::LazyLock;

use regex::Regex;

use super::{Document, anchors::github};
use crate::source::hash::HashSet;

/// A heading and what stands in it, or a comment, which may hold some that nobody sees.
static HEADING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?is)<h[1-6](?:\s[^>]*)?>(.{1,400}?)</h[1-6]>|<!--.*?-->").ok());
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
        let (Some(heading), Some(tag)) = (&*HEADING, &*TAG) else { return HashSet::default() };
        let mut at = 0;
        let all = std::iter::from_fn(|| {
            let found = heading.captures_at(&self.source.text, at)?;
            let whole = found.get(0)?;
            let code = self.code_at(whole.start());
            at = code.map_or(whole.end(), |code| code.end as usize);
            Some(found.get(1).filter(|_| code.is_none()))
        });
        all.flatten().map(|inner| github(tag.replace_all(inner.as_str(), "").replace("&amp;", "&").trim())).collect()
    }
}
