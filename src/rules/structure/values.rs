//! Values of fields, and those that they may be.

use std::{borrow::Cow, collections::HashMap};

use crate::{
    contract::{Demand, Equals, Fault, Text},
    document::{Document, folded, metadata::Field, title_heading},
    finding::Message,
    source::Location,
    suggest::Suggestions,
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

/// What is to be said of a value.
pub(super) struct Said<'a> {
    pub(super) field: &'a str,
    pub(super) value: &'a Text,
    pub(super) fault: &'a Fault,
    pub(super) one_of: &'a [String],
}

/// What is wrong with a value, which has to be equal to something or not.
pub(super) fn message(document: &Document, said: &Said<'_>, equals: Option<&Equals>) -> Message {
    let Said { field, value, fault, one_of } = *said;
    let message = |key: &'static str| Message::new(key).with("field", field).with("value", clipped(&value.text));
    let of_type = |key: &'static str, found: &str, wanted: &str| {
        Message::new(key).with("field", field).with("found", found).with("type", wanted)
    };
    match (fault, equals) {
        (Fault::Type { found, wanted }, _) => of_type("type", found, wanted),
        (Fault::ItemType { found, wanted }, _) => of_type("item-type", found, wanted),
        (Fault::Quoted { wanted }, _) => message("quoted").with("type", wanted),
        (Fault::NoSuchDay, _) => message("no-such-day"),
        (Fault::TwoDates { example }, _) => message("two-dates").with("example", example),
        (Fault::DateForm { example, .. }, _) => message("date-form").with("example", example),
        (Fault::NotOneOf, _) => message("not-one-of").with("values", some_of(one_of)),
        (Fault::NoMatch { pattern }, _) => message("no-match").with("pattern", clipped(pattern)),
        (Fault::Limit { limit }, _) => Message::new("limit").with("field", field).with("limit", limit),
        (Fault::Keyword { keyword }, _) => Message::new("keyword").with("field", field).with("keyword", keyword),
        (Fault::Differs { expected: Some(expected) }, Some(Equals::Field(other))) => {
            message("differs-from-field").with("expected", expected).with("other", other)
        }
        (Fault::Differs { expected: Some(expected) }, _) => message("differs").with("expected", expected),
        (Fault::Differs { expected: None }, Some(Equals::Field(other))) => {
            message("nothing-in-field").with("other", other)
        }
        (Fault::Differs { expected: None }, equals) => {
            let reason = match equals {
                Some(Equals::FileName) => "the file name begins with no date",
                _ if title_heading(document).is_some() => "the title is no date",
                _ => "no heading is the title of the document",
            };
            message("nothing-to-equal").with("reason", reason)
        }
    }
}
