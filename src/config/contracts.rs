//! `contracts:` of `rubrica.yaml`.

use std::sync::Arc;

use regex::Regex;

use super::{json_schema, keys, read::Reader};
use crate::{
    contract::{
        Content, Contract, DateFormat, Demand, Equals, FieldType, Holding, Item, Outline, Section, TagDemand, Title,
        TitleDemand, Vocabulary,
    },
    document::Place,
    finding::Message,
    source::{
        CorpusPath, Globs, Span,
        yaml::{self, Node},
    },
};

/// Outlines within outlines beyond this are refused.
const MAX_DEPTH: usize = 6;

impl Reader<'_> {
    pub(super) fn contracts(&mut self, node: &Node) -> Vec<(Globs, Arc<Contract>)> {
        let items = self.mistakes.expect(node, "contracts", "a list", Node::as_list).unwrap_or_default();
        items.iter().filter_map(|item| self.contract(item)).collect()
    }

    fn contract(&mut self, node: &Node) -> Option<(Globs, Arc<Contract>)> {
        let mut contract = Contract { metadata: vec![Place::FrontMatter], ..Contract::default() };
        let mut globs = None;
        let mut any_order = None;
        for (key, _, value) in self.mistakes.entries(node, "contracts", &keys::names(keys::CONTRACT)) {
            match key {
                "name" => contract.name = self.text(value, key).unwrap_or_default(),
                "files" => globs = Some(self.mistakes.globs(value, key)),
                "when" => contract.when = self.when(value),
                "metadata" => contract.metadata = self.places(value),
                "title" => contract.title = self.title(value),
                "sections" => contract.outline = Some(self.outline(value, 0)),
                "order" => any_order = self.is_any_order(value),
                "empty-sections" => contract.fill_sections = self.boolean(value, key) == Some(false),
                // What the fields say in their own words counts more than what a schema says.
                "fields" => {
                    let mut own = self.fields(value);
                    own.append(&mut contract.fields);
                    contract.fields = own;
                }
                "other-fields" => contract.closed |= self.boolean(value, key) == Some(false),
                "schema" => {
                    if let Some(schema) = self.schema(value) {
                        contract.closed |= schema.closed;
                        contract.fields.extend(schema.demands);
                    }
                }
                _ => contract.tags = Some(self.tag_demand(value)),
            }
        }
        if let (Some(outline), Some(any_order)) = (&mut contract.outline, any_order) {
            outline.any_order = any_order;
        }
        for (key, is_missing) in [("name", contract.name.is_empty()), ("files", globs.is_none())] {
            if is_missing && node.as_map().is_some() {
                self.mistakes.add(node.span, Message::new("missing-key").with("key", key));
            }
        }
        Some((globs?, Arc::new(contract)))
    }

    /// The fields that a JSON Schema asks for.
    fn schema(&mut self, node: &Node) -> Option<json_schema::Fields> {
        let written = self.text(node, "schema")?;
        let text = self.read(&CorpusPath::new(&written).unwrap_or_default(), &written, node.span)?;
        let reading = yaml::parse(&text, 0);
        let Some(root) = reading.root.filter(|root| root.as_map().is_some()) else {
            let message = Message::new("unreadable").with("file", &written);
            self.mistakes.add(node.span, message.with("reason", "it is no JSON object"));
            return None;
        };
        let fields = json_schema::Fields::of(&root);
        for keyword in &fields.unread {
            let message = Message::new("unread-keyword").with("file", &written).with("keyword", keyword);
            self.mistakes.add(node.span, message);
        }
        Some(fields)
    }

    fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        self.mistakes.expect(node, key, "a string", Node::as_str).map(str::to_owned)
    }

    fn boolean(&mut self, node: &Node, key: &str) -> Option<bool> {
        self.mistakes.expect(node, key, "true or false", Node::as_bool)
    }

    fn count(&mut self, node: &Node, key: &str) -> Option<usize> {
        let number = |node: &Node| usize::try_from(node.as_integer()?).ok();
        self.mistakes.expect(node, key, "a whole number", number)
    }

    /// One of some words.
    fn word<T>(&mut self, node: &Node, key: &str, words: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let wanted = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        self.mistakes.expect(node, key, &wanted, |node| read(node.as_str()?))
    }

    fn when(&mut self, node: &Node) -> Vec<(String, Vec<String>)> {
        let entries = self.mistakes.entries(node, "when", &[]);
        let read = |value: &Node| match value.as_bool() {
            Some(true) => Vec::new(),
            _ => crate::contract::texts(value).into_iter().map(|text| text.text).collect(),
        };
        entries.into_iter().map(|(name, _, value)| (name.to_owned(), read(value))).collect()
    }

    fn places(&mut self, node: &Node) -> Vec<Place> {
        let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
        let mut out = Vec::new();
        for node in nodes {
            let word = |text: &str| match text {
                "front-matter" => Some(Place::FrontMatter),
                "preamble" => Some(Place::Preamble),
                _ => None,
            };
            if node.as_map().is_none() {
                out.extend(self.word(node, "metadata", &["front-matter", "preamble", "section: …"], word));
                continue;
            }
            for (key, _, value) in self.mistakes.entries(node, "metadata", &keys::names(keys::SECTION_PLACE)) {
                out.extend(self.text(value, key).map(Place::Section));
            }
        }
        out
    }

    fn title(&mut self, node: &Node) -> TitleDemand {
        let mut title = TitleDemand::default();
        if node.as_map().is_none() {
            let required = self.word(node, "title", &["required"], |word| (word == "required").then_some(true));
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

    fn is_any_order(&mut self, node: &Node) -> Option<bool> {
        self.word(node, "order", keys::ORDERS, |word| keys::ORDERS.contains(&word).then_some(word == "any"))
    }

    fn outline(&mut self, node: &Node, depth: usize) -> Outline {
        let nodes = self.mistakes.expect(node, "sections", "a list", Node::as_list).unwrap_or_default();
        if depth > MAX_DEPTH {
            self.mistakes.add(node.span, Message::new("too-large"));
            return Outline::default();
        }
        let items = nodes.iter().flat_map(|node| self.items(node, depth)).collect();
        Outline { items, any_order: false }
    }

    /// An entry of an outline: a text, a section with its keys, or a title with what stands within.
    fn items(&mut self, node: &Node, depth: usize) -> Vec<Item> {
        if node.as_str() == Some("...") {
            return vec![Item::Free];
        }
        if node.as_map().is_none() {
            let text = self.mistakes.expect(node, "sections", "a title or a mapping", Node::as_str);
            return text.and_then(|text| self.short(text, node.span)).map(|s| vec![section(s)]).unwrap_or_default();
        }
        if node.get("title").is_some() || node.get("regex").is_some() {
            let own = self.long(node, None, depth);
            return own.map(|own| vec![section(own)]).unwrap_or_default();
        }
        let mut out = Vec::new();
        for (title, span, value) in self.mistakes.entries(node, "sections", &[]) {
            let Some(own) = self.short(title, span) else { continue };
            if value.as_list().is_some() {
                let inner = Some(self.outline(value, depth + 1));
                out.push(section(Section { inner, ..own }));
            } else {
                out.extend(self.long(value, Some(own), depth).map(section));
            }
        }
        out
    }

    /// A title in short form: behind it `?` for a section that may be left out, `+` for several, `*` for both. A backslash
    /// before it makes it a part of the title.
    fn short(&mut self, text: &str, span: Span) -> Option<Section> {
        let (title, sign) = match text.char_indices().next_back() {
            Some((at, sign @ ('?' | '+' | '*'))) => match text[..at].strip_suffix('\\') {
                Some(before) => (format!("{before}{sign}"), None),
                None => (text[..at].trim_end().to_owned(), Some(sign)),
            },
            _ => (text.to_owned(), None),
        };
        let title = self.parsed(Title::parse(&title), text, span)?;
        let (optional, repeated) = (matches!(sign, Some('?' | '*')), matches!(sign, Some('+' | '*')));
        Some(Section { title, optional, repeated, inner: None, content: Content::default() })
    }

    /// A section with its keys; `own` where its title is known.
    fn long(&mut self, node: &Node, own: Option<Section>, depth: usize) -> Option<Section> {
        let entries = self.mistakes.entries(node, "sections", &keys::names(keys::SECTION_KEYS));
        let (mut title, mut inner, mut any_order, mut content) = (None, None, false, Content::default());
        let (mut optional, mut repeated) = own.as_ref().map_or((false, false), |own| (own.optional, own.repeated));
        for (key, _, value) in entries {
            match key {
                "title" | "regex" => {
                    let text = self.mistakes.expect(value, key, "a string", Node::as_str);
                    let read = if key == "title" { Title::parse } else { Title::regex };
                    title = text.and_then(|text| self.parsed(read(text), text, value.span));
                }
                "optional" => optional = self.boolean(value, key).unwrap_or_default(),
                "repeated" => repeated = self.boolean(value, key).unwrap_or_default(),
                "sections" => inner = Some(self.outline(value, depth + 1)),
                "order" => any_order = self.is_any_order(value).unwrap_or_default(),
                "holds" => content.holds = self.holdings(value),
                _ => content.max_words = self.count(value, key),
            }
        }
        if let Some(inner) = &mut inner {
            inner.any_order = any_order;
        }
        let title = title.or(own.map(|own| own.title))?;
        Some(Section { title, optional, repeated, inner, content })
    }

    fn holdings(&mut self, node: &Node) -> Vec<Holding> {
        let names: Vec<&str> = Holding::ALL.iter().map(|holding| holding.name()).collect();
        let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
        nodes.iter().filter_map(|node| self.word(node, "holds", &names, Holding::parse)).collect()
    }

    /// What a pattern was read as, or a mistake.
    fn parsed<T>(&mut self, read: Result<T, String>, text: &str, span: Span) -> Option<T> {
        read.map_err(|reason| {
            let message = Message::new("bad-pattern").with("pattern", text).with("reason", reason);
            self.mistakes.add(span, message);
        })
        .ok()
    }

    fn fields(&mut self, node: &Node) -> Vec<Demand> {
        let entries = self.mistakes.entries(node, "fields", &[]);
        entries.into_iter().map(|(name, _, value)| self.field(name, value)).collect()
    }

    fn field(&mut self, name: &str, node: &Node) -> Demand {
        let mut demand = Demand { name: name.to_owned(), ..Demand::default() };
        if node.as_map().is_none() {
            let required = |word: &str| keys::REQUIREMENTS.contains(&word).then_some(word == "required");
            demand.required = self.word(node, name, keys::REQUIREMENTS, required).unwrap_or_default();
            return demand;
        }
        for (key, _, value) in self.mistakes.entries(node, name, &keys::names(keys::FIELD)) {
            match key {
                "required" => demand.required = self.boolean(value, key).unwrap_or_default(),
                "unique" => demand.unique = self.boolean(value, key).unwrap_or_default(),
                "type" => {
                    let names: Vec<&str> = FieldType::ALL.iter().map(|kind| kind.name()).collect();
                    demand.kind = self.word(value, key, &names, FieldType::parse).unwrap_or_default();
                }
                "one-of" => {
                    let is_list = self.mistakes.expect(value, key, "a list", Node::as_list).is_some();
                    let texts = if is_list { crate::contract::texts(value) } else { Vec::new() };
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
                    let refers = self.word(value, key, &["document"], |word| (word == "document").then_some(true));
                    demand.refers = refers.unwrap_or_default();
                }
            }
        }
        if !demand.formats.is_empty() && demand.kind == FieldType::Any {
            demand.kind = FieldType::Date;
        }
        demand
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
            return self.word(node, "equals", &["filename", "heading", "field: …"], |word| match word {
                "filename" => Some(Equals::FileName),
                "heading" => Some(Equals::Heading),
                _ => None,
            });
        }
        let entries = self.mistakes.entries(node, "equals", &keys::names(keys::EQUALS_FIELD));
        entries.into_iter().find_map(|(key, _, value)| self.text(value, key)).map(Equals::Field)
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
        demand
    }

    fn vocabulary(&mut self, node: &Node) -> Vocabulary {
        let Some(text) = node.as_str() else {
            let words = self.mistakes.strings(node, "vocabulary");
            return Vocabulary::Words(words.into_iter().map(|(word, _)| word.to_owned()).collect());
        };
        if text == "corpus" {
            return Vocabulary::Corpus;
        }
        let path = CorpusPath::new(text).unwrap_or_default();
        let is_file = path.extension().is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json"));
        if !is_file {
            return Vocabulary::Folder(path);
        }
        let Some(text) = self.read(&path, text, node.span) else { return Vocabulary::Open };
        let root = yaml::parse(&text, 0).root;
        let words = match root.as_ref().and_then(Node::as_map) {
            Some(entries) => entries.iter().filter_map(|(key, _)| key.as_str()).map(str::to_owned).collect(),
            None => root.iter().flat_map(crate::contract::texts).map(|text| text.text).collect::<Vec<_>>(),
        };
        Vocabulary::Words(words)
    }

    /// A file that the configuration names; a mistake where it has no text.
    fn read(&mut self, path: &CorpusPath, written: &str, span: Span) -> Option<Arc<str>> {
        let text = self.tree.read(path, super::DEFAULT_MAX_BYTES);
        text.map_err(|reason| {
            let message = Message::new("unreadable").with("file", written).with("reason", reason.to_string());
            self.mistakes.add(span, message);
        })
        .ok()
    }
}

fn section(section: Section) -> Item {
    Item::Section(Arc::new(section))
}
