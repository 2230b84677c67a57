//! A rule's page: everything that is stated about a rule, once.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use serde_json::Value as Json;

use super::OptionDeclaration;
use crate::{
    declarative::Matching,
    document::{Document, Flavor},
    finding::{Message, Safety, Severity},
    order,
    source::{CorpusPath, FileId, Source},
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
    pub(super) chinese: BTreeMap<String, String>,
    pub(super) summary: Wording,
    pub(super) body: String,
}

impl Page {
    /// The page's file.
    pub fn source(&self) -> &Arc<Source> {
        let path = || CorpusPath::new(&format!("rules/{}/{}.md", self.group, self.name)).unwrap_or_default();
        self.source.get_or_init(|| Arc::new(Source::new(path(), self.native)))
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| self.native_words())
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
        order::map(self.options.iter().map(|option| (option.name.clone(), option.default.clone())))
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
