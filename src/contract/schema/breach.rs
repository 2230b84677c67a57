//! What a document breaks of its schema, in the words of contracts.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind},
    types::JsonType,
};
use serde_json::Value as Json;

use crate::{
    contract::{Date, DateFormat, Fault, FieldType, Text},
    document::folded,
    source::{
        Span,
        yaml::{Node, Value, steps},
    },
};

/// What front matter breaks of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// A field that has to be there is missing.
    Absent(Absent),
    /// A field that the schema does not know.
    Unknown {
        /// Its name; `a.b` is `b` within `a`.
        field: String,
        /// The bytes of the key.
        key: Span,
    },
    /// A value that is not what it should be.
    Value {
        /// The field that it is the value of, or one of the list of.
        field: String,
        /// The value; no text where it is a list or a mapping.
        value: Text,
        /// What is wrong with it.
        fault: Fault,
        /// The values there are, where there are some only.
        one_of: Arc<[String]>,
    },
    /// The front matter as a whole does not keep a keyword.
    Whole {
        /// The keyword, with its value where that is short.
        keyword: String,
    },
    /// The front matter is too large or too deep for its schema.
    TooLarge,
}

/// A field that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// Its name; `a.b` is `b` within `a`.
    pub field: String,
    /// The keys that lead to it; `None` where it is within a list, or cannot be named so.
    pub(super) path: Option<Vec<String>>,
}

impl Breach {
    /// The field that it is about.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Absent(Absent { field, .. }) | Self::Unknown { field, .. } | Self::Value { field, .. } => Some(field),
            Self::Whole { .. } | Self::TooLarge => None,
        }
    }

    /// The field that is missing.
    pub fn absent(&self) -> Option<&Absent> {
        match self {
            Self::Absent(absent) => Some(absent),
            _ => None,
        }
    }

    /// Its place, where it is a place within the front matter.
    pub(super) fn span(&self) -> Option<Span> {
        match self {
            Self::Unknown { key, .. } => Some(*key),
            Self::Value { value, .. } => Some(value.span),
            Self::Whole { .. } => Some(Span::default()),
            Self::Absent(_) | Self::TooLarge => None,
        }
    }

    /// Whether it only names a keyword.
    pub(super) fn is_general(&self) -> bool {
        matches!(self, Self::Value { fault: Fault::Keyword { .. }, .. } | Self::Whole { .. })
    }
}

/// The values there are, by the places in a schema that name them: many documents may break one.
#[derive(Default)]
pub(super) struct Choices(Mutex<HashMap<String, Arc<[String]>>>);

impl Choices {
    /// The values that a broken keyword names.
    fn of(&self, error: &ValidationError<'_>) -> Arc<[String]> {
        let values = || match error.kind() {
            ValidationErrorKind::Enum { options: Json::Array(options) } => options.iter().map(written).collect(),
            ValidationErrorKind::Constant { expected_value } => Arc::from([written(expected_value)]),
            _ => Arc::default(),
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(error.schema_path().as_str().to_owned()).or_insert_with(values).clone()
    }
}

/// A value of a schema as documents write it.
fn written(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// One error of a document, which is to be put into words.
pub(super) struct Reading<'a> {
    pub(super) choices: &'a Choices,
    pub(super) root: Option<&'a Node>,
    pub(super) error: &'a ValidationError<'a>,
}

/// A value in the front matter.
struct Place<'n> {
    node: &'n Node,
    /// The names that lead to it.
    names: Vec<String>,
    /// Whether it is an item of a list.
    is_item: bool,
    /// Whether a list is on the way.
    in_list: bool,
}

impl Place<'_> {
    fn field(&self) -> String {
        self.names.join(".")
    }

    fn within(&self, name: &str) -> String {
        if self.names.is_empty() { name.to_owned() } else { format!("{}.{name}", self.field()) }
    }

    /// The key of a field within it.
    fn key(&self, name: &str) -> Option<Span> {
        let entries = self.node.as_map()?;
        entries.iter().find(|(key, _)| key.as_str() == Some(name)).map(|(key, _)| key.span)
    }
}

