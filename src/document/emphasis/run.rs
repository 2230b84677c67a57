//! Runs of `*`, `_` and `~`, and what stands around them.

use std::ops::Range;

use memchr::memchr3_iter;

use crate::{
    document::{
        Document,
        prose::{Kind, Style},
    },
    source::{
        Span,
        characters::is_punctuation,
        hash::{HashMap, HashMapExt},
    },
};

/// A run of one character that begins or ends emphasis, or was meant to, and the characters around it: a line feed where
/// the block begins or ends.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    /// Which block it stands in.
    pub(crate) block: usize,
    /// The run as written.
    pub(crate) mark: &'a str,
    pub(crate) span: Span,
    pub(crate) before: char,
    pub(crate) after: char,
    /// Whether the parser left it in the text.
    pub(crate) is_text: bool,
    /// Whether the text before it, and the text behind it, is bold.
    pub(super) bold: (bool, bool),
}

/// Whether a run can be an end of emphasis as far as one side of it goes: the rule of left-flanking and right-flanking
/// runs of `CommonMark` 0.31, section 6.2.
pub(super) fn flanks(outside: char, inside: char) -> bool {
    !inside.is_whitespace() && (!is_punctuation(inside) || outside.is_whitespace() || is_punctuation(outside))
}

impl Run<'_> {
    pub(crate) fn opens(&self) -> bool {
        flanks(self.before, self.after)
    }

    pub(crate) fn closes(&self) -> bool {
        flanks(self.after, self.before)
    }

    /// Whether it draws out a voice: `好的~~ `. Behind a letter and before a blank or a mark nothing begins but code.
    pub(super) fn is_tail(&self) -> bool {
        let is_behind = self.before.is_alphanumeric() || matches!(self.before, '！' | '？' | '!' | '?' | '～');
        let is_end = self.after.is_whitespace() || (is_punctuation(self.after) && self.after != '`');
        self.mark == "~~" && is_behind && is_end
    }
}

/// How many runs of each mark a block has.
pub(super) struct Tally<'a> {
    marks: HashMap<&'a str, usize>,
    pub(super) underscores: usize,
}

impl<'a> Tally<'a> {
    pub(super) fn of(runs: &[Run<'a>]) -> Self {
        let mut marks = HashMap::new();
        for run in runs {
            *marks.entry(run.mark).or_default() += 1;
        }
        let underscores = marks.iter().filter(|(mark, _)| mark.starts_with('_')).map(|(_, count)| count).sum();
        Self { marks, underscores }
    }

    /// Whether no run of a mark is left over where they make pairs.
    pub(super) fn is_even(&self, mark: &str) -> bool {
        self.marks.get(mark).is_some_and(|count| count.is_multiple_of(2))
    }
}

/// The runs of a document in order: those the parser made something of, which stand between pieces, and those it left.
/// A single `_` or `~` is too common in names and paths.
pub(super) fn runs(document: &Document) -> Vec<Run<'_>> {
    let prose = document.prose();
    let mut out = Vec::new();
    // To look through all of the file at once costs less than to look through each piece.
    let file = document.source.text.as_bytes();
    let begins = |&at: &usize| file[at] == b'*' || file.get(at + 1) == Some(&file[at]);
    let starts: Vec<usize> = memchr3_iter(b'*', b'_', b'~', file).filter(begins).collect();
    if starts.is_empty() {
        return out;
    }
    let mut starts = &starts[..];
    for (index, block) in prose.blocks().iter().enumerate() {
        let before = starts.iter().take_while(|&&at| at < block.span.start as usize).count();
        starts = &starts[before..];
        if starts.first().is_none_or(|&first| first >= block.span.end as usize) {
            continue;
        }
        let mut last = (block.span.start, false);
        let mut runs = Runs { file: &document.source.text, block: index, around: block.span, starts, out: &mut out };
        for piece in prose.pieces(block) {
            let is_bold = piece.style.has(Style::STRONG);
            if last.0 < piece.span.start {
                runs.between(Span { start: last.0, end: piece.span.start }, (last.1, is_bold));
            }
            if piece.kind == Kind::Text {
                runs.within(piece.span, is_bold);
            }
            last = (piece.span.end, is_bold);
        }
        if last.0 < block.span.end {
            runs.between(Span { start: last.0, end: block.span.end }, (last.1, false));
        }
    }
    out
}

/// Whether a byte may belong to a run.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'~')
}

struct Runs<'a, 'b> {
    file: &'a str,
    block: usize,
    around: Span,
    /// Where runs begin or go on, from a place on that has not been looked at.
    starts: &'b [usize],
    out: &'b mut Vec<Run<'a>>,
}

impl<'b> Runs<'_, 'b> {
    /// Those in a stretch. Stretches are asked for in order.
    fn starts(&mut self, stretch: Span) -> &'b [usize] {
        let all = self.starts;
        let count = |end: u32| all.iter().take_while(|&&at| at < end as usize).count();
        let end = count(stretch.end);
        self.starts = &all[end..];
        &all[count(stretch.start)..end]
    }

    /// Between two pieces stand delimiters, and brackets and destinations of links, which may hold asterisks too.
    fn between(&mut self, gap: Span, bold: (bool, bool)) {
        if self.starts(gap).is_empty() {
            return;
        }
        let text = &self.file.as_bytes()[gap.range()];
        let lead = text.iter().take_while(|byte| is_mark(**byte)).count();
        let trail = text[lead..].iter().rev().take_while(|byte| is_mark(**byte)).count();
        let start = gap.start as usize;
        self.collect(start..start + lead, false, bold);
        self.collect(gap.end as usize - trail..gap.end as usize, false, bold);
    }

    fn within(&mut self, text: Span, is_bold: bool) {
        let mut spent = text.start as usize;
        for &start in self.starts(text) {
            if start >= spent {
                let rest = &self.file.as_bytes()[start..text.end as usize];
                spent = start + rest.iter().take_while(|byte| is_mark(**byte)).count();
                self.collect(start..spent, true, (is_bold, is_bold));
            }
        }
    }

    /// The runs of a stretch that holds nothing else.
    fn collect(&mut self, stretch: Range<usize>, is_text: bool, bold: (bool, bool)) {
        let mut at = stretch.start;
        for mark in self.file.as_bytes()[stretch].chunk_by(|a, b| a == b) {
            let end = at + mark.len();
            if mark.len() == 1 && mark != b"*" {
                at = end;
                continue;
            }
            let before = self.file[self.around.start as usize..at].chars().next_back().unwrap_or('\n');
            let after = self.file[end..self.around.end as usize].chars().next().unwrap_or('\n');
            let span = Span::new(at, end);
            let mark = &self.file[at..end];
            self.out.push(Run { block: self.block, mark, span, before, after, is_text, bold });
            at = end;
        }
    }
}
