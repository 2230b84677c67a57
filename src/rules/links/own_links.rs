//! Full URLs of this very corpus.

use crate::{
    corpus::{Corpus, Destination, Resolution},
    document::Document,
    source::{CorpusPath, percent_decode, percent_encode},
};

/// The full URLs that begin with an address of the corpus, and where they lead in it.
pub(super) fn own_links<'a>(
    corpus: &'a Corpus,
    addresses: &[String],
) -> Vec<((&'a Document, Destination<'a>), Resolution)> {
    let documents = corpus.documents.iter().filter(|_| !addresses.is_empty());
    let all = documents.flat_map(|document| corpus.destinations(document).map(move |own| (&**document, own)));
    let own = all.filter_map(|(document, destination)| {
        let path = behind_address(addresses, destination.target)?;
        Some(((document, destination), document, on_disk(corpus, path), false))
    });
    corpus.resolve(own)
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
