//! Numbering that goes on from document to document: 第1章 in `01.md`, 第2章 in `02.md`.

use std::collections::BTreeMap;

use super::fault::{Found, Outline};
use crate::{
    corpus::Corpus,
    document::Document,
    numbering::{Counting, Item, Kind, Numeral, Scheme, numerals, outline},
    order,
    source::CorpusPath,
};

/// The documents of a folder in reading order, each with the heading that carries its number.
pub(super) type Book<'a> = Vec<(&'a Document, usize)>;

/// What orders a chapter, its document and the heading.
type Keyed<'a> = (Vec<Piece>, &'a Document, usize);

/// The books of a corpus: one for each folder. The chapters stand in the order of a field of their front matter, or of
/// their file names, in which numbers count as numbers.
pub(super) fn books<'a>(corpus: &'a Corpus, order_by: Option<&str>) -> Vec<Book<'a>> {
    let mut folders: BTreeMap<CorpusPath, Vec<Keyed<'_>>> = BTreeMap::new();
    for document in &corpus.documents {
        let Some(heading) = numbered_title(document) else { continue };
        let key = match order_by {
            Some(field) => field_of(document, field),
            None => Some(document.source.path.file_stem().to_owned()),
        };
        let Some(key) = key else { continue };
        folders.entry(document.source.path.parent()).or_default().push((pieces(&key), document, heading));
    }
    let in_order = |mut chapters: Vec<Keyed<'a>>| {
        order::by(&mut chapters, |a, b| a.0.cmp(&b.0).then_with(|| a.1.source.path.cmp(&b.1.source.path)));
        chapters.into_iter().map(|(_, document, heading)| (document, heading)).collect()
    };
    folders.into_values().map(in_order).collect()
}

/// What is wrong with the numbers of the chapters of a book.
pub(super) fn faults<'a>(
    corpus: &'a Corpus,
    book: &'a Book<'a>,
    counting: &Counting,
    kind: Kind,
) -> impl Iterator<Item = Found<'a>> {
    let item = |(document, heading): &(&Document, usize)| Item {
        label: document.facts.headings[*heading].numbering().map(|placed| placed.label.clone()),
        ..Item::default()
    };
    let items: Vec<Item> = book.iter().map(item).collect();
    let own = outline::judge(&items, counting).into_iter().filter(move |fault| fault.kind == kind);
    own.map(move |fault| Found::new(corpus, Outline::Chapters(book), fault))
}

/// The heading that numbers a document: its first one, if it has a number and no sibling has one of the kind. A
/// document with two chapters is none itself.
fn numbered_title(document: &Document) -> Option<usize> {
    let headings = &document.facts.headings;
    let first = headings.first()?;
    let scheme = &first.numbering()?.label.scheme;
    let is_twin = |other: &crate::document::Heading| {
        other.level == first.level && other.numbering().is_some_and(|placed| placed.label.scheme == *scheme)
    };
    (*scheme != Scheme::Dotted && !headings[1..].iter().any(is_twin)).then_some(0)
}

fn field_of(document: &Document, field: &str) -> Option<String> {
    Some(document.header_field(field)?.as_str()?.to_owned())
}

/// A stretch of a name: `第 2 章` sorts before `第 10 章`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(u64),
    Text(String),
}

fn pieces(name: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let is_number = numerals::is_numeral_character(first);
        let is_letter = |c: char| c.is_ascii_alphabetic();
        let is_other = |c: char| is_letter(c) != is_letter(first) || numerals::is_numeral_character(c) != is_number;
        let end = rest.find(is_other).unwrap_or(rest.len());
        let number = if is_number {
            numerals::values(&rest[..end]).first().copied()
        } else {
            Numeral::roman_alone(&rest[..end]).map(|own| own.value)
        };
        out.push(number.map_or_else(|| Piece::Text(rest[..end].to_owned()), Piece::Number));
        rest = &rest[end..];
    }
    out
}
