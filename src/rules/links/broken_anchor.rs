//! `broken-anchor`: a link's fragment names nothing in the document it leads to.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Fragment, Resolution, Suggestions, Target, percent_decode},
    document::Document,
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BrokenAnchor {}

impl CorpusRule for BrokenAnchor {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        for document in &corpus.documents {
            for destination in corpus.destinations(document).filter(|destination| !destination.is_wiki()) {
                let Resolution::Found(Target { path, file: Some(file), fragment: Fragment::Missing, .. }) =
                    destination.resolution
                else {
                    continue;
                };
                let Some(target) = corpus.document(*file) else { continue };
                let written = destination.target.split_once('#').map_or("", |(_, fragment)| fragment);
                let wanted = percent_decode(written);
                let key = if *file == document.file { "here" } else { "there" };
                let message = Message::new(key).with("fragment", &*wanted).with("path", path.as_str());
                let finding = out.report(document.at(destination.span), message).concerns(path.clone());
                if let Some(near) = near(target, &wanted, &mut suggestions) {
                    finding.help(Message::new("did-you-mean").with("near", near));
                }
            }
        }
    }
}

/// The anchor with the same letters, or the closest one.
fn near<'a>(target: &'a Document, wanted: &str, suggestions: &mut Suggestions) -> Option<&'a str> {
    let facts = &target.facts;
    let all = || {
        facts.headings.iter().map(|heading| heading.anchor.as_str()).chain(facts.anchors.iter().map(|a| a.id.as_str()))
    };
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let own = letters(wanted);
    let near = suggestions.closest(wanted, all())?;
    let same = all().find(|anchor| !own.is_empty() && letters(anchor) == own);
    Some(same.unwrap_or(near))
}
