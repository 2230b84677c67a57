//! The tags that documents state.

use super::Corpus;
use crate::{
    contract::{TAG_FIELDS, TagDemand, TagSource, split, texts},
    document::{Document, LinkKind, metadata},
    source::{Span, percent_decode, yaml::Node},
};

/// A tag as a document states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedTag {
    /// Its name: without `#`; of a link, the name of the note, without folder and extension.
    pub name: String,
    /// The bytes of the name; in front matter, quotes included.
    pub span: Span,
    /// How it is written.
    pub form: TagForm,
}

/// How a tag is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagForm {
    /// An entry of a list in the header.
    Entry,
    /// A part of a text in the header.
    Part,
    /// `#tag` in the text.
    Inline,
    /// A link: which of those of the document.
    Link(usize),
}

impl Corpus {
    /// The tags of a document in the places that a contract names, or else in those that are configured for all.
    pub fn tags(&self, document: &Document, demand: Option<&TagDemand>) -> Vec<StatedTag> {
        self.sources_of_tags(demand).iter().flat_map(|source| tags(document, source)).collect()
    }

    /// Where the tags of documents of a contract stand.
    pub fn sources_of_tags<'a>(&'a self, demand: Option<&'a TagDemand>) -> &'a [TagSource] {
        demand.map(|demand| &*demand.sources).filter(|own| !own.is_empty()).unwrap_or(&self.settings.tag_sources)
    }
}

fn tags(document: &Document, source: &TagSource) -> Vec<StatedTag> {
    let facts = &document.facts;
    match source {
        TagSource::FrontMatter => {
            TAG_FIELDS.into_iter().filter_map(|name| document.header_field(name)).flat_map(in_header).collect()
        }
        TagSource::Inline => {
            let own = |span: Span| Span { start: span.start + 1, ..span };
            facts
                .tags
                .iter()
                .map(|tag| StatedTag { name: tag.name.clone(), span: own(tag.span), form: TagForm::Inline })
                .collect()
        }
        TagSource::Section(title) => {
            let named = metadata::headings(document, title).into_iter();
            named.flat_map(|at| in_section(document, document.below(at))).collect()
        }
    }
}

/// A list of tags, or one text with commas between them.
fn in_header(node: &Node) -> Vec<StatedTag> {
    let mut stated = if node.as_list().is_some() { texts(node) } else { split(node) };
    // Where the parts of a text in quotes stand is not known.
    let is_quoted = node.as_str().is_some_and(|text| text.len() != node.span.len());
    for text in stated.iter_mut().filter(|_| is_quoted) {
        text.span = node.span;
    }
    let form = if node.as_list().is_some() { TagForm::Entry } else { TagForm::Part };
    let tag = |name: &str, span: Span| StatedTag { name: name.trim_start_matches('#').to_owned(), span, form };
    stated.into_iter().map(|text| tag(&text.text, text.span)).filter(|tag| !tag.name.is_empty()).collect()
}

fn in_section(document: &Document, section: Span) -> Vec<StatedTag> {
    let links = document.facts.links.iter().enumerate();
    let within = links.filter(|(_, link)| !link.is_image && section.contains(link.span));
    let tag = |(at, link): (usize, &crate::document::Link)| {
        let path = link.target.split('#').next().unwrap_or_default().trim();
        let file = path.rsplit('/').next().unwrap_or(path);
        let name = file.strip_suffix(".md").or_else(|| file.strip_suffix(".markdown")).unwrap_or(file);
        let written = document.source.slice(link.destination);
        let offset = written.find(name).filter(|_| !name.is_empty());
        let start = link.destination.start as usize + offset?;
        let span = Span::new(start, start + name.len());
        let name = if link.kind == LinkKind::Wiki { name.to_owned() } else { percent_decode(name).into_owned() };
        Some(StatedTag { name, span, form: TagForm::Link(at) })
    };
    within.filter_map(tag).collect()
}
