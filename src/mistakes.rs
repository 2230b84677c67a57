//! Mistakes in YAML that people write for rubrica: collected, all of them, each where it stands.

use crate::{
    finding::Message,
    source::{
        Globs, Span,
        yaml::{Node, Problem, Value},
    },
    suggest::closest,
};

/// A mistake: where, and a message of the rule `invalid-configuration`.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// Where in the file.
    pub span: Span,
    /// What is wrong.
    pub message: Message,
    /// What to do, where that is clear.
    pub help: Option<Message>,
    /// Another place that explains it.
    pub related: Option<(Span, Message)>,
}

impl Mistake {
    /// A mistake that needs no more words.
    pub fn new(span: Span, message: Message) -> Self {
        Self { span, message, help: None, related: None }
    }

    /// What is wrong with a YAML text, in configuration, pages and front matter alike.
    pub fn of_yaml(problem: &Problem) -> Self {
        let (span, message, related) = match problem {
            Problem::Syntax { span, reason } => (*span, Message::new("syntax").with("reason", reason), None),
            Problem::FullWidthColon { span, key } => (*span, Message::new("full-width-colon").with("key", key), None),
            Problem::Unquoted { span, key, sign } => {
                (*span, Message::new("unquoted").with("key", key).with("sign", sign), None)
            }
            Problem::DuplicateKey { span, first, key } => {
                (*span, Message::new("duplicate-key").with("key", key), Some((*first, Message::new("first-key"))))
            }
            Problem::TooLarge { span } => (*span, Message::new("too-large"), None),
        };
        Self { span, message, help: None, related }
    }
}

/// So many names can be read at a glance.
const FEW: usize = 20;

/// The mistakes found so far.
#[derive(Debug, Default)]
pub struct Mistakes {
    /// In the order found.
    pub found: Vec<Mistake>,
}

impl Mistakes {
    /// Notes a mistake.
    pub fn add(&mut self, span: Span, message: Message) -> &mut Mistake {
        let index = self.found.len();
        self.found.push(Mistake::new(span, message));
        &mut self.found[index]
    }

    /// Notes a name that is not known, with the closest one that is, or all of them where they are few.
    pub fn unknown<'a>(&mut self, span: Span, message: Message, name: &str, known: impl IntoIterator<Item = &'a str>) {
        let mut known: Vec<&str> = known.into_iter().collect();
        let near = closest(name, known.iter().copied());
        let near = near.map(|near| Message::new("did-you-mean").with("name", near));
        known.sort_unstable();
        known.dedup();
        let few = || (1..=FEW).contains(&known.len()).then(|| Message::new("known").with("names", known.join("`, `")));
        self.add(span, message).help = near.or_else(few);
    }

    /// Notes what a YAML reader found.
    pub fn yaml(&mut self, problems: &[Problem]) {
        self.found.extend(problems.iter().map(Mistake::of_yaml));
    }

    /// The entries of a mapping; anything else is a mistake. Keys outside `known` are mistakes and left out.
    pub fn entries<'n>(&mut self, node: &'n Node, key: &str, known: &[&str]) -> Vec<(&'n str, Span, &'n Node)> {
        let Some(entries) = self.expect(node, key, "a mapping", Node::as_map) else { return Vec::new() };
        let mut out = Vec::new();
        for (name, value) in entries {
            let text = name.as_str().unwrap_or_default();
            if known.is_empty() || known.contains(&text) {
                out.push((text, name.span, value));
            } else if let Some((key, _)) = text.split_once('：') {
                self.add(name.span, Message::new("full-width-colon").with("key", key.trim()));
            } else {
                self.unknown(name.span, Message::new("unknown-key").with("key", text), text, known.iter().copied());
            }
        }
        out
    }

    /// A value of some kind, which the page of the rule has words for; anything else but nothing is a mistake.
    pub fn expect<'n, T>(
        &mut self,
        node: &'n Node,
        key: &str,
        wanted: &str,
        read: impl FnOnce(&'n Node) -> Option<T>,
    ) -> Option<T> {
        let value = read(node);
        if value.is_none() && !node.is_null() {
            let message = match node.value {
                // `[*.md]`: nobody means another part of the file.
                Value::Alias => Message::new("unquoted").with("key", key).with("sign", "*"),
                _ => Message::new("wrong-type").with("key", key).with("wanted", wanted).with("found", node.shown()),
            };
            self.add(node.span, message);
        }
        value
    }

    /// One of some words; anything else but nothing is a mistake.
    pub fn choose<T>(
        &mut self,
        node: &Node,
        key: &str,
        words: &[&str],
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let word = self.expect(node, key, "a string", Node::as_str)?;
        let value = read(word);
        if value.is_none() {
            let near = closest(word, words.iter().copied());
            let message = Message::new("none-of").with("key", key).with("value", word);
            self.add(node.span, message.with("values", words.join("`, `"))).help =
                near.map(|near| Message::new("did-you-mean").with("name", near));
        }
        value
    }

    /// A list or a mapping with nothing in it is a mistake.
    pub fn filled(&mut self, node: &Node, key: &str) {
        let is_empty = node.as_list().is_some_and(<[Node]>::is_empty) || node.as_map().is_some_and(<[_]>::is_empty);
        if is_empty {
            self.add(node.span, Message::new("empty").with("key", key));
        }
    }

    /// A string or a list of strings, with the place of each.
    pub fn strings<'n>(&mut self, node: &'n Node, key: &str) -> Vec<(&'n str, Span)> {
        if let Some(one) = node.as_str() {
            return vec![(one, node.span)];
        }
        let Some(items) = self.expect(node, key, "a list of strings", Node::as_list) else { return Vec::new() };
        items.iter().filter_map(|item| Some((self.expect(item, key, "a string", Node::as_str)?, item.span))).collect()
    }

    /// A glob or a list of globs, as [`Globs::new`] reads them.
    pub fn globs(&mut self, node: &Node, key: &str) -> Globs {
        let written = self.strings(node, key);
        for item in node.items() {
            if item.as_integer().is_some() || item.as_bool().is_some() {
                self.expect(item, key, "a glob", |_| None::<()>);
            }
        }
        let (globs, bad) = Globs::new(written.iter().map(|(glob, _)| *glob));
        for (index, reason) in bad {
            let (glob, span) = written.get(index).copied().unwrap_or((key, node.span));
            self.add(span, Message::new("bad-glob").with("glob", glob).with("reason", reason));
        }
        globs
    }

    /// The files that something is for, and each glob that names some by itself, since it has to match.
    pub fn files(&mut self, node: &Node) -> (Globs, Vec<(Span, Globs)>) {
        let globs = self.globs(node, "files");
        let each = Self::each_glob(node);
        self.filled(node, "files");
        (globs, each)
    }

    /// Each glob that names files, by itself.
    pub fn each_glob(node: &Node) -> Vec<(Span, Globs)> {
        let is_away = |node: &&Node| node.as_str().is_some_and(|glob| glob.starts_with('!'));
        let nodes = node.items().iter().filter(|node| !is_away(node));
        let each = nodes.filter_map(|node| {
            let (own, bad) = Globs::new(node.as_str());
            (bad.is_empty() && !own.written().is_empty()).then_some((node.span, own))
        });
        each.collect()
    }
}
