//! Marks of a merge conflict.

use memchr::memmem;

use super::Document;
use crate::source::{Span, is_within};

/// What git writes before the two sides of a conflict; the name of the one follows.
pub const CONFLICT_BEGINS: &str = "<<<<<<< ";
/// What it writes behind them; the name of the other follows.
pub const CONFLICT_ENDS: &str = ">>>>>>> ";

/// What Jekyll and Hugo set code with besides fences.
const HIGHLIGHT: &[&str] = &["{% highlight", "{{< highlight", "{{% highlight"];

impl Document {
    /// The lines with a mark of a conflict and a name behind it, but for those in code and in HTML, whose elements may show
    /// them.
    pub fn conflict_marks(&self, mark: &'static str) -> impl Iterator<Item = Span> + use<'_> {
        let text = &*self.source.text;
        let line = |at: usize| {
            let line = text[at..].lines().next().unwrap_or_default().trim_end();
            let is_shown = || self.is_in_code(at) || is_within(&self.facts.html, at);
            (line.len() > mark.len() && !is_shown()).then(|| Span::new(at, at + line.len()))
        };
        let begins_line = |at: &usize| *at == 0 || text[..*at].ends_with('\n');
        let mut marks = memmem::find_iter(text.as_bytes(), mark).filter(begins_line).filter_map(line).peekable();
        let shows_code = marks.peek().is_some() && HIGHLIGHT.iter().any(|tag| text.contains(tag));
        marks.take_while(move |_| !shows_code)
    }
}
