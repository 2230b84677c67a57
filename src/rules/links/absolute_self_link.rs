//! `absolute-self-link`: a full URL leads to a document or file of this very corpus.

use serde::Deserialize;

use super::own_links::own_links;
use crate::{
    corpus::{Corpus, Fragment, Resolution},
    document::LinkKind,
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AbsoluteSelfLink {
    /// Where the corpus is published: beginnings of URLs.
    addresses: Vec<String>,
}

impl CorpusRule for AbsoluteSelfLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for ((document, destination), resolution) in own_links(corpus, &self.addresses) {
            let is_written = destination.link.is_none_or(|link| link.kind != LinkKind::Autolink);
            let Resolution::Found(target) = resolution else { continue };
            if !is_written || matches!(target.fragment, Fragment::Missing(_)) {
                continue;
            }
            let path = target.file.map_or(&target.path, |file| &corpus.source(file).path);
            // What the site does not hold can be reached in no other way.
            if !corpus.settings.site.reaches(&document.source.path, path) {
                continue;
            }
            let finding = out.report(
                document.at(destination.span),
                Message::new("own").with("target", destination.target).with("path", path.as_str()),
            );
            // The build of a site leaves HTML as it is: there is no page called `x.md`.
            if !corpus.settings.shows_files() && destination.link.is_some_and(|link| link.kind == LinkKind::Html) {
                continue;
            }
            let own = &document.source.path;
            let is_here = path == own && !destination.fragment().is_empty();
            let relative = if is_here { String::new() } else { path.relative_to(&own.parent()) };
            if let Some(text) = destination.with_path(document, &relative) {
                let edit = Edit::replace(document.at(destination.span), &*text);
                finding.fix(Fix::new(Message::new("fix").with("path", text), Safety::Safe, vec![edit]));
            }
        }
    }
}
