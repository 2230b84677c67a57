//! Texts and the places in them: everything below the level of Markdown.

pub mod characters;
pub(crate) mod hash;
pub(crate) mod scan;
pub mod yaml;

mod globs;
mod line_index;
mod path;
mod percent;
mod place;
mod span;
mod untrusted;

use std::{
    ops::RangeInclusive,
    sync::{Arc, OnceLock},
};

pub use globs::Globs;
pub(crate) use globs::LONGEST_GLOB;
pub use line_index::{LineColumn, LineIndex};
pub(crate) use line_index::{floor, line_start, lines};
pub use path::CorpusPath;
pub use percent::{percent_decode, percent_encode, percent_encode_but, percent_encode_in_brackets};
pub use place::Place;
pub use span::{FileId, Location, Span};
pub(crate) use span::{holding, is_within, merged, surrounds};
pub use untrusted::Untrusted;
pub(crate) use untrusted::{harmless_json, is_runner_command, is_unsafe_format, push_visible};

/// One file as it was read: its path in the corpus, its text, and where its lines begin.
///
/// The text is the file's bytes and nothing else: a byte-order mark and the line endings are
/// still there, so an offset into `text` is an offset into the file.
#[derive(Debug)]
pub struct Source {
    /// Where the file stands, relative to the root.
    pub path: CorpusPath,
    /// The file's bytes; always valid UTF-8.
    pub text: Arc<str>,
    /// Made when a position is first asked for: a healthy document has none to show.
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// A file with its text.
    pub fn new(path: CorpusPath, text: impl Into<Arc<str>>) -> Self {
        Self { path, text: text.into(), lines: OnceLock::new() }
    }

    /// The text of a span. Spans come from this very text, so they lie on character boundaries;
    /// one that does not reads as empty rather than stopping the run.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The characters before and behind a span; a line feed where the text begins or ends.
    pub fn around(&self, span: Span) -> (char, char) {
        let before = self.text[..span.start as usize].chars().next_back();
        let behind = self.text[span.end as usize..].chars().next();
        (before.unwrap_or('\n'), behind.unwrap_or('\n'))
    }

    /// Where the lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Line and column, both from 1, the column in characters.
    pub fn position(&self, offset: u32) -> LineColumn {
        self.lines().position(&self.text, offset)
    }

    /// A line (index from 0), without its line ending.
    pub fn line(&self, line: usize) -> Span {
        Span { start: self.lines().start_of(line), end: self.lines().end_of(line, &self.text) }
    }

    /// The lines (indices from 0) that a span touches.
    pub fn lines_of(&self, span: Span) -> RangeInclusive<usize> {
        let first = self.lines().line_of(span.start);
        let last = self.lines().line_of(span.end.saturating_sub(u32::from(!span.is_empty())));
        first..=last.max(first)
    }

    /// A span for people.
    pub fn place(&self, span: Span) -> Place {
        Place { path: self.path.clone(), at: self.position(span.start), text: self.slice(span).to_owned() }
    }
}
