//! One Markdown file, parsed: what it states, as plain data with spans.

pub mod anchors;
pub mod directive;
pub mod facts;
pub mod front_matter;

mod parse;
mod pointers;
mod sections;

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Serialize};

use crate::numbering::{Counting, Fault};
use crate::source::{FileId, Location, Source, Span};

pub use directive::{Directive, Scope};
pub use facts::{
    Anchor, Caption, Definition, Facts, Fence, Heading, Link, LinkKind, ListItem, NumberedLine, PlacedLabel, Swallowed,
    Tag,
};
pub use front_matter::FrontMatter;
pub use parse::{bare, structure};
pub use pointers::Pointers;
pub use sections::{Numbered, numbered_label, renumbering, section_end};

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
    /// What is wrong with its numbers; made when a rule first asks.
    numbering: OnceLock<Vec<(Numbered, Fault)>>,
    bases: OnceLock<HashMap<String, usize>>,
    pointers: OnceLock<Pointers>,
}

impl Document {
    /// Parses a text. Never fails: what cannot be understood is a problem among the facts.
    pub fn parse(file: FileId, source: Arc<Source>, flavor: Flavor) -> Self {
        let facts = parse::facts(&source.text, flavor);
        Self::with_facts(file, source, facts)
    }

    /// A document whose facts are known.
    pub fn with_facts(file: FileId, source: Arc<Source>, facts: Facts) -> Self {
        Self { file, source, facts, numbering: OnceLock::new(), bases: OnceLock::new(), pointers: OnceLock::new() }
    }

    /// How many headings have an anchor, before anchors are made unique; and the unique ones besides.
    pub(crate) fn anchor_bases(&self) -> &HashMap<String, usize> {
        self.bases.get_or_init(|| {
            let mut bases: HashMap<String, usize> = HashMap::new();
            for heading in &self.facts.headings {
                let base = anchors::github::slug(&format!("{}{}", heading.text, heading.hidden));
                if base != heading.anchor {
                    *bases.entry(heading.anchor.clone()).or_default() += 1;
                }
                *bases.entry(base).or_default() += 1;
            }
            bases
        })
    }

    /// Where its text points at numbered places.
    pub fn pointers(&self) -> &Pointers {
        self.pointers.get_or_init(|| Pointers::of(self))
    }

    /// What is wrong with its numbers, place by place.
    pub fn numbering_faults(&self, counting: &Counting) -> Cow<'_, [(Numbered, Fault)]> {
        if *counting == Counting::default() {
            Cow::Borrowed(self.numbering.get_or_init(|| sections::numbering_faults(self, counting)))
        } else {
            Cow::Owned(sections::numbering_faults(self, counting))
        }
    }

    /// A place in this document.
    pub fn at(&self, span: Span) -> Location {
        Location::new(self.file, span)
    }
}
