//! `contracts:` of `rubrica.yaml`.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    keys,
    reader::{Reader, unreadable},
};
use crate::{
    contract::{Condition, Contract, TagDemand, TitleDemand, Vocabulary},
    document::Place,
    files::io_reason,
    finding::Message,
    mistakes::Mistakes,
    source::{
        CorpusPath, Globs, Source, Span,
        yaml::{self, Node},
    },
};

impl Reader<'_> {
    pub(super) fn contracts(&mut self, node: &Node) -> Vec<(Globs, Arc<Contract>)> {
        let items = self.mistakes.expect(node, "contracts", "a list", Node::as_list).unwrap_or_default();
        let mut out: Vec<(Globs, Arc<Contract>)> = Vec::new();
        for item in items {
            let Some((globs, contract)) = self.contract(item) else { continue };
            if out.iter().any(|(_, other)| other.name == contract.name && !contract.name.is_empty()) {
                let span = item.get("name").map_or(item.span, |name| name.span);
                self.mistakes.add(span, Message::new("contract-exists").with("contract", &contract.name));
            }
            out.push((globs, Arc::new(contract)));
        }
        out
    }

    fn contract(&mut self, node: &Node) -> Option<(Globs, Contract)> {
        let (before, faulty) = (self.mistakes.found.len(), self.config.faulty.len());
        let mut contract = Contract { metadata: vec![Place::FrontMatter], ..Contract::default() };
        let mut globs = None;
        let (mut any_order, mut is_closed) = (None, false);
        // What holds fields by their full names, and is no field itself.
        let mut outer: BTreeSet<String> = BTreeSet::new();
        for (key, _, value) in self.mistakes.entries(node, "contracts", &keys::names(keys::CONTRACT)) {
            match key {
                "name" => contract.name = self.text(value, key).unwrap_or_default(),
                "files" => {
                    let (own, each) = self.mistakes.files(value);
                    globs = Some(own);
                    self.config.named.extend(each);
                }
                "when" => contract.when = self.when(value),
                "metadata" => contract.metadata = self.places(value),
                "title" => contract.title = self.title(value),
                "sections" => {
                    let before = self.mistakes.found.len();
                    let outline = self.outline(value, 0);
                    // By one of which a part cannot be read, sections would be unexpected that it names.
                    contract.outline = Some(outline).filter(|_| self.mistakes.found.len() == before);
                }
                "order" => any_order = self.is_any_order(value),
                "empty_sections" => contract.fill_sections = self.boolean(value, key) == Some(false),
                "fields" => {
                    contract.fields = self.fields(value);
                    let names: Vec<&str> = contract.fields.iter().map(|demand| demand.name.as_str()).collect();
                    outer = names.iter().filter_map(|name| Some(name.rsplit_once('.')?.0.to_owned())).collect();
                    outer.retain(|outer| !names.contains(&outer.as_str()));
                }
                "other_fields" => is_closed = self.boolean(value, key) == Some(false),
                "schema" => contract.schema = self.schema(value),
                _ => contract.tags = Some(self.tag_demand(value)),
            }
        }
        // Of a schema that cannot be read nobody knows the fields.
        if is_closed && (node.get("schema").is_none() || contract.schema.is_some()) {
            contract.closed.extend(outer.into_iter().chain([String::new()]));
        }
        if let (Some(outline), Some(any_order)) = (&mut contract.outline, any_order) {
            outline.any_order = any_order;
        }
        for (key, is_missing) in [("name", contract.name.is_empty()), ("files", globs.is_none())] {
            if is_missing && node.as_map().is_some() {
                self.mistakes.add(node.span, Message::new("missing-key").with("key", key));
            }
        }
        let is_read = self.mistakes.found.len() == before && self.config.faulty.len() == faulty;
        if is_read && node.as_map().is_some() && contract.asks_for_nothing() {
            self.mistakes.add(node.span, Message::new("no-demand").with("contract", &contract.name));
        }
        Some((globs?, contract))
    }

    fn when(&mut self, node: &Node) -> Vec<Condition> {
        let entries = self.mistakes.entries(node, "when", &[]);
        let read = |value: &Node| match value.as_bool() {
            Some(true) => Vec::new(),
            _ => crate::contract::texts(value).into_iter().map(|text| text.text).collect(),
        };
        let condition =
            |(name, span, value): (&str, Span, &Node)| Condition { field: name.to_owned(), values: read(value), span };
        entries.into_iter().map(condition).collect()
    }

    fn places(&mut self, node: &Node) -> Vec<Place> {
        let nodes = node.items();
        let mut out = Vec::new();
        for node in nodes {
            let word = |text: &str| match text {
                "front-matter" => Some(Place::FrontMatter),
                "preamble" => Some(Place::Preamble),
                _ => None,
            };
            if node.as_map().is_none() {
                out.extend(self.mistakes.choose(node, "metadata", &["front-matter", "preamble", "section: …"], word));
                continue;
            }
            for (key, _, value) in self.mistakes.entries(node, "metadata", &keys::names(keys::SECTION_PLACE)) {
                out.extend(self.heading(value, key).map(Place::Section));
            }
        }
        out
    }

    fn title(&mut self, node: &Node) -> TitleDemand {
        let mut title = TitleDemand::default();
        if node.as_map().is_none() {
            let required =
                self.mistakes.choose(node, "title", &["required"], |word| (word == "required").then_some(true));
            return TitleDemand { required: required.unwrap_or_default(), ..title };
        }
        for (key, _, value) in self.mistakes.entries(node, "title", &keys::names(keys::TITLE)) {
            let asked = self.boolean(value, key).unwrap_or_default();
            match key {
                "required" => title.required = asked,
                _ => title.unique = asked,
            }
        }
        title
    }

    fn tag_demand(&mut self, node: &Node) -> TagDemand {
        let mut demand = TagDemand::default();
        for (key, _, value) in self.mistakes.entries(node, "tags", &keys::names(keys::TAGS)) {
            match key {
                "from" => demand.sources = self.tags(value),
                "min" => demand.min = self.count(value, key),
                "max" => demand.max = self.count(value, key),
                _ => demand.vocabulary = self.vocabulary(value),
            }
        }
        if let (Some(min), Some(max)) = (demand.min, demand.max)
            && min > max
        {
            self.mistakes.add(node.span, Message::new("min-above-max"));
        }
        demand
    }

    fn vocabulary(&mut self, node: &Node) -> Vocabulary {
        let Some(text) = node.as_str() else {
            let words = self.mistakes.strings(node, "vocabulary");
            self.mistakes.filled(node, "vocabulary");
            for (_, span) in words.iter().filter(|(word, _)| word.trim().is_empty()) {
                self.mistakes.add(*span, Message::new("empty").with("key", "vocabulary"));
            }
            let words: Vec<String> = words.into_iter().map(|(word, _)| word.to_owned()).collect();
            return if words.is_empty() { Vocabulary::Open } else { Vocabulary::Words(words) };
        };
        if text == "corpus" {
            return Vocabulary::Corpus;
        }
        let Some(path) = CorpusPath::new(text) else {
            return self.unreadable(text, "leads out of the root", node.span);
        };
        let is_file = path.extension().is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json"));
        if !is_file {
            return match self.tree.markdown_in(&path) {
                Ok(notes) if notes.is_empty() => self.unreadable(text, "there are no notes in it", node.span),
                Ok(_) => Vocabulary::Folder(path),
                Err(error) => self.unreadable(text, &io_reason(&error), node.span),
            };
        }
        let Some(content) = self.read(&path, text, node.span) else { return Vocabulary::Open };
        let reading = yaml::parse(&content, 0);
        let words = match reading.root.as_ref().and_then(Node::as_map) {
            Some(entries) => entries.iter().filter_map(|(key, _)| key.as_str()).map(str::to_owned).collect(),
            None => reading.root.iter().flat_map(crate::contract::texts).map(|text| text.text).collect::<Vec<_>>(),
        };
        if !reading.problems.is_empty() {
            let mut mistakes = Mistakes::default();
            mistakes.yaml(&reading.problems);
            self.config.faulty.push((Arc::new(Source::new(path, content)), mistakes.found));
            return Vocabulary::Open;
        }
        if words.is_empty() {
            return self.unreadable(text, "there are no words in it", node.span);
        }
        Vocabulary::Words(words)
    }

    /// A vocabulary that cannot be read is a mistake, and judges nothing.
    fn unreadable(&mut self, written: &str, reason: &str, span: Span) -> Vocabulary {
        self.mistakes.add(span, unreadable(written, reason));
        Vocabulary::Open
    }
}
