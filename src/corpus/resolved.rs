//! Where the links of each document lead.

use super::{Form, Resolution, Settings, fields, resolve::Resolver};
use crate::document::{Definition, Document, Flavor, Link};

/// Where the links of one document lead.
#[derive(Debug)]
pub(super) struct Resolved {
    /// By slot: its links, those in its front matter, its definitions, each in order.
    pub(super) resolutions: Vec<Resolution>,
    /// Links in front matter.
    pub(super) fields: Vec<Link>,
    /// The slots of those that a rule may have something to say of.
    pub(super) doubtful: Vec<usize>,
}

impl Resolved {
    pub(super) fn new(resolver: &Resolver<'_>, document: &Document, settings: &Settings) -> Self {
        let facts = &document.facts;
        let fields = fields::links(document, &settings.link_fields, settings.flavor == Flavor::Obsidian);
        let links = facts.links.iter().chain(&fields);
        let definition = |definition: &Definition| resolver.destination(document, &definition.target, false);
        let of_links = links.map(|link| resolver.link(document, link));
        let resolutions: Vec<_> = of_links.chain(facts.definitions.iter().map(definition)).collect();
        let doubtful = resolutions.iter().enumerate().filter(|(_, resolution)| resolution.is_doubtful());
        let doubtful = doubtful.map(|(slot, _)| slot).collect();
        Self { resolutions, fields, doubtful }
    }

    /// Takes back that paths are not known, where they are written in ways that are not judged.
    pub(super) fn take_back(&mut self, document: &Document, is_unjudged: impl Fn(&Form) -> bool) {
        let links = document.facts.links.iter().chain(&self.fields).map(|link| &*link.target);
        let targets = links.chain(document.facts.definitions.iter().map(|definition| &*definition.target));
        for (resolution, target) in self.resolutions.iter_mut().zip(targets) {
            if matches!(resolution, Resolution::Missing { .. })
                && let Some(form) = Form::of(target).filter(&is_unjudged)
            {
                *resolution = Resolution::Unrecognised(form);
            }
        }
    }

    /// Whether any of them may lead elsewhere where the document is included.
    pub(super) fn depends_on_place(&self) -> bool {
        self.doubtful.iter().any(|slot| self.resolutions[*slot].depends_on_place())
    }
}
