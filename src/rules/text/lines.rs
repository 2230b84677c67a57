//! The lines of paragraphs, as they are written.

use memchr::memchr;

use crate::document::{
    Document,
    prose::{BlockKind, Kind},
};

/// A line of a paragraph.
pub(super) struct Line<'a> {
    /// Which block it stands in.
    pub(super) block: usize,
    /// Which line of it it is.
    pub(super) number: usize,
    /// Where it begins, behind the marks of its containers.
    pub(super) start: usize,
    /// Whether the line before it ends with a break that shows.
    pub(super) is_hard: bool,
    pub(super) text: &'a str,
}

/// The lines of all paragraphs that begin with text that is written as it reads, and with one of some bytes.
pub(super) fn of_paragraphs(document: &Document, begins_with: impl Fn(u8) -> bool) -> Vec<Line<'_>> {
    let prose = document.prose();
    let file = &*document.source.text;
    let mut out = Vec::new();
    for (block, paragraph) in prose.blocks().iter().enumerate() {
        if paragraph.kind != BlockKind::Paragraph {
            continue;
        }
        let (mut begins, mut is_hard, mut number) = (true, false, 0);
        let mut is_broken = false;
        for piece in prose.pieces(paragraph) {
            let start = piece.span.start as usize;
            if begins && piece.kind == Kind::Text && begins_with(file.as_bytes()[start]) {
                let rest = &file[start..paragraph.span.end.max(piece.span.end) as usize];
                let line = &rest[..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
                let text = line.strip_suffix('\r').unwrap_or(line);
                out.push(Line { block, number, start, is_hard, text });
            }
            begins = matches!(piece.kind, Kind::SoftBreak | Kind::HardBreak);
            number += usize::from(begins);
            is_hard = piece.kind == Kind::HardBreak || (begins && is_broken);
            is_broken = piece.kind == Kind::Html && is_break(document.source.slice(piece.span));
        }
    }
    out
}

/// Whether a tag breaks the line: `<br>`, `<BR/>`, but not `<broken>`.
fn is_break(tag: &str) -> bool {
    let Some((name, rest)) = tag.split_at_checked(3) else { return false };
    name.eq_ignore_ascii_case("<br") && rest.starts_with(['>', '/', ' '])
}