impl Reading<'_> {
    pub(super) fn breaches(&self) -> Vec<Breach> {
        let kind = self.error.kind();
        if let ValidationErrorKind::Required { property: Json::String(name) } = kind {
            return self.missing(name).into_iter().map(Breach::Absent).collect();
        }
        let Some(place) = self.place() else { return Vec::new() };
        match kind {
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                // What is merged into a mapping (`<<: *base`) is not known, and `<<` is no field.
                if merges(place.node) {
                    return Vec::new();
                }
                let unknown =
                    |name: &String| Some(Breach::Unknown { field: place.within(name), key: place.key(name)? });
                unexpected.iter().filter_map(unknown).collect()
            }
            ValidationErrorKind::PropertyNames { error } => {
                let Some((name, key)) = error.instance().as_str().and_then(|name| Some((name, place.key(name)?)))
                else {
                    return Vec::new();
                };
                let value = Text { text: name.to_owned(), span: key };
                let fault = Fault::Keyword { keyword: "propertyNames".to_owned() };
                vec![Breach::Value { field: place.within(name), value, fault, one_of: Arc::default() }]
            }
            // What an alias stands for is not known.
            _ if holds_alias(place.node) => Vec::new(),
            _ if place.names.is_empty() => vec![Breach::Whole { keyword: keyword(kind) }],
            _ => {
                let (fault, has_choice) = fault(place.node, kind, place.is_item);
                let one_of = if has_choice { self.choices.of(self.error) } else { Arc::default() };
                let text = place.node.as_str().unwrap_or_default().trim().to_owned();
                let value = Text { text, span: place.node.span };
                vec![Breach::Value { field: place.field(), value, fault, one_of }]
            }
        }
    }

    fn missing(&self, name: &str) -> Option<Absent> {
        let path = self.error.instance_path().as_str();
        let Some(place) = self.place() else {
            let is_whole = self.root.is_none() && path.is_empty();
            return is_whole.then(|| Absent { field: name.to_owned(), path: path_of(&[], name) });
        };
        // The crate misses a field that is there where no property is described by its name and no others may be there.
        if merges(place.node) || place.key(name).is_some() {
            return None;
        }
        let path = path_of(&place.names, name).filter(|_| !place.in_list);
        Some(Absent { field: place.within(name), path })
    }

    fn place(&self) -> Option<Place<'_>> {
        let mut place = Place { node: self.root?, names: Vec::new(), is_item: false, in_list: false };
        for step in steps(self.error.instance_path().as_str()) {
            place.is_item = place.node.as_list().is_some();
            place.in_list |= place.is_item;
            place.node = place.node.step(&step)?;
            if !place.is_item {
                place.names.push(step);
            }
        }
        Some(place)
    }
}

/// The keys to a field, if its name says them: `a.b` is `b` within `a`.
fn path_of(outer: &[String], name: &str) -> Option<Vec<String>> {
    let path: Vec<String> = outer.iter().cloned().chain([name.to_owned()]).collect();
    path.iter().all(|key| !key.contains('.')).then_some(path)
}

/// Whether what an alias stands for is merged into a mapping.
fn merges(node: &Node) -> bool {
    node.get("<<").is_some_and(holds_alias)
}

fn holds_alias(node: &Node) -> bool {
    match &node.value {
        Value::Alias => true,
        Value::List(items) => items.iter().any(holds_alias),
        Value::Map(entries) => entries.iter().any(|(_, value)| holds_alias(value)),
        Value::Scalar { .. } => false,
    }
}

/// What is wrong with a value, and whether it is none of the values there are.
fn fault(node: &Node, kind: &ValidationErrorKind, is_item: bool) -> (Fault, bool) {
    let of_type = |wanted: String| {
        let found = found(node);
        let is_quoted = || wanted.split(" | ").filter_map(FieldType::parse).any(|kind| kind.fits_unquoted(node));
        match is_item {
            true => Fault::ItemType { found, wanted },
            false if is_quoted() => Fault::Quoted { wanted },
            false => Fault::Type { found, wanted },
        }
    };
    let general = || Fault::Keyword { keyword: keyword(kind) };
    match kind {
        ValidationErrorKind::Type { kind } => (of_type(types(kind).join(" | ")), false),
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            (union(context).map_or_else(general, |types| of_type(types.join(" | "))), false)
        }
        ValidationErrorKind::Enum { options } => choice(node, options.as_array().map_or(&[], Vec::as_slice), general()),
        ValidationErrorKind::Constant { expected_value } => {
            choice(node, std::slice::from_ref(expected_value), general())
        }
        ValidationErrorKind::Pattern { pattern } => (Fault::NoMatch { pattern: pattern.clone() }, false),
        ValidationErrorKind::Format { format } if format == "date" => {
            let iso = DateFormat::default();
            let fault = match node.as_str().and_then(Date::read) {
                Some(Some(date)) => Fault::DateForm { example: iso.example.clone(), proper: iso.print(date) },
                Some(None) => Fault::NoSuchDay,
                None if node.as_str().is_some_and(Date::may_be_two) => Fault::TwoDates { example: iso.example },
                None => of_type(format.clone()),
            };
            (fault, false)
        }
        ValidationErrorKind::Format { format } => {
            (of_type(if format == "uri" { "url" } else { format }.to_owned()), false)
        }
        _ => (limit(kind).map_or_else(general, |limit| Fault::Limit { limit }), false),
    }
}

