//! What the configuration of a site says of pages that are served elsewhere than their documents stand.

use std::collections::HashSet;

use super::{routes::routes, stated::setting};
use crate::{corpus::Rerouted, document::Renderer};

/// Where a renderer's pages are elsewhere: `text` is its configuration, and `has` says whether one of a name stands beside
/// it, in the folder for such.
pub(super) fn rerouted(renderer: Renderer, text: &str, has: impl Fn(&str) -> bool) -> Rerouted {
    let mut out = Rerouted::default();
    let begins = |line: &str, key: &str| line.trim_start_matches(['[', '"', ' ']).starts_with(key);
    match renderer {
        Renderer::VitePress => out.any = text.lines().any(|line| line.contains("rewrites")),
        Renderer::MdBook => out.redirects = redirects(text),
        Renderer::Docusaurus => out.any = routes(text).is_none(),
        hugo if hugo.is_hugo() => {
            out.sections = sections(text);
            out.by_language = setting(text, "defaultContentLanguageInSubdir").is_some()
                || text.lines().any(|line| begins(line, "languages"))
                || has("languages");
            out.any = has("permalinks");
            out.language = Some(setting(text, "defaultContentLanguage").unwrap_or("en").to_lowercase());
        }
        _ => {}
    }
    out
}

/// The words in what Hugo is told of permalinks: the sections that have some are among them.
fn sections(text: &str) -> HashSet<String> {
    let mut lines = text.lines().skip_while(|line| !line.trim_start_matches(['[', '"']).starts_with("permalinks"));
    let Some(head) = lines.next() else { return HashSet::new() };
    let is_table = head.starts_with('[');
    let goes_on = |line: &&str| {
        line.starts_with([' ', '\t', '-']) || line.starts_with("[permalinks.") || (is_table && !line.starts_with('['))
    };
    let block = lines.take_while(goes_on);
    let words = std::iter::once(head).chain(block).flat_map(|line| line.split(|c: char| !is_of_name(c)));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// The pages of a book that its configuration leads on to others.
fn redirects(text: &str) -> HashSet<String> {
    let lines = text.lines().map(str::trim).skip_while(|line| *line != "[output.html.redirect]").skip(1);
    let keys = lines.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once('='));
    let pages = keys.map(|(key, _)| key.trim().trim_matches(['"', '\'']).trim_matches('/'));
    pages.map(|page| page.strip_suffix(".html").unwrap_or(page).to_owned()).collect()
}
