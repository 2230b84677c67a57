//! What documents refer to: destinations with where they lead.

use super::{Corpus, Fragment, Resolution, destination};
use crate::{
    document::{Document, Link, LinkKind, Renderer},
    finding::Edit,
    source::{FileId, Span, percent_encode},
};

/// A destination that names a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The document it stands in.
    pub from: FileId,
    /// The [`Destination::slot`] in that document.
    pub slot: usize,
    /// Which heading of the path it names, as in `[[note#one#two]]`.
    pub step: usize,
}

/// A destination as it is written somewhere, and where it leads.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// Its number in its document; slots may be empty.
    pub slot: usize,
    /// The link; `None` for a reference definition.
    pub link: Option<&'a Link>,
    /// As [`Link::target`].
    pub target: &'a str,
    /// The bytes of the destination.
    pub span: Span,
    /// Where it leads.
    pub resolution: &'a Resolution,
}

impl<'a> Destination<'a> {
    /// What stands before the fragment and the query: a path, of a wikilink the name of a note.
    pub fn path(&self) -> &'a str {
        let end = if self.is_wiki() { self.target.find('#') } else { self.target.find(['#', '?']) };
        &self.target[..end.unwrap_or(self.target.len())]
    }

    /// What follows the first `#`, or what docsify writes for it (`?id=`); empty where there is none.
    pub fn fragment(&self) -> &'a str {
        self.target.split_once(self.hash()).map_or("", |(_, fragment)| fragment)
    }

    /// What the fragment stands behind.
    pub(super) fn hash(&self) -> &'static str {
        let is_judged = matches!(self.resolution, Resolution::Found(target) if target.fragment != Fragment::Unjudged);
        if is_judged && !self.target.contains('#') { destination::ID } else { "#" }
    }

    /// The edit that puts an anchor in the place of the fragment, encoded where that is; `None` where escapes stand in
    /// the way of saying which bytes it has.
    pub fn with_anchor(&self, document: &Document, anchor: &str) -> Option<Edit> {
        let fragment = self.fragment();
        let (_, written) = document.source.slice(self.span).split_once(self.hash())?;
        let end = self.span.end as usize;
        let at = document.at(Span::new(end - written.len(), end));
        (written == fragment).then(|| Edit::replace(at, percent_encode(anchor, fragment.contains('%'))))
    }

    /// The anchor of a heading of the document that it leads to, and the edit that puts it in the place of the fragment.
    /// `None` for a wikilink and where Obsidian shows that document, since both name headings as they read, and as for
    /// [`Self::with_anchor`].
    pub fn with_heading(
        &self,
        corpus: &Corpus,
        document: &Document,
        to: &Document,
        heading: usize,
    ) -> Option<(String, Edit)> {
        let renderer = corpus.settings.renderers_of(&to.source.path).first().copied().unwrap_or(Renderer::GitHub);
        if self.is_wiki() || renderer == Renderer::Obsidian {
            return None;
        }
        let anchor = to.anchors(renderer).all.get(heading)?.clone();
        let edit = self.with_anchor(document, &anchor)?;
        Some((anchor, edit))
    }

    /// Whether it is a wikilink.
    pub fn is_wiki(&self) -> bool {
        self.link.is_some_and(|link| link.kind == LinkKind::Wiki)
    }
}
