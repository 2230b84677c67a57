//! What the build of a site puts into a document besides what is written there.

use std::sync::LazyLock;

use regex::Regex;

use super::Document;

/// How other files are included: by pymdownx (`--8<--`), MDX, mdBook, Jekyll and its kin, Hugo, `VitePress`, and `DocFX`.
static INCLUDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let forms = [
        r"^[ \t]*-+8<-+[ \t]",
        r#"^import\s[^\n]*\sfrom\s+["'][^"'\n]+\.mdx?["']"#,
        r"\{\{#(?:include|template)\s",
        r"\{%-?\s*include",
        r"\{\{[<%]\s*(?:include|readfile|embed|snippet)",
        r"<!--\s*@include:",
        // No `\b`: it is looked for very slowly in text that is not ASCII.
        r"\[!INCLUDE(?:\W|\z)",
    ];
    Regex::new(&format!("(?m){}", forms.join("|"))).ok()
});
/// The tag of a component, `<ApiIndex />` or `<api-index>`, which is none of HTML.
static COMPONENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"<(?:[A-Z][a-z][A-Za-z0-9]*|[a-z][a-z0-9]*(?:-[a-z0-9]+)+)[\s/>]").ok());

/// The names of the files that a document includes, as far as a line tells.
pub(super) fn names(document: &Document) -> impl Iterator<Item = &str> {
    let text = &*document.source.text;
    let found = INCLUDE.iter().flat_map(move |pattern| pattern.find_iter(text));
    found.flat_map(move |found| {
        let line = text[found.start()..].lines().next().unwrap_or_default();
        let paths = line.split(|c: char| c.is_whitespace() || "\"'()[]{}<>@".contains(c));
        paths.filter_map(|path| path.rsplit('/').next()).filter(|name| name.contains('.'))
    })
}

/// Whether readers see headings that the document does not have: another file is included, a heading is filled in by a
/// template, or all there is is a component.
pub(super) fn has_more(document: &Document) -> bool {
    let facts = &document.facts;
    let stands = |pattern: &Option<Regex>| {
        let mut found = pattern.iter().flat_map(|pattern| pattern.find_iter(&document.source.text));
        found.any(|found| {
            let after = facts.fences.partition_point(|fence| fence.span.start as usize <= found.start());
            after == 0 || facts.fences[after - 1].span.end as usize <= found.start()
        })
    };
    facts.headings.iter().any(|heading| heading.text.contains("{{"))
        || facts.fences.iter().any(|fence| fence.info.starts_with("{include}"))
        || (facts.headings.is_empty() && stands(&COMPONENT))
        || stands(&INCLUDE)
}
