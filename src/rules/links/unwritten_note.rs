//! `unwritten-note`: a wikilink to a note that nobody has written.

use std::cell::LazyCell;

use super::{
    meant::{Note, note_meant},
    wide_marks::wide_marks,
};
use crate::{
    corpus::{Corpus, Resolution, Target},
    document::{Document, Flavor, LinkKind},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    suggest::Suggestions,
};

#[derive(Debug)]
pub(crate) struct UnwrittenNote;

impl CorpusRule for UnwrittenNote {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        let wide = LazyCell::new(|| wide_marks(corpus));
        let has_notes = LazyCell::new(|| leads_to_notes(corpus));
        for (document, destination) in corpus.doubtful() {
            let name = destination.path().trim();
            let other = match destination.resolution {
                Resolution::Unwritten => None,
                Resolution::Misspelt(path) => match note_meant(corpus, document, name, path) {
                    Note::Unwritten => Some(path),
                    Note::Misspelt(_) | Note::Gone(_) => continue,
                },
                _ => continue,
            };
            if !*has_notes {
                continue;
            }
            // `broken-link` says that somebody has, and `broken-wikilink` which one is meant.
            if corpus.gone_note(name).is_some() || wide.contains_key(&(document.file, destination.slot)) {
                continue;
            }
            let at = document.at(destination.span);
            let finding = out.report(at, Message::new("unwritten").with("name", name));
            if let Some(path) = other {
                finding.help(Message::new("elsewhere").with("path", path.as_str()));
                continue;
            }
            let stems = corpus.documents.iter().map(|document| document.source.path.file_stem());
            let Some((near, is_slip)) = suggestions.near(name, stems) else { continue };
            finding.help(Message::new("did-you-mean").with("near", near));
            if !is_slip {
                continue;
            }
            let written = document.source.slice(destination.span);
            let edit = written.strip_prefix(name).map(|rest| Edit::replace(at, format!("{near}{rest}")));
            finding.fix(Fix::new(Message::new("fix").with("near", near), Safety::Unsafe, edit.into_iter().collect()));
        }
    }
}

/// Whether the corpus has wikilinks at all: it is a vault, or one of them leads to a note. Else double brackets are those
/// of a program, a formula or a list of references.
fn leads_to_notes(corpus: &Corpus) -> bool {
    let leads = |document: &Document| {
        corpus.links(document).any(|(link, resolution)| {
            link.kind == LinkKind::Wiki
                && matches!(resolution, Resolution::Found(Target { page: None, .. }) | Resolution::Misspelt(_))
        })
    };
    corpus.settings.flavor == Flavor::Obsidian || corpus.documents.iter().any(|document| leads(document))
}
