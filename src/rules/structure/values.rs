//! Values of fields, and those that they may be.

use std::{borrow::Cow, collections::HashMap};

use crate::{
    contract::{Demand, Text},
    corpus::Suggestions,
    document::{Document, folded, metadata::Field},
    source::Location,
};

/// What is found out once, for whatever many values.
#[derive(Default)]
pub(super) struct Known {
    pub(super) suggestions: Suggestions,
    /// The field that was looked at last, and how often each value stands there, letter case and width aside.
    field: Option<Location>,
    values: HashMap<String, usize>,
}

impl Known {
    /// Whether a value of a field stands there again, letter case and width aside.
    pub(super) fn is_repeated(
        &mut self,
        document: &Document,
        demand: &Demand,
        field: &Field<'_>,
        value: &Text,
    ) -> bool {
        let at = document.at(field.value.span);
        if self.field.replace(at) != Some(at) {
            self.values.clear();
            for own in demand.values(field) {
                *self.values.entry(folded(own.text.trim())).or_default() += 1;
            }
        }
        self.values.get(&*folded(value.text.trim())).is_some_and(|&count| count > 1)
    }
}

/// The first of many values.
pub(super) fn some_of(values: &[String]) -> String {
    const MOST: usize = 20;
    let more = if values.len() > MOST { "`, `…" } else { "" };
    values.iter().take(MOST).map(|value| clipped(value)).collect::<Vec<_>>().join("`, `") + more
}

/// As much of a value as a message can hold.
pub(super) fn clipped(value: &str) -> Cow<'_, str> {
    const LONGEST: usize = 120;
    value.char_indices().nth(LONGEST).map_or(value.into(), |(end, _)| format!("{}…", &value[..end]).into())
}

/// The only word that differs from a text by no more than letter case and width.
pub(super) fn only_alike<'a>(text: &str, words: &'a [String]) -> Option<&'a str> {
    let wanted = folded(text);
    let mut alike = words.iter().filter(|word| folded(word) == wanted);
    let only = alike.next()?;
    alike.next().is_none().then_some(only)
}
