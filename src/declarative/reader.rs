//! The keys of a clause as they are written, and what any of them may hold.

use crate::{finding::Message, mistakes::Mistakes, source::yaml::Node};

pub(super) struct Reader<'m, 'n> {
    pub(super) mistakes: &'m mut Mistakes,
    pub(super) entries: &'n [(Node, Node)],
    pub(super) sound: bool,
}

impl<'n> Reader<'_, 'n> {
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
    }

    /// The texts under a key; an empty one would be found everywhere.
    pub(super) fn literals(&mut self, key: &str) -> Vec<String> {
        self.get(key).map(|node| self.texts(node, key)).unwrap_or_default()
    }

    pub(super) fn texts(&mut self, node: &Node, key: &str) -> Vec<String> {
        let texts = self.mistakes.strings(node, key);
        for (_, span) in texts.iter().filter(|(text, _)| text.is_empty()) {
            self.mistakes.add(*span, Message::new("empty-match"));
        }
        texts.into_iter().map(|(text, _)| text.to_owned()).collect()
    }

    pub(super) fn choice<T: Copy>(&mut self, key: &str, choices: &[(T, &str)]) -> Option<T> {
        let node = self.get(key)?;
        let words: Vec<&str> = choices.iter().map(|(_, word)| *word).collect();
        let read = |own: &str| choices.iter().find(|(_, word)| *word == own).map(|(value, _)| *value);
        self.mistakes.choose(node, key, &words, read)
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        self.get(key)
            .and_then(|node| self.mistakes.expect(node, key, "true or false", Node::as_bool))
            .unwrap_or_default()
    }
}
