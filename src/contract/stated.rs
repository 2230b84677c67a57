//! What a document states, as single values.

use crate::source::{
    Span,
    yaml::{Node, Value},
};

/// A single value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The value, quotes resolved.
    pub text: String,
    /// Its bytes.
    pub span: Span,
}

/// Whether nothing is stated: no value, an empty text or a comment, an empty list.
pub fn is_blank(node: &Node) -> bool {
    match &node.value {
        Value::Scalar { text, .. } => node.is_null() || is_nothing(text.trim()),
        Value::List(items) => items.iter().all(is_blank),
        Value::Map(entries) => entries.is_empty(),
        Value::Alias => false,
    }
}

/// Whether a text says nothing: it is empty, or one comment.
fn is_nothing(text: &str) -> bool {
    let inner = text.strip_prefix("<!--").and_then(|inner| inner.strip_suffix("-->"));
    text.is_empty() || inner.is_some_and(|inner| !inner.contains("-->"))
}

/// The single values of a node: itself, or those of the list that it is.
pub fn texts(node: &Node) -> Vec<Text> {
    values(node, str::trim)
}

/// The same, each read so.
pub(super) fn values(node: &Node, read: fn(&str) -> &str) -> Vec<Text> {
    let nodes = node.items();
    let text = |node: &Node| Some(Text { text: read(node.as_str()?).to_owned(), span: node.span });
    nodes.iter().filter_map(text).filter(|text| !text.text.trim().is_empty()).collect()
}

/// The values of a list in running text: `AI、学习`, `a, b`.
pub fn split(node: &Node) -> Vec<Text> {
    let text = node.as_str().unwrap_or_default();
    let part = |part: &str| {
        let part = part.trim();
        let span = Span::of_part(part, text).shifted(node.span.start as usize);
        (!part.is_empty()).then(|| Text { text: part.to_owned(), span })
    };
    text.split(['、', '，', ',', '；', ';']).filter_map(part).collect()
}

/// The address of a link in running text: `<address>`, `[text](address)`, `[text](address "title")`, or as it stands.
pub fn link_target(text: &str) -> &str {
    fn inner(text: &str) -> Option<&str> {
        text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'))
    }
    let linked = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(')')).and_then(|rest| rest.split_once("]("));
    let target = linked.map_or(text, |(_, target)| target.split([' ', '\t']).next().unwrap_or(target));
    inner(text).or_else(|| inner(target)).unwrap_or(target)
}
