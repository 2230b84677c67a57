//! A rule's page: everything that is stated about a rule, once.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use serde_json::Value as Json;

use super::OptionDeclaration;
use crate::{
    declarative::Matching,
    document::{Document, Flavor, header},
    finding::{Message, Safety, Severity},
    mistakes::{Mistake, Mistakes},
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

/// A message's templates; holes are `{named}`, or `{@named}` where what fills them stands under `words:` of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// How a page says how sure its strongest fix is.
pub(crate) const FIXES: &[&str] = &["never", "unsafe", "safe"];

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

/// A rule's page, read.
#[derive(Clone, Debug)]
pub struct Page {
    /// The rule's name: the file's name without `.md`.
    pub name: Arc<str>,
    /// The rule's group: the folder's name.
    pub group: Arc<str>,
    /// How much its findings matter by default.
    pub severity: Severity,
    /// How sure the strongest fix is that it may offer; `None` if it offers none.
    pub fix: Option<Safety>,
    /// The version that brought it.
    pub since: String,
    /// Whether it runs without being asked for.
    pub default: Activation,
    /// What a declarative rule looks for.
    pub matching: Option<Arc<Matching>>,
    /// Where more is said about it.
    pub url: Option<String>,
    /// Options in page order.
    pub options: Vec<OptionDeclaration>,
    /// Whether it has something to say on how to go on.
    pub has_help: bool,
    /// Of a page of the program, its text, of which a file is made when somebody asks.
    pub(super) native: &'static str,
    pub(super) source: OnceLock<Arc<Source>>,
    /// What it says to people; of a page of the program, read when somebody asks, since it is most of the page.
    pub(super) words: OnceLock<Words>,
    /// All of the file, parsed when somebody asks: most of a page are examples, which no check needs.
    pub(super) whole: OnceLock<Arc<Document>>,
}

/// What a page says to people.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) messages: BTreeMap<String, Wording>,
    /// Words of English that fill holes, in Chinese.
    chinese: BTreeMap<String, String>,
    pub(super) summary: Wording,
    body: String,
}

impl Page {
    /// Reads a page. What cannot be read is a problem, and the rest stands.
    pub fn parse(group: &str, name: &str, path: CorpusPath, text: &str) -> (Self, Vec<Mistake>) {
        let source = Arc::new(Source::new(path.clone(), text));
        let head = Arc::new(Source::new(path.clone(), head(text)));
        let document = Document::parse(FileId(0), head, Flavor::GitHub);
        let mut reader = Reader { page: Some(path), ..Reader::default() };
        let header = document.facts.front_matter.as_ref();
        if let Some(header) = header {
            reader.mistakes.yaml(&header.yaml.problems);
        }
        let body_start = header.map_or(0, |header| header.span.end as usize);
        let root = header.and_then(|header| header.yaml.root.as_ref());
        let (mut page, mut words) = reader.page(group, name, root);
        page.source = source.into();
        text[body_start..].trim_start().clone_into(&mut words.body);
        // Some pages have a section before they say anything.
        if let Some(first) = first_paragraph(&document).or_else(|| first_paragraph(page.document())) {
            words.summary.en = first;
        }
        page.words = words.into();
        // Of a header that cannot be read nothing is known, so nothing in it is missing.
        match header.filter(|header| header.is_broken() && !header.yaml.problems.is_empty()) {
            Some(broken) => (page, broken.yaml.problems.iter().map(Mistake::of_yaml).collect()),
            None => (page, reader.mistakes.found),
        }
    }

    /// Reads a page of the program, as far as it takes to start. A test sees to it that [`Page::parse`] finds no mistake,
    /// and states the same.
    pub(super) fn native(group: &str, name: &str, text: &'static str) -> Self {
        let head = head(text);
        let rest = without_messages(head);
        let root = header(&rest).and_then(|header| header.yaml.root);
        let mut reader = Reader { is_sound: true, ..Reader::default() };
        let (page, _) = reader.page(group, name, root.as_ref());
        Self { native: text, has_help: page.has_help || head.contains("\n  help:"), ..page }
    }

