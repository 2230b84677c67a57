//! Rules that users write: pages in the folders that `rule_pages:` names, and entries of `rules:` with a `match:`.

use std::sync::Arc;

use super::{Config, DEFAULT_MAX_BYTES, reader::unreadable};
use crate::{
    files::{Tree, io_reason},
    finding::Message,
    mistakes::{Mistake, Mistakes},
    rule::{Catalogue, OWN, Page},
    source::{CorpusPath, Source, Span, yaml::Node},
};

/// The rules that are added to those of the program.
pub(super) struct Own<'a> {
    pub(super) tree: &'a Tree,
    pub(super) catalogue: &'a mut Catalogue,
    pub(super) mistakes: &'a mut Mistakes,
    pub(super) config: &'a mut Config,
}

impl Own<'_> {
    /// Reads the folders first, since an entry with the same name as a page is a setting or a mistake.
    pub(super) fn read(mut self, root: &Node, source: &Arc<Source>) {
        if let Some(node) = root.get("rule_pages") {
            for (path, span) in self.mistakes.strings(node, "rule_pages") {
                self.pages(path, span);
            }
        }
        for (name, node) in root.get("rules").and_then(Node::as_map).unwrap_or_default() {
            if let (Some(text), true) = (name.as_str(), is_definition(node)) {
                if let Some(message) = refusal(self.catalogue, text) {
                    self.mistakes.add(name.span, message);
                    continue;
                }
                let (page, mistakes) = Page::inline(text, source, node);
                self.mistakes.found.extend(mistakes);
                self.catalogue.add(page);
            }
        }
    }

    fn pages(&mut self, written: &str, span: Span) {
        let Some(place) = CorpusPath::new(written) else {
            self.mistakes.add(span, unreadable(written, "leads out of the root"));
            return;
        };
        let pages = match self.tree.markdown_in(&place) {
            Ok(pages) => pages,
            Err(error) => {
                self.mistakes.add(span, unreadable(written, &io_reason(&error)));
                return;
            }
        };
        self.config.rule_pages.push(place.clone());
        for path in pages.into_iter().filter(|path| path.file_stem() != "README") {
            match self.tree.read(&path, DEFAULT_MAX_BYTES) {
                Ok(text) => self.page(&place, &path, &text, span),
                Err(reason) => {
                    self.mistakes.add(span, unreadable(path.as_str(), &reason.to_string()));
                }
            }
            self.config.parts.push(path);
        }
    }

    fn page(&mut self, place: &CorpusPath, path: &CorpusPath, text: &str, span: Span) {
        let folder = path.parent();
        let is_top = folder == *place || path == place;
        let group = if is_top { OWN } else { folder.file_name() };
        if !is_name(group) {
            self.mistakes.add(span, Message::new("bad-group").with("group", group));
            return;
        }
        let (page, mut mistakes) = Page::own(group, path.file_stem(), path.clone(), text);
        let refused = refusal(self.catalogue, path.file_stem());
        let is_rule = page.matching.is_some() && refused.is_none();
        mistakes.splice(0..0, refused.map(|message| Mistake::new(Span::at(0), message)));
        if !mistakes.is_empty() {
            self.config.faulty.push((page.source().clone(), mistakes));
        }
        if is_rule {
            self.catalogue.add(page);
        }
    }
}

/// Why a rule cannot be called so: comments and the command line have to be able to name it, and nobody else is called
/// so.
pub fn refusal(catalogue: &Catalogue, name: &str) -> Option<Message> {
    if !is_name(name) || name.starts_with("rubrica-") {
        return Some(Message::new("bad-name").with("rule", name));
    }
    catalogue.knows(name).then(|| Message::new("rule-exists").with("rule", name))
}

/// Whether a text can be the name of a rule or a group.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c == '-' || (c.is_alphanumeric() && !c.is_uppercase()))
}

/// The key of an entry of `rules:` that makes it a rule of its own.
pub(super) const MATCH: &str = "match";

/// Whether an entry of `rules:` defines a rule, and does not set one.
pub(super) fn is_definition(node: &Node) -> bool {
    node.get(MATCH).is_some()
}
