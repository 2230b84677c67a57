//! Numbers that running text speaks of: 见第三章, section 2.1, 【8】.

use std::sync::LazyLock;

use regex::Regex;

use super::Document;
use crate::{
    numbering::{Label, Numeral, Scheme},
    source::Span,
};

static MENTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"第\s*([^\s第]{1,6}?)\s*(?:章|节|節|部分|条|條|步|讲|講|篇|课|課|阶段)|【\s*([^】\s]{1,6})\s*】|(?i:\b(?:sections?|chapters?|steps?|parts?|sect\.)|§)\s*([0-9]+(?:\.[0-9]+)*)|([0-9]+(?:\.[0-9]+)+)\s*[节節]";
    Regex::new(pattern).ok()
});

/// The first place outside headings where the text speaks of a label's number, whatever it means by it.
pub fn first_mention(document: &Document, label: &Label) -> Option<Span> {
    let text = &document.source.text;
    let own: Vec<String> = label.values().iter().map(u64::to_string).collect();
    let own = own.join(".");
    let headings = &document.facts.headings;
    let in_heading = |at: usize| {
        let after = headings.partition_point(|heading| heading.span.start as usize <= at);
        after > 0 && (headings[after - 1].span.end as usize) > at
    };
    let is_step = label.scheme == Scheme::Counted("步".to_owned());
    (*MENTION).as_ref()?.captures_iter(text).find_map(|found| {
        let whole = found.get(0)?;
        let number = (1..=4).find_map(|group| found.get(group))?;
        let value = Numeral::parse(number.as_str()).map_or_else(|| number.as_str().to_owned(), |n| n.value.to_string());
        // A step of some procedure is no section.
        let other_kind = whole.as_str().ends_with('步') && !is_step;
        (value == own && !other_kind && !in_heading(whole.start())).then(|| Span::from(whole.range()))
    })
}
