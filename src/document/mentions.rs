//! Numbers that running text speaks of: 见第三章, section 2.1, 【8】.

use std::{collections::HashMap, sync::LazyLock};

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

/// What running text speaks of, by number (`2.1`): the first section, and the first step.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    sections: HashMap<String, Span>,
    steps: HashMap<String, Span>,
}

impl Mentions {
    /// Everything a document speaks of outside its headings.
    pub(super) fn of(document: &Document) -> Self {
        let mut out = Self::default();
        let headings = &document.facts.headings;
        let in_heading = |at: usize| {
            let after = headings.partition_point(|heading| heading.span.start as usize <= at);
            after > 0 && (headings[after - 1].span.end as usize) > at
        };
        let Some(pattern) = &*MENTION else { return out };
        for found in pattern.captures_iter(&document.source.text) {
            let (Some(whole), Some(number)) = (found.get(0), (1..=4).find_map(|group| found.get(group))) else {
                continue;
            };
            if in_heading(whole.start()) {
                continue;
            }
            let numeral = Numeral::parse(number.as_str());
            let value = numeral.map_or_else(|| number.as_str().to_owned(), |numeral| numeral.value.to_string());
            let is_step = whole.as_str().ends_with('步');
            let known = if is_step { &mut out.steps } else { &mut out.sections };
            known.entry(value).or_insert(Span::from(whole.range()));
        }
        out
    }

    /// The first place that speaks of a label's number, whatever it means by it; a step of some procedure is no
    /// section.
    pub(super) fn first(&self, label: &Label) -> Option<Span> {
        let own: Vec<String> = label.values().iter().map(u64::to_string).collect();
        let is_step = label.scheme == Scheme::Counted("步".to_owned());
        let known = if is_step { &self.steps } else { &self.sections };
        known.get(&own.join(".")).copied()
    }
}
