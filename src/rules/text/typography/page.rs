//! What the rules of typography share: a document that is looked at, and repairs that take links along.

use std::{borrow::Cow, marker::PhantomData, ops::Range};

use serde::Deserialize;

use super::{
    profile::Profile,
    repair::{Changes, Repair},
};
use crate::{
    corpus::Corpus,
    document::{
        Document,
        prose::OBJECT,
        typography::{Spot, SpotKind},
    },
    finding::{Finding, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
};

/// Finds what a document of a profile's language has, for [`each`].
pub(super) fn gather(document: &Document, profile: Option<Profile>) {
    if profile.is_some_and(|profile| profile.language() == document.language()) {
        document.typography();
    }
}

/// What a rule says of one document, whatever the others hold.
pub(crate) trait Look: Send + Sync {
    /// Looks at a document of the profile's language.
    fn look(page: &mut Page<'_>, profile: Profile);
}

/// A rule that needs no other document and has no option but its profile.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, bound = "L: Default")]
pub(crate) struct OfOne<L> {
    profile: Option<Profile>,
    #[serde(skip)]
    look: PhantomData<L>,
}

impl<L: Look> CorpusRule for OfOne<L> {
    fn gather(&self, document: &Document) {
        gather(document, self.profile);
    }

    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let Some(profile) = self.profile else { return };
        each(corpus, profile, |page| L::look(page, profile), out);
    }
}

/// Looks at every document of a profile's language, in parallel, and reports in order what was found.
pub(super) fn each(corpus: &Corpus, profile: Profile, look: impl Fn(&mut Page<'_>) + Sync, out: &mut Findings) {
    let found = corpus.map(|document| {
        let mut page = Page { document, out: out.empty_like(), repair: Repair::new(corpus, document) };
        if document.language() == profile.language() {
            look(&mut page);
        }
        page.out.into_vec()
    });
    for found in found {
        out.append(found);
    }
}

/// A document that is looked at.
pub(crate) struct Page<'a> {
    pub(super) document: &'a Document,
    pub(super) out: Findings<'a>,
    repair: Repair<'a>,
}

impl<'a> Page<'a> {
    /// Its places of some kinds.
    pub(super) fn spots<F: Fn(SpotKind) -> bool>(&self, wanted: F) -> impl Iterator<Item = &'a Spot> + use<'a, F> {
        self.document.typography().spots.iter().filter(move |spot| wanted(spot.kind))
    }

    /// The text of a range.
    pub(super) fn text(&self, range: Range<usize>) -> &'a str {
        self.document.prose().text().get(range).unwrap_or_default()
    }

    /// A range of the text for people: what is no text as it is written.
    fn shown(&self, range: Range<usize>) -> Cow<'a, str> {
        let text = self.text(range.clone());
        if !text.contains(OBJECT) {
            return Cow::Borrowed(text);
        }
        let (prose, mut out) = (self.document.prose(), String::new());
        for (at, c) in text.char_indices() {
            match prose.piece_at(range.start + at).filter(|_| c == OBJECT) {
                Some(piece) => out.push_str(self.document.source.slice(piece.span)),
                None => out.push(c),
            }
        }
        Cow::Owned(out)
    }

    /// A range of the text as changes within make it, in order.
    pub(super) fn changed(&self, range: Range<usize>, changes: &Changes<'_>) -> String {
        let mut text = self.text(range.clone()).to_owned();
        for (part, new) in changes.iter().rev() {
            text.replace_range(part.start - range.start..part.end - range.start, new);
        }
        text
    }

    /// Whether a range is text as it is written.
    pub(super) fn is_plain(&self, range: Range<usize>) -> bool {
        self.document.prose().editable(range).is_some()
    }

    /// Reports a range of the text, and how to repair it.
    pub(super) fn report(
        &mut self,
        range: Range<usize>,
        message: Message,
        title: Message,
        safety: Safety,
        changes: &Changes<'_>,
    ) -> Option<&mut Finding> {
        let safety = if self.repair.is_doubtful(range.start) { Safety::Unsafe } else { safety };
        let span = self.document.prose().span(range)?;
        let finding = self.out.report(self.document.at(span), message);
        if let Some(edits) = self.repair.edits(changes) {
            finding.fix(Fix::new(title, safety, edits));
        }
        Some(finding)
    }

    /// Reports a pair of marks of ASCII, a byte each, around a text, which others are to stand for. The message is made of
    /// all as it stands and as it would.
    pub(super) fn enclose(
        &mut self,
        spot: &Spot,
        [left, right]: [&str; 2],
        message: impl FnOnce(&str, &str) -> Message,
        hole: &'static str,
    ) {
        let range = spot.range();
        let (open, close) = (range.start..range.start + 1, range.end - 1..range.end);
        if !self.is_plain(open.clone()) || !self.is_plain(close.clone()) {
            return;
        }
        let text = self.shown(range.clone());
        let new = format!("{left}{}{right}", &text[1..text.len() - 1]);
        let message = message(&text, &new);
        let title = Message::new("fix").with(hole, new);
        self.report(range, message, title, spot.safety(), &[(open, left), (close, right)]);
    }
}
