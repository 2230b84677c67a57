//! The JSON Schema of `rubrica.yaml`, for editors: made from the keys and from the pages of the rules.

use serde_json::{Map, Value as Json, json};

use super::{
    keys::{self, Key, Shape},
    own_keys,
};
use crate::{
    order,
    rule::{Catalogue, Language, Level, OptionDeclaration, OptionKind, Page},
};

/// The schema, in the draft 2020-12.
pub fn schema(catalogue: &Catalogue) -> Json {
    let mut defs: Map<String, Json> =
        order::map(keys::SHARED.iter().map(|(name, own)| ((*name).to_owned(), shape(own))));
    defs.insert("rules".to_owned(), rules(catalogue));
    let mut schema = map(keys::TOP, 0);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "rubrica.yaml".into();
    schema["$defs"] = Json::Object(defs);
    schema
}

fn shape(shape: &Shape) -> Json {
    match shape {
        Shape::Text => json!({"type": "string"}),
        Shape::Scalar => json!({"type": ["string", "number", "boolean"]}),
        Shape::Boolean => json!({"type": "boolean"}),
        Shape::Count(least) => json!({"type": "integer", "minimum": least}),
        Shape::Words(words) => json!({"enum": words()}),
        Shape::List(entry, false) => json!({"type": "array", "items": self::shape(entry)}),
        Shape::List(entry, true) => {
            let entry = self::shape(entry);
            json!({"anyOf": [entry.clone(), {"type": "array", "items": entry}]})
        }
        Shape::Map(keys, required) => map(keys, *required),
        Shape::Named(value) => json!({"type": "object", "additionalProperties": self::shape(value)}),
        Shape::Rooted(value) => {
            let value = self::shape(value);
            json!({"type": "object", "patternProperties": {"^/": value}, "additionalProperties": false})
        }
        Shape::Either(shapes) => json!({"anyOf": shapes.iter().map(self::shape).collect::<Vec<_>>()}),
        Shape::Shared(name) => json!({"$ref": format!("#/$defs/{name}")}),
        Shape::Rules => json!({"$ref": "#/$defs/rules"}),
    }
}

/// A mapping with these keys and no others. A key without a value is as good as none.
fn map(keys: &[Key], required: usize) -> Json {
    let property = |key: &Key| {
        let mut own = shape(&key.shape);
        own["description"] = key.summary.into();
        (key.name.to_owned(), own)
    };
    let properties: Map<String, Json> = order::map(keys.iter().map(property));
    let required = keys::names(&keys[..required]);
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// Every rule and group, with the options of each.
fn rules(catalogue: &Catalogue) -> Json {
    let mut properties = Map::new();
    for page in catalogue.pages() {
        let group: Vec<&Page> =
            catalogue.pages().map(|page| &**page).filter(|other| other.group == page.group).collect();
        let of_group = group.iter().flat_map(|page| &page.options);
        properties
            .entry(page.group.to_string())
            .or_insert_with(|| rule(&format!("All rules of {}.", page.group), of_group));
        properties.insert(page.name.to_string(), rule(page.summary(Language::English), page.options.iter()));
    }
    // Any other name is a rule of the author's own: one that is set here, or one that is defined by its `match`.
    let own = json!({"description": "A rule of your own.", "anyOf": [level(), map(own_keys::RULE, 0)]});
    json!({"type": "object", "properties": properties, "additionalProperties": own})
}

fn level() -> Json {
    json!({"enum": Level::WORDS})
}

fn rule<'a>(summary: &str, options: impl Iterator<Item = &'a OptionDeclaration>) -> Json {
    let mut properties: Map<String, Json> = order::map(options.map(|own| (own.name.clone(), option(own))));
    properties.insert("severity".to_owned(), level());
    let settings = json!({"type": "object", "properties": properties, "additionalProperties": false});
    json!({"description": summary, "anyOf": [level(), settings]})
}

fn option(option: &OptionDeclaration) -> Json {
    let mut own = match &option.kind {
        OptionKind::Boolean => json!({"type": "boolean"}),
        OptionKind::Integer => json!({"type": "integer", "minimum": 0}),
        OptionKind::String => json!({"type": "string"}),
        OptionKind::Strings | OptionKind::Globs | OptionKind::Labels => {
            json!({"type": "array", "items": {"type": "string"}})
        }
        OptionKind::Choice(words) => json!({"enum": words}),
    };
    own["description"] = option.summary.clone().into();
    if !option.default.is_null() {
        own["default"] = option.default.clone();
    }
    own
}
