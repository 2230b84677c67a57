//! A JSON Schema of front matter as the fields of a contract. What front matter needs of JSON Schema is what a contract can
//! say; a keyword beyond that is a mistake, and not passed over.

use std::collections::BTreeSet;

use regex::Regex;

use crate::{
    contract::{Demand, FieldType, Limit, Origin, Required, texts},
    source::{
        Span,
        yaml::{Node, Value},
    },
};

/// Keywords that ask for nothing; definitions are read where something refers to them.
const REMARKS: &[&str] = &[
    "$schema",
    "$id",
    "$comment",
    "$defs",
    "definitions",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
];
/// Objects within objects, and references to references, beyond this are not read.
const MAX_DEPTH: usize = 8;
/// More fields than this are not read: what refers to itself could make any number.
const MAX_FIELDS: usize = 2_000;

/// The types of JSON Schema that are single values.
const SCALARS: &[&str] = &["string", "integer", "number", "boolean"];

/// What a schema asks for.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) demands: Vec<Demand>,
    /// What may have no other fields: all of it, which has no name, and objects in it.
    pub(super) closed: Vec<String>,
    /// Keywords that a contract has no words for, and where they stand.
    pub(super) unread: Vec<(Span, String)>,
}

impl Fields {
    /// Reads a schema.
    pub(super) fn of(schema: &Node) -> Self {
        let mut reader = Reader { root: schema, out: Self::default(), known: BTreeSet::new(), followed: 0 };
        let whole = reader.flat(schema, 0);
        if !matches!(types(&whole)[..], [] | ["object"]) {
            reader.unread_value("type", &whole);
        }
        reader.object(&whole, "", 0);
        reader.out
    }
}

struct Reader<'n> {
    root: &'n Node,
    out: Fields,
    known: BTreeSet<Span>,
    /// How many schemas were put into others.
    followed: usize,
}