    /// The page's file.
    pub fn source(&self) -> &Arc<Source> {
        let path = || CorpusPath::new(&format!("rules/{}/{}.md", self.group, self.name)).unwrap_or_default();
        self.source.get_or_init(|| Arc::new(Source::new(path(), self.native)))
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| {
            let (page, _) = Self::parse(&self.group, &self.name, self.source().path.clone(), self.native);
            page.words.into_inner().unwrap_or_default()
        })
    }

    /// Wording by key.
    pub fn messages(&self) -> &BTreeMap<String, Wording> {
        &self.words().messages
    }

    /// The first paragraph; in Chinese what the header says, if it does.
    pub fn summary(&self, language: Language) -> &str {
        let Wording { en, zh } = &self.words().summary;
        if language == Language::Chinese && !zh.is_empty() { zh } else { en }
    }

    /// The page without its front matter.
    pub fn body(&self) -> &str {
        &self.words().body
    }

    /// The page as parsed, examples included.
    pub fn document(&self) -> &Arc<Document> {
        self.whole.get_or_init(|| Arc::new(Document::parse(FileId(0), self.source().clone(), Flavor::GitHub)))
    }

    /// A message in words.
    pub fn say(&self, message: &Message, language: Language) -> String {
        let Some(wording) = self.messages().get(&*message.key) else { return message.key.to_string() };
        let template = match language {
            Language::English => &wording.en,
            Language::Chinese => &wording.zh,
        };
        fill(template, |hole| {
            let Some(hole) = hole.strip_prefix('@') else { return message.argument(hole) };
            let text = message.argument(hole)?;
            let own = self.words().chinese.get(text).filter(|_| language == Language::Chinese);
            Some(own.map_or(text, String::as_str))
        })
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

/// A page of the program without its messages and words, which stand in its header as lines that begin with a blank.
fn without_messages(text: &str) -> Cow<'_, str> {
    const KEY: &str = "\nmessages:\n";
    let Some(start) = text.find(KEY) else { return text.into() };
    let messages =
        text[start + KEY.len()..].split_inclusive('\n').take_while(|line| line.starts_with(' ') || *line == "words:\n");
    let end = start + KEY.len() + messages.map(str::len).sum::<usize>();
    format!("{}\n{}", &text[..start], &text[end..]).into()
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
    /// Whether a test has read it already, so that it has no mistakes.
    pub(super) is_sound: bool,
    /// The file, where it is a page of its own.
    pub(super) page: Option<CorpusPath>,
}

/// Keys of every page.
const KEYS: &[&str] = &["severity", "fix", "since", "default", "messages"];

impl Reader {
    /// What a header says, with its words apart.
    pub(super) fn page(&mut self, group: &str, name: &str, root: Option<&Node>) -> (Page, Words) {
        let nothing = Node { span: Span::at(0), value: Value::Map(Vec::new()) };
        let root = root.unwrap_or(&nothing);
        let matched = root.get("match");
        self.is_declared = matched.is_some();
        let own: &[&str] = match (self.is_declared, self.may_summarise) {
            (true, true) => &["help", "match", "summary", "url"],
            (true, false) => &["help", "match", "url", "zh"],
            (false, _) => &["options", "words", "zh"],
        };
        self.mistakes.entries(root, "the front matter", &[KEYS, own].concat());
        let word = |key: &str| root.get(key).and_then(Node::as_str).map(str::to_owned);
        let fix = |word: &str| if word == "never" { Some(None) } else { Safety::parse(word).map(Some) };
        let mut page = Page {
            name: name.into(),
            group: group.into(),
            severity: self.choice(root, "severity", Severity::WORDS, Severity::parse).unwrap_or(Severity::Warning),
            fix: self.choice(root, "fix", FIXES, fix).flatten(),
            since: word("since").unwrap_or_default(),
            default: self.default_state(root),
            matching: None,
            url: word("url"),
            options: self.options(root),
            has_help: false,
            native: "",
            source: OnceLock::new(),
            words: OnceLock::new(),
            whole: OnceLock::new(),
        };
        let mut messages = self.messages(root.get("messages"));
        if let Some(help) = root.get("help").and_then(|node| self.wording(node)) {
            messages.insert("help".to_owned(), help);
        }
        page.has_help = messages.contains_key("help");
        if let Some(node) = matched {
            super::declared::complete(&mut page, &mut messages, root, node, self);
        }
        let words = root.get("words").and_then(Node::as_map).unwrap_or_default().iter();
        let chinese = words.filter_map(|(en, zh)| Some((en.as_str()?.to_owned(), zh.as_str()?.to_owned()))).collect();
        let [en, zh] = ["summary", "zh"].map(|key| word(key).unwrap_or_default());
        (page, Words { messages, chinese, summary: Wording { en, zh }, body: String::new() })
    }

    fn choice<T>(&mut self, root: &Node, key: &str, words: &[&str], parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let Some(node) = root.get(key) else {
            if !self.is_declared {
                self.mistakes.add(root.span, Message::new("missing-key").with("key", key));
            }
            return None;
        };
        self.mistakes.choose(node, key, words, parse)
    }

    fn default_state(&mut self, root: &Node) -> Activation {
        let Some(node) = root.get("default") else { return Activation::On };
        match (node.as_str(), node.get("when").and_then(Node::as_str)) {
            (Some("on"), _) => Activation::On,
            (Some("off"), _) => Activation::Off,
            (_, Some(key)) => Activation::When(key.to_owned()),
            _ => {
                self.mistakes.expect(node, "default", "`on`, `off` or `when: key`", |_| None::<()>);
                Activation::Off
            }
        }
    }

    pub(super) fn messages(&mut self, node: Option<&Node>) -> BTreeMap<String, Wording> {
        let entries = node.map(|node| self.mistakes.entries(node, "messages", &[])).unwrap_or_default();
        entries.into_iter().filter_map(|(key, _, node)| Some((key.to_owned(), self.wording(node)?))).collect()
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
}
