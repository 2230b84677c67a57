//! What the page of a declarative rule states: `match:`, and what goes without saying.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use super::{Page, Wording, page::Reader};
use crate::{
    declarative,
    document::{Document, FrontMatter},
    finding::{Message, Safety},
    mistakes::{Mistake, Mistakes},
    source::{
        CorpusPath, FileId, Source, Span,
        yaml::{self, Node},
    },
};

/// The group of rules that stand in the configuration, or at the top of a folder of pages.
pub const OWN: &str = "own";

/// What is said where a page does not say it.
static USUAL: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| {
    let wording = yaml::parse(include_str!("wording.yaml"), 0).root;
    Reader::default().messages(wording.as_ref())
});

impl Page {
    /// A rule that stands in a configuration file: the front matter of a page, and no page.
    pub fn inline(name: &str, source: &Arc<Source>, root: &Node) -> (Self, Vec<Mistake>) {
        let document = Arc::new(Document::unparsed(FileId(0), source.clone()));
        let mut reader = Reader { may_summarise: true, ..Reader::default() };
        let (mut page, mut words) = reader.page(OWN, name, Some(root));
        page.source = source.clone().into();
        page.whole = document.into();
        if words.summary.en.is_empty() {
            let line = source.position(root.span.start).line;
            words.summary.en = format!("Defined in `{}`, line {line}.", source.path.as_str());
        }
        page.words = words.into();
        (page, reader.mistakes.found)
    }

    /// Reads a page that a user wrote. Without `match:` nothing else on it means anything.
    pub fn own(group: &str, name: &str, path: CorpusPath, text: &str) -> (Self, Vec<Mistake>) {
        let (page, mut mistakes) = Self::parse(group, name, path, text);
        let is_broken = || page.document().facts.front_matter.as_ref().is_some_and(FrontMatter::is_broken);
        if page.matching.is_none() && !is_broken() {
            mistakes = vec![Mistake::new(Span::at(0), Message::new("missing-key").with("key", "match"))];
        }
        mistakes.sort_by_key(|mistake| mistake.span);
        (page, mistakes)
    }
}

/// Reads `match:` and completes the page by what follows from it.
pub(super) fn complete(
    page: &mut Page,
    messages: &mut BTreeMap<String, Wording>,
    root: &Node,
    node: &Node,
    reader: &mut Reader,
) {
    let mistakes = &mut reader.mistakes;
    let matching = declarative::read(node, reader.is_sound, mistakes);
    if root.get("fix").is_none() && matching.replaces() {
        page.fix = Some(Safety::Unsafe);
    }
    if reader.is_sound {
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
            for hole in text.as_str().map(super::page::holes).unwrap_or_default() {
                if !holes.contains(hole) {
                    let message = Message::new("unknown-hole").with("hole", hole);
                    mistakes.unknown(text.span, message, hole, holes.iter().map(String::as_str));
                }
            }
        }
    }
}
