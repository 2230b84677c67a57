//! `broken-anchor`: a link's fragment names nothing in the document it leads to.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Fragment, Resolution, Suggestions, Target, percent_decode},
    document::{Anchors, Document, Renderer},
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
                let Resolution::Found(Target {
                    path, file: Some(file), fragment: Fragment::Missing(renderers), ..
                }) = destination.resolution
                else {
                    continue;
                };
                let Some(target) = corpus.document(*file) else { continue };
                let written = destination.target.split_once('#').map_or("", |(_, fragment)| fragment);
                let wanted = percent_decode(written);
                let is_some = renderers.len() < corpus.settings.renderers.len();
                let key = match (*file == document.file, is_some) {
                    (true, false) => "here",
                    (false, false) => "there",
                    (true, true) => "here-for-some",
                    (false, true) => "there-for-some",
                };
                let names: Vec<&str> = renderers.iter().map(|renderer| renderer.name()).collect();
                let message = Message::new(key)
                    .with("renderers", names.join(", "))
                    .with("fragment", &*wanted)
                    .with("path", path.as_str());
                let finding = out.report(document.at(destination.span), message).concerns(path.clone());
                let anchors = target.anchors(renderers.first().copied().unwrap_or(Renderer::GitHub));
                if let Some(near) = near(target, &anchors, &wanted, &mut suggestions) {
                    finding.help(Message::new("did-you-mean").with("near", near));
                }
            }
        }
    }
}

/// The anchor with the same letters, or the closest one.
fn near<'a>(
    target: &'a Document,
    anchors: &'a Anchors,
    wanted: &str,
    suggestions: &mut Suggestions,
) -> Option<&'a str> {
    let ids = target.facts.anchors.iter().map(|anchor| anchor.id.as_str());
    let all = || anchors.all.iter().map(String::as_str).chain(ids.clone());
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let own = letters(wanted);
    let near = suggestions.closest(wanted, all())?;
    let same = all().find(|anchor| !own.is_empty() && letters(anchor) == own);
    Some(same.unwrap_or(near))
}
