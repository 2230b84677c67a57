//! From byte offsets to lines and columns.

use std::{fmt, iter, sync::OnceLock};

use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};

/// A position as people count: line and column from 1, the column in characters
/// (Unicode scalar values), as editors show it for text without combining marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for LineColumn {
    /// `line:column`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.line, self.column)
    }
}

/// Where each line of a text begins.
///
/// A line ends after a line feed, a carriage return and line feed, or a lone carriage return, as `CommonMark` has it.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Characters before each multiple of [`STRIDE`], so that a column on a very long line costs no more than on a
    /// short one. Made when such a line is first asked about.
    characters: OnceLock<Vec<u32>>,
    len: u32,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 1 << 10;

impl LineIndex {
    /// Finds the lines of a text.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 48 + 1);
        starts.push(0);
        if memchr(b'\r', bytes).is_none() {
            starts.extend(memchr_iter(b'\n', bytes).map(|at| offset(at + 1)));
        } else {
            let is_ending = |&at: &usize| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
            starts.extend(memchr2_iter(b'\n', b'\r', bytes).filter(is_ending).map(|at| offset(at + 1)));
        }
        Self { starts, characters: OnceLock::new(), len: offset(bytes.len()) }
    }

    /// How many lines there are; a text that ends in a line ending has an empty last line.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The index (from 0) of the line that holds a byte offset.
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// First byte of a line (index from 0); the text's end for a line that does not exist.
    pub fn start_of(&self, line: usize) -> u32 {
        self.starts.get(line).copied().unwrap_or(self.len)
    }

    /// One past the last byte of a line (index from 0), without its line ending.
    pub fn end_of(&self, line: usize, text: &str) -> u32 {
        let end = self.start_of(line + 1);
        let body = text.get(self.start_of(line) as usize..end as usize).unwrap_or_default();
        end - offset(body.len() - body.trim_end_matches(['\n', '\r']).len())
    }

    /// Line and column of a byte offset. An offset inside a character counts as that character;
    /// one behind the end counts as the end.
    pub fn position(&self, text: &str, at: u32) -> LineColumn {
        let at = at.min(self.len);
        let line = self.line_of(at);
        let bytes = text.as_bytes();
        let all = || {
            let counts = bytes.chunks(STRIDE).scan(0, |sum, chunk| {
                *sum += offset(count(chunk));
                Some(*sum)
            });
            iter::once(0).chain(counts).collect()
        };
        let before = |at: usize| {
            self.characters.get_or_init(all)[at / STRIDE] as usize + count(&bytes[at / STRIDE * STRIDE..at])
        };
        let (start, end) = (self.starts[line] as usize, at as usize);
        let mut characters = if end - start < STRIDE { count(&bytes[start..end]) } else { before(end) - before(start) };
        if !text.is_char_boundary(at as usize) {
            characters = characters.saturating_sub(1);
        }
        LineColumn { line: offset(line + 1), column: offset(characters + 1) }
    }
}

/// The characters of some bytes: every byte that is not a continuation byte begins one. So few are counted together that
/// a byte holds their number, since bytes are added many at once.
fn count(bytes: &[u8]) -> usize {
    let few = |bytes: &[u8]| bytes.iter().fold(0_u8, |sum, byte| sum + u8::from(byte & 0xC0 != 0x80));
    bytes.chunks(u8::MAX.into()).map(|bytes| usize::from(few(bytes))).sum()
}

fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The lines of a text with their endings, and where each begins.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain([text.len()]);
    ends.filter_map(move |end| {
        let line = (start, &text[start..end]);
        start = end;
        Some(line).filter(|(_, line)| !line.is_empty())
    })
}

/// Where the line begins that an offset stands in.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1)
}

/// The last place at or before an offset where no character is cut.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
