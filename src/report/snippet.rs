//! The few lines around some places of one file, in the form the terminal report shows them.
//!
//! miette's own reader of a text scans it from the start for every label and prints what it finds. This one holds only
//! the lines that are shown, made harmless and clipped, so that the cost does not depend on the file's length.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthChar;

use crate::source::{Source, Span, is_runner_command, push_visible};

/// Lines around a label that are shown as well.
pub(super) const CONTEXT: usize = 1;
/// A label over more lines is shown by its first ones.
const MAX_LINES: usize = 6;

/// A place, and what is said of it.
pub(super) type Place = (Span, Option<String>);

/// Lines of a file, some of them left out, as one text.
#[derive(Debug)]
pub(super) struct Snippet {
    text: String,
    lines: Vec<Line>,
    name: String,
    /// The labels, as spans of `text`; the first is the primary one.
    pub(super) labels: Vec<LabeledSpan>,
    /// The column of each label in its line, from 0.
    columns: Vec<usize>,
}

#[derive(Debug)]
struct Line {
    /// Number in the file, from 0.
    number: usize,
    /// Where it begins in the snippet's text; it ends where the next one begins.
    start: usize,
}

impl Snippet {
    /// Takes the lines of some places of a file, each with what is said of it; the first place is the primary one. The
    /// name of the file is shown as it is.
    pub(super) fn new(source: &Source, name: String, places: &[Place], width: usize) -> Self {
        let mut numbers: Vec<usize> = Vec::new();
        for (span, _) in places {
            let (first, last) = source.lines_of(*span).into_inner();
            let last = last.min(first + MAX_LINES - 1);
            numbers.extend(first.saturating_sub(CONTEXT)..=(last + CONTEXT).min(source.lines().count() - 1));
        }
        numbers.sort_unstable();
        numbers.dedup();
        let mut snippet = Self {
            text: String::new(),
            lines: Vec::with_capacity(numbers.len()),
            name,
            labels: Vec::new(),
            columns: places.iter().map(|(span, _)| source.position(span.start).column as usize - 1).collect(),
        };
        let mut marks: Vec<[Option<usize>; 2]> = vec![[None; 2]; places.len()];
        for number in numbers {
            snippet.push(source, number, places, &mut marks, width);
        }
        for ((_, message), [start, end]) in places.iter().zip(marks) {
            let start = start.unwrap_or(0);
            let end = end.unwrap_or(start).max(start);
            let primary = snippet.labels.is_empty();
            let make = if primary { LabeledSpan::new_primary_with_span } else { LabeledSpan::new_with_span };
            snippet.labels.push(make(message.clone(), (start, end - start)));
        }
        snippet
    }

    /// Adds a line, and notes where the labels' ends come to stand.
    fn push(
        &mut self,
        source: &Source,
        number: usize,
        places: &[Place],
        marks: &mut [[Option<usize>; 2]],
        width: usize,
    ) {
        let line = source.line(number);
        let (start, end) = (line.start as usize, line.end as usize);
        let body = source.slice(line);
        let first_mark =
            places.iter().map(|(span, _)| span.start as usize).filter(|at| (start..=end).contains(at)).min();
        let window = clip(body, first_mark.map(|at| at - start), width);
        self.lines.push(Line { number, start: self.text.len() });
        if window.start > 0 {
            self.text.push('…');
        }
        let mut note = |at: usize, here: usize| {
            for ((span, _), [from, to]) in places.iter().zip(&mut *marks) {
                // Ends that were clipped away come to stand at the edge.
                if from.is_none() && span.start as usize <= at && number >= source.lines().line_of(span.start) {
                    *from = Some(here);
                }
                if to.is_none() && span.end as usize <= at && from.is_some() {
                    *to = Some(here);
                }
            }
        };
        for (at, c) in body[window.clone()].char_indices() {
            note(start + window.start + at, self.text.len());
            match c {
                '\t' => self.text.push(c),
                '#' if is_runner_command(&source.text[start + window.start + at..end]) => self.text.push_str("#\\"),
                c => push_visible(&mut self.text, c),
            }
        }
        note(if window.end < body.len() { start + window.end } else { end }, self.text.len());
        if window.end < body.len() {
            note(end, self.text.len());
            self.text.push('…');
        }
        self.text.push('\n');
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }
}

/// The bytes of a line that fit into so many columns, around a byte of it.
fn clip(body: &str, around: Option<usize>, width: usize) -> std::ops::Range<usize> {
    let columns = |c: char| match c {
        '\t' => 4,
        c if c.is_control() || crate::source::is_unsafe_format(c) => 8,
        c => c.width().unwrap_or(1),
    };
    if body.len() <= width || body.chars().map(columns).sum::<usize>() <= width {
        return 0..body.len();
    }
    let around = around.unwrap_or(0).min(body.len());
    let mut start = around;
    let mut used = 0;
    for (at, c) in body[..around].char_indices().rev() {
        used += columns(c);
        if used > width / 3 {
            break;
        }
        start = at;
    }
    let mut used = 0;
    let mut end = start;
    for (at, c) in body[start..].char_indices() {
        used += columns(c);
        if used > width {
            break;
        }
        end = start + at + c.len_utf8();
    }
    start..end
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (at, end) = (span.offset(), span.offset() + span.len());
        if end > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let adjacent = |line: usize| self.lines[line].number + 1 == self.lines[line + 1].number;
        let (own, mut last) =
            (self.line_at(at), self.line_at(end.saturating_sub(usize::from(!span.is_empty())).max(at)));
        let mut first = own;
        while first > 0 && own - first < before && adjacent(first - 1) {
            first -= 1;
        }
        let limit = last + after;
        while last < limit && last + 1 < self.lines.len() && adjacent(last) {
            last += 1;
        }
        let start = self.lines[first].start;
        let stop = self.lines.get(last + 1).map_or(self.text.len(), |line| line.start);
        // Asked for a label alone, miette wants to know its column.
        let own_label = self.labels.iter().position(|label| label.offset() == at).filter(|_| before == 0 && after == 0);
        let column = own_label.map_or(0, |label| self.columns[label]);
        let from = if before == 0 && after == 0 { at } else { start };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &self.text.as_bytes()[from..stop],
            (from, stop - from).into(),
            self.lines[first].number,
            column,
            last - first + 1,
        )))
    }
}
