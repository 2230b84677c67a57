//! `broken-anchor`: a link's fragment names nothing in the document it leads to.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Fragment, Resolution, Suggestions, Target, percent_decode, percent_encode, spelling},
    document::{Document, Heading, Renderer},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::Span,
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
                let renderer = renderers.first().copied().unwrap_or(Renderer::GitHub);
                let Some((near, safety)) = meant(target, renderer, &wanted, &mut suggestions) else { continue };
                finding.help(Message::new("did-you-mean").with("near", &near));
                let source = document.source.slice(destination.span);
                if source.split_once('#').is_some_and(|(_, fragment)| fragment == written) {
                    let text = percent_encode(&near, written.contains('%'));
                    let end = destination.span.end as usize;
                    let at = document.at(Span::new(end - written.len(), end));
                    finding.fix(Fix::new(
                        Message::new("fix").with("near", near),
                        safety,
                        vec![Edit::replace(at, text)],
                    ));
                }
            }
        }
    }
}

/// The anchor that a fragment was probably meant to name, and how sure that is: the only one of the same letters, the
/// only heading of the same text behind another number, or else the closest.
fn meant(
    target: &Document,
    renderer: Renderer,
    wanted: &str,
    suggestions: &mut Suggestions,
) -> Option<(String, Safety)> {
    let anchors = target.anchors(renderer);
    let all = || anchors.all.iter().chain(target.facts.anchors.iter().map(|anchor| &anchor.id));
    let near = suggestions.closest(wanted, all().map(String::as_str));
    let own = spelling(wanted);
    let alike: BTreeSet<&String> = all().filter(|anchor| !own.is_empty() && spelling(anchor) == own).collect();
    let renumbered: BTreeSet<&String> = target
        .facts
        .headings
        .iter()
        .zip(&anchors.all)
        .filter(|(heading, anchor)| is_renumbered(target, renderer, heading, anchor, wanted))
        .map(|(_, anchor)| anchor)
        .collect();
    for candidates in [alike, renumbered] {
        if let [only] = candidates.into_iter().collect::<Vec<_>>()[..] {
            return Some((only.clone(), Safety::Safe));
        }
    }
    near.map(|near| (near.to_owned(), Safety::Unsafe))
}

/// Whether a fragment names a heading as it would be called without its number, or with another one.
fn is_renumbered(target: &Document, renderer: Renderer, heading: &Heading, anchor: &str, wanted: &str) -> bool {
    let Some(placed) = heading.numbering() else { return false };
    let title = heading.text.trim_start().strip_prefix(&*placed.label.text).unwrap_or_default().trim_start();
    let title = renderer.anchor(heading, title, &target.source.text).base;
    if title.chars().count() < 2 {
        return false;
    }
    let label = |text: &str| -> Option<String> {
        let label = text.strip_suffix(&*title)?;
        Some(label.chars().filter(|c| !c.is_numeric() && !"一二三四五六七八九十百千零〇".contains(*c)).collect())
    };
    label(wanted).is_some_and(|own| wanted == title || label(anchor) == Some(own))
}