/// None of the values there are; or it would be, if it were of another type.
fn choice(node: &Node, options: &[Json], general: Fault) -> (Fault, bool) {
    if !matches!(node.value, Value::Scalar { .. }) {
        return (general, false);
    }
    let text = node.as_str().unwrap_or("null");
    // `"TRUE"` is no boolean, and no spelling of it makes it one.
    let is_alike = |option: &&Json| match option.as_str() {
        Some(option) => option == text,
        None => folded(&written(option)) == folded(text),
    };
    match options.iter().find(is_alike) {
        Some(option) => {
            let is_whole = option.is_i64() || option.is_u64();
            let wanted = type_name(if is_whole { JsonType::Integer } else { JsonType::from(option) }).to_owned();
            (Fault::Type { found: node.kind().to_owned(), wanted }, false)
        }
        None => (Fault::NotOneOf, true),
    }
}

/// The types of schemas of which each asks for nothing but one.
fn union(context: &[Vec<ValidationError<'_>>]) -> Option<Vec<&'static str>> {
    let mut out: Vec<&'static str> = Vec::new();
    for errors in context {
        let [error] = &errors[..] else { return None };
        let ValidationErrorKind::Type { kind } = error.kind() else { return None };
        for own in types(kind) {
            if !out.contains(&own) {
                out.push(own);
            }
        }
    }
    Some(out)
}

fn types(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(own) => vec![type_name(*own)],
        TypeKind::Multiple(own) => own.iter().map(type_name).collect(),
    }
}

/// A type as people say it who write YAML.
fn type_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "list",
        JsonType::Object => "mapping",
    }
}

/// What a value is: its text, unless quotes are what makes it a text.
fn found(node: &Node) -> String {
    let is_quoted = matches!(node.value, Value::Scalar { plain: false, .. });
    let is_text = node.unquoted().is_none_or(|bare| bare.to_json().is_string());
    if is_quoted && !is_text { node.kind().to_owned() } else { node.shown() }
}

/// The keyword that is not kept, with its value where that is short.
fn keyword(kind: &ValidationErrorKind) -> String {
    match kind {
        ValidationErrorKind::FalseSchema => "false".to_owned(),
        ValidationErrorKind::Type { kind: TypeKind::Single(own) } => format!("type: {}", own.as_str()),
        _ => limit(kind).unwrap_or_else(|| kind.keyword().to_owned()),
    }
}

/// The keyword that is not kept with its value, where it is a limit of how many or how much.
fn limit(kind: &ValidationErrorKind) -> Option<String> {
    let limit = match kind {
        ValidationErrorKind::MaxItems { limit }
        | ValidationErrorKind::MinItems { limit }
        | ValidationErrorKind::MaxLength { limit }
        | ValidationErrorKind::MinLength { limit }
        | ValidationErrorKind::MaxProperties { limit }
        | ValidationErrorKind::MinProperties { limit } => limit.to_string(),
        ValidationErrorKind::Maximum { limit }
        | ValidationErrorKind::Minimum { limit }
        | ValidationErrorKind::ExclusiveMaximum { limit }
        | ValidationErrorKind::ExclusiveMinimum { limit } => limit.to_string(),
        ValidationErrorKind::MultipleOf { multiple_of } => multiple_of.to_string(),
        ValidationErrorKind::UniqueItems => "true".to_owned(),
        _ => return None,
    };
    Some(format!("{}: {limit}", kind.keyword()))
}
