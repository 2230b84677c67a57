//! A rule's page: everything that is stated about a rule, once.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde_json::Value as Json;

use super::{Mistake, Mistakes};
use crate::{
    document::{Document, Flavor},
    finding::{Message, Severity},
    numbering::scheme_of,
    source::{
        CorpusPath, FileId, Source, Span,
        yaml::{Node, Value},
    },
};

/// A language messages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

/// A message's templates; holes are `{named}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// The strongest fix a rule may offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FixClass {
    /// None.
    Never,
    /// One that is applied on request.
    Unsafe,
    /// One that is applied by default.
    Safe,
}

/// Whether a rule runs without being asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Activation {
    /// It does.
    On,
    /// It does not.
    Off,
    /// Once this key of the configuration is set.
    When(String),
}

/// The type of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// Text.
    String,
    /// A list of texts.
    Strings,
    /// One of some words.
    Choice(Vec<String>),
    /// A list of labels by example, each perhaps behind a `!`.
    Labels,
}

/// An option as its page declares it.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionDeclaration {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: OptionKind,
    /// Its value where nothing is configured.
    pub default: Json,
    /// One line on what it does.
    pub summary: String,
}

/// A rule's page, read.
#[derive(Clone, Debug)]
pub struct Page {
    /// The rule's name: the file's name without `.md`.
    pub name: Arc<str>,
    /// The rule's group: the folder's name.
    pub group: Arc<str>,
    /// How much its findings matter by default.
    pub severity: Severity,
    /// The strongest fix it may offer.
    pub fix: FixClass,
    /// The version that brought it.
    pub since: String,
    /// Whether it runs without being asked for.
    pub default: Activation,
    /// Wording by key.
    pub messages: BTreeMap<String, Wording>,
    /// Options in page order.
    pub options: Vec<OptionDeclaration>,
    /// The first paragraph.
    pub summary: String,
    /// The page without its front matter.
    pub body: String,
    /// The page as parsed.
    pub document: Arc<Document>,
}

impl Page {
    /// Reads a page. What cannot be read is a problem, and the rest stands.
    pub fn parse(group: &str, name: &str, path: CorpusPath, text: &str) -> (Self, Vec<Mistake>) {
        let source = Arc::new(Source::new(path, text));
        let document = Arc::new(Document::parse(FileId(0), source, Flavor::GitHub));
        let mut reader = Reader { mistakes: Mistakes::default() };
        let header = document.facts.front_matter.as_ref();
        let root = header.and_then(|header| header.yaml.root.clone());
        let root = root.unwrap_or(Node { span: Span::at(0), value: Value::Map(Vec::new()) });
        if let Some(header) = header {
            reader.mistakes.yaml(&header.yaml.problems);
        }
        reader.mistakes.entries(
            &root,
            "the front matter",
            &["severity", "fix", "since", "default", "messages", "options"],
        );
        let word = |key: &str| root.get(key).and_then(Node::as_str);
        let body_start = header.map_or(0, |header| header.span.end as usize);
        let summary =
            document.facts.paragraphs.first().map(|&span| document.source.slice(span).trim().replace('\n', " "));
        let page = Self {
            name: name.into(),
            group: group.into(),
            severity: reader.choice(&root, "severity", Severity::parse).unwrap_or(Severity::Warning),
            fix: reader.choice(&root, "fix", fix_class).unwrap_or(FixClass::Never),
            since: word("since").unwrap_or_default().to_owned(),
            default: reader.default_state(&root),
            messages: reader.messages(&root),
            options: reader.options(&root),
            summary: summary.unwrap_or_default(),
            body: text[body_start..].trim_start().to_owned(),
            document: document.clone(),
        };
        (page, reader.mistakes.found)
    }

    /// A message in words.
    pub fn say(&self, message: &Message, language: Language) -> String {
        let Some(wording) = self.messages.get(&*message.key) else { return message.key.to_string() };
        let template = match language {
            Language::English => &wording.en,
            Language::Chinese => &wording.zh,
        };
        fill(template, |hole| message.argument(hole))
    }

    /// The options with their defaults.
    pub fn default_options(&self) -> serde_json::Map<String, Json> {
        self.options.iter().map(|option| (option.name.clone(), option.default.clone())).collect()
    }
}

