//! One Markdown file, parsed: what it states, as plain data with spans.

pub mod anchors;
pub mod directive;
pub mod facts;
pub mod front_matter;

mod parse;
mod sections;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::{FileId, Location, Source, Span};

pub use directive::{Directive, Scope};
pub use facts::{Anchor, Definition, Facts, Fence, Heading, Link, LinkKind, NumberedLine, PlacedLabel, Tag};
pub use front_matter::FrontMatter;
pub use parse::{bare, structure};
pub use sections::{Numbered, numbered_label, numbering_faults, section_end};

/// Which dialect the documents are written in, where it changes what a document states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flavor {
    /// GitHub-flavoured Markdown, with wikilinks.
    #[default]
    GitHub,
    /// An Obsidian vault: `%%…%%` hides text as well.
    Obsidian,
}

/// A Markdown file and what it states.
#[derive(Debug)]
pub struct Document {
    /// Its place among the files of the check.
    pub file: FileId,
    /// Its text.
    pub source: Arc<Source>,
    /// What it states.
    pub facts: Facts,
}

impl Document {
    /// Parses a text. Never fails: what cannot be understood is a problem among the facts.
    pub fn parse(file: FileId, source: Arc<Source>, flavor: Flavor) -> Self {
        let facts = parse::facts(&source.text, flavor);
        Self { file, source, facts }
    }

    /// A place in this document.
    pub fn at(&self, span: Span) -> Location {
        Location::new(self.file, span)
    }
}
