//! What a document states of itself, field by field: in its YAML header, or in a list, a table or lines of the text.

use std::{borrow::Cow, fmt};

use super::{Document, Heading, Part, PartKind, fold_alike, folded, title_heading};
use crate::{
    order,
    source::{
        Span, lines,
        yaml::{Node, Value},
    },
};

/// Fields in the text beyond so many are not read: a list of so many is no list of fields.
const MOST_FIELDS: usize = 100;

/// A name of a field is not longer than this, in characters.
const LONGEST_NAME: usize = 30;

/// Where a document states its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The YAML header.
    FrontMatter,
    /// Between the title and the first section.
    Preamble,
    /// Below the heading with this text, as far as the next heading.
    Section(String),
}

impl fmt::Display for Place {
    /// As the configuration writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FrontMatter => f.write_str("front-matter"),
            Self::Preamble => f.write_str("preamble"),
            Self::Section(title) => write!(f, "section: {title}"),
        }
    }
}

/// One field.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// The bytes of the name.
    pub key: Span,
    /// Its value: borrowed from the header, or made of the text, where it is always a scalar without quotes.
    pub value: Cow<'a, Node>,
}

impl Field<'_> {
    /// Whether it stands in the text and not in the header.
    pub fn is_in_text(&self) -> bool {
        matches!(self.value, Cow::Owned(_))
    }
}

/// The fields that a document states in some places.
#[derive(Clone, Debug, Default)]
pub struct Metadata<'a> {
    /// In the order of the places, then of the text. Of two with one name the first counts.
    pub fields: Vec<Field<'a>>,
}

impl<'a> Metadata<'a> {
    /// Reads the fields of a document.
    pub fn of(document: &'a Document, places: &[Place]) -> Self {
        Self::asked(document, places, |_| false)
    }

    /// The same for somebody who asks for fields by name: such a one may stand in a line by itself below the title.
    pub fn asked(document: &'a Document, places: &[Place], asks: impl Fn(&str) -> bool) -> Self {
        let mut fields = Vec::new();
        for place in places {
            match place {
                Place::FrontMatter => fields.extend(front_matter(document)),
                place => {
                    if let Some(span) = text(document, place) {
                        let leads = (*place == Place::Preamble).then_some(&asks as &dyn Fn(&str) -> bool);
                        in_text(document, span, leads, &mut fields);
                    }
                }
            }
        }
        Self { fields }
    }

    /// A field by its name, letter case and width aside; `a.b` is `b` within `a`, where nothing is called `a.b`.
    pub fn field(&self, name: &str) -> Option<Field<'a>> {
        if let Some(field) = self.fields.iter().find(|field| fold_alike(&field.name, name)) {
            return Some(field.clone());
        }
        let (outer, inner) = name.split_once('.')?;
        self.within(outer).field(inner)
    }

    /// The fields within a field.
    #[must_use]
    pub fn within(&self, outer: &str) -> Self {
        let entries = match self.field(outer).map(|field| field.value) {
            Some(Cow::Borrowed(node)) => node.as_map().unwrap_or_default(),
            _ => &[],
        };
        Self { fields: entries.iter().filter_map(entry).collect() }
    }
}

fn entry((key, value): &(Node, Node)) -> Option<Field<'_>> {
    Some(Field { name: Cow::Borrowed(key.as_str()?), key: key.span, value: Cow::Borrowed(value) })
}

fn front_matter(document: &Document) -> impl Iterator<Item = Field<'_>> {
    let root = document.header_root();
    let entries = root.and_then(Node::as_map).unwrap_or_default();
    entries.iter().filter_map(entry)
}

/// The text that a place is; `None` where there is none.
pub fn text(document: &Document, place: &Place) -> Option<Span> {
    match place {
        Place::FrontMatter => None,
        Place::Preamble => Some(preamble(document)),
        Place::Section(title) => section(document, title),
    }
}

/// From the title, or from where the body begins, to the next heading.
fn preamble(document: &Document) -> Span {
    let headings = &document.facts.headings;
    let header = document.facts.front_matter.as_ref().map_or(0, |header| header.span.end as usize);
    let (start, next) = match title_heading(document) {
        Some(title) => (headings[title].span.end as usize, headings.get(title + 1)),
        None => (header, headings.first()),
    };
    Span::new(start, next.map_or(document.source.text.len(), |next| next.span.start as usize))
}

