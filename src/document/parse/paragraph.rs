//! A paragraph while its events come in: whether its lines begin with numbering labels.

use super::visible::Visible;
use crate::{
    document::{Caption, NumberedLine, PlacedLabel},
    numbering::{Label, Scheme, caption, context, label, numerals, parts, titled},
    source::Span,
};

/// More of a line is not looked at: labels are short.
const LOOK: usize = 64;

/// A caption is not longer than this, in bytes.
const LONGEST_CAPTION: usize = 300;

/// A paragraph whose end has not come yet.
pub(super) struct OpenParagraph {
    span: Span,
    line: Visible,
    /// The bold text that the paragraph begins with.
    bold: Option<Span>,
    labels: Vec<PlacedLabel>,
    caption: Option<PlacedLabel>,
    /// Whether the lines still count: further ones do only if the first carries a label.
    counts: bool,
    /// Whether the line before is the title of an article, if one begins here: `（目的）`.
    is_titled: bool,
    /// Whether this line may still turn out to begin with a label.
    line_counts: bool,
}

impl OpenParagraph {
    /// In the memory of a text that is spent.
    pub(super) fn new(span: Span, spent: Visible) -> Self {
        let line = spent.emptied();
        let (labels, counts, line_counts) = (Vec::new(), true, true);
        Self { span, line, bold: None, labels, caption: None, counts, is_titled: false, line_counts }
    }

    /// Bold text begins and ends here.
    pub(super) fn strong(&mut self, span: Span) {
        if span.start == self.span.start {
            self.bold = Some(span);
        }
    }

    pub(super) fn push(&mut self, text: &str, span: Span, verbatim: bool) {
        if !self.counts || !self.line_counts || self.line.text.len() >= LOOK {
            return;
        }
        if self.line.text.is_empty() && text.trim().is_empty() {
            return;
        }
        // Most paragraphs are seen to carry no label by their first character.
        let is_first = self.labels.is_empty();
        let may_begin = |text: &str| label::may_begin(text) || (is_first && caption::may_begin(text));
        if self.line.text.is_empty() && !may_begin(text.trim_start()) {
            self.line_counts = false;
            self.is_titled = false;
            self.counts = !self.labels.is_empty();
            return;
        }
        self.line.push(text, span, verbatim);
    }

    pub(super) fn end_line(&mut self) {
        if !self.counts {
            return;
        }
        self.line_counts = true;
        let line = &self.line;
        // A caption may stand in the line behind its image.
        if line.text.is_empty() && self.labels.is_empty() && self.caption.is_none() {
            return;
        }
        let is_label = |label: &Label| {
            !context::speaks_on(&line.text, label) && (self.bold.is_some() || !titled::is_titled(label))
        };
        let is_first = |label: &Label| !self.is_titled || label.scheme.is_article();
        let label = line.label(&line.text).filter(|placed| is_label(&placed.label) && is_first(&placed.label));
        let is_plain = label.is_none() && self.labels.is_empty();
        if is_plain && !self.is_titled {
            self.caption = line.caption();
        }
        self.is_titled = is_plain && self.bold.is_none() && parts::is_note(&line.text);
        self.labels.extend(label);
        // `1.打开`, line by line, may turn out to be numbered; `3 个` is not.
        let is_marked =
            |label: &Label| label.scheme != Scheme::Bare || !label.text.ends_with(numerals::is_numeral_character);
        self.counts = self.is_titled || self.labels.iter().any(|placed| is_marked(&placed.label));
        self.line.clear();
    }

    /// The lines with labels, as of a heading and container; whether it is a caption; and a text that is spent.
    pub(super) fn finish(
        mut self,
        file: &str,
        heading: Option<usize>,
        container: u32,
        is_quoted: bool,
        is_set_off: bool,
        is_below: bool,
    ) -> (Vec<NumberedLine>, Option<Caption>, Visible) {
        self.end_line();
        let from = |start: u32| file.get(start as usize..self.span.end as usize).unwrap_or_default();
        let is_short = |placed: &PlacedLabel| {
            let whole = from(placed.span.start).trim_end();
            whole.len() <= LONGEST_CAPTION && !caption::is_prose(whole, &placed.label)
        };
        let caption = self.caption.take().filter(is_short).map(|label| Caption { label, is_quoted });
        let behind = |bold: Span| from(bold.end);
        let is_title = self.bold.is_some_and(|bold| behind(bold).trim().is_empty());
        let line = |label: PlacedLabel| NumberedLine {
            is_bold: self.bold.is_some_and(|bold| bold.contains(label.span)),
            is_title,
            label,
            heading,
            container,
            list: None,
            is_set_off: false,
            is_below: false,
        };
        let mut lines: Vec<NumberedLine> = self.labels.drain(..).map(line).collect();
        if let Some(first) = lines.first_mut() {
            first.is_set_off = is_set_off;
            first.is_below = is_below;
        }
        (lines, caption, self.line)
    }
}

/// Adds lines to those of a document: one behind whose label a word joins on only where it counts on from the line before.
pub(super) fn add_lines(lines: Vec<NumberedLine>, file: &str, all: &mut Vec<NumberedLine>) {
    /// Of a line that stands further away nothing is the next.
    const NEAR: usize = 16;
    let place = |line: &NumberedLine| (line.heading, line.container);
    for line in lines {
        let label = &line.label.label;
        let behind = file.get(line.label.span.end as usize..).unwrap_or_default();
        let counts_on = || {
            let is_like = |own: &&NumberedLine| place(own) == place(&line) && own.label.label.scheme == label.scheme;
            let before = all.iter().rev().take(NEAR).find(is_like);
            before.is_some_and(|before| before.label.label.number() + 1 == label.number())
        };
        if !context::may_speak_on(behind, label) || counts_on() {
            all.push(line);
        }
    }
}
