//! Headings that are written in HTML: `<h2 align="center">Install</h2>`, as many a README has them.

use std::sync::LazyLock;

use regex::Regex;

use super::{Document, anchors::github};
use crate::source::hash::HashSet;

/// A heading and what stands in it.
static HEADING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?is)<h[1-6](?:\s[^>]*)?>(.{1,400}?)</h[1-6]>").ok());
/// A tag within.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<[^>]*>").ok());

impl Document {
    /// Whether a heading in HTML has an anchor: renderers that make anchors of what they show, as GitHub does, make some of
    /// these as well. A number behind it counts those before it.
    pub(crate) fn has_html_heading(&self, anchor: &str) -> bool {
        let anchors = self.html_anchors.get_or_init(|| self.anchors_in_html());
        let counted = anchor.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('-');
        anchors.contains(anchor) || counted.is_some_and(|anchor| anchors.contains(anchor))
    }

    fn anchors_in_html(&self) -> HashSet<String> {
        let (Some(heading), Some(tag)) = (&*HEADING, &*TAG) else { return HashSet::default() };
        let all = heading.captures_iter(&self.source.text).filter_map(|found| Some((found.get(0)?, found.get(1)?)));
        all.filter(|(all, _)| !self.is_in_code(all.start()))
            .map(|(_, inner)| github(tag.replace_all(inner.as_str(), "").replace("&amp;", "&").trim()))
            .collect()
    }
}