/// The first of the [`headings`] with a text.
pub fn heading(document: &Document, title: &str) -> Option<usize> {
    headings(document, title).first().copied()
}

/// The headings with a text; else those with it behind a label or before a colon: `一、文档信息`, `文档信息：`.
pub fn headings(document: &Document, title: &str) -> Vec<usize> {
    let wanted = folded(title);
    let headings = &document.facts.headings;
    let bare = |heading: &Heading| {
        let text = heading.label.as_ref().map_or(&*heading.text, |placed| placed.label.behind(&heading.text));
        folded(text.trim().trim_end_matches([':', '：']))
    };
    let all = |is_it: &dyn Fn(&Heading) -> bool| (0..headings.len()).filter(|&at| is_it(&headings[at])).collect();
    let exact: Vec<usize> = all(&|heading| folded(&heading.text) == wanted);
    if exact.is_empty() { all(&|heading| bare(heading) == wanted) } else { exact }
}

/// What stands below the first heading with a text, deeper sections not included.
fn section(document: &Document, title: &str) -> Option<Span> {
    let at = heading(document, title)?;
    let end = document.facts.headings.get(at + 1).map_or(u32::MAX, |next| next.span.start);
    let whole = document.below(at);
    Some(Span { start: whole.start, end: whole.end.min(end) })
}

/// The fields in a stretch of text: items of lists, lines of paragraphs, rows of tables. `leads` says of a name whether
/// a line by itself, before which there are only such lines, is a field.
fn in_text<'a>(
    document: &'a Document,
    within: Span,
    mut leads: Option<&dyn Fn(&str) -> bool>,
    out: &mut Vec<Field<'a>>,
) {
    let paragraphs = &document.facts.paragraphs;
    let from = paragraphs.partition_point(|span| span.start < within.start);
    let paragraphs = paragraphs[from..].iter().take_while(|span| within.contains(**span)).take(MOST_FIELDS);
    let blocks = &document.facts.parts;
    let from = blocks.partition_point(|block| block.span.start < within.start);
    let blocks = blocks[from..].iter().take_while(|block| within.contains(block.span)).take(8 * MOST_FIELDS);
    let blocks: Vec<&Part> = blocks.collect();
    let items = blocks.iter().filter(|block| block.kind == PartKind::Item).map(|block| block.span);
    let mut texts: Vec<(Span, bool)> =
        paragraphs.map(|&span| (span, false)).chain(items.map(|span| (span, true))).collect();
    order::by_key(&mut texts, |(span, _)| span.start);
    for (span, is_item) in texts {
        if out.len() > MOST_FIELDS {
            return;
        }
        let start = span.start as usize;
        let own = || lines(document.source.slice(span)).take(if is_item { 1 } else { usize::MAX });
        let fields = |form| own().map(move |(offset, line)| line_field(line, start + offset, form));
        if is_item {
            out.extend(fields(Form::Item).flatten());
        } else {
            let plain: Option<Vec<_>> = fields(Form::Line).collect();
            let is_alone = |plain: &[Field<'_>]| leads.is_some_and(|asks| plain.iter().any(|only| asks(&only.name)));
            match plain.filter(|plain| plain.len() > 1 || is_alone(plain)) {
                Some(plain) => {
                    out.extend(plain);
                    continue;
                }
                None => out.extend(fields(Form::Bold).flatten()),
            }
        }
        leads = None;
    }
    tables(document, &blocks, out);
}

/// How a line of text states a field.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// `- 发布日期：2025-11-26`
    Item,
    /// `**Author:** name`. In a paragraph the name has to be bold, since prose has colons too.
    Bold,
    /// `Author: name`, where every line of a paragraph is of this form.
    Line,
}

