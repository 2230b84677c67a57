//! What all that is read of `rubrica.yaml` is read with.

use std::sync::Arc;

use super::{Config, DEFAULT_MAX_BYTES};
use crate::{
    files::Tree,
    finding::Message,
    mistakes::Mistakes,
    rule::Catalogue,
    source::{CorpusPath, Source, Span, yaml::Node},
};

/// Reads the configuration, key by key.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) tree: &'a Tree,
    pub(super) catalogue: &'a Catalogue,
    pub(super) mistakes: Mistakes,
    /// What has been read.
    pub(super) config: Config,
}

impl Reader<'_> {
    /// The line of a place, for people.
    pub(super) fn origin(&self, span: Span) -> String {
        format!("{}:{}", self.source.path.as_str(), self.source.position(span.start).line)
    }

    pub(super) fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        self.mistakes.expect(node, key, "a string", Node::as_str).map(str::to_owned)
    }

    /// The text of a heading, as it stands there.
    pub(super) fn heading(&mut self, node: &Node, key: &str) -> Option<String> {
        let text = self.text(node, key)?;
        if ["{n}", "{any}", "{label}"].iter().any(|hole| text.contains(hole)) {
            self.mistakes.add(node.span, Message::new("no-holes").with("text", &text));
            return None;
        }
        Some(text)
    }

    pub(super) fn boolean(&mut self, node: &Node, key: &str) -> Option<bool> {
        self.mistakes.expect(node, key, "true or false", Node::as_bool)
    }

    pub(super) fn count(&mut self, node: &Node, key: &str) -> Option<usize> {
        let number = |node: &Node| usize::try_from(node.as_integer()?).ok();
        self.mistakes.expect(node, key, "a whole number", number)
    }

    /// What a pattern was read as, or a mistake.
    pub(super) fn parsed<T>(&mut self, read: Result<T, String>, text: &str, span: Span) -> Option<T> {
        read.map_err(|reason| {
            let message = Message::new("bad-pattern").with("pattern", text).with("reason", reason);
            self.mistakes.add(span, message);
        })
        .ok()
    }

    /// A file that the configuration names; a mistake where it has no text.
    pub(super) fn read(&mut self, path: &CorpusPath, written: &str, span: Span) -> Option<Arc<str>> {
        self.config.parts.push(path.clone());
        let text = self.tree.read(path, DEFAULT_MAX_BYTES);
        text.map_err(|reason| self.mistakes.add(span, unreadable(written, &reason.to_string()))).ok()
    }
}

/// That something which the configuration names cannot be read.
pub(super) fn unreadable(written: &str, reason: &str) -> Message {
    Message::new("unreadable").with("file", written).with("reason", reason)
}
