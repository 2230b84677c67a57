//! What a document states that is probably meant for a field that is missing.

use std::collections::{HashMap, HashSet};

use crate::{
    contract::spelling,
    corpus::Bound,
    document::{Document, Metadata, Place, fold_alike, metadata, metadata::Field},
    source::{Span, characters::is_cjk, lines},
    suggest::Suggestions,
};

/// Lines that may be fields which are not read are looked for among so many.
const MOST_LINES: usize = 200;
/// No name of a field is longer, in bytes.
const LONGEST: usize = 100;

/// What is probably meant for a field.
#[derive(Clone, Copy)]
pub(super) struct Like {
    /// Where its name stands.
    pub(super) key: Span,
    /// Whether it is a field, and not a line that is read as none.
    pub(super) is_field: bool,
}

/// What a document states and nothing asks for.
pub(super) struct Candidates<'a> {
    stated: &'a Metadata<'a>,
    others: Vec<&'a Field<'a>>,
    by_spelling: HashMap<String, Like>,
}

impl<'a> Candidates<'a> {
    pub(super) fn new(bound: Bound<'_>, stated: &'a Metadata<'a>) -> Self {
        let known: HashSet<&str> = bound.contract.names().into_iter().collect();
        let others: Vec<&Field<'_>> = stated.fields.iter().filter(|field| !known.contains(&*field.name)).collect();
        let mut by_spelling = HashMap::new();
        for field in others.iter().filter(|field| field.name.len() <= LONGEST) {
            by_spelling.entry(spelling(&field.name)).or_insert(Like { key: field.key, is_field: true });
        }
        // Where a text begins, its lines are prose more often than not.
        for place in bound.contract.metadata.iter().filter(|place| matches!(place, Place::Section(_))) {
            for key in unread(bound.document, place, stated) {
                let name = spelling(bound.document.source.slice(key));
                by_spelling.entry(name).or_insert(Like { key, is_field: false });
            }
        }
        Self { stated, others, by_spelling }
    }

    /// What is meant for a field: its name is another spelling of this one, or differs by a slip of the pen.
    pub(super) fn like(&self, name: &str, suggestions: &mut Suggestions) -> Option<Like> {
        if self.stated.field(name).is_some_and(|field| field.name == name) {
            return None;
        }
        let like = |field: &&Field<'_>| Like { key: field.key, is_field: true };
        let same = self.others.iter().find(|field| fold_alike(&field.name, name)).map(like);
        let near = || {
            let near = suggestions.closest(name, self.others.iter().map(|field| &*field.name))?;
            self.others.iter().find(|field| field.name == near).map(like)
        };
        same.or_else(|| self.by_spelling.get(&spelling(name)).copied()).or_else(near)
    }

    /// Whether a field of another name may be meant all the same, though that is not likely enough to say so: one
    /// character of it is another, as in 作着 for 作者.
    pub(super) fn may_be_other(&self, name: &str) -> bool {
        let is_near = |other: &str| {
            let pairs = || name.chars().zip(other.chars());
            let is_of_ideographs = name.len() == other.len() && pairs().all(|(a, b)| is_cjk(a) && is_cjk(b));
            is_of_ideographs && pairs().filter(|(a, b)| a != b).count() == 1
        };
        self.others.iter().any(|field| is_near(&field.name))
    }
}

/// What the lines of a text begin with, behind the marks of lists and before a colon or the end of a mark, that is the name
/// of no field.
fn unread(document: &Document, place: &Place, stated: &Metadata<'_>) -> Vec<Span> {
    let Some(within) = metadata::text(document, place) else { return Vec::new() };
    let name = |(at, line): (usize, &str)| {
        let start = line.find(char::is_alphanumeric)?;
        let end = line[start..].find(|c: char| !c.is_alphanumeric() && c != ' ')?;
        // A sentence begins with its words as well.
        let is_set_off = line[start + end..].starts_with([':', '：', ']', '*', '_', '`', '|']);
        let name = Some(line[start..start + end].trim_end()).filter(|name| is_set_off && name.len() <= LONGEST)?;
        Some(Span::new(at + start, at + start + name.len()).shifted(within.start as usize))
    };
    let keys: HashSet<u32> = stated.fields.iter().map(|field| field.key.start).collect();
    let is_new = |key: &Span| !document.is_in_code(key.start as usize) && !keys.contains(&key.start);
    lines(document.source.slice(within)).take(MOST_LINES).filter_map(name).filter(is_new).collect()
}
