//! A JSON Schema of front matter as the fields of a contract. What front matter needs of JSON Schema is what a contract can
//! say; a keyword beyond that is a mistake, and not passed over.

use regex::Regex;

use crate::{
    contract::{Demand, FieldType, Limit, Required, texts},
    source::yaml::Node,
};

/// Keywords that ask for nothing.
const REMARKS: &[&str] = &["$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated"];
/// Objects within objects beyond this are not read.
const MAX_DEPTH: usize = 8;

/// The types of JSON Schema that are single values.
const SCALARS: &[&str] = &["string", "integer", "number", "boolean"];

/// What a schema asks for.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) demands: Vec<Demand>,
    /// What may have no other fields: all of it, which has no name, and objects in it.
    pub(super) closed: Vec<String>,
    /// Keywords that a contract has no words for.
    pub(super) unread: Vec<String>,
}

impl Fields {
    /// Reads a schema.
    pub(super) fn of(schema: &Node) -> Self {
        let mut fields = Self::default();
        if !matches!(types(schema)[..], [] | ["object"]) {
            fields.unread(&written("type", schema));
        }
        fields.object(schema, "", 0);
        fields
    }

    /// The properties of an object, each with the name of what holds it in front.
    fn object(&mut self, schema: &Node, outer: &str, depth: usize) {
        let full = |name: &str| if outer.is_empty() { name.to_owned() } else { format!("{outer}.{name}") };
        let required: Vec<String> =
            schema.get("required").map(texts).unwrap_or_default().into_iter().map(|text| full(&text.text)).collect();
        for (key, value) in schema.as_map().unwrap_or_default() {
            match key.as_str().unwrap_or_default() {
                "properties" if depth < MAX_DEPTH => {
                    for (name, property) in value.as_map().unwrap_or_default() {
                        let name = full(name.as_str().unwrap_or_default());
                        let is_required = required.contains(&name);
                        self.property(property, &name, is_required, depth);
                    }
                }
                "additionalProperties" if value.as_bool() == Some(false) => self.closed.push(outer.to_owned()),
                "additionalProperties" if value.as_bool().is_some() => {}
                "required" | "type" => {}
                word => self.unread(word),
            }
        }
        for name in required {
            if !self.demands.iter().any(|demand| demand.name == name) {
                self.demands.push(Demand { name, required: Required::Value, ..Demand::default() });
            }
        }
    }

    fn property(&mut self, schema: &Node, name: &str, is_required: bool, depth: usize) {
        let types = types(schema);
        let required = match is_required {
            true if is_nullable(schema) => Required::Key,
            required => required.into(),
        };
        let mut demand = Demand { name: name.to_owned(), required, ..Demand::default() };
        if types == ["object"] || (types.is_empty() && schema.get("properties").is_some()) {
            self.demands.push(demand);
            return self.object(schema, name, depth + 1);
        }
        demand.kind = if types == ["array"] { FieldType::List } else { self.single(schema) };
        self.values(schema, &mut demand, &["type", "format", "items"]);
        if let Some(items) = schema.get("items") {
            demand.item = self.single(items);
            self.values(items, &mut demand, &["type", "format"]);
        }
        self.demands.push(demand);
    }

    /// The type of a single value. Any of several is a string, as YAML reads all of them as texts.
    fn single(&mut self, schema: &Node) -> FieldType {
        let types = types(schema);
        let kind = match types[..] {
            [] => FieldType::Any,
            [only] if SCALARS.contains(&only) => FieldType::parse(only).unwrap_or_default(),
            ["integer", "number"] | ["number", "integer"] => FieldType::Number,
            _ if types.contains(&"string") && types.iter().all(|kind| SCALARS.contains(kind)) => FieldType::String,
            _ => {
                self.unread(&written("type", schema));
                FieldType::Any
            }
        };
        match (types == ["string"], schema.get("format").and_then(Node::as_str)) {
            (_, None) => kind,
            (true, Some("date")) => FieldType::Date,
            (true, Some("date-time")) => FieldType::DateTime,
            (true, Some("uri" | "url" | "iri")) => FieldType::Url,
            (true, Some("email" | "idn-email")) => FieldType::Email,
            _ => {
                self.unread(&written("format", schema));
                kind
            }
        }
    }

    /// Which values there are.
    fn values(&mut self, schema: &Node, demand: &mut Demand, read: &[&str]) {
        for (key, value) in schema.as_map().unwrap_or_default() {
            match key.as_str().unwrap_or_default() {
                "enum" | "const" => demand.one_of = texts(value).into_iter().map(|text| text.text).collect(),
                "pattern" => match value.as_str().map(Regex::new) {
                    Some(Ok(pattern)) => demand.pattern = Some(pattern),
                    _ => self.unread(&written("pattern", schema)),
                },
                word if read.contains(&word) => {}
                word if Limit::ALL.contains(&word) => {
                    let number = value.as_str().and_then(|text| text.parse().ok());
                    let limit = number.or(value.as_bool().map(|asked| if asked { 1.0 } else { f64::NAN }));
                    let limit = limit.filter(|limit: &f64| !limit.is_nan());
                    demand.limits.extend(limit.map(|limit| Limit { keyword: word.to_owned(), limit }));
                }
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

/// The types, but for that of nothing.
fn types(schema: &Node) -> Vec<&str> {
    words(schema, "type").into_iter().filter(|word| *word != "null").collect()
}

/// Whether nothing is a value as well.
fn is_nullable(schema: &Node) -> bool {
    let types = schema.get("type").map(|node| node.as_list().unwrap_or(std::slice::from_ref(node)));
    types.is_some_and(|types| {
        types.len() > 1 && types.iter().any(|word| word.is_null() || word.as_str() == Some("null"))
    })
}

/// A keyword and its value, for people.
fn written(keyword: &str, schema: &Node) -> String {
    format!("{keyword}: {}", words(schema, keyword).join(", "))
}

fn words<'a>(schema: &'a Node, keyword: &str) -> Vec<&'a str> {
    let node = schema.get(keyword);
    node.map(|node| node.as_list().unwrap_or(std::slice::from_ref(node)))
        .into_iter()
        .flatten()
        .filter_map(Node::as_str)
        .collect()
}
