//! What the configurations of other programs state, without a parser for each of their formats.

use std::sync::Arc;

use super::Job;
use crate::{
    corpus::Listing,
    source::{CorpusPath, floor},
};

/// Files of some name, and what each says.
pub(super) fn files_named<'l>(
    job: &Job,
    listing: &'l Listing,
    is_named: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (&'l CorpusPath, Arc<str>)> {
    /// A repository may hold many as examples.
    const MOST: usize = 50;
    let files = listing.files.iter().filter(move |path| is_named(path.file_name())).take(MOST);
    files.map(|path| (path, job.tree.read(path, 1 << 20).unwrap_or_default()))
}

/// What a configuration in TOML, YAML, JSON or `JavaScript` says of a key, wherever it stands in its line, but for
/// comments. Letter case does not matter, as for Hugo.
pub(super) fn setting<'a>(configuration: &'a str, key: &str) -> Option<&'a str> {
    values(configuration, key).next()
}

/// All that it says of a key.
pub(super) fn values<'a>(configuration: &'a str, key: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let key = key.to_ascii_lowercase();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    let lines = configuration.lines().filter(|line| !line.trim_start().starts_with(['#', '*', ';']));
    let places = lines.filter(|line| !line.trim_start().starts_with("//")).flat_map(move |line| {
        let lower = line.to_ascii_lowercase();
        let split = |(at, found): (usize, &str)| (&line[..at], &line[at + found.len()..]);
        lower.match_indices(&*key).map(split).collect::<Vec<_>>()
    });
    places.filter_map(move |(before, behind)| {
        let behind = near(behind).trim_start_matches(['"', '\'']).trim_start();
        let value = behind.strip_prefix([':', '=']).filter(|_| !before.ends_with(is_word))?.trim();
        let quoted = value.strip_prefix(['"', '\'', '`']).and_then(|rest| rest.split(['"', '\'', '`']).next());
        let bare = value.split(|c: char| c.is_whitespace() || matches!(c, ',' | '#' | '}')).next();
        // An expression of a program says nothing.
        quoted.or(bare).filter(|value| !value.is_empty() && !value.contains(['(', '{', '[']))
    })
}

/// The beginning of a text, as far as a setting may reach.
fn near(text: &str) -> &str {
    &text[..floor(text, 300)]
}
