//! A folder's own document, and the document of a page.

use crate::source::CorpusPath;

/// What a folder's own document is called.
pub(crate) const INDEXES: &[&str] = &["README.md", "index.md", "_index.md", "readme.md", "Readme.md"];

/// The document that a path without an extension, or with that of a page, would be one of.
pub(crate) fn page_beside(path: &CorpusPath) -> Option<CorpusPath> {
    let bare = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
    let is_page = bare.len() < path.as_str().len() || path.extension().is_none();
    CorpusPath::new(&format!("{bare}.md")).filter(|_| is_page && !bare.is_empty())
}

/// Whether a document is its folder's own, by its name.
pub fn is_index(path: &CorpusPath) -> bool {
    let name = path.file_name();
    INDEXES.iter().any(|index| name.eq_ignore_ascii_case(index))
}
