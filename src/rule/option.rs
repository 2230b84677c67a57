//! The options of a rule, as its page declares them.

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::{numbering::scheme_of, source::yaml::Node};

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
    /// Whether the rule finds nothing as long as it has its default.
    pub is_needed: bool,
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
