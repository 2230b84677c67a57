//! Where documents state their tags.

use std::fmt;

use super::Corpus;
use crate::document::{Document, section_end};

/// A place where documents state what they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagSource {
    /// `tags:` or `tag:` of the front matter.
    FrontMatter,
    /// `#tag` in the text.
    Inline,
    /// Links listed under a heading with this text.
    Section(String),
}

impl fmt::Display for TagSource {
    /// As the configuration writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FrontMatter => f.write_str("front-matter"),
            Self::Inline => f.write_str("inline"),
            Self::Section(title) => write!(f, "section: {title}"),
        }
    }
}

impl Corpus {
    /// Whether a document carries a tag in any of the configured places.
    pub fn has_tags(&self, document: &Document) -> bool {
        self.settings.tag_sources.iter().any(|source| has_tag(document, source))
    }
}

fn has_tag(document: &Document, source: &TagSource) -> bool {
    let facts = &document.facts;
    match source {
        TagSource::FrontMatter => ["tags", "tag"].iter().any(|field| {
            let value = facts.front_matter.as_ref().and_then(|header| header.field(field));
            value.is_some_and(|value| match value.as_list() {
                Some(items) => items.iter().any(|item| item.as_str().is_some_and(|tag| !tag.trim().is_empty())),
                None => value.as_str().is_some_and(|tags| !tags.trim().is_empty()),
            })
        }),
        TagSource::Inline => !facts.tags.is_empty(),
        TagSource::Section(title) => {
            let named = facts.headings.iter().enumerate().filter(|(_, heading)| heading.text.trim() == title);
            named
                .map(|(at, _)| section_end(document, at))
                .any(|section| facts.links.iter().any(|link| section.contains(link.span)))
        }
    }
}
