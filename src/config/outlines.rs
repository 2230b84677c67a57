//! `sections:` of a contract.

use std::sync::Arc;

use super::{keys, reader::Reader};
use crate::{
    contract::{Content, Holding, Item, Outline, Section, Title},
    finding::Message,
    source::{Span, yaml::Node},
    suggest::closest,
};

/// Outlines within outlines beyond this are refused.
const MAX_DEPTH: usize = 6;

impl Reader<'_> {
    pub(super) fn is_any_order(&mut self, node: &Node) -> Option<bool> {
        self.mistakes.choose(node, "order", keys::ORDERS, |word| keys::ORDERS.contains(&word).then_some(word == "any"))
    }

    pub(super) fn outline(&mut self, node: &Node, depth: usize) -> Outline {
        let nodes = self.mistakes.expect(node, "sections", "a list", Node::as_list).unwrap_or_default();
        if depth > MAX_DEPTH {
            self.mistakes.add(node.span, Message::new("too-large"));
            return Outline::default();
        }
        self.mistakes.filled(node, "sections");
        let items = nodes.iter().flat_map(|node| self.items(node, depth)).collect();
        Outline { items, any_order: false }
    }

    /// An entry of an outline: a text, a section with its keys, or a title with what stands within.
    fn items(&mut self, node: &Node, depth: usize) -> Vec<Item> {
        if node.as_str() == Some("...") {
            return vec![Item::Free];
        }
        if node.as_map().is_none() {
            let text = self.mistakes.expect(node, "sections", "a title or a mapping", Node::as_str);
            return text.and_then(|text| self.short(text, node.span)).map(|s| vec![section(s)]).unwrap_or_default();
        }
        if node.get("title").is_some() || node.get("regex").is_some() {
            let own = self.long(node, None, depth);
            return own.map(|own| vec![section(own)]).unwrap_or_default();
        }
        let keys = keys::names(keys::SECTION_KEYS);
        let is_key =
            |(key, value): &(Node, Node)| keys.contains(&key.as_str().unwrap_or_default()) && value.as_str().is_some();
        if node.as_map().is_some_and(|entries| entries.iter().any(is_key)) {
            self.mistakes.add(node.span, Message::new("missing-key").with("key", "title"));
            return Vec::new();
        }
        let mut out = Vec::new();
        for (title, span, value) in self.mistakes.entries(node, "sections", &[]) {
            let Some(own) = self.short(title, span) else { continue };
            // A text is no section: the key may be meant as one of a section's.
            let near = closest(title, keys.iter().copied()).filter(|_| value.as_str().is_some());
            if let Some(near) = near {
                let mistake = self.mistakes.add(span, Message::new("unknown-key").with("key", title));
                mistake.help = Some(Message::new("did-you-mean").with("name", near));
            } else if value.as_list().is_some() {
                let inner = Some(self.outline(value, depth + 1));
                out.push(section(Section { inner, ..own }));
            } else {
                out.extend(self.long(value, Some(own), depth).map(section));
            }
        }
        out
    }

    /// A title in short form: behind it `?` for a section that may be left out, `+` for several, `*` for both. A backslash
    /// before it makes it a part of the title.
    fn short(&mut self, text: &str, span: Span) -> Option<Section> {
        let (title, sign) = match text.char_indices().next_back() {
            Some((at, sign @ ('?' | '+' | '*'))) => match text[..at].strip_suffix('\\') {
                Some(before) => (format!("{before}{sign}"), None),
                None => (text[..at].trim_end().to_owned(), Some(sign)),
            },
            _ => (text.to_owned(), None),
        };
        // Before the last sign there may be others.
        let title = ["\\?", "\\+", "\\*"].iter().fold(title, |title, sign| title.replace(sign, &sign[1..]));
        if title.trim().is_empty() {
            self.mistakes.add(span, Message::new("no-title"));
            return None;
        }
        let title = self.parsed(Title::parse(&title), text, span)?;
        let (optional, repeated) = (matches!(sign, Some('?' | '*')), matches!(sign, Some('+' | '*')));
        Some(Section { title, optional, repeated, inner: None, content: Content::default() })
    }

    /// A section with its keys; `own` where its title is known.
    fn long(&mut self, node: &Node, own: Option<Section>, depth: usize) -> Option<Section> {
        let entries = self.mistakes.entries(node, "sections", &keys::names(keys::SECTION_KEYS));
        let (mut title, mut inner, mut any_order, mut content) = (None, None, false, Content::default());
        let (mut optional, mut repeated) = own.as_ref().map_or((false, false), |own| (own.optional, own.repeated));
        for (key, span, value) in entries {
            match key {
                // One of the two is enough, and where the title is known already, neither is needed.
                "title" | "regex" if title.is_some() || own.is_some() => {
                    self.mistakes.add(span, Message::new("misplaced-key").with("key", key).with("other", "title"));
                }
                "title" | "regex" => {
                    let text = self.mistakes.expect(value, key, "a string", Node::as_str);
                    if text.is_some_and(|text| text.trim().is_empty()) {
                        self.mistakes.add(value.span, Message::new("no-title"));
                        return None;
                    }
                    let read = if key == "title" { Title::parse } else { Title::regex };
                    title = text.and_then(|text| self.parsed(read(text), text, value.span));
                }
                "optional" => optional = self.boolean(value, key).unwrap_or_default(),
                "repeated" => repeated = self.boolean(value, key).unwrap_or_default(),
                "sections" => inner = Some(self.outline(value, depth + 1)),
                "order" => any_order = self.is_any_order(value).unwrap_or_default(),
                "holds" => content.holds = self.holdings(value),
                _ => content.max_words = self.count(value, key),
            }
        }
        if let Some(inner) = &mut inner {
            inner.any_order = any_order;
        }
        let title = title.or(own.map(|own| own.title))?;
        Some(Section { title, optional, repeated, inner, content })
    }

    fn holdings(&mut self, node: &Node) -> Vec<Holding> {
        let names: Vec<&str> = Holding::ALL.iter().map(|holding| holding.name()).collect();
        let nodes = node.items();
        nodes.iter().filter_map(|node| self.mistakes.choose(node, "holds", &names, Holding::parse)).collect()
    }
}

fn section(section: Section) -> Item {
    Item::Section(Arc::new(section))
}
