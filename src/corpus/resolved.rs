//! Where the links of each document lead.

use super::{Resolution, Settings, fields, resolve::Resolver};
use crate::document::{Definition, Document, Flavor, Link};

/// Where the links of one document lead.
#[derive(Debug)]
pub(super) struct Resolved {
    /// Of its links, in order.
    pub(super) links: Vec<Resolution>,
    /// Of its definitions, in order.
    pub(super) definitions: Vec<Resolution>,
    /// Links in front matter.
    pub(super) fields: Vec<(Link, Resolution)>,
    /// The slots of those that a rule may have something to say of.
    pub(super) doubtful: Vec<usize>,
}

impl Resolved {
    pub(super) fn new(resolver: &Resolver<'_>, document: &Document, settings: &Settings) -> Self {
        let facts = &document.facts;
        let definition = |definition: &Definition| resolver.destination(document, &definition.target);
        let field = |link: Link| {
            let resolution = resolver.link(document, &link);
            (link, resolution)
        };
        let links: Vec<_> = facts.links.iter().map(|link| resolver.link(document, link)).collect();
        let definitions: Vec<_> = facts.definitions.iter().map(definition).collect();
        let fields: Vec<_> = fields::links(document, &settings.link_fields, settings.flavor == Flavor::Obsidian)
            .into_iter()
            .map(field)
            .collect();
        let slots = links.iter().chain(fields.iter().map(|(_, resolution)| resolution)).chain(&definitions).enumerate();
        let doubtful = slots.filter(|(_, resolution)| resolution.is_doubtful()).map(|(slot, _)| slot).collect();
        Self { links, definitions, fields, doubtful }
    }

    /// The resolution in a slot.
    pub(super) fn in_slot(&mut self, slot: usize) -> Option<&mut Resolution> {
        let (links, fields) = (self.links.len(), self.fields.len());
        if slot < links {
            return self.links.get_mut(slot);
        }
        let behind = slot - links;
        if behind < fields {
            return self.fields.get_mut(behind).map(|(_, resolution)| resolution);
        }
        self.definitions.get_mut(behind - fields)
    }
}
