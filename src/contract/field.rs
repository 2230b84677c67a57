//! The fields that a contract asks for, and what can be wrong with a value.

use regex::Regex;

use super::{Date, DateFormat, FieldType, Text, is_blank, split, stated::values, texts};
use crate::{
    document::{Document, Metadata, folded, metadata::Field, title_heading},
    source::{
        characters::is_unseen,
        yaml::{Node, Value},
    },
};

/// A field that a contract asks for or allows.
#[derive(Clone, Debug, Default)]
pub struct Demand {
    /// Its name.
    pub name: String,
    /// Whether it has to be there.
    pub required: bool,
    /// What the value is.
    pub kind: FieldType,
    /// The values there are; empty where any may be.
    pub one_of: Vec<String>,
    /// What the value, or each of a list, has to match.
    pub pattern: Option<Regex>,
    /// The ways in which a date may be written; ISO 8601 if none is given.
    pub formats: Vec<DateFormat>,
    /// Whether no other document of the contract may have the same value.
    pub unique: bool,
    /// What the value has to be equal to.
    pub equals: Option<Equals>,
    /// Whether the value has to lead to a document.
    pub refers: bool,
}

/// What a value has to be equal to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Equals {
    /// The file's name without its extension; for a date, the date it begins with.
    FileName,
    /// The heading that is the title.
    Heading,
    /// Another field.
    Field(String),
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is of another type.
    Type {
        /// What it is.
        found: String,
        /// The type, or types.
        wanted: String,
    },
    /// One of a list is of another type.
    ItemType {
        /// What it is.
        found: String,
        /// The type, or types.
        wanted: String,
    },
    /// It would be of the type, but for the quotes that make a text of it.
    Quoted {
        /// The type, or types.
        wanted: String,
    },
    /// A day that does not exist.
    NoSuchDay,
    /// A date of which nobody can tell whether the day or the month comes first.
    TwoDates {
        /// An example of how it may be written.
        example: String,
    },
    /// A date that is written in another way.
    DateForm {
        /// An example of how it may be written.
        example: String,
        /// The date, written so.
        proper: String,
    },
    /// None of the values there are.
    NotOneOf,
    /// It does not match the pattern.
    NoMatch {
        /// The pattern.
        pattern: String,
    },
    /// It is too long, too short, too large, and so on.
    Limit {
        /// The keyword of JSON Schema and its value.
        limit: String,
    },
    /// It breaks a schema in a way that only the keyword says.
    Keyword {
        /// The keyword of JSON Schema.
        keyword: String,
    },
    /// It is not equal to what it should be.
    Differs {
        /// What it should be; `None` where there is nothing to compare with.
        expected: Option<String>,
    },
}

