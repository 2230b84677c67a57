//! Where the links of each document lead.

use std::collections::HashSet;

use super::{Form, Resolution, Settings, fields, resolve::Resolver};
use crate::document::{Definition, Document, Flavor, Link, LinkKind, Renderer};

/// Where the links of one document lead.
#[derive(Debug)]
pub(super) struct Resolved {
    /// By slot: its links, those in its front matter, its definitions, each in order.
    pub(super) resolutions: Vec<Resolution>,
    /// Links in front matter.
    pub(super) fields: Vec<Link>,
    /// The slots of those that a rule may have something to say of.
    pub(super) doubtful: Vec<usize>,
    /// Links to paths that are not known, written in a form that may be judged as a whole.
    pub(super) failures: Vec<Failure>,
}

/// A path that is not known.
#[derive(Debug)]
pub(super) struct Failure {
    slot: usize,
    pub(super) form: Form,
    /// Whether it is written where it stands as a path: a reference is not, nor a wikilink.
    pub(super) is_written: bool,
}

impl Resolved {
    pub(super) fn new(resolver: &Resolver<'_>, document: &Document, settings: &Settings) -> Self {
        let facts = &document.facts;
        let fields = fields::links(document, &settings.link_fields, settings.flavor == Flavor::Obsidian);
        let links = facts.links.iter().chain(&fields);
        let definition = |definition: &Definition| resolver.destination(document, &definition.target, false);
        let left = if fields.is_empty() || !settings.renderers.contains(&Renderer::VitePress) {
            HashSet::new()
        } else {
            fields::left_to_browser(document, &settings.link_fields)
        };
        let of_links = links.map(|link| match resolver.link(document, link) {
            Resolution::Missing { .. } | Resolution::OutsideRoot if left.contains(&link.span) => Resolution::Elsewhere,
            own => own,
        });
        let resolutions: Vec<_> = of_links.chain(facts.definitions.iter().map(definition)).collect();
        let doubtful = resolutions.iter().enumerate().filter(|(_, resolution)| resolution.is_doubtful());
        let doubtful: Vec<usize> = doubtful.map(|(slot, _)| slot).collect();
        let links = facts.links.iter().chain(&fields);
        let links = links.map(|link| (&link.target, !matches!(link.kind, LinkKind::Reference | LinkKind::Wiki)));
        let targets = links.chain(facts.definitions.iter().map(|definition| (&definition.target, true)));
        let all = resolutions.iter().zip(targets).enumerate();
        let missing = all.filter(|(_, (resolution, _))| matches!(resolution, Resolution::Missing { .. }));
        let failures = missing.filter_map(|(slot, (_, (target, is_written)))| {
            Some(Failure { slot, form: Form::of(target)?, is_written })
        });
        let failures = failures.collect();
        Self { resolutions, fields, doubtful, failures }
    }

    /// Takes back that paths are not known, where they are written in ways that are not judged.
    pub(super) fn take_back(&mut self, is_unjudged: impl Fn(Form) -> bool) {
        for failure in self.failures.iter().filter(|failure| is_unjudged(failure.form)) {
            self.resolutions[failure.slot] = Resolution::Unrecognised(failure.form);
        }
    }

    /// Whether any of them may lead elsewhere where the document is included.
    pub(super) fn depends_on_place(&self) -> bool {
        self.doubtful.iter().any(|slot| self.resolutions[*slot].depends_on_place())
    }
}
