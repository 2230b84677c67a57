//! `empty-link`: a link whose destination is still to be written.

use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
};

use super::definitions::used_labels;
use crate::{
    corpus::{Corpus, Destination, Malformed, Resolution},
    document::{Document, Link, normalized_label, title_heading},
    finding::Message,
    rule::{CorpusRule, Findings},
    source::{FileId, Span},
};

#[derive(Debug)]
pub(crate) struct EmptyLink;

impl CorpusRule for EmptyLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut excuses: HashMap<FileId, Excuses> = HashMap::new();
        for (document, destination) in corpus.doubtful() {
            let message = match destination.resolution {
                Resolution::Malformed(Malformed::Empty) => Message::new("empty"),
                Resolution::Malformed(Malformed::Placeholder) => {
                    Message::new("placeholder").with("target", destination.target)
                }
                _ => continue,
            };
            let excuses = excuses.entry(document.file).or_insert_with(|| Excuses::of(document));
            let is_comment = destination.link.is_none() && excuses.comments.contains(&destination.span);
            if is_comment || is_anchor(document, &destination) || excuses.leads_up(document, &destination) {
                continue;
            }
            let link = destination.link.map_or(destination.span, |link| link.span);
            out.report(document.at(link), message);
        }
    }
}

/// Whether it is no link but a place to link to: without a text, and with an id behind it, `[](){#place}`.
fn is_anchor(document: &Document, destination: &Destination<'_>) -> bool {
    let is_bare = |link: &&Link| document.source.slice(link.span).starts_with("[](");
    destination.link.filter(is_bare).is_some_and(|link| document.id_behind(link.span).is_some())
}

/// What a document has that may excuse its empty links; looked for once, however many they are.
struct Excuses {
    /// The destinations of definitions that are comments, `[//]: # (so)`: no link is written with their labels.
    comments: HashSet<Span>,
    /// The title, in lower case.
    title: Option<String>,
    /// Whether several links that lead nowhere name a language.
    has_languages: bool,
}

impl Excuses {
    fn of(document: &Document) -> Self {
        let facts = &document.facts;
        let used = LazyCell::new(|| used_labels(document));
        let comments = facts.definitions.iter().filter(|own| own.is_comment());
        let comments = comments.filter(|own| !used.contains(&normalized_label(&own.label)));
        let of_language =
            |link: &&Link| link.target == "#" && text_of(document, link).is_some_and(|text| is_language(&text));
        Self {
            comments: comments.map(|own| own.destination).collect(),
            title: title_heading(document).map(|title| facts.headings[title].text.to_lowercase()),
            has_languages: facts.links.iter().filter(of_language).nth(1).is_some(),
        }
    }

    /// Whether a link says that it leads to the top of the page, or names the page itself, which is where `#` leads.
    fn leads_up(&self, document: &Document, destination: &Destination<'_>) -> bool {
        let text = destination.link.and_then(|link| text_of(document, link)).filter(|_| destination.target == "#");
        text.is_some_and(|text| {
            UP.iter().any(|word| text.contains(word))
                || self.title.as_ref() == Some(&text)
                // A page is in one language; where several lead nowhere, they are to be written.
                || (is_language(&text) && !self.has_languages)
        })
    }
}

/// Words of links that lead to the top.
const UP: &[&str] =
    &["top", "顶部", "頂部", "顶端", "頂端", "トップ", "先頭", "上へ", "맨 위", "위로", "⬆", "↑", "▲", "🔝", "🔼"];

/// What languages are called in links to translations.
const LANGUAGES: &[&str] = &[
    "english", "en", "中文", "简体中文", "簡體中文", "繁體中文", "繁体中文", "正體中文", "日本語", "한국어", "español",
    "français", "deutsch", "português", "русский", "italiano", "tiếng việt",
];

fn is_language(text: &str) -> bool {
    LANGUAGES.contains(&text.trim_matches(['*', '_', ' ']))
}

/// The text of a link in Markdown, in lower case.
fn text_of(document: &Document, link: &Link) -> Option<String> {
    let written = document.source.slice(link.span).to_lowercase();
    Some(written.strip_prefix('[')?.split_once("](")?.0.to_owned())
}
