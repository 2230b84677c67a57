//! Captions as items of an outline.

use super::number_of;
use crate::{
    document::{Document, PartKind},
    numbering::{Counting, Item, Restart, Scheme, caption, parts, sequence},
    source::{
        Span,
        hash::{HashMap, HashMapExt},
    },
};

/// What a caption's title is compared by, in characters.
const TITLE: usize = 100;

/// Captions are counted by their word: through the whole document, or anew in each of its sections. Which of the two is
/// configured, or the one that leaves fewer numbers to change.
pub(super) fn items(document: &Document, counting: &Counting) -> Vec<Item> {
    let starts = sections(document);
    let section = |at: u32| u32::try_from(starts.partition_point(|start| *start <= at)).unwrap_or(u32::MAX);
    let mut groups: HashMap<_, u32> = HashMap::new();
    let mut last: HashMap<u32, (usize, u64, String)> = HashMap::new();
    let mut items = Vec::with_capacity(document.facts.captions.len());
    for (at, caption) in document.facts.captions.iter().enumerate() {
        let label = caption.label.label.clone();
        let group = number_of(&mut groups, (caption::counted(&label), caption.is_quoted));
        let section = section(caption.label.span.start);
        let (number, title) = (label.number(), title(document, caption.label.span));
        // `Table 2 (continued)` is the table before, and 图 3b belongs to the same figure as 图 3a.
        let before = last.get(&group).filter(|(_, before, _)| *before == number);
        let is_part = |(_, _, before): &&(usize, u64, String)| {
            parts::are_parts(&label, before, &title) || (has_letter(before) && has_letter(&title))
        };
        let first = before.filter(is_part).map_or(at, |(first, ..)| *first);
        let is_unclear = before.is_some_and(|(.., before)| parts::may_be_parts(before, &title));
        last.insert(group, (first, number, title));
        let mut item = Item { group, section, label: Some(label), is_unclear, ..Item::default() };
        if first < at {
            item.part = item.label.take().map(|label| (first, label));
        }
        items.push(item);
    }
    for group in 0..u32::try_from(groups.len()).unwrap_or(u32::MAX) {
        let is_anew = match counting.restart {
            Restart::Section => true,
            Restart::Document => false,
            Restart::Auto => counts_anew(items.iter().filter(|item| item.group == group)),
        };
        items.iter_mut().filter(|item| item.group == group && !is_anew).for_each(|item| item.section = 0);
    }
    items
}

/// Where the outermost sections begin; a lone one has the whole document, and those in it count.
fn sections(document: &Document) -> Vec<u32> {
    let headings = document.facts.headings.iter().enumerate().filter(|(_, heading)| heading.container == 0);
    let inside = |parent: Option<usize>| -> Vec<usize> {
        headings.clone().filter(|(_, heading)| heading.parent == parent).map(|(at, _)| at).collect()
    };
    let mut own = inside(None);
    while let [only] = own[..] {
        own = inside(Some(only));
    }
    own.into_iter().map(|at| document.facts.headings[at].span.start).collect()
}

/// Whether counting anew in each section leaves fewer numbers to change than counting through the document.
fn counts_anew<'a>(items: impl Iterator<Item = &'a Item>) -> bool {
    let (mut all, mut anew, mut wrong) = (Vec::new(), HashMap::new(), 0);
    for item in items {
        let Some(label) = item.label.as_ref().filter(|label| label.scheme != Scheme::Dotted) else { continue };
        let number = label.number();
        let count = anew.entry(item.section).or_insert(0);
        *count += 1;
        wrong += usize::from(number != *count);
        all.push(number);
    }
    if anew.len() < 2 {
        return false;
    }
    let through = sequence::judge(&all, &[], false, &Counting::default());
    through.is_some_and(|through| wrong < through.runs.iter().map(|run| run.at.len()).sum())
}

/// What stands behind a caption's label in its line.
fn title(document: &Document, label: Span) -> String {
    let behind = document.source.text.get(label.end as usize..).unwrap_or_default();
    let line = behind.split(['\n', '\r', '<']).next().unwrap_or_default();
    line.trim_start_matches('*').chars().take(TITLE).collect()
}

/// Whether the letter of a part stands behind a number: `3a`, `3（b）`.
fn has_letter(title: &str) -> bool {
    let inner = title.trim_start_matches(['(', '（']);
    let mut letters = inner.chars();
    letters.next().is_some_and(|c| c.is_ascii_lowercase()) && !letters.next().is_some_and(char::is_alphanumeric)
}

/// Captions, each with the numbers that stand between it and the next of its kind in alternative texts, headings, cells of
/// tables, and paragraphs that may be captions or sentences.
pub(super) fn with_strays(document: &Document, mut items: Vec<Item>) -> Vec<Item> {
    let facts = &document.facts;
    let images = facts.links.iter().filter(|link| link.is_image);
    let images =
        images.map(|image| (image.span.start, document.source.slice(image.span).trim_start_matches(['!', '['])));
    let headings = facts.headings.iter().map(|heading| (heading.span.start, heading.text.as_str()));
    let cells = facts.parts.iter().filter(|part| part.kind == PartKind::Cell);
    let cells =
        cells.map(|cell| (cell.span.start, document.source.slice(cell.span).trim_start_matches(['|', '*', ' '])));
    let is_caption =
        |start: u32| facts.captions.binary_search_by_key(&start, |caption| caption.label.span.start).is_ok();
    let paragraphs = facts.paragraphs.iter().map(|paragraph| (paragraph.start, document.source.slice(*paragraph)));
    let labels = images.chain(headings).chain(cells).filter_map(|(start, text)| {
        let end = text.find([']', '|', '\n']).unwrap_or(text.len());
        Some((start, caption::parse(&text[..end])?))
    });
    let unclear = paragraphs.filter_map(|(start, text)| {
        let (label, _) = caption::begins(text)?;
        (!is_caption(start)).then_some((start, label))
    });
    for (start, label) in labels.chain(unclear).filter(|(_, label)| label.numbers.len() == 1) {
        let before = facts.captions.partition_point(|caption| caption.label.span.start < start);
        let near = facts.captions[..before].iter().enumerate().rev().take(64);
        let mut alike = near.filter(|(_, own)| caption::counted(&own.label.label) == caption::counted(&label));
        if let Some((at, _)) = alike.next() {
            items[at].hints.push(label.number());
        }
    }
    items
}
