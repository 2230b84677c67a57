//! Blocks of code, and what is none although it is indented: MDX has no such code.

use super::walk::Walk;
use crate::source::{Span, lines};

impl Walk<'_> {
    /// A block of code ends.
    pub(super) fn code_block(&mut self) {
        let Some(code) = self.fence.take() else { return };
        let is_indented = code.content == code.span;
        if is_indented && self.reads_indented && self.apart == 0 && self.begins_line(code.span) {
            return self.indented(code.span);
        }
        self.facts.code.push(code.span);
        self.facts.fences.extend(Some(code).filter(|_| !is_indented));
    }

    /// Whether nothing but blanks stands before a place in its line.
    fn begins_line(&self, span: Span) -> bool {
        let before = &self.text[..span.start as usize];
        before.trim_end_matches([' ', '\t']).ends_with('\n')
    }

    /// Reads what is indented piece by piece, as paragraphs part it: each from its first character on, since the parser
    /// would take it for code.
    fn indented(&mut self, block: Span) {
        let text = self.text;
        let mut piece: Option<usize> = None;
        let mut fence: Option<(usize, &str)> = None;
        for (at, line) in lines(&text[block.range()]) {
            let inner = line.trim();
            let start = block.start as usize + at + line.len() - line.trim_start().len();
            if let Some((begin, mark)) = fence {
                if inner.starts_with(mark) && inner.trim_start_matches(&mark[..1]).is_empty() {
                    self.facts.code.push(Span::new(begin, start + inner.len()));
                    fence = None;
                }
                continue;
            }
            let mark = fence_mark(inner);
            if (inner.is_empty() || mark.is_some())
                && let Some(begin) = piece.take()
            {
                self.read_apart(Span::new(begin, block.start as usize + at));
            }
            fence = mark.map(|mark| (start, mark));
            if !inner.is_empty() && mark.is_none() {
                piece.get_or_insert(start);
            }
        }
        let end = block.end as usize;
        match (piece, fence) {
            (Some(begin), _) => self.read_apart(Span::new(begin, end)),
            (None, Some((begin, _))) => self.facts.code.push(Span::new(begin, end)),
            (None, None) => {}
        }
    }
}

/// The mark of the fence that a line opens.
fn fence_mark(line: &str) -> Option<&str> {
    let mark =
        &line[..line.len() - line.trim_start_matches(line.chars().next().filter(|c| matches!(c, '`' | '~'))?).len()];
    (mark.len() >= 3 && !line[mark.len()..].contains('`')).then_some(mark)
}