fn line_field(line: &str, base: usize, form: Form) -> Option<Field<'_>> {
    let mut rest = line.trim_start();
    if form == Form::Item {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '*', '+', '.', ')']);
        rest = rest.trim_start();
    }
    let bold = ["**", "__"].into_iter().find(|mark| rest.starts_with(mark));
    if bold.is_none() && form == Form::Bold {
        return None;
    }
    let rest = bold.map_or(rest, |mark| &rest[mark.len()..]);
    let colon = rest.find([':', '：'])?;
    let width = rest[colon..].chars().next().map_or(1, char::len_utf8);
    let (name, value) = (&rest[..colon], &rest[colon + width..]);
    // The name alone is bold, the colon with it, or the whole line.
    let (name, value) = bold.map_or((name, value), |mark| match name.trim_end().strip_suffix(mark) {
        Some(name) => (name, value),
        None => (name, value.strip_prefix(mark).or_else(|| value.trim_end().strip_suffix(mark)).unwrap_or(value)),
    });
    // `https://…` is no field, and neither is a sentence.
    let is_url = rest[colon..].starts_with("://");
    let name = bare(name.trim());
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.contains(['。', '，', '；', '.', ',', ';', '[', '`', '!', '?', '！', '？']);
    if is_url || !is_name {
        return None;
    }
    let at = |part: &str| Span::of_part(part, line).shifted(base);
    let (start, text) = (at(value.trim_start()).start as usize, value.trim());
    let key = at(name);
    Some(scalar(name, key, text, Span::new(start.min(base + line.trim_end().len()), start + text.len())))
}

/// Rows of two cells, and a table with a single row under its head.
fn tables<'a>(document: &'a Document, blocks: &[&Part], out: &mut Vec<Field<'a>>) {
    let mut rows: Vec<Vec<Span>> = Vec::new();
    let flush = |rows: &mut Vec<Vec<Span>>, out: &mut Vec<Field<'a>>| {
        let field = |key: Span, value: Span| {
            let written = document.source.slice(key);
            let name = without_colon(bare(without_colon(written)));
            let key = Span::of_part(name, written).shifted(key.start as usize);
            scalar(name, key, document.source.slice(value), value)
        };
        if let [head, row] = &rows[..] {
            out.extend(head.iter().zip(row).map(|(&key, &value)| field(key, value)));
        }
        out.extend(rows.iter().filter_map(|row| match row[..] {
            [key, value] => Some(field(key, value)),
            _ => None,
        }));
        rows.clear();
    };
    for block in blocks {
        match block.kind {
            PartKind::Table => flush(&mut rows, out),
            PartKind::Row => rows.push(Vec::new()),
            PartKind::Cell => {
                let text = document.source.slice(block.span);
                let start = block.span.start as usize + (text.len() - text.trim_start().len());
                rows.last_mut().into_iter().for_each(|row| row.push(Span::new(start, start + text.trim().len())));
            }
            _ => {}
        }
    }
    flush(&mut rows, out);
}

/// A field in the text. Marks of code and emphasis around the whole value are none of it, nor is a remark behind it.
fn scalar<'a>(name: &'a str, key: Span, text: &str, span: Span) -> Field<'a> {
    let inner = bare(without_remarks(text));
    let own = Span::of_part(inner, text).shifted(span.start as usize);
    let span = if inner.len() == text.len() { span } else { own };
    let value = Value::Scalar { text: inner.to_owned(), plain: true };
    Field { name: Cow::Borrowed(name), key, value: Cow::Owned(Node { span, value }) }
}

/// A value without comments and references to footnotes behind it.
fn without_remarks(text: &str) -> &str {
    let mut value = text;
    loop {
        let is_comment = value.ends_with("-->");
        let is_note = value.ends_with(']');
        let start = if is_comment { value.rfind("<!--") } else { value.rfind("[^").filter(|_| is_note) };
        match start.map(|start| value[..start].trim_end()).filter(|rest| !rest.is_empty()) {
            Some(rest) => value = rest,
            None => return value,
        }
    }
}

/// The name in a cell, which may have a colon behind it, within its marks or outside.
fn without_colon(text: &str) -> &str {
    bare(text.trim_end().trim_end_matches([':', '：']).trim_end())
}

/// A text without the marks of code and emphasis that stand around all of it.
fn bare(text: &str) -> &str {
    let inner = |mark: &str| text.strip_prefix(mark)?.strip_suffix(mark).filter(|inner| !inner.contains(mark));
    let inner = ["**", "__", "*", "_", "`"].into_iter().find_map(inner);
    inner.filter(|inner| !inner.is_empty()).map_or(text, bare)
}
