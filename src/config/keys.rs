//! The keys of `rubrica.yaml`: what each is called, what it takes, and a line on what it does. The reader asks here which
//! keys there are, and the schema for editors is made from it.

use crate::{
    contract::{FieldType, Holding},
    document::Renderer,
};

/// A key of a mapping.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    /// One line on what it does.
    pub(super) summary: &'static str,
}

/// What a key takes.
#[derive(Debug)]
pub(super) enum Shape {
    /// A text.
    Text,
    /// A text, a number or a boolean: what a field can hold.
    Scalar,
    /// `true` or `false`.
    Boolean,
    /// A whole number, and the least it may be.
    Count(u64),
    /// One of these words.
    Words(fn() -> Vec<&'static str>),
    /// A list; `true` where a single entry may stand without one.
    List(&'static Shape, bool),
    /// A mapping with these keys, of which the first ones, so many, have to be there.
    Map(&'static [Key], usize),
    /// A mapping whose keys the author chooses.
    Named(&'static Shape),
    /// A mapping whose keys begin with a slash.
    Rooted(&'static Shape),
    /// Any of these.
    Either(&'static [Shape]),
    /// One of [`SHARED`].
    Shared(&'static str),
    /// A mapping of rules and groups to their settings.
    Rules,
}

pub(super) const fn key(name: &'static str, shape: Shape, summary: &'static str) -> Key {
    Key { name, shape, summary }
}

/// The names of keys.
pub(super) fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

pub(super) const TEXTS: Shape = Shape::List(&Shape::Text, true);

/// The top of the file.
pub(super) const TOP: &[Key] = &[
    key("files", Shape::Map(FILES, 0), "which files are documents"),
    key("renderers", Shape::List(&Shape::Words(renderers), true), "what shows the documents, for anchors"),
    key("tags", Shape::List(&TAG_SOURCE, true), "where documents state their tags"),
    key("rules", Shape::Rules, "levels and options of rules and groups"),
    key("rule_pages", TEXTS, "folders of pages of rules of your own"),
    key("text", Shape::Map(TEXT, 1), "the typography of the documents; turns its rules on"),
    key("overrides", Shape::List(&Shape::Map(OVERRIDE, 1), false), "settings for some files; later ones win"),
    key("paths", Shape::Rooted(&TEXTS), "what paths from the root lead to, by prefix"),
    key("link_fields", TEXTS, "fields of the front matter that hold links"),
    key("contracts", Shape::List(&Shape::Map(CONTRACT, 2), false), "what documents of one kind must contain"),
];

pub(super) const FILES: &[Key] = &[
    key("include", TEXTS, "hidden or template folders to look into as well"),
    key("exclude", TEXTS, "what is no document"),
    key("max_bytes", Shape::Count(1), "larger documents are reported and not read"),
];

pub(super) const PROFILES: &[&str] = &["zh-Hans", "zh-Hant", "ja", "ko"];
pub(super) const TEXT: &[Key] = &[key("profile", Shape::Words(|| PROFILES.to_vec()), "the language and its manner")];

pub(super) const OVERRIDE: &[Key] = &[
    key("files", TEXTS, "the files, as in .gitignore"),
    key("rules", Shape::Rules, "levels and options of rules and groups"),
];

pub(super) const TAG_SOURCES: &[&str] = &["front-matter", "inline"];
pub(super) const PLACES: &[&str] = &["front-matter", "preamble"];
pub(super) const SECTION_PLACE: &[Key] = &[key("section", Shape::Text, "below the heading with this text")];
const TAG_SOURCE: Shape = Shape::Either(&[Shape::Words(|| TAG_SOURCES.to_vec()), Shape::Map(SECTION_PLACE, 1)]);
const PLACE: Shape = Shape::Either(&[Shape::Words(|| PLACES.to_vec()), Shape::Map(SECTION_PLACE, 1)]);

pub(super) const CONTRACT: &[Key] = &[
    key("name", Shape::Text, "its name, for messages"),
    key("files", TEXTS, "the files it is for, as in .gitignore"),
    key(
        "when",
        Shape::Named(&WHEN),
        "only for documents in which each of these fields has this value or one of these; true is any but false",
    ),
    key("metadata", Shape::List(&PLACE, true), "where fields stand; front-matter if not said"),
    key(
        "title",
        Shape::Either(&[Shape::Words(|| vec!["required"]), Shape::Map(TITLE, 0)]),
        "what is asked of the title",
    ),
    key("sections", Shape::Shared("sections"), "the sections, in order"),
    key("order", Shape::Words(|| ORDERS.to_vec()), "whether the order of the sections matters; strict if not said"),
    key("empty_sections", Shape::Boolean, "false: no section at all may be empty"),
    key("fields", Shape::Named(&FIELD_OR_WORD), "the fields, by name"),
    key("other_fields", Shape::Boolean, "false: the front matter may have no others"),
    key("schema", Shape::Text, "a JSON Schema file for the front matter"),
    key("tags", Shape::Map(TAGS, 0), "what is asked of tags"),
];

const WHEN: Shape = Shape::Either(&[Shape::Scalar, Shape::List(&Shape::Scalar, false)]);
pub(super) const ORDERS: &[&str] = &["strict", "any"];
pub(super) const REQUIREMENTS: &[&str] = &["required", "optional"];

pub(super) const TITLE: &[Key] = &[
    key("required", Shape::Boolean, "a document has to have one"),
    key("unique", Shape::Boolean, "no two documents of the contract may have the same"),
];

/// Shapes that hold themselves.
pub(super) const SHARED: &[(&str, Shape)] = &[("sections", Shape::List(&SECTION, false))];

const SECTION: Shape = Shape::Either(&[Shape::Text, Shape::Map(SECTION_KEYS, 0), Shape::Named(&INNER)]);
const INNER: Shape = Shape::Either(&[Shape::Shared("sections"), Shape::Map(SECTION_KEYS, 0)]);

pub(super) const SECTION_KEYS: &[Key] = &[
    key("title", Shape::Text, "its title; {n} is a number, {any} any text, {label} a numbering label"),
    key("regex", Shape::Text, "or a regular expression for its title"),
    key("optional", Shape::Boolean, "it may be left out"),
    key("repeated", Shape::Boolean, "there may be several in a row"),
    key("sections", Shape::Shared("sections"), "the sections within"),
    key("order", Shape::Words(|| ORDERS.to_vec()), "whether the order of the sections within matters"),
    key("holds", Shape::List(&Shape::Words(holdings), true), "what it must hold"),
    key("max_words", Shape::Count(1), "the most words it may have"),
];

const FIELD_OR_WORD: Shape = Shape::Either(&[Shape::Words(|| REQUIREMENTS.to_vec()), Shape::Map(FIELD, 0)]);

pub(super) const FIELD: &[Key] = &[
    key("required", Shape::Boolean, "it has to have a value"),
    key("type", Shape::Words(types), "what its value is"),
    key("one_of", Shape::List(&Shape::Scalar, false), "the values there are"),
    key(
        "pattern",
        Shape::Text,
        "a regular expression that the value, or each of a list, has to match, letter case included",
    ),
    key("format", TEXTS, "how a date may be written, by example; 2025-11-26 if not said"),
    key("unique", Shape::Boolean, "no two documents of the contract may have the same value"),
    key(
        "equals",
        Shape::Either(&[Shape::Words(|| EQUALS.to_vec()), Shape::Map(EQUALS_FIELD, 1)]),
        "what it has to be equal to",
    ),
    key("refers", Shape::Words(|| vec!["document"]), "its value has to lead to a document of the corpus"),
];

pub(super) const EQUALS: &[&str] = &["filename", "heading"];
pub(super) const EQUALS_FIELD: &[Key] = &[key("field", Shape::Text, "another field")];

pub(super) const TAGS: &[Key] = &[
    key("from", Shape::List(&TAG_SOURCE, true), "where they stand; as in `tags` at the top if not said"),
    key("min", Shape::Count(0), "the fewest that a document carries"),
    key("max", Shape::Count(0), "the most that a document carries"),
    key("vocabulary", TEXTS, "the tags there are: a list, a YAML file, a folder of notes (ends in /), or corpus"),
];

fn renderers() -> Vec<&'static str> {
    Renderer::names().collect()
}

fn holdings() -> Vec<&'static str> {
    Holding::ALL.iter().map(|holding| holding.name()).collect()
}

fn types() -> Vec<&'static str> {
    FieldType::ALL.iter().map(|kind| kind.name()).collect()
}
