//! `fields:` and `schema:` of a contract.

use std::sync::Arc;

use regex::Regex;

use super::{keys, reader::Reader};
use crate::{
    contract::{DateFormat, Demand, Equals, FieldType, Schema},
    finding::Message,
    mistakes::Mistakes,
    source::{
        CorpusPath, Source, Span,
        yaml::{self, Node},
    },
};

impl Reader<'_> {
    pub(super) fn fields(&mut self, node: &Node) -> Vec<Demand> {
        let entries = self.mistakes.entries(node, "fields", &[]);
        entries.into_iter().map(|(name, _, value)| self.field(name, value)).collect()
    }

    fn field(&mut self, name: &str, node: &Node) -> Demand {
        let mut demand = Demand { name: name.to_owned(), ..Demand::default() };
        if node.as_map().is_none() {
            let required = |word: &str| keys::REQUIREMENTS.contains(&word).then_some(word == "required");
            demand.required = self.mistakes.choose(node, name, keys::REQUIREMENTS, required).unwrap_or_default();
            return demand;
        }
        for (key, _, value) in self.mistakes.entries(node, name, &keys::names(keys::FIELD)) {
            match key {
                "required" => demand.required = self.boolean(value, key).unwrap_or_default(),
                "unique" => demand.unique = self.boolean(value, key).unwrap_or_default(),
                "type" => {
                    let names: Vec<&str> = FieldType::ALL.iter().map(|kind| kind.name()).collect();
                    demand.kind = self.mistakes.choose(value, key, &names, FieldType::parse).unwrap_or_default();
                }
                "one_of" => {
                    let is_list = self.mistakes.expect(value, key, "a list", Node::as_list).is_some();
                    let texts = if is_list { crate::contract::texts(value) } else { Vec::new() };
                    self.mistakes.filled(value, key);
                    demand.one_of = texts.into_iter().map(|text| text.text).collect();
                }
                "pattern" => {
                    let text = self.mistakes.expect(value, key, "a string", Node::as_str);
                    let regex = |text: &str| Regex::new(text).map_err(|error| crate::contract::regex_reason(&error));
                    demand.pattern = text.and_then(|text| self.parsed(regex(text), text, value.span));
                }
                "format" => demand.formats = self.formats(value),
                "equals" => demand.equals = self.equals(value),
                _ => {
                    let refers =
                        self.mistakes.choose(value, key, &["document"], |word| (word == "document").then_some(true));
                    demand.refers = refers.unwrap_or_default();
                }
            }
        }
        if !demand.formats.is_empty() && demand.kind == FieldType::Any {
            demand.kind = FieldType::Date;
        }
        self.agreeing(&demand, node);
        demand
    }

    /// What is said of the values has to agree with their type.
    fn agreeing(&mut self, demand: &Demand, node: &Node) {
        if let Some(format) = node.get("format").filter(|_| !matches!(demand.kind, FieldType::Date | FieldType::Any)) {
            let other = format!("type: {}", demand.kind.name());
            self.mistakes.add(format.span, Message::new("misplaced-key").with("key", "format").with("other", other));
        }
        let values = node.get("one_of").and_then(Node::as_list).unwrap_or_default();
        for value in values.iter().filter(|value| demand.kind != FieldType::List && !value.is_null()) {
            // Of a date and the like the quotes do not matter.
            if !demand.kind.fits(value.unquoted().as_ref().unwrap_or(value), false) {
                let message = Message::new("wrong-item").with("key", "one_of").with("type", demand.kind.name());
                self.mistakes.add(value.span, message.with("found", value.shown()));
            }
        }
    }

    fn formats(&mut self, node: &Node) -> Vec<DateFormat> {
        let mut out = Vec::new();
        for (text, span) in self.mistakes.strings(node, "format") {
            let format = DateFormat::parse(text);
            if format.is_none() {
                self.mistakes.add(span, Message::new("bad-date").with("example", text));
            }
            out.extend(format);
        }
        out
    }

    fn equals(&mut self, node: &Node) -> Option<Equals> {
        if node.as_map().is_none() {
            return self.mistakes.choose(node, "equals", &["filename", "heading", "field: …"], |word| match word {
                "filename" => Some(Equals::FileName),
                "heading" => Some(Equals::Heading),
                _ => None,
            });
        }
        let entries = self.mistakes.entries(node, "equals", &keys::names(keys::EQUALS_FIELD));
        entries.into_iter().find_map(|(key, _, value)| self.text(value, key)).map(Equals::Field)
    }

    /// A JSON Schema of the front matter. One with mistakes judges nothing.
    pub(super) fn schema(&mut self, node: &Node) -> Option<Arc<Schema>> {
        let written = self.text(node, "schema")?;
        let path = CorpusPath::new(&written).unwrap_or_default();
        let text = self.read(&path, &written, node.span)?;
        let source = Arc::new(Source::new(path.clone(), text.clone()));
        let mut mistakes = Mistakes::default();
        let reading = yaml::parse(&text, 0);
        // YAML reads some of what is no JSON.
        let is_json = path.extension() == Some("json");
        match serde_json::from_str::<serde::de::IgnoredAny>(&text) {
            Err(error) if is_json => {
                let start = source.lines().start_of(error.line().saturating_sub(1));
                let reason = error.to_string();
                let reason = reason.split(" at line ").next().unwrap_or_default();
                mistakes.add(Span { start, end: start }, Message::new("no-json").with("reason", reason));
            }
            _ => mistakes.yaml(&reading.problems),
        }
        let root = reading.root.filter(|root| root.as_map().is_some());
        if root.is_none() && mistakes.found.is_empty() {
            mistakes.add(Span::at(0), Message::new("no-json").with("reason", "it is no object"));
        }
        let schema = root.filter(|_| mistakes.found.is_empty()).map(|root| Schema::new(&root));
        for (span, message) in schema.iter().filter_map(|schema| schema.as_ref().err()).flatten() {
            mistakes.add(*span, message.clone());
        }
        if !mistakes.found.is_empty() {
            self.config.faulty.push((source, mistakes.found));
        }
        schema?.ok().map(Arc::new)
    }
}
