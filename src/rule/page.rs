//! A rule's page: everything that is stated about a rule, once.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use serde_json::Value as Json;

use crate::{
    declarative::Matching,
    document::{Document, Flavor},
    finding::{Message, Severity},
    mistakes::{Mistake, Mistakes},
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

impl FixClass {
    const ALL: [Self; 3] = [Self::Never, Self::Unsafe, Self::Safe];

    /// As a page writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word)
    }
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
    /// A whole number, none below 0.
    Integer,
    /// Text.
    String,
    /// A list of texts.
    Strings,
    /// A list of globs.
    Globs,
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
    /// What a declarative rule looks for.
    pub matching: Option<Arc<Matching>>,
    /// Where more is said about it.
    pub url: Option<String>,
    /// Wording by key.
    pub messages: BTreeMap<String, Wording>,
    /// Options in page order.
    pub options: Vec<OptionDeclaration>,
    /// The first paragraph.
    pub summary: String,
    /// The page without its front matter.
    pub body: String,
    /// The page's file.
    pub source: Arc<Source>,
    /// All of the file, parsed when somebody asks: most of a page are examples, which no check needs.
    pub(super) whole: OnceLock<Arc<Document>>,
}

impl Page {
    /// Reads a page. What cannot be read is a problem, and the rest stands.
    pub fn parse(group: &str, name: &str, path: CorpusPath, text: &str) -> (Self, Vec<Mistake>) {
        let source = Arc::new(Source::new(path.clone(), text));
        let head = Arc::new(Source::new(path, head(text)));
        let document = Document::parse(FileId(0), head, Flavor::GitHub);
        let mut reader = Reader::default();
        let header = document.facts.front_matter.as_ref();
        let root = header.and_then(|header| header.yaml.root.clone());
        let root = root.unwrap_or(Node { span: Span::at(0), value: Value::Map(Vec::new()) });
        if let Some(header) = header {
            reader.mistakes.yaml(&header.yaml.problems);
        }
        let body_start = header.map_or(0, |header| header.span.end as usize);
        let mut page = reader.page(group, name, &root, source);
        text[body_start..].trim_start().clone_into(&mut page.body);
        // Some pages have a section before they say anything.
        if let Some(first) = first_paragraph(&document).or_else(|| first_paragraph(page.document())) {
            page.summary = first;
        }
        (page, reader.mistakes.found)
    }

    /// The page as parsed, examples included.
    pub fn document(&self) -> &Arc<Document> {
        self.whole.get_or_init(|| Arc::new(Document::parse(FileId(0), self.source.clone(), Flavor::GitHub)))
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

/// A page up to its first section: the header and what the rule is.
fn head(text: &str) -> &str {
    let body = text.find("\n---").unwrap_or(0);
    text[body..].find("\n## ").map_or(text, |end| &text[..body + end])
}

/// The paragraph a document begins with, in one line.
fn first_paragraph(document: &Document) -> Option<String> {
    let &first = document.facts.paragraphs.first()?;
    Some(document.source.slice(first).trim().replace('\n', " "))
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

fn strings(node: &Node) -> Vec<String> {
    node.as_list().unwrap_or_default().iter().filter_map(|item| Some(item.as_str()?.to_owned())).collect()
}

/// The holes of a template.
pub(super) fn holes(template: &str) -> Vec<&str> {
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).filter(is_name).collect()
}

/// What front matter states; `match:` is read in `declared.rs`.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) mistakes: Mistakes,
    /// Whether the summary stands in the header, because there is no body.
    pub(super) may_summarise: bool,
    pub(super) is_declared: bool,
}

/// Keys of every page.
const KEYS: &[&str] = &["severity", "fix", "since", "default", "messages"];

impl Reader {
    pub(super) fn page(&mut self, group: &str, name: &str, root: &Node, source: Arc<Source>) -> Page {
        let matched = root.get("match");
        self.is_declared = matched.is_some();
        let own: &[&str] = match (self.is_declared, self.may_summarise) {
            (true, true) => &["help", "match", "summary", "url"],
            (true, false) => &["help", "match", "url"],
            (false, _) => &["options"],
        };
        self.mistakes.entries(root, "the front matter", &[KEYS, own].concat());
        let word = |key: &str| root.get(key).and_then(Node::as_str).map(str::to_owned);
        let mut page = Page {
            name: name.into(),
            group: group.into(),
            severity: self.choice(root, "severity", Severity::parse).unwrap_or(Severity::Warning),
            fix: self.choice(root, "fix", FixClass::parse).unwrap_or(FixClass::Never),
            since: word("since").unwrap_or_default(),
            default: self.default_state(root),
            matching: None,
            url: word("url"),
            messages: self.messages(root.get("messages")),
            options: self.options(root),
            summary: word("summary").unwrap_or_default(),
            body: String::new(),
            source,
            whole: OnceLock::new(),
        };
        if let Some(help) = root.get("help").and_then(|node| self.wording(node)) {
            page.messages.insert("help".to_owned(), help);
        }
        if let Some(node) = matched {
            super::declared::complete(&mut page, root, node, &mut self.mistakes);
        }
        page
    }

