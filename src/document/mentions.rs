//! Where a document may speak of its own numbers, and is not sure to.

use std::collections::HashMap;

use super::{Document, Numbered, PlacedLabel, pointers};
use crate::{
    numbering::mention::{self, About, Mention},
    source::Span,
};

/// The mentions of a document, anywhere but in code, labels and destinations of links.
#[derive(Debug, Default)]
pub struct Mentions {
    all: Vec<Mention>,
    by_values: HashMap<Vec<u64>, Vec<usize>>,
}

impl Mentions {
    /// Reads a document's text.
    pub(super) fn of(document: &Document) -> Self {
        let mut all = mention::all(&document.source.text);
        let hidden = hidden(document);
        all.retain(|mention| !pointers::is_within(&hidden, mention.start()));
        let mut by_values: HashMap<Vec<u64>, Vec<usize>> = HashMap::new();
        for (at, mention) in all.iter().enumerate() {
            by_values.entry(mention.values()).or_default().push(at);
        }
        Self { all, by_values }
    }

    /// The mentions that may mean a label of a place.
    pub fn of_label<'a>(&'a self, place: Numbered, placed: &'a PlacedLabel) -> impl Iterator<Item = &'a Mention> {
        let values = placed.label.values();
        let all = self.by_values.get(&values).map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|&at| &self.all[at]).filter(move |mention| {
            // The numbers of a list are the renderer's; only steps and items are called by them.
            let is_told = place != Numbered::ListItems || matches!(mention.about, About::Part("步" | "项"));
            is_told && mention.may_mean(&placed.label, place == Numbered::Captions)
        })
    }
}

fn hidden(document: &Document) -> Vec<Span> {
    let facts = &document.facts;
    let text = &document.source.text;
    // HTML is text as much as it is markup.
    let code = facts.verbatim.iter().filter(|span| !text[span.range()].trim_start().starts_with('<')).copied();
    let destinations = facts.links.iter().map(|link| link.destination);
    let definitions = facts.definitions.iter().map(|definition| definition.destination);
    pointers::merged(code.chain(destinations).chain(definitions).chain(pointers::labels(document)))
}
