//! YAML as a tree whose every node knows its bytes. The only module that knows the YAML crate.
//!
//! Configuration, front matter and rule pages are all read through this tree, because all of them report their
//! mistakes where they stand, and all mistakes at once. Reading is bounded: depth, number of nodes, and aliases,
//! which are never expanded, so that a small text cannot cost much.

mod builder;
mod json;
mod parse;
mod plain;
mod write;

use super::Span;

pub use builder::{Problem, Reading};
pub use json::steps;
pub use parse::parse;
pub use write::{respelt, scalar, scalar_at};

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The bytes of the node in the file: quotes included; for a mapping or a list, from its first entry on.
    pub span: Span,
    /// What it holds.
    pub value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A scalar, its quotes and escapes resolved; `plain` where it had no quotes, and so could be a number, a
    /// boolean or nothing.
    Scalar {
        /// The text.
        text: String,
        /// Whether it stood without quotes.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in source order; duplicate keys are reported and dropped.
    Map(Vec<(Node, Node)>),
    /// An alias (`*name`), left unexpanded.
    Alias,
}

impl Node {
    /// The scalar's text; `None` for a null, a list, a mapping or an alias.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// Whether nothing is written here, or `null` or `~`.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// A boolean of YAML 1.2, where it stands without quotes.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Scalar { text, plain: true } => match text.as_str() {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// A whole number, where it stands without quotes.
    pub fn as_integer(&self) -> Option<i64> {
        match &self.value {
            Value::Scalar { text, plain: true } => json::number(text)?.as_i64(),
            _ => None,
        }
    }

    /// A number, whole or not, where it stands without quotes.
    pub fn as_number(&self) -> Option<f64> {
        match &self.value {
            Value::Scalar { text, plain: true } => json::number(text)?.as_f64(),
            _ => None,
        }
    }

    /// The entries of a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a list; of what is none, itself.
    pub fn items(&self) -> &[Self] {
        self.as_list().unwrap_or(std::slice::from_ref(self))
    }

    /// The same scalar as if it stood without quotes.
    pub fn unquoted(&self) -> Option<Self> {
        let Value::Scalar { text, .. } = &self.value else { return None };
        Some(Self { span: self.span, value: Value::Scalar { text: text.clone(), plain: true } })
    }

    /// For messages: a text as it is, of anything else what it is.
    pub fn shown(&self) -> String {
        self.as_str().map_or_else(|| self.kind().to_owned(), |text| format!("`{text}`"))
    }

    /// The entries of a mapping.
    pub fn as_map(&self) -> Option<&[(Node, Node)]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
    }

    /// One word for what the node is, for messages.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            _ if self.is_null() => "nothing",
            _ if self.as_bool().is_some() => "a boolean",
            _ if self.as_number().is_some() => "a number",
            Value::Scalar { .. } => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Alias => "an alias",
        }
    }
}