impl Reader<'_> {
    /// A schema with what it refers to, and what all of it has to keep, put into it.
    fn flat(&mut self, schema: &Node, depth: usize) -> Node {
        let mut entries = Vec::new();
        for (key, value) in schema.as_map().unwrap_or_default() {
            let target = match key.as_str().unwrap_or_default() {
                "$ref" => value.as_str().and_then(|pointer| at(self.root, pointer)).map(std::slice::from_ref),
                "allOf" => value.as_list(),
                "anyOf" | "oneOf" => match union(value) {
                    Some(types) => {
                        self.merge(&mut entries, (key_of("type", key.span), types));
                        continue;
                    }
                    None => None,
                },
                _ => {
                    self.merge(&mut entries, (key.clone(), value.clone()));
                    continue;
                }
            };
            self.followed += target.map_or(0, <[Node]>::len);
            match target.filter(|_| depth < MAX_DEPTH && self.followed < MAX_FIELDS) {
                Some(targets) => {
                    for target in targets {
                        let Value::Map(own) = self.flat(target, depth + 1).value else { continue };
                        for entry in own {
                            self.merge(&mut entries, entry);
                        }
                    }
                }
                None => self.unread(key.span, key.as_str().unwrap_or_default()),
            }
        }
        Node { span: schema.span, value: Value::Map(entries) }
    }

    /// What two schemas ask for: the properties and what is required of both; of anything else one may speak.
    fn merge(&mut self, entries: &mut Vec<(Node, Node)>, (key, value): (Node, Node)) {
        let word = key.as_str().unwrap_or_default();
        if REMARKS.contains(&word) {
            return;
        }
        let Some((_, known)) = entries.iter_mut().find(|(own, _)| own.as_str() == Some(word)) else {
            entries.push((key, value));
            return;
        };
        match (&mut known.value, value.value) {
            (Value::Map(known), Value::Map(own)) if word == "properties" => {
                let twice = own.iter().find(|(name, _)| known.iter().any(|(other, _)| other.as_str() == name.as_str()));
                if let Some((name, _)) = twice {
                    self.unread(name.span, name.as_str().unwrap_or_default());
                }
                known.extend(own);
            }
            (Value::List(known), Value::List(own)) if word == "required" => known.extend(own),
            (Value::Scalar { text, .. }, Value::Scalar { text: own, .. }) if *text == own => {}
            _ => self.unread(key.span, word),
        }
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
                        if self.out.demands.len() > MAX_FIELDS {
                            return self.unread(key.span, "properties");
                        }
                        let name = full(name.as_str().unwrap_or_default());
                        let is_required = required.contains(&name);
                        let property = self.flat(property, 0);
                        self.property(&property, &name, is_required, depth);
                    }
                }
                "additionalProperties" if value.as_bool() == Some(false) => self.out.closed.push(outer.to_owned()),
                "additionalProperties" if value.as_bool().is_some() => {}
                "required" | "type" => {}
                word => self.unread(key.span, word),
            }
        }
        for name in required {
            if !self.out.demands.iter().any(|demand| demand.name == name) {
                self.out.demands.push(Demand { required: Required::Value, ..demand(&name) });
            }
        }
    }

    fn property(&mut self, schema: &Node, name: &str, is_required: bool, depth: usize) {
        let types = types(schema);
        let required = match is_required {
            true if is_nullable(schema) => Required::Key,
            required => required.into(),
        };
        let mut demand = Demand { required, ..demand(name) };
        if types == ["object"] || (types.is_empty() && schema.get("properties").is_some()) {
            self.out.demands.push(demand);
            return self.object(schema, name, depth + 1);
        }
        demand.kind = if types == ["array"] { FieldType::List } else { self.single(schema) };
        self.values(schema, &mut demand, &["type", "format", "items"]);
        if let Some(items) = schema.get("items") {
            let items = self.flat(items, 0);
            demand.item = self.single(&items);
            self.values(&items, &mut demand, &["type", "format"]);
        }
        // Of several types, YAML reads all as texts.
        demand.origin = Origin::Schema { strict: demand.kind != FieldType::String || types == ["string"] };
        self.out.demands.push(demand);
    }

    /// The type of a single value.
    fn single(&mut self, schema: &Node) -> FieldType {
        let types = types(schema);
        let kind = match types[..] {
            [] => FieldType::Any,
            [only] if SCALARS.contains(&only) => FieldType::parse(only).unwrap_or_default(),
            ["integer", "number"] | ["number", "integer"] => FieldType::Number,
            _ if types.contains(&"string") && types.iter().all(|kind| SCALARS.contains(kind)) => FieldType::String,
            _ => {
                self.unread_value("type", schema);
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
                self.unread_value("format", schema);
                kind
            }
        }
    }

    /// Which values there are.
    fn values(&mut self, schema: &Node, demand: &mut Demand, read: &[&str]) {
        for (key, value) in schema.as_map().unwrap_or_default() {
            match key.as_str().unwrap_or_default() {
                "enum" | "const" => {
                    demand.one_of = texts(value).into_iter().map(|text| text.text).collect();
                    demand.typed = value.as_list().unwrap_or(std::slice::from_ref(value)).to_vec();
                }
                "pattern" => match value.as_str().map(Regex::new) {
                    Some(Ok(pattern)) => demand.pattern = Some(pattern),
                    _ => self.unread_value("pattern", schema),
                },
                word if read.contains(&word) => {}
                word if Limit::ALL.contains(&word) => {
                    let number = value.as_str().and_then(|text| text.parse().ok());
                    let limit = number.or(value.as_bool().map(|asked| if asked { 1.0 } else { f64::NAN }));
                    let limit = limit.filter(|limit: &f64| !limit.is_nan());
                    demand.limits.extend(limit.map(|limit| Limit { keyword: word.to_owned(), limit }));
                }
                word => self.unread(key.span, word),
            }
        }
    }

    /// A keyword with a value that a contract has no words for.
    fn unread_value(&mut self, keyword: &str, schema: &Node) {
        let span = schema.get(keyword).map_or(schema.span, |value| value.span);
        self.unread(span, &format!("{keyword}: {}", words(schema, keyword).join(", ")));
    }

    fn unread(&mut self, span: Span, word: &str) {
        if !REMARKS.contains(&word) && self.known.insert(span) {
            self.out.unread.push((span, word.to_owned()));
        }
    }
}

/// A field of a schema.
fn demand(name: &str) -> Demand {
    Demand { name: name.to_owned(), origin: Origin::Schema { strict: true }, ..Demand::default() }
}

/// What a reference within the schema leads to.
fn at<'n>(root: &'n Node, pointer: &str) -> Option<&'n Node> {
    let steps = pointer.strip_prefix("#/")?.split('/');
    steps.map(|step| step.replace("~1", "/").replace("~0", "~")).try_fold(root, |node, step| node.get(&step))
}

/// The types of schemas that say nothing else, as one list.
fn union(schemas: &Node) -> Option<Node> {
    let mut types = Vec::new();
    for schema in schemas.as_list()? {
        let mut asked = schema.as_map()?.iter().filter(|(key, _)| !REMARKS.contains(&key.as_str().unwrap_or_default()));
        let (_, value) = asked.next().filter(|(key, _)| key.as_str() == Some("type"))?;
        asked.next().is_none().then_some(())?;
        types.extend_from_slice(value.as_list().unwrap_or(std::slice::from_ref(value)));
    }
    Some(Node { span: schemas.span, value: Value::List(types) })
}

fn key_of(word: &str, span: Span) -> Node {
    Node { span, value: Value::Scalar { text: word.to_owned(), plain: false } }
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

fn words<'a>(schema: &'a Node, keyword: &str) -> Vec<&'a str> {
    let node = schema.get(keyword);
    node.map(|node| node.as_list().unwrap_or(std::slice::from_ref(node)))
        .into_iter()
        .flatten()
        .filter_map(Node::as_str)
        .collect()
}