    fn choice<T>(&mut self, root: &Node, key: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let Some(node) = root.get(key) else {
            if !self.is_declared {
                self.mistakes.add(root.span, Message::new("missing-key").with("key", key));
            }
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

    pub(super) fn messages(&mut self, node: Option<&Node>) -> BTreeMap<String, Wording> {
        let entries = node.and_then(Node::as_map).unwrap_or_default();
        entries.iter().filter_map(|(key, node)| Some((key.as_str()?.to_owned(), self.wording(node)?))).collect()
    }

    /// A text for both languages, or one for each.
    fn wording(&mut self, node: &Node) -> Option<Wording> {
        if let Some(text) = node.as_str() {
            return Some(Wording { en: text.to_owned(), zh: text.to_owned() });
        }
        let text = |language: &str| node.get(language).and_then(Node::as_str).map(str::to_owned);
        let Some(en) = text("en").or_else(|| text("zh")) else {
            self.mistakes.add(node.span, Message::new("missing-key").with("key", "en"));
            return None;
        };
        Some(Wording { zh: text("zh").unwrap_or_else(|| en.clone()), en })
    }

    fn options(&mut self, root: &Node) -> Vec<OptionDeclaration> {
        let mut out = Vec::new();
        for (key, node) in root.get("options").and_then(Node::as_map).unwrap_or_default() {
            let kind = match node.get("type").and_then(Node::as_str) {
                Some("boolean") => OptionKind::Boolean,
                Some("integer") => OptionKind::Integer,
                Some("string") => OptionKind::String,
                Some("list of strings") => OptionKind::Strings,
                Some("list of globs") => OptionKind::Globs,
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

/// A label by example, perhaps behind a `!`.
pub fn label_example(node: &Node) -> Option<Json> {
    node.as_str().filter(|text| scheme_of(text).is_some()).map(Json::from)
}

impl OptionKind {
    /// The value of a node, if it is of this type.
    pub fn read(&self, node: &Node) -> Option<Json> {
        match self {
            Self::Boolean => node.as_bool().map(Json::from),
            Self::Integer => node.as_integer().filter(|number| *number >= 0).map(Json::from),
            Self::String => node.as_str().map(Json::from),
            Self::Strings | Self::Globs => node.as_list()?.iter().map(|item| item.as_str().map(Json::from)).collect(),
            Self::Choice(words) => node.as_str().filter(|word| words.iter().any(|known| known == word)).map(Json::from),
            Self::Labels => node.as_list()?.iter().map(label_example).collect(),
        }
    }

    /// The type in words.
    pub fn in_words(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Boolean => "true or false",
            Self::Integer => "a whole number from 0 on",
            Self::String => "a string",
            Self::Strings => "a list of strings",
            Self::Globs => "a list of globs",
            Self::Labels => "a list of labels such as `第一章` or `!Step 1`",
            Self::Choice(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                return Cow::Owned(quoted.join(", "));
            }
        })
    }
}
