//! Headings and numbered lines as outlines.

use std::collections::HashMap;

use super::{Document, NumberedLine, PlacedLabel};
use crate::{
    numbering::{Fault, Item, Scheme, context, numerals::Class, outline},
    source::Span,
};

/// The places of a document where numbers stand; each is judged by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// Headings, by index.
    Headings,
    /// Lines of paragraphs, by index among the numbered lines.
    Lines,
}

/// What is wrong with the numbers of a document, place by place.
pub(super) fn numbering_faults(document: &Document) -> Vec<(Numbered, Fault)> {
    let mut out = Vec::new();
    if document.facts.headings.iter().filter(|heading| heading.label.is_some()).count() > 1 {
        out.extend(outline::judge(&headings(document)).into_iter().map(|fault| (Numbered::Headings, fault)));
    }
    if document.facts.numbered_lines.len() > 1 {
        out.extend(outline::judge(&lines(document)).into_iter().map(|fault| (Numbered::Lines, fault)));
    }
    out
}

/// The label of an item of a place.
pub fn numbered_label(document: &Document, place: Numbered, item: usize) -> Option<&PlacedLabel> {
    match place {
        Numbered::Headings => document.facts.headings.get(item)?.label.as_ref(),
        Numbered::Lines => document.facts.numbered_lines.get(item).map(|line| &line.label),
    }
}

fn headings(document: &Document) -> Vec<Item> {
    let mut last: HashMap<(u32, Option<usize>), u64> = HashMap::new();
    let mut items = Vec::with_capacity(document.facts.headings.len());
    for heading in &document.facts.headings {
        let own = heading.label.as_ref().map(|placed| &placed.label);
        let hints = context::hints(&heading.text, own);
        // 第二章（上） and 第二章（下） are one chapter, and count once.
        let number = own.map(|label| label.last().numeral.value);
        let place = (heading.container, heading.parent);
        let is_more = number.is_some()
            && last.get(&place).copied() == number
            && own.is_some_and(|own| context::is_part(behind(&heading.text, own)));
        last.extend(number.map(|number| (place, number)));
        let label = own.filter(|_| !is_more).cloned();
        items.push(Item { parent: heading.parent, group: heading.container, form: 0, label, is_set_off: false, hints });
    }
    items
}

/// What stands behind a label that a text begins with.
fn behind<'a>(text: &'a str, label: &crate::numbering::Label) -> &'a str {
    text.trim_start().get(label.text.len()..).unwrap_or_default()
}

/// A heading ends a sequence of lines; lines of other containers are among themselves. Bold labels and plain ones are
/// two levels, like two schemes.
fn lines(document: &Document) -> Vec<Item> {
    let mut groups: HashMap<_, u32> = HashMap::new();
    let item = |line: &NumberedLine| {
        let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        let group = *groups.entry((line.heading, line.container)).or_insert(next);
        let label = may_count(line).then(|| line.label.label.clone());
        Item {
            parent: None,
            group,
            form: u8::from(line.is_bold),
            label,
            is_set_off: line.is_set_off,
            hints: Vec::new(),
        }
    };
    document.facts.numbered_lines.iter().map(item).collect()
}

/// In running text, much that looks like a label is none: versions, initials, citations.
fn may_count(line: &NumberedLine) -> bool {
    match &line.label.label.scheme {
        Scheme::Dotted | Scheme::Bracketed('[', _) => false,
        Scheme::Marked('.', class) => line.is_title || *class == Class::Han,
        Scheme::Bracketed(_, class) | Scheme::Marked(_, class) => {
            line.is_bold || !matches!(class, Class::LatinUpper | Class::RomanUpper)
        }
        Scheme::Counted(word) => !matches!(word.as_str(), "day" | "part" | "日" | "周" | "週" | "期" | "回" | "部"),
        Scheme::Sign(_) => true,
    }
}

/// From the end of a heading to the next one of its level or above in the same container, or to the end of the file.
pub fn section_end(document: &Document, heading: usize) -> Span {
    let headings = &document.facts.headings;
    let own = &headings[heading];
    let next = headings[heading + 1..].iter().find(|next| next.container == own.container && next.level <= own.level);
    let end = next.map_or(document.source.text.len(), |next| next.span.start as usize);
    Span::new(own.span.end as usize, end)
}