impl Demand {
    /// The field that it has to be equal to, if it is one that is stated.
    pub fn other<'a>(&self, stated: &Metadata<'a>) -> Option<Field<'a>> {
        match &self.equals {
            Some(Equals::Field(name)) => stated.field(name),
            _ => None,
        }
    }

    /// Whether it has to be there and is not.
    pub fn lacks(&self, field: Option<&Field<'_>>) -> bool {
        self.required && field.is_none_or(|field| is_blank(&field.value))
    }

    /// What is wrong with the value of a field; one fault for each value. An empty one is not looked at.
    pub fn faults(&self, document: &Document, field: &Field<'_>, other: Option<&Field<'_>>) -> Vec<(Text, Fault)> {
        let node = &*field.value;
        // What an alias stands for is not looked up.
        if is_blank(node) || node.value == Value::Alias {
            return Vec::new();
        }
        let whole = |fault| vec![(Text { text: node.as_str().unwrap_or_default().to_owned(), span: node.span }, fault)];
        let form = match node.as_str() {
            Some(text) if self.kind == FieldType::Date => self.date_form(text),
            _ => (!self.kind.fits(node, field.is_in_text())).then(|| {
                if self.kind.fits_unquoted(node) {
                    return Fault::Quoted { wanted: self.kind.name().to_owned() };
                }
                Fault::Type { found: node.shown(), wanted: self.kind.name().to_owned() }
            }),
        };
        if let Some(fault) = form {
            return whole(fault);
        }
        let values = self.values(field);
        let fault = |value: &Text| {
            if !self.one_of.is_empty() && !self.one_of.contains(&value.text) {
                return Some(Fault::NotOneOf);
            }
            let broken = self.pattern.as_ref().filter(|pattern| !pattern.is_match(&value.text));
            broken.map(|pattern| Fault::NoMatch { pattern: pattern.as_str().to_owned() })
        };
        let faults: Vec<_> = values.iter().filter_map(|value| Some((value.clone(), fault(value)?))).collect();
        if !faults.is_empty() {
            return faults;
        }
        self.difference(document, node, other).map_or_else(Vec::new, whole)
    }

    /// The single values of a field, also where they stand side by side in the text.
    pub fn values(&self, field: &Field<'_>) -> Vec<Text> {
        match (field.is_in_text(), self.kind) {
            (true, FieldType::List) => split(&field.value),
            // Blanks that YAML keeps belong to a value that is one of some.
            (false, _) if !self.one_of.is_empty() => values(&field.value, |text| text),
            _ => texts(&field.value),
        }
    }

    /// What is wrong with how a date is written.
    fn date_form(&self, text: &str) -> Option<Fault> {
        let iso = [DateFormat::default()];
        let formats = if self.formats.is_empty() { &iso[..] } else { &self.formats };
        let date = match formats.iter().find_map(|format| format.read(text)).or_else(|| Date::read(text)) {
            None if Date::may_be_two(text) => return Some(Fault::TwoDates { example: formats[0].example.clone() }),
            None => return Some(Fault::Type { found: format!("`{text}`"), wanted: FieldType::Date.name().to_owned() }),
            Some(None) => return Some(Fault::NoSuchDay),
            Some(Some(date)) => date,
        };
        let is_proper = formats.iter().any(|format| format.writes(date, text));
        let meant = formats.iter().find(|format| format.read(text).is_some()).unwrap_or(&formats[0]);
        let (example, proper) = (meant.example.clone(), meant.print(date));
        (!is_proper).then_some(Fault::DateForm { example, proper })
    }

    /// Whether a value is not what it has to be equal to.
    fn difference(&self, document: &Document, node: &Node, other: Option<&Field<'_>>) -> Option<Fault> {
        let equals = self.equals.as_ref()?;
        let own = node.as_str().unwrap_or_default();
        if self.kind != FieldType::Date {
            let expected = expected(document, equals, other);
            let is_equal = expected.as_ref().is_some_and(|expected| compared(own) == compared(expected));
            return (!is_equal).then_some(Fault::Differs { expected });
        }
        let date = self.day(own);
        let wanted = self.expected_day(document, other);
        (wanted.is_none() || wanted != date).then(|| Fault::Differs { expected: wanted.map(|day| self.print(day)) })
    }

    /// The day that a text stands for, as the formats of the field read it.
    fn day(&self, text: &str) -> Option<Date> {
        self.formats.iter().find_map(|format| format.read(text)).or_else(|| Date::read(text)).flatten()
    }

    /// A value as those of the field are compared: a day however it is written, a text as [`folded`].
    pub fn key(&self, text: &str) -> String {
        let day = (self.kind == FieldType::Date).then(|| self.day(text)).flatten();
        day.map_or_else(|| folded(text), Date::iso)
    }

    /// All values of a field, each as [`Demand::key`].
    pub fn compared(&self, field: &Field<'_>) -> Vec<String> {
        self.values(field).iter().map(|value| self.key(&value.text)).collect()
    }

    /// The day that a date has to be equal to.
    fn expected_day(&self, document: &Document, other: Option<&Field<'_>>) -> Option<Date> {
        match self.equals.as_ref()? {
            Equals::FileName => Date::at_start(document.source.path.file_stem()),
            equals => expected(document, equals, other).and_then(|text| Date::read(&text)).flatten(),
        }
    }

    fn print(&self, date: Date) -> String {
        self.formats.first().map_or_else(|| date.iso(), |format| format.print(date))
    }

    /// Whether its values are written without quotes in the header: they are no texts there.
    pub fn is_plain(&self) -> bool {
        use FieldType::{Boolean, Date, DateTime, Integer};
        !self.one_of.is_empty() || matches!(self.kind, Boolean | Date | DateTime | Integer)
    }

    /// A value for a field that is missing: the one it has to be equal to, the only one there is, or, where any text will
    /// do, `TODO`.
    pub fn stub(&self, document: &Document, other: Option<&Field<'_>>) -> Option<String> {
        if self.kind == FieldType::Date {
            return self.expected_day(document, other).map(|day| self.print(day));
        }
        if let Some(equals) = &self.equals {
            // Below a header that states the title, only a heading of level 1 is the title as well.
            let is_title = *equals == Equals::Heading && self.name == "title";
            let is_low = || title_heading(document).is_some_and(|at| document.facts.headings[at].level > 1);
            let value = if is_title && is_low() { None } else { expected(document, equals, other) };
            // What nobody sees is not written a second time.
            return value.filter(|text| !text.contains(is_unseen));
        }
        let any = self.pattern.is_none() && !self.refers && !self.unique;
        match (&self.one_of[..], self.kind) {
            ([only], _) => Some(only.clone()),
            ([], FieldType::Any | FieldType::String) if any => Some("TODO".to_owned()),
            _ => None,
        }
    }
}

/// What a value has to be equal to, in a document.
fn expected(document: &Document, equals: &Equals, other: Option<&Field<'_>>) -> Option<String> {
    match equals {
        Equals::FileName => Some(document.source.path.file_stem().to_owned()),
        Equals::Heading => title_heading(document).map(|at| document.facts.headings[at].text.trim().to_owned()),
        Equals::Field(_) => other.and_then(|field| Some(field.value.as_str()?.to_owned())),
    }
}

/// As values are compared: [`folded`], and without the marks of code and emphasis.
fn compared(text: &str) -> String {
    folded(&text.replace(['`', '*', '\\'], ""))
}
