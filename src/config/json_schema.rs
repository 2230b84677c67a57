//! A JSON Schema of front matter as the fields of a contract. What front matter needs of JSON Schema is what a contract can
//! say; a keyword beyond that is a mistake, and not passed over.

use regex::Regex;

use crate::{
    contract::{Demand, FieldType, texts},
    source::yaml::Node,
};

/// Keywords that ask for nothing.
const REMARKS: &[&str] = &["$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated"];
/// Objects within objects beyond this are not read.
const MAX_DEPTH: usize = 8;

/// What a schema asks for.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) demands: Vec<Demand>,
    /// Whether there may be no others.
    pub(super) closed: bool,
    /// Keywords that a contract has no words for.
    pub(super) unread: Vec<String>,
}

impl Fields {
    /// Reads a schema.
    pub(super) fn of(schema: &Node) -> Self {
        let mut fields = Self::default();
        fields.object(schema, "", 0);
        fields
    }

    /// The properties of an object, each with the name of what holds it in front.
    fn object(&mut self, schema: &Node, prefix: &str, depth: usize) {
        let required: Vec<String> =
            schema.get("required").map(texts).unwrap_or_default().into_iter().map(|t| t.text).collect();
        for (key, value) in schema.as_map().unwrap_or_default() {
            match key.as_str().unwrap_or_default() {
                "properties" if depth < MAX_DEPTH => {
                    for (name, property) in value.as_map().unwrap_or_default() {
                        let name = name.as_str().unwrap_or_default();
                        let is_required = required.iter().any(|own| own == name);
                        self.property(property, &format!("{prefix}{name}"), is_required, depth);
                    }
                }
                "additionalProperties" if value.as_bool() == Some(false) && depth == 0 => self.closed = true,
                "additionalProperties" if value.as_bool().is_some() => {}
                "required" | "type" => {}
                word => self.unread(word),
            }
        }
    }

    fn property(&mut self, schema: &Node, name: &str, required: bool, depth: usize) {
        let kind = kind(schema);
        if kind == "object" {
            self.demands.push(Demand { name: name.to_owned(), required, ..Demand::default() });
            return self.object(schema, &format!("{name}."), depth + 1);
        }
        let mut demand = Demand { name: name.to_owned(), required, ..Demand::default() };
        demand.kind = match (kind, schema.get("format").and_then(Node::as_str)) {
            ("array", _) => FieldType::List,
            ("string", Some("date")) => FieldType::Date,
            ("string", Some("date-time")) => FieldType::DateTime,
            ("string", Some("uri" | "url" | "iri")) => FieldType::Url,
            ("string", Some("email" | "idn-email")) => FieldType::Email,
            ("string", Some(other)) => {
                self.unread(&format!("format: {other}"));
                FieldType::String
            }
            _ => FieldType::parse(kind).unwrap_or_default(),
        };
        self.values(schema, &mut demand, &["type", "format", "items"]);
        if let Some(items) = schema.get("items") {
            self.values(items, &mut demand, &["type"]);
        }
        self.demands.push(demand);
    }

    /// Which values there are.
    fn values(&mut self, schema: &Node, demand: &mut Demand, read: &[&str]) {
        for (key, value) in schema.as_map().unwrap_or_default() {
            match key.as_str().unwrap_or_default() {
                "enum" | "const" => demand.one_of = texts(value).into_iter().map(|text| text.text).collect(),
                "pattern" => match value.as_str().map(Regex::new) {
                    Some(Ok(pattern)) => demand.pattern = Some(pattern),
                    _ => self.unread(&format!("pattern: {}", value.as_str().unwrap_or_default())),
                },
                word if read.contains(&word) => {}
                word => self.unread(word),
            }
        }
    }

    fn unread(&mut self, word: &str) {
        if !REMARKS.contains(&word) && !self.unread.iter().any(|own| own == word) {
            self.unread.push(word.to_owned());
        }
    }
}

/// The type; of several, the first that is not nothing.
fn kind(schema: &Node) -> &str {
    let Some(node) = schema.get("type") else { return "" };
    let words = node.as_list().unwrap_or(std::slice::from_ref(node));
    words.iter().filter_map(Node::as_str).find(|word| *word != "null").unwrap_or_default()
}
