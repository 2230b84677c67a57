//! `empty-link`: a link whose destination is still to be written.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Destination, Malformed, Resolution},
    document::{Document, normalized_label, title_heading},
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
            if is_comment(document, &destination) || leads_up(document, &destination) {
                continue;
            }
            let link = destination.link.map_or(destination.span, |link| link.span);
            out.report(document.at(link), message);
        }
    }
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

/// Whether a link says that it leads to the top of the page, or names the page itself, which is where `#` leads.
fn leads_up(document: &Document, destination: &Destination<'_>) -> bool {
    const UP: &[&str] =
        &["top", "顶部", "頂部", "顶端", "頂端", "トップ", "先頭", "上へ", "맨 위", "위로", "⬆", "↑", "▲", "🔝", "🔼"];
    /// The language of the page, among links to its translations.
    const LANGUAGES: &[&str] = &[
        "english",
        "en",
        "中文",
        "简体中文",
        "簡體中文",
        "繁體中文",
        "繁体中文",
        "正體中文",
        "zh",
        "日本語",
        "ja",
        "한국어",
        "ko",
        "español",
        "français",
        "deutsch",
        "português",
        "русский",
        "italiano",
        "tiếng việt",
    ];
    let written = destination.link.map(|link| document.source.slice(link.span).to_lowercase());
    let text = written.as_deref().and_then(|written| written.strip_prefix('[')?.split_once("](")).map(|(text, _)| text);
    let title = || title_heading(document).map(|title| document.facts.headings[title].text.to_lowercase());
    let is_own = |text: &str| {
        UP.iter().any(|word| text.contains(word))
            || LANGUAGES.contains(&text.trim_matches(['*', '_', ' ']))
            || title().is_some_and(|title| title == text)
    };
    destination.target == "#" && text.is_some_and(is_own)
}
