//! Text as a reader sees it, and where its bytes stand in the file.

use crate::{
    document::PlacedLabel,
    numbering::{Label, caption, label, titled, unmarked},
    source::Span,
};

/// Visible text in the making.
#[derive(Default)]
pub(super) struct Visible {
    pub(super) text: String,
    /// Which bytes of `text` stand where in the file, for text that is written as it reads.
    pieces: Vec<(usize, Span)>,
}

impl Visible {
    /// None of it, in the memory of another one: there are very many texts, and most are short.
    pub(super) fn emptied(mut self) -> Self {
        self.clear();
        self
    }

    /// Forgets the text, and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Adds text; `verbatim` where the file has the very same bytes there.
    pub(super) fn push(&mut self, text: &str, span: Span, verbatim: bool) {
        if verbatim {
            self.pieces.push((self.text.len(), span));
        }
        self.text.push_str(text);
    }

    /// The label a beginning of the text begins with, or its bare number, and where it stands.
    pub(super) fn label(&self, text: &str) -> Option<PlacedLabel> {
        self.placed(text, label::parse(text).or_else(|| unmarked::bare(text))?)
    }

    /// The same for a heading.
    pub(super) fn heading_label(&self, text: &str) -> Option<PlacedLabel> {
        let label = label::parse(text).or_else(|| titled::dotted(text)).or_else(|| unmarked::in_heading(text))?;
        self.placed(text, label)
    }

    /// The label of a caption.
    pub(super) fn caption(&self) -> Option<PlacedLabel> {
        self.placed(&self.text, caption::parse(&self.text)?)
    }

    /// Where a label that a beginning of the text begins with stands.
    fn placed(&self, text: &str, label: Label) -> Option<PlacedLabel> {
        let start = text.len() - text.trim_start().len();
        let numbers: Option<Vec<Span>> =
            label.numbers.iter().map(|number| self.locate(start + number.at.start, start + number.at.end)).collect();
        let first = text[start..].chars().next()?.len_utf8();
        let last = label.text.chars().next_back()?.len_utf8();
        let end = start + label.text.len();
        let span = self.locate(start, start + first)?.to(self.locate(end - last, end)?);
        Some(PlacedLabel { numbers: numbers?, span, label })
    }

    /// Where bytes of the text stand in the file; `None` where they are not written as they read.
    fn locate(&self, start: usize, end: usize) -> Option<Span> {
        let after = self.pieces.partition_point(|(at, _)| *at <= start);
        let (at, span) = self.pieces.get(after.checked_sub(1)?)?;
        (end <= at + span.len()).then(|| Span::new(start - at, end - at).shifted(span.start as usize))
    }
}
