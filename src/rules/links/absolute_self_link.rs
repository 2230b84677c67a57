//! `absolute-self-link`: a full URL leads to a document or file of this very corpus.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Destination, Fragment, Resolution},
    document::{Document, LinkKind},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{CorpusPath, percent_decode, percent_encode},
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AbsoluteSelfLink {
    /// Where the corpus is published: beginnings of URLs.
    addresses: Vec<String>,
}

impl CorpusRule for AbsoluteSelfLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination, resolution) in own_links(corpus, &self.addresses) {
            let is_written = destination.link.is_none_or(|link| link.kind != LinkKind::Autolink);
            let Resolution::Found(target) = resolution else { continue };
            if !is_written {
                continue;
            }
            if matches!(target.fragment, Fragment::Missing(_)) {
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

/// The full URLs that begin with an address of the corpus, and where they lead in it.
pub(super) fn own_links<'a>(
    corpus: &'a Corpus,
    addresses: &[String],
) -> Vec<(&'a Document, Destination<'a>, Resolution)> {
    let mut links: Vec<(&Document, Destination<'_>)> = Vec::new();
    let mut paths = Vec::new();
    for document in corpus.documents.iter().filter(|_| !addresses.is_empty()) {
        for destination in corpus.destinations(document) {
            if let Some(path) = behind_address(addresses, destination.target) {
                links.push((document, destination));
                paths.push(on_disk(corpus, path));
            }
        }
    }
    let targets = links.iter().zip(&paths).map(|((document, _), path)| (*document, path.as_str(), false));
    let resolved = corpus.resolve(targets);
    links
        .into_iter()
        .zip(resolved)
        .map(|((document, destination), resolution)| (document, destination, resolution))
        .collect()
}

/// The path from the root of the corpus that follows its address in a URL. The address alone means the site or the
/// repository, and no document of it.
fn behind_address<'a>(addresses: &[String], url: &'a str) -> Option<&'a str> {
    let behind = |address: &String| url.strip_prefix(address.trim_end_matches('/'));
    let mut all = addresses.iter().filter(|address| !address.is_empty()).filter_map(behind);
    let is_path = |rest: &&str| rest.starts_with('/') && !rest.trim_start_matches('/').starts_with('#');
    all.find(|rest| is_path(rest) && !rest.contains('?') && !rest.trim_matches('/').is_empty())
}

/// A path behind an address as one from the root of the site, or from that of the corpus where a file stands there.
fn on_disk(corpus: &Corpus, rest: &str) -> String {
    let (path, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    let file = CorpusPath::new(&percent_decode(path)).filter(|path| corpus.paths.is_file(path));
    match file.and_then(|file| corpus.settings.site.address(&file, &file, "")) {
        Some(address) => format!("{}{fragment}", percent_encode(&address, true)),
        None => rest.to_owned(),
    }
}
