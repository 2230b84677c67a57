//! What the rules of typography share: profiles, and repairs that take links along.

mod blanks;
pub(in crate::rules) mod inconsistent_spacing;
mod majority;
pub(in crate::rules) mod makeshift_mark;
pub(in crate::rules) mod misspaced_unit;
pub(in crate::rules) mod narrow_mark;
mod repair;
pub(in crate::rules) mod repeated_mark;
pub(in crate::rules) mod wide_alphanumeric;

use std::{borrow::Cow, marker::PhantomData, ops::Range};

use serde::Deserialize;

use crate::{
    corpus::Corpus,
    document::{
        Document, Tongue,
        prose::OBJECT,
        typography::{Spot, SpotKind},
    },
    finding::{Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::Span,
};
use repair::Repair;

/// A language and its manner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Profile {
    #[serde(rename = "zh-Hans")]
    Simplified,
    #[serde(rename = "zh-Hant")]
    Traditional,
    #[serde(rename = "ja")]
    Japanese,
    #[serde(rename = "ko")]
    Korean,
}

impl Profile {
    fn language(self) -> Tongue {
        match self {
            Self::Simplified | Self::Traditional => Tongue::Chinese,
            Self::Japanese => Tongue::Japanese,
            Self::Korean => Tongue::Korean,
        }
    }
}

/// Whether blanks are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Blank {
    Require,
    Forbid,
    Majority,
}

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

/// What stands where, and how sure a repair is.
type Place = (SpotKind, Range<usize>, Safety);

/// What is to be reported of a place.
pub(super) struct Draft {
    span: Span,
    message: Message,
    help: Option<Message>,
    fix: Option<Fix>,
}

/// The texts that are to stand in ranges of the text of a document.
pub(super) type Changes<'a> = [(Range<usize>, &'a str)];

/// Looks at every document of a profile's language, in parallel, and reports in order what was found.
pub(super) fn each(corpus: &Corpus, profile: Profile, look: impl Fn(&mut Page<'_>) + Sync, out: &mut Findings) {
    let drafts = corpus.map(|document| {
        let mut page = Page { document, drafts: Vec::new(), repair: Repair::new(corpus, document) };
        if document.language() == profile.language() {
            look(&mut page);
        }
        page.drafts
    });
    for (document, drafts) in corpus.documents.iter().zip(drafts) {
        for Draft { span, message, help, fix } in drafts {
            let finding = out.report(document.at(span), message);
            finding.help = help;
            if let Some(fix) = fix {
                finding.fix(fix);
            }
        }
    }
}

/// A document that is looked at.
pub(crate) struct Page<'a> {
    document: &'a Document,
    drafts: Vec<Draft>,
    repair: Repair<'a>,
}

impl<'a> Page<'a> {
    /// Its places of some kinds, where each stands, and how sure a repair is.
    fn spots<F: Fn(SpotKind) -> bool>(&self, wanted: F) -> impl Iterator<Item = Place> + use<'a, F> {
        let all = self.document.typography().spots.iter().filter(move |spot| wanted(spot.kind));
        all.map(|&Spot { kind, start, end, is_doubtful }| {
            let safety = if is_doubtful { Safety::Unsafe } else { Safety::Safe };
            (kind, start as usize..end as usize, safety)
        })
    }

    /// The text of a range.
    fn text(&self, range: Range<usize>) -> &'a str {
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

    /// Whether a range is text as it is written.
    fn is_plain(&self, range: Range<usize>) -> bool {
        self.document.prose().editable(range).is_some()
    }

    /// Reports a range of the text, and how to repair it.
    fn report(&mut self, range: Range<usize>, message: Message, title: Message, safety: Safety, changes: &Changes<'_>) {
        let safety = if self.repair.is_doubtful(range.start) { Safety::Unsafe } else { safety };
        let Some(span) = self.document.prose().span(range) else { return };
        let fix = self.repair.edits(changes).map(|edits| Fix::new(title, safety, edits));
        self.drafts.push(Draft { span, message, help: None, fix });
    }

    /// Says something more of what was reported last.
    fn help(&mut self, help: Option<Message>) {
        if let Some(draft) = self.drafts.last_mut() {
            draft.help = help;
        }
    }
}
