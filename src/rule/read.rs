//! Reading pages: what their front matter states, `match:`, and what goes without saying.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock, OnceLock},
};

use serde_json::Value as Json;

use super::{Activation, OptionDeclaration, OptionKind, Page, Wording, page::Words};
use crate::{
    declarative,
    document::{Document, Flavor, header},
    finding::{Message, Safety, Severity},
    mistakes::{Mistake, Mistakes},
    order,
    source::{
        CorpusPath, FileId, Source, Span,
        yaml::{self, Node, Value},
    },
};

/// What is said where a page does not say it.
static USUAL: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| {
    let wording = yaml::parse(include_str!("wording.yaml"), 0).root;
    Reader::default().messages(wording.as_ref())
});

impl Page {
    /// Reads a page. What cannot be read is a problem, and the rest stands.
    pub fn parse(group: &str, name: &str, path: CorpusPath, text: &str) -> (Self, Vec<Mistake>) {
        Self::parse_with(Reader::default(), group, name, path, text)
    }

    /// What a page of the program says to people.
    pub(super) fn native_words(&self) -> Words {
        let reader = Reader { wanted: Wanted::Words, ..Reader::default() };
        let path = self.source().path.clone();
        Self::parse_with(reader, &self.group, &self.name, path, self.native).0.words.into_inner().unwrap_or_default()
    }

    fn parse_with(mut reader: Reader, group: &str, name: &str, path: CorpusPath, text: &str) -> (Self, Vec<Mistake>) {
        let source = Arc::new(Source::new(path.clone(), text));
        let head = Arc::new(Source::new(path.clone(), head(text)));
        let document = Document::parse(FileId(0), head, Flavor::GitHub);
        reader.page = Some(path);
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
        let mut reader = Reader { wanted: Wanted::Start, ..Reader::default() };
        let (page, _) = reader.page(group, name, root.as_ref());
        Self { native: text, has_help: page.has_help || head.contains("\n  help:"), ..page }
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

/// What is wanted of a page. In all of one of the program's a test looks for mistakes, and nobody else has to.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Wanted {
    /// All of it, with its mistakes.
    #[default]
    All,
    /// What it says to people.
    Words,
    /// What it takes to start.
    Start,
}

/// What front matter states.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) mistakes: Mistakes,
    /// Whether the summary stands in the header, because there is no body.
    pub(super) may_summarise: bool,
    pub(super) is_declared: bool,
    pub(super) wanted: Wanted,
    /// The file, where it is a page of its own.
    pub(super) page: Option<CorpusPath>,
}

/// How a page says how sure its strongest fix is.
pub(crate) const FIXES: &[&str] = &["never", "unsafe", "safe"];

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
            complete(&mut page, &mut messages, root, node, self);
        }
        let words = root.get("words").and_then(Node::as_map).unwrap_or_default().iter();
        let chinese = order::map(words.filter_map(|(en, zh)| Some((en.as_str()?.to_owned(), zh.as_str()?.to_owned()))));
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

    fn messages(&mut self, node: Option<&Node>) -> BTreeMap<String, Wording> {
        let entries = node.map(|node| self.mistakes.entries(node, "messages", &[])).unwrap_or_default();
        order::map(entries.into_iter().filter_map(|(key, _, node)| Some((key.to_owned(), self.wording(node)?))))
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
            let is_needed = node.get("needed").and_then(Node::as_bool).unwrap_or(false);
            let name = key.as_str().unwrap_or_default().to_owned();
            out.push(OptionDeclaration { name, kind, default, summary, is_needed });
        }
        out
    }
}

/// Reads `match:` and completes the page by what follows from it.
fn complete(page: &mut Page, messages: &mut BTreeMap<String, Wording>, root: &Node, node: &Node, reader: &mut Reader) {
    let mistakes = &mut reader.mistakes;
    let matching = declarative::read(node, reader.wanted != Wanted::All, mistakes);
    if root.get("fix").is_none() && matching.replaces() {
        page.fix = Some(Safety::Unsafe);
    }
    if reader.wanted == Wanted::Start {
        // Its messages are read when somebody asks.
        page.matching = Some(Arc::new(matching));
        return;
    }
    if page.fix.is_some() && !matching.replaces() && !matching.is_empty() {
        let span = root.get("fix").map_or(root.span, |node| node.span);
        mistakes.add(span, Message::new("no-replacement"));
    }
    let mut keys = matching.keys();
    if page.fix.is_none() {
        keys.retain(|key| !matches!(*key, "fix" | "remove"));
    }
    if !matching.is_empty() {
        check_messages(root, &keys, &matching.holes(), mistakes);
    }
    for key in keys {
        if let Some(wording) = USUAL.get(key) {
            messages.entry(key.to_owned()).or_insert_with(|| wording.clone());
        }
    }
    page.matching = Some(Arc::new(match &reader.page {
        Some(own) => matching.on_page(own.clone()),
        None => matching,
    }));
}

/// Messages that nothing says, and holes that nothing fills.
fn check_messages(root: &Node, keys: &BTreeSet<&str>, holes: &BTreeSet<String>, mistakes: &mut Mistakes) {
    let help = root.get("help").map(|node| ("help", node));
    let mut messages: Vec<(&str, &Node)> = help.into_iter().collect();
    for (key, node) in root.get("messages").and_then(Node::as_map).unwrap_or_default() {
        let text = key.as_str().unwrap_or_default();
        if text == "help" || keys.contains(text) {
            messages.push((text, node));
        } else {
            mistakes.unknown(key.span, Message::new("unknown-key").with("key", text), text, keys.iter().copied());
        }
    }
    for (_, node) in messages {
        let texts = node.as_map().unwrap_or_default().iter().map(|(_, text)| text);
        for text in texts.chain(std::iter::once(node)) {
            for hole in text.as_str().map(holes_in).unwrap_or_default() {
                if !holes.contains(hole) {
                    let message = Message::new("unknown-hole").with("hole", hole);
                    mistakes.unknown(text.span, message, hole, holes.iter().map(String::as_str));
                }
            }
        }
    }
}

/// The holes of a template.
fn holes_in(template: &str) -> Vec<&str> {
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).filter(is_name).collect()
}

fn strings(node: &Node) -> Vec<String> {
    node.as_list().unwrap_or_default().iter().filter_map(|item| Some(item.as_str()?.to_owned())).collect()
}