/// Fills the `{holes}` of a template. A hole nobody fills stays visible; what is filled in is not read again.
fn fill<'a>(template: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        match inner.find('}').map(|close| (&inner[..close], close)) {
            Some((hole, close)) if value(hole).is_some() => {
                out.push_str(value(hole).unwrap_or_default());
                rest = &inner[close + 1..];
            }
            _ => {
                out.push('{');
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

fn fix_class(word: &str) -> Option<FixClass> {
    match word {
        "never" => Some(FixClass::Never),
        "unsafe" => Some(FixClass::Unsafe),
        "safe" => Some(FixClass::Safe),
        _ => None,
    }
}

fn strings(node: &Node) -> Vec<String> {
    node.as_list().unwrap_or_default().iter().filter_map(|item| Some(item.as_str()?.to_owned())).collect()
}

struct Reader {
    mistakes: Mistakes,
}

impl Reader {
    fn choice<T>(&mut self, root: &Node, key: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let Some(node) = root.get(key) else {
            self.mistakes.add(root.span, Message::new("missing-key").with("key", key));
            return None;
        };
        let found = node.as_str().and_then(parse);
        if found.is_none() {
            self.mistakes.add(node.span, Message::new("wrong-value").with("key", key));
        }
        found
    }

    fn default_state(&mut self, root: &Node) -> Activation {
        let Some(node) = root.get("default") else { return Activation::On };
        match (node.as_str(), node.get("when").and_then(Node::as_str)) {
            (Some("on"), _) => Activation::On,
            (Some("off"), _) => Activation::Off,
            (_, Some(key)) => Activation::When(key.to_owned()),
            _ => {
                self.mistakes.add(node.span, Message::new("wrong-value").with("key", "default"));
                Activation::Off
            }
        }
    }

    fn messages(&mut self, root: &Node) -> BTreeMap<String, Wording> {
        let mut out = BTreeMap::new();
        for (key, node) in root.get("messages").and_then(Node::as_map).unwrap_or_default() {
            let text = |language: &str| node.get(language).and_then(Node::as_str).map(str::to_owned);
            match (key.as_str(), text("en")) {
                (Some(key), Some(en)) => {
                    let zh = text("zh").unwrap_or_else(|| en.clone());
                    out.insert(key.to_owned(), Wording { en, zh });
                }
                _ => {
                    self.mistakes.add(key.span, Message::new("missing-key").with("key", "en"));
                }
            }
        }
        out
    }

    fn options(&mut self, root: &Node) -> Vec<OptionDeclaration> {
        let mut out = Vec::new();
        for (key, node) in root.get("options").and_then(Node::as_map).unwrap_or_default() {
            let kind = match node.get("type").and_then(Node::as_str) {
                Some("boolean") => OptionKind::Boolean,
                Some("integer") => OptionKind::Integer,
                Some("string") => OptionKind::String,
                Some("list of strings") => OptionKind::Strings,
                Some("list of labels") => OptionKind::Labels,
                Some("one of") => OptionKind::Choice(node.get("choices").map(strings).unwrap_or_default()),
                _ => {
                    self.mistakes.add(node.span, Message::new("wrong-value").with("key", "type"));
                    continue;
                }
            };
            // An option may have no value until one is configured.
            let read = |node: &Node| if node.is_null() { Some(Json::Null) } else { kind.read(node) };
            let Some(default) = node.get("default").and_then(read) else {
                self.mistakes.add(node.span, Message::new("wrong-value").with("key", "default"));
                continue;
            };
            let summary = node.get("summary").and_then(Node::as_str).unwrap_or_default().to_owned();
            out.push(OptionDeclaration { name: key.as_str().unwrap_or_default().to_owned(), kind, default, summary });
        }
        out
    }
}

impl OptionKind {
    /// The value of a node, if it is of this type.
    pub fn read(&self, node: &Node) -> Option<Json> {
        match self {
            Self::Boolean => node.as_bool().map(Json::from),
            Self::Integer => node.as_integer().map(Json::from),
            Self::String => node.as_str().map(Json::from),
            Self::Strings => node.as_list()?.iter().map(|item| item.as_str().map(Json::from)).collect(),
            Self::Choice(words) => node.as_str().filter(|word| words.iter().any(|known| known == word)).map(Json::from),
            Self::Labels => {
                let label = |item: &Node| item.as_str().filter(|text| scheme_of(text).is_some()).map(Json::from);
                node.as_list()?.iter().map(label).collect()
            }
        }
    }

    /// The type in words.
    pub fn in_words(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Boolean => "true or false",
            Self::Integer => "a whole number",
            Self::String => "a string",
            Self::Strings => "a list of strings",
            Self::Labels => "a list of labels such as `第一章` or `!Step 1`",
            Self::Choice(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                return Cow::Owned(quoted.join(", "));
            }
        })
    }
}
