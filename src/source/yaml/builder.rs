//! The spanned tree in the making, and what is wrong with its text in the words of whoever wrote it.

use super::{Node, Value};
use crate::source::{
    Span,
    hash::{HashMap, HashMapExt},
    line_start, lines,
};

/// Nesting beyond this is refused.
const MAX_DEPTH: usize = 64;
/// Nodes beyond this are refused.
const MAX_NODES: usize = 20_000;

/// What is wrong with a YAML text.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The text is not YAML; what the parser says, and where.
    Syntax {
        /// Where.
        span: Span,
        /// The parser's reason, lower case and without a full stop.
        reason: String,
    },
    /// A line `key：value` with a full-width colon, which YAML reads as text and not as a field.
    FullWidthColon {
        /// The colon.
        span: Span,
        /// What stands before it.
        key: String,
    },
    /// A value that has to stand in quotes.
    Unquoted {
        /// The value.
        span: Span,
        /// Its key.
        key: String,
        /// What in it means something else to YAML.
        sign: String,
    },
    /// A key stands twice in one mapping.
    DuplicateKey {
        /// The later key.
        span: Span,
        /// The earlier key.
        first: Span,
        /// The key.
        key: String,
    },
    /// Deeper or larger than the limits.
    TooLarge {
        /// Where the limit was reached.
        span: Span,
    },
}

/// A YAML text as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The first document of the text; `None` where it is empty or could not be read.
    pub root: Option<Node>,
    /// What is wrong with it, in source order.
    pub problems: Vec<Problem>,
}

/// What has been read so far. Spans that it is given are within the text.
pub(super) struct Builder<'a> {
    text: &'a str,
    base: usize,
    nodes: usize,
    problems: Vec<Problem>,
    open: Vec<Open>,
    root: Option<Node>,
}

/// A collection whose end has not come yet.
struct Open {
    start: Span,
    end: u32,
    is_map: bool,
    key: Option<Node>,
    seen: HashMap<String, Span>,
    entries: Vec<(Node, Node)>,
    items: Vec<Node>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str, base: usize) -> Self {
        Self { text, base, nodes: 0, problems: Vec::new(), open: Vec::new(), root: None }
    }

    pub(super) fn finish(mut self) -> Reading {
        self.find_full_width_colons();
        self.find_unquoted();
        Reading { root: self.root, problems: self.problems }
    }

    /// Nothing can be read of a text in which something is wrong.
    pub(super) fn fail(&mut self, problem: Problem) {
        self.problems.push(problem);
        self.root = None;
    }

    /// Whether a whole document has been read.
    pub(super) fn is_complete(&self) -> bool {
        self.root.is_some() && self.open.is_empty()
    }

    /// A list or a mapping begins.
    pub(super) fn open(&mut self, start: Span, is_map: bool) -> Result<(), Problem> {
        let start = start.shifted(self.base);
        if self.open.len() >= MAX_DEPTH {
            return Err(Problem::TooLarge { span: start });
        }
        let (key, seen, entries, items) = (None, HashMap::new(), Vec::new(), Vec::new());
        self.open.push(Open { start, end: start.end, is_map, key, seen, entries, items });
        Ok(())
    }

    /// The last one that was opened ends.
    pub(super) fn close(&mut self) -> Result<(), Problem> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let span = Span { start: open.start.start, end: open.end.max(open.start.end) };
        self.add(Node { span, value: if open.is_map { Value::Map(open.entries) } else { Value::List(open.items) } })
    }

    /// A key or value that is neither.
    pub(super) fn node(&mut self, span: Span, value: Value) -> Result<(), Problem> {
        self.add(Node { span: span.shifted(self.base), value })
    }

    fn add(&mut self, node: Node) -> Result<(), Problem> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Problem::TooLarge { span: node.span });
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        open.end = open.end.max(node.span.end);
        if !open.is_map {
            open.items.push(node);
            return Ok(());
        }
        let Some(key) = open.key.take() else {
            open.key = Some(node);
            return Ok(());
        };
        if let Value::Scalar { text, .. } = &key.value {
            if let Some(&first) = open.seen.get(text) {
                self.problems.push(Problem::DuplicateKey { span: key.span, first, key: text.clone() });
                return Ok(());
            }
            open.seen.insert(text.clone(), key.span);
        }
        open.entries.push((key, node));
        Ok(())
    }

    /// In `key: a: b` the parser blames the second colon, and in `key: @a` the sign: say what to do, in place of that.
    fn find_unquoted(&mut self) {
        let is_syntax = |problem: &Problem| matches!(problem, Problem::Syntax { .. });
        let Some(Problem::Syntax { span, .. }) = self.problems.iter().find(|problem| is_syntax(problem)) else {
            return;
        };
        let blamed = span.start as usize - self.base;
        let start = line_start(self.text, blamed);
        let line = self.text[start..].lines().next().unwrap_or_default().trim_end();
        let Some((before, value)) = line.split_once(": ") else { return };
        let key = before.trim_start_matches("- ").trim_start();
        let value = value.trim_start();
        let value = value.split(" #").next().unwrap_or_default().trim_end();
        let reserved = value.chars().next().filter(|first| "@`%".contains(*first)).map(String::from);
        let is_plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#']) && !value.is_empty();
        let sign = reserved.or_else(|| value.contains(": ").then(|| ": ".to_owned()));
        let Some(sign) = sign.filter(|_| is_plain && !key.is_empty() && !key.contains(['"', '\'', '{', '['])) else {
            return;
        };
        let span = Span::of_part(value, self.text).shifted(self.base);
        let key = key.to_owned();
        self.problems.retain(|problem| !is_syntax(problem));
        self.problems.push(Problem::Unquoted { span, key, sign });
    }

    /// A line `title：x` is text to YAML; every parser then blames that line or the one after it. Say what really happened,
    /// in place of the syntax error that it caused. What is indented may belong to a longer text, so there it has to be
    /// such a line that is blamed, and none below a `|`.
    fn find_full_width_colons(&mut self) {
        let blamed = self.problems.iter().find_map(|problem| match problem {
            Problem::Syntax { span, .. } => Some(span.start as usize - self.base),
            _ => None,
        });
        let unread = self.root.as_ref().is_none_or(|root| root.as_map().is_none());
        if blamed.is_none() && !unread {
            return;
        }
        let mut found = Vec::new();
        // How far the key is indented whose text the lines are.
        let mut text_of: Option<usize> = None;
        for (offset, line) in lines(self.text) {
            let inner = line.trim_start_matches([' ', '-']);
            let indent = line.len() - line.trim_start_matches(' ').len();
            text_of = text_of.filter(|key| indent > *key || line.trim().is_empty());
            let is_text = text_of.is_some();
            if !is_text && line.trim_end().trim_end_matches(['+', '-']).ends_with('|') {
                text_of = Some(indent);
            }
            let (start, end) = (offset + line.len() - inner.len(), offset + line.len());
            let next = self.text[end..].split_inclusive('\n').next().map_or(0, str::len);
            let is_blamed = blamed.is_some_and(|at| (offset..end + next.max(1)).contains(&at));
            if let Some((key, _)) = inner.split_once('：')
                && !key.is_empty()
                && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
                && (start == offset || (is_blamed && !is_text))
            {
                let at = start + key.len();
                let span = Span::new(at, at + '：'.len_utf8()).shifted(self.base);
                found.push(Problem::FullWidthColon { span, key: key.to_owned() });
            }
        }
        if !found.is_empty() {
            self.problems.retain(|problem| !matches!(problem, Problem::Syntax { .. }));
            self.problems.append(&mut found);
        }
    }
}
