//! What the shortcodes `ref` and `relref` of Hugo name: `{{< relref "/guide/setup#use" >}}`.

use crate::{
    corpus::{Corpus, is_index},
    source::{CorpusPath, Span},
};

/// Where they name a document, in a text that stands at a path: from the root, from its folder, or by its name alone.
pub(super) fn named(corpus: &Corpus, from: &CorpusPath, text: &str, document: &CorpusPath) -> Vec<Span> {
    let bare = |path: &CorpusPath| {
        let page = if is_index(path) { Some(path.parent()) } else { path.parent().join(path.file_stem()) };
        page.unwrap_or_default()
    };
    let (page, of_site) = (bare(document), corpus.settings.site.page_names(document));
    let is_unique = corpus.paths.named(document.file_name()).len() == 1;
    let leads = |name: &str| {
        let name = name.trim_end_matches('/');
        let name = name.strip_suffix(".md").unwrap_or(name);
        let is_beside = !name.starts_with('/') && from.beside(name).as_ref() == Some(&page);
        let is_name = !name.contains('/') && is_unique && name == page.file_name();
        is_beside || is_name || (!name.starts_with('.') && of_site.contains(name.trim_start_matches('/')))
    };
    let all = text.match_indices("ref ").filter_map(|(at, word)| {
        let start =
            at + word.len() + text[at + word.len()..].find(['"', '`', '\n']).filter(|skipped| *skipped < 8)? + 1;
        let opening = text[..at].trim_end_matches("rel").trim_end();
        let end = start + text[start..].find(['"', '`', '#', '\n'])?;
        let is_one = opening.ends_with("{{<") || opening.ends_with("{{%");
        (is_one && leads(&text[start..end])).then(|| Span::new(start, end))
    });
    all.collect()
}
