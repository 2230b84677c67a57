//! Where the links of each document lead.

use super::{Form, Resolution, Settings, fields, resolve::Resolver};
use crate::document::{Definition, Document, Flavor, Link, LinkKind};

/// Where the links of one document lead.
#[derive(Debug)]
pub(super) struct Resolved {
    /// By slot: its links, those in its front matter, its definitions, each in order.
    pub(super) resolutions: Vec<Resolution>,
    /// Links in front matter.
    pub(super) fields: Vec<Link>,
    /// The slots of those that a rule may have something to say of.
    pub(super) doubtful: Vec<usize>,
    /// Paths that are written in a way of which only a build may know where it leads.
    pub(super) written: Vec<Written>,
}

/// A path that is written in such a way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) form: Form,
    pub(super) slot: u32,
    /// Whether it is not known.
    pub(super) is_missing: bool,
    /// Whether it counts among the paths of its form. Wikilinks do not, and a reference's definition does.
    pub(super) counts: bool,
}

impl Resolved {
    pub(super) fn new(resolver: &Resolver<'_>, document: &Document, settings: &Settings) -> Self {
        let facts = &document.facts;
        let fields = fields::links(document, &settings.link_fields, settings.flavor == Flavor::Obsidian);
        let links = || facts.links.iter().chain(&fields);
        let definition = |definition: &Definition| resolver.destination(document, &definition.target, false);
        let of_links = links().map(|link| resolver.link(document, link));
        let resolutions: Vec<_> = of_links.chain(facts.definitions.iter().map(definition)).collect();
        let counts = |link: &Link| !matches!(link.kind, LinkKind::Wiki | LinkKind::Reference);
        let targets = links().map(|link| (&*link.target, counts(link)));
        let targets = targets.chain(facts.definitions.iter().map(|definition| (&*definition.target, true)));
        let (mut doubtful, mut written) = (Vec::new(), Vec::new());
        for (slot, (resolution, (target, counts))) in resolutions.iter().zip(targets).enumerate() {
            if resolution.is_doubtful() {
                doubtful.push(slot);
            }
            let is_missing = matches!(resolution, Resolution::Missing { .. });
            if (is_missing || (counts && matches!(resolution, Resolution::Found(_))))
                && let Some(form) = Form::of(target)
                && let Ok(slot) = u32::try_from(slot)
            {
                written.push(Written { form, slot, is_missing, counts });
            }
        }
        Self { resolutions, fields, doubtful, written }
    }

    /// Whether any of them may lead elsewhere where the document is included.
    pub(super) fn depends_on_place(&self) -> bool {
        self.doubtful.iter().any(|slot| self.resolutions[*slot].depends_on_place())
    }
}
