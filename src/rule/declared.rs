//! Rules that users write: in the configuration, or on pages of their own.

use std::sync::Arc;

use super::{Page, read::Reader};
use crate::{
    document::Document,
    finding::Message,
    mistakes::Mistake,
    order,
    source::{CorpusPath, FileId, Source, Span, yaml::Node},
};

/// The group of rules that stand in the configuration, or at the top of a folder of pages.
pub const OWN: &str = "own";

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
        let is_broken = || page.document().has_broken_header();
        if page.matching.is_none() && !is_broken() {
            mistakes = vec![Mistake::new(Span::at(0), Message::new("missing-key").with("key", "match"))];
        }
        order::by_key(&mut mistakes, |mistake| mistake.span);
        (page, mistakes)
    }
}
