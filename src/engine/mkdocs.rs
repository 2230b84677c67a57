//! What a configuration of `MkDocs` or its kin says of how documents are read.

/// The lines of an `mkdocs.yml` or `zensical.toml` that set up its extension `toc`, which makes the anchors. Others have
/// options of the same names, the search for one.
pub(super) fn toc(configuration: &str) -> String {
    let mut column = None;
    let mut is_table = false;
    let mut out = String::new();
    for line in configuration.lines().filter(|line| !line.trim_start().starts_with('#')) {
        if line.starts_with('[') {
            is_table = line.split('#').next().is_some_and(|table| table.trim_end().ends_with(".toc]"));
        }
        let key = line.trim_start_matches([' ', '-']);
        let own = line.len() - key.len();
        if column.is_some_and(|column| own <= column) && !key.trim().is_empty() {
            column = None;
        }
        if key.trim_start_matches("markdown.extensions.").starts_with("toc:") {
            column = Some(own);
        }
        let is_inline = key.starts_with("toc =") || key.starts_with("toc=");
        if column.is_some() || is_table || is_inline {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Whether a configuration of `MkDocs` names a plugin that looks for labels in the whole project. Addresses and files may
/// be called after one.
pub(super) fn finds_labels(configuration: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_');
    let lines = configuration.lines().filter(|line| !line.trim_start().starts_with('#'));
    let names = |line: &str, plugin: &str| {
        line.match_indices(plugin).any(|(at, _)| {
            let behind = &line[at + plugin.len()..];
            !line[..at].ends_with(is_part) && !behind.starts_with(is_part) && !behind.starts_with(".github")
        })
    };
    // It stands in a list of plugins, or heads its options; the title of a page is none.
    let is_entry = |line: &str, plugin: &str| {
        let entry = line.trim_start_matches([' ', '-', '[', '"', '\'']);
        entry.starts_with(plugin) || entry.starts_with("plugins") || entry.starts_with("project.plugins")
    };
    let is_one = |line: &str, plugin: &str| names(line, plugin) && is_entry(line, plugin);
    lines.into_iter().any(|line| is_one(line, "mkdocstrings") || is_one(line, "autorefs"))
}

/// Whether it names the extension that reads Markdown within HTML, or one that holds it.
pub(super) fn reads_html(configuration: &str) -> bool {
    let lines = || configuration.lines().filter(|line| !line.trim_start().starts_with('#'));
    // `extra` is a key of its own as well.
    let begins = |line: &str| line.starts_with("markdown_extensions");
    let goes_on = |line: &str| line.is_empty() || line.starts_with([' ', '\t', '-']);
    let of_list = lines().skip_while(|line| !begins(line)).take_while(|line| begins(line) || goes_on(line));
    let words =
        |line: &'_ str| line.split([' ', '-', '[', ']', ',', ':', '"', '\'']).map(str::to_owned).collect::<Vec<_>>();
    let holds = |word: &String| matches!(&**word, "extra" | "markdown.extensions.extra" | "pymdownx.extra");
    lines().any(|line| line.contains("md_in_html")) || of_list.flat_map(words).any(|word| holds(&word))
}
