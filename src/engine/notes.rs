//! Notes of a vault that a text names in the brackets of a wikilink, where it is no link to us: in a query, in a hidden
//! comment, on a canvas.

use crate::source::{CorpusPath, Span};

/// Where a text names a note in brackets by a path or name that is not its own any more, once it has another path.
pub(super) fn wikilinked(text: &str, old: &CorpusPath, new: &CorpusPath) -> Vec<Span> {
    let (folder, name) = parts(old);
    let is_other = parts(new).1 != name;
    let begin = |at: usize| {
        let rest = text[..at].strip_suffix(folder).filter(|rest| rest.ends_with("[["));
        let by_path = rest.filter(|_| !folder.is_empty()).map(str::len);
        by_path.or_else(|| (is_other && text[..at].ends_with("[[")).then_some(at))
    };
    let named = |(at, _): (usize, &str)| {
        let bare = &text[at + name.len()..];
        let behind = bare.strip_prefix(".md").unwrap_or(bare);
        let end = text.len() - behind.len();
        let is_whole = ["]]", "|", "\\|", "#"].iter().any(|mark| behind.starts_with(mark));
        begin(at).filter(|_| is_whole).map(|start| Span::new(start, end))
    };
    text.match_indices(name).filter_map(named).collect()
}

/// The folder of a file, with the slash behind it, and its name as wikilinks have it.
fn parts(path: &CorpusPath) -> (&str, &str) {
    let name = if path.is_markdown() { path.file_stem() } else { path.file_name() };
    let start = path.as_str().len() - path.file_name().len();
    (&path.as_str()[..start], name)
}
