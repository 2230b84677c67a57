//! Formulas that the parser takes for text, and some renderers do not: `\(…\)`, `\[…\]`, and `$…$` with marks of text.

use std::ops::Range;

use super::{Block, Prose};
use crate::source::characters::is_cjk;

impl Prose {
    /// The formulas among the text of a block, with their delimiters, in the text that is read: in order, and apart.
    pub(crate) fn formulas(&self, block: &Block) -> Vec<Range<usize>> {
        let range = self.range_of(block);
        let text = self.text_of(block);
        // Where renderers of formulas come second, authors escape the backslash.
        let is_escaped = |at: usize| text[..at].ends_with('\\') || self.is_written(range.start + at);
        let mut out = Vec::new();
        let mut open: Option<(usize, &str)> = None;
        for (at, mark) in text.match_indices(['(', ')', '[', ']', '$']) {
            if is_escaped(at) == (mark == "$") {
                continue;
            }
            let is_pair = matches!((open, mark), (Some((_, "(")), ")") | (Some((_, "[")), "]"));
            match open {
                Some((start, _)) if is_pair => out.push(start..at + 1),
                Some((start, "$")) if mark == "$" && is_set(&text[start + 1..at], &text[at + 1..]) => {
                    out.push(start..at + 1);
                }
                _ => {
                    open = Some((at, mark));
                    continue;
                }
            }
            open = None;
        }
        out.into_iter().map(|own| range.start + own.start..range.start + own.end).collect()
    }
}

/// Whether one of some formulas holds a byte.
pub(crate) fn is_in(formulas: &[Range<usize>], at: usize) -> bool {
    let after = formulas.partition_point(|formula| formula.start <= at);
    after.checked_sub(1).is_some_and(|before| at < formulas[before].end)
}

/// Whether what stands between two dollar signs is a formula and no sentence between two prices.
fn is_set(inner: &str, behind: &str) -> bool {
    /// A longer one is none, in bytes.
    const LONGEST: usize = 120;
    let is_tight = !inner.is_empty() && inner.trim() == inner && !behind.starts_with(|c: char| c.is_ascii_digit());
    let is_short = inner.len() <= LONGEST;
    is_tight && is_short && (!inner.contains(char::is_whitespace) || !inner.contains(is_cjk))
}
