//! Contracts: what documents of one kind must contain. Settings as plain data, and how a document is held against them.

mod align;
mod beside;
mod cheapest;
mod content;
mod date;
mod field;
mod field_type;
mod levels;
mod meant;
mod outline;
mod schema;
mod spelling;
mod stated;
mod tags;

use std::{cell::LazyCell, collections::HashSet, sync::Arc};

use crate::{
    document::{Document, Metadata, Place, fold_alike, folded},
    source::Span,
};

pub use align::{Differences, Missing, Unexpected};
pub use beside::Misplaced;
pub use content::{Content, Holding, is_empty};
pub use date::{Date, DateFormat};
pub use field::{Demand, Equals, Fault};
pub use field_type::FieldType;
pub use meant::differences;
pub use outline::{Item, Outline, Section, Title, regex_reason};
pub use schema::{Absent, Breach, Flaw, Schema};
pub(crate) use spelling::is_plural;
pub use spelling::{is_slip, spelling};
pub use stated::{Text, is_blank, link_target, split, texts};
pub use tags::{TAG_FIELDS, TagDemand, TagSource, Vocabulary};

/// What documents of one kind must contain.
#[derive(Clone, Debug, Default)]
pub struct Contract {
    /// Its name, for people.
    pub name: String,
    /// It binds only documents in which each of these fields has one of the values; without values, any but `false`.
    pub when: Vec<Condition>,
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
    /// A JSON Schema of the front matter. Of fields that the contract itself speaks of, it is not asked.
    pub schema: Option<Arc<Schema>>,
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

/// A field that a document has to state for a contract to bind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its name.
    pub field: String,
    /// What it has to hold one of; where nothing stands here, anything but `false`.
    pub values: Vec<String>,
    /// Where the configuration names the field.
    pub span: Span,
}

impl Contract {
    /// Whether a document that is of the right files is bound, too, by what it says of itself.
    pub fn binds(&self, document: &Document) -> bool {
        if self.when.is_empty() {
            return true;
        }
        let metadata = self.metadata(document);
        self.when.iter().all(|Condition { field, values, .. }| {
            let Some(field) = metadata.field(field) else { return false };
            let stated = texts(&field.value);
            match values[..] {
                [] => !stated.is_empty() && field.value.as_bool() != Some(false),
                _ => stated.iter().any(|text| values.iter().any(|wanted| folded(wanted) == folded(&text.text))),
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
            && self.schema.is_none()
            && self.tags.is_none()
    }

    /// What is asked of the fields, each once.
    pub fn demands(&self) -> impl Iterator<Item = &Demand> {
        let mut seen = HashSet::new();
        self.fields.iter().filter(move |demand| seen.insert(demand.name.as_str()))
    }

    /// The names of all fields that it speaks of, or its schema does; those that hold tags among them, where it says that
    /// tags stand in the front matter.
    pub fn names(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.demands().map(|demand| demand.name.as_str()).collect();
        let named = self.schema.iter().flat_map(|schema| schema.names()).filter(|name| !self.speaks_of(name));
        out.extend(named.map(String::as_str));
        if self.tags.as_ref().is_some_and(|tags| tags.sources.contains(&TagSource::FrontMatter)) {
            out.extend(TAG_FIELDS);
        }
        out
    }

    /// Whether it says itself what is asked of a field.
    fn speaks_of(&self, name: &str) -> bool {
        self.fields.iter().any(|own| fold_alike(&own.name, name))
    }

    /// How the front matter of a document differs from the schema. What cannot be read at all is not judged.
    pub fn breaches(&self, document: &Document) -> Vec<Breach> {
        let Some(schema) = &self.schema else { return Vec::new() };
        if document.has_broken_header() {
            return Vec::new();
        }
        let stated = LazyCell::new(|| self.metadata(document));
        let is_in_text = |name: &str| stated.field(name).is_some_and(|field| field.is_in_text());
        let is_own = |breach: &Breach| match breach {
            Breach::Absent(own) => self.speaks_of(&own.field) || is_in_text(&own.field),
            // What holds a field of the contract's own is known as well.
            Breach::Unknown { field, .. } => {
                let within = folded(&format!("{field}."));
                self.speaks_of(field) || self.fields.iter().any(|own| folded(&own.name).starts_with(&within))
            }
            _ => breach.field().is_some_and(|name| self.speaks_of(name)),
        };
        schema.breaches(document.header_root(), is_own)
    }

    /// The fields that a document states where the contract looks for them.
    pub fn metadata<'a>(&self, document: &'a Document) -> Metadata<'a> {
        let is_condition = |name: &str| self.when.iter().any(|own| fold_alike(&own.field, name));
        Metadata::asked(document, &self.metadata, |name| self.speaks_of(name) || is_condition(name))
    }
}
