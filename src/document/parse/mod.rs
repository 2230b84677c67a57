//! Markdown to facts: one parse, one walk of its events. The only module that knows the Markdown parser.

mod block;
mod code;
mod comments;
mod definitions;
mod depth;
mod heading;
mod hidden;
mod html;
mod in_html;
mod inline;
mod link;
mod list;
mod numbers;
mod paragraph;
mod reading;
mod record;
mod visible;
mod walk;

use std::{cell::RefCell, collections::BTreeMap};

use pulldown_cmark::{BrokenLink, Event, Options, Parser, TagEnd};
use reading::Reading;

use super::{Facts, Flavor, Prose, front_matter, mdx};
use crate::{
    finding::Markup,
    order,
    source::{Span, characters::has_no_width},
};

pub(crate) use definitions::normalized as normalized_label;
pub use depth::{MOST_NESTED, nested_too_deep};

/// GitHub's extensions and wikilinks. Math stays off: prices such as `$100和$200` would turn into formulas. Front
/// matter is cut before the parser sees the text, because it would accept it anywhere.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_WIKILINKS);

/// What a file states.
pub(super) fn facts(text: &str, flavor: Flavor) -> Facts {
    parse(text, flavor, None)
}

/// The same, and the text as it is read.
pub(super) fn facts_and_prose(text: &str, flavor: Flavor) -> (Facts, Prose) {
    let mut record = record::Record::new(text);
    let facts = parse(text, flavor, Some(&mut record));
    (facts, record.finish())
}

/// Parses a whole file.
fn parse<'a>(text: &'a str, flavor: Flavor, mut record: Option<&mut record::Record<'a>>) -> Facts {
    let (start, front_matter) = front_matter::cut(text);
    let undefined = RefCell::new(Vec::new());
    let note = |link: BrokenLink<'_>| {
        undefined.borrow_mut().extend(definitions::undefined(&link, start));
        None
    };
    let reading = Reading::new(text, Span::new(start, text.len()), flavor);
    let parser = reading.parser(Some(note));
    let definitions = definitions::defined(parser.reference_definitions(), text, start);
    let mut walk = walk::Walk::new(text, flavor, !definitions.is_empty());
    if let Some(header) = &front_matter {
        walk.yaml_comments(header);
    }
    let is_mdx = mdx::is_read(flavor, front_matter.as_ref());
    walk.reads_indented = is_mdx && !mdx::exports(text);
    if let Some(record) = &mut record {
        record.leaves_code(is_mdx);
    }
    for (event, span, is_verbatim) in reading.events(parser) {
        if let Some(record) = &mut record {
            record.event(&event, span, is_verbatim);
        }
        walk.event(&event, span, is_verbatim);
    }
    let overridden = definitions::overridden(text, start, &definitions, &walk.leaves);
    walk.cover_definitions(definitions.iter().chain(&overridden));
    let has_toml = front_matter.is_none() && text[..start].contains("+++");
    walk.facts.undefined.append(&mut undefined.borrow_mut());
    order::by_key(&mut walk.facts.undefined, |reference| reference.span);
    Facts { front_matter, has_toml, definitions, overridden, ..walk.finish() }
}

/// The text as it is read, and nothing else.
pub(super) fn prose(text: &str, flavor: Flavor) -> Prose {
    let (start, _) = front_matter::bounds(text);
    let mut record = record::Record::new(text);
    record.leaves_code(flavor == Flavor::Mdx && mdx::is_read(flavor, front_matter::cut(text).1.as_ref()));
    let reading = Reading::new(text, Span::new(start, text.len()), flavor);
    for (event, span, is_verbatim) in reading.events(reading.plain_parser()) {
        record.event(&event, span, is_verbatim);
    }
    record.finish()
}

/// Parses a text with the options of [`parse`] and does nothing with it: the floor that the cost of a check is
/// measured against. Returns the number of events.
pub fn bare(text: &str) -> usize {
    let (start, _) = front_matter::bounds(text);
    Parser::new_ext(&text[start..], OPTIONS).into_offset_iter().count()
}

/// The shape of a document: its blocks and inlines in order, without their text, and how often it has each kind of
/// markup. Two texts of equal shape are read the same way, whatever their words. What is `ignored` counts, but its place
/// does not, and neither do its signs where they show as text.
pub fn structure(text: &str, flavor: Flavor, ignored: &[Markup]) -> (Vec<String>, BTreeMap<Markup, usize>) {
    let (start, _) = front_matter::bounds(text);
    let mut shape: Vec<String> = Vec::new();
    let mut counts = BTreeMap::new();
    let is_seen = |c: char| {
        let is_sign = !ignored.is_empty() && matches!(c, '*' | '_' | '~');
        !(c.is_whitespace() || has_no_width(c) || is_sign)
    };
    let reading = Reading::new(text, Span::new(start, text.len()), flavor);
    for event in reading.plain_parser() {
        let end = match &event {
            Event::Start(tag) => Some(tag.to_end()),
            Event::End(tag) => Some(*tag),
            _ => None,
        };
        let markup = end.and_then(markup);
        if let (Some(markup), Event::Start(_)) = (markup, &event) {
            *counts.entry(markup).or_default() += 1;
        }
        let is_ignored = markup.is_some_and(|markup| ignored.contains(&markup));
        let step = match event {
            // An image shows, whatever stands in its brackets.
            Event::End(TagEnd::Image) if is_ignored => "text".into(),
            _ if is_ignored => continue,
            Event::Text(text) if !text.contains(is_seen) => continue,
            Event::Start(tag) => format!("start {:?}", tag.to_end()),
            Event::End(tag) => format!("end {tag:?}"),
            Event::Text(_) => "text".into(),
            Event::Code(_) => "code".into(),
            Event::Html(_) | Event::InlineHtml(_) => "html".into(),
            other => format!("{other:?}"),
        };
        if step != "text" || shape.last().is_none_or(|last| last != "text") {
            shape.push(step);
        }
    }
    (shape, counts)
}

fn markup(tag: TagEnd) -> Option<Markup> {
    match tag {
        TagEnd::Emphasis => Some(Markup::Emphasis),
        TagEnd::Strong => Some(Markup::Strong),
        TagEnd::Strikethrough => Some(Markup::Strikethrough),
        TagEnd::Link => Some(Markup::Link),
        TagEnd::Image => Some(Markup::Image),
        _ => None,
    }
}
