//! `empty-link`: a link whose destination is still to be written.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Destination, Malformed, Resolution},
    document::{Document, Link, normalized_label, title_heading},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct EmptyLink {}

impl CorpusRule for EmptyLink {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination) in corpus.doubtful() {
            let message = match destination.resolution {
                Resolution::Malformed(Malformed::Empty) => Message::new("empty"),
                Resolution::Malformed(Malformed::Placeholder) => {
                    Message::new("placeholder").with("target", destination.target)
                }
                _ => continue,
            };
            let is_anchor = is_anchor(document, &destination);
            if is_anchor || is_comment(document, &destination) || leads_up(document, &destination) {
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

/// Whether it is that of a definition which is a comment, `[//]: # (so)`: no link is written with its label.
fn is_comment(document: &Document, destination: &Destination<'_>) -> bool {
    let facts = &document.facts;
    let mut own =
        facts.definitions.iter().filter(|own| destination.link.is_none() && own.destination == destination.span);
    own.next().filter(|own| own.is_comment()).is_some_and(|own| {
        let label = normalized_label(&own.label);
        !facts.links.iter().filter_map(|link| link.label.as_deref()).any(|used| normalized_label(used) == label)
    })
}

/// Words of links that lead to the top.
const UP: &[&str] =
    &["top", "顶部", "頂部", "顶端", "頂端", "トップ", "先頭", "上へ", "맨 위", "위로", "⬆", "↑", "▲", "🔝", "🔼"];

/// What languages are called in links to translations.
const LANGUAGES: &[&str] = &[
    "english",
    "en",
    "中文",
    "简体中文",
    "簡體中文",
    "繁體中文",
    "繁体中文",
    "正體中文",
    "日本語",
    "한국어",
    "español",
    "français",
    "deutsch",
    "português",
    "русский",
    "italiano",
    "tiếng việt",
];

/// Whether a link says that it leads to the top of the page, or names the page itself, which is where `#` leads.
fn leads_up(document: &Document, destination: &Destination<'_>) -> bool {
    let Some(text) = destination.link.and_then(|link| text_of(document, link)).filter(|_| destination.target == "#")
    else {
        return false;
    };
    let title = || title_heading(document).map(|title| document.facts.headings[title].text.to_lowercase());
    let is_language = |text: &str| LANGUAGES.contains(&text.trim_matches(['*', '_', ' ']));
    // A page is in one language; where several lead nowhere, they are to be written.
    let of_language =
        |link: &&Link| link.target == "#" && text_of(document, link).is_some_and(|text| is_language(&text));
    let is_only = || document.facts.links.iter().filter(of_language).nth(1).is_none();
    UP.iter().any(|word| text.contains(word))
        || title().is_some_and(|title| title == text)
        || (is_language(&text) && is_only())
}

/// The text of a link in Markdown, in lower case.
fn text_of(document: &Document, link: &Link) -> Option<String> {
    let written = document.source.slice(link.span).to_lowercase();
    Some(written.strip_prefix('[')?.split_once("](")?.0.to_owned())
}
