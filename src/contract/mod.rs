//! Contracts: what documents of one kind must contain. Settings as plain data, and how a document is held against them.

mod align;
mod content;
mod date;
mod field;
mod field_type;
mod limit;
mod outline;
mod spelling;
mod tags;

use crate::document::{Document, Metadata, Place, folded};

pub use align::{Differences, Meant, Misplaced, Missing, Unexpected, differences};
pub use content::{Content, Holding, Lack, is_empty};
pub use date::{Date, DateFormat};
pub use field::{Demand, Equals, Fault, Origin, Required, Text, is_blank, link_target, split, texts};
pub use field_type::FieldType;
pub use limit::Limit;
pub use outline::{Item, Outline, Section, Title, regex_reason};
pub use spelling::{is_slip, spelling};
pub use tags::{TagDemand, TagSource, Vocabulary};

/// What documents of one kind must contain.
#[derive(Clone, Debug, Default)]
pub struct Contract {
    /// Its name, for people.
    pub name: String,
    /// It binds only documents in which each of these fields has one of the values; without values, any but `false`.
    pub when: Vec<(String, Vec<String>)>,
    /// Where the fields stand.
    pub metadata: Vec<Place>,
    /// What is asked of the title.
    pub title: TitleDemand,
    /// The sections, where the contract says any.
    pub outline: Option<Outline>,
    /// Whether no section at all may be empty, whether the outline names it or not.
    pub fill_sections: bool,
    /// The fields. Of two with one name the first counts.
    pub fields: Vec<Demand>,
    /// What may have no other fields: the front matter, which has no name, and mappings in it, by name.
    pub closed: Vec<String>,
    /// What is asked of tags.
    pub tags: Option<TagDemand>,
}

/// What a contract asks of the title: the field `title` of the header, or else the heading that is the title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TitleDemand {
    /// There has to be one.
    pub required: bool,
    /// No other document of the contract may have the same.
    pub unique: bool,
}

impl Contract {
    /// Whether a document that is of the right files is bound, too, by what it says of itself.
    pub fn binds(&self, document: &Document) -> bool {
        if self.when.is_empty() {
            return true;
        }
        let metadata = self.metadata(document);
        self.when.iter().all(|(name, wanted)| {
            let Some(field) = metadata.field(name) else { return false };
            let stated = texts(&field.value);
            match wanted[..] {
                [] => !stated.is_empty() && field.value.as_bool() != Some(false),
                _ => stated.iter().any(|text| wanted.iter().any(|wanted| folded(wanted) == folded(&text.text))),
            }
        })
    }

    /// Whether it says nothing of any document.
    pub fn asks_for_nothing(&self) -> bool {
        self.title == TitleDemand::default()
            && self.outline.is_none()
            && !self.fill_sections
            && self.fields.is_empty()
            && self.closed.is_empty()
            && self.tags.is_none()
    }

    /// What is asked of the fields, each once.
    pub fn demands(&self) -> impl Iterator<Item = &Demand> {
        let is_first = |at: usize| !self.fields[..at].iter().any(|own| own.name == self.fields[at].name);
        (0..self.fields.len()).filter(move |&at| is_first(at)).map(|at| &self.fields[at])
    }

    /// The fields that a document states where the contract looks for them.
    pub fn metadata<'a>(&self, document: &'a Document) -> Metadata<'a> {
        Metadata::of(document, &self.metadata)
    }
}
