//! Places: a byte range, a file, and the two together.

use std::ops::Range;

/// A half-open range of bytes in one text.
///
/// Offsets are 32 bits: documents are far below 4 GiB (the default limit is 4 MiB).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never less than `start`.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes. Offsets beyond 4 GiB are clamped.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The empty span at an offset.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// Where a part of a text that was borrowed from it stands in it.
    pub(crate) fn of_part(part: &str, text: &str) -> Self {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        Self::new(start, start + part.len())
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies within this span, ends included.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in a text that has `by` more bytes in front.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Spans in order and without overlaps.
pub(crate) fn merged(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut all: Vec<Span> = spans.collect();
    all.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// The last of some spans in order that begins at or before an offset, if it holds the offset.
pub(crate) fn holding(spans: &[Span], at: usize) -> Option<Span> {
    let after = spans.partition_point(|span| span.start as usize <= at);
    spans[..after].last().copied().filter(|span| span.end as usize > at)
}

/// Whether an offset lies within one of several spans, in order and without overlaps.
pub(crate) fn is_within(spans: &[Span], at: usize) -> bool {
    holding(spans, at).is_some()
}

/// Whether the last of some spans in order that begins at or before another one holds all of that.
pub(crate) fn surrounds(spans: &[Span], inner: Span) -> bool {
    let after = spans.partition_point(|span| span.start <= inner.start);
    spans[..after].last().is_some_and(|span| span.contains(inner))
}

/// Which file of a check: an index into the sources of its corpus.
/// Only meaningful within the check that gave it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The id as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The id of the file at an index.
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A place in some file of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
}

impl Location {
    /// A place from its two halves.
    pub fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}
