//! `broken-table`: cells of a row vanish, a line is swallowed as a row, or a table is not taken for one.

use std::cell::LazyCell;

use super::lines::{self, Line};
use crate::{
    document::{Document, prose::BlockKind},
    finding::Message,
    rule::{DocumentRule, Findings},
    source::{Span, line_start},
};
use memchr::memmem;

#[derive(Debug)]
pub(crate) struct BrokenTable;

/// The first byte of `｜`.
const WIDE: u8 = 0xEF;

impl DocumentRule for BrokenTable {
    fn check(&self, document: &Document, out: &mut Findings) {
        let file = &*document.source.text;
        if memchr::memchr(b'|', file.as_bytes()).is_none() && memmem::find(file.as_bytes(), "｜".as_bytes()).is_none()
        {
            return;
        }
        let cells = document.prose().blocks().iter().filter(|block| matches!(block.kind, BlockKind::Cell { .. }));
        // What fills up a short row is placed by the parser where the next line begins.
        let is_filler = |span: Span| span.is_empty() && file[..span.start as usize].ends_with('\n');
        let cells: Vec<(Span, bool)> =
            cells.filter(|cell| !is_filler(cell.span)).map(|cell| (cell.span, cell.is_header())).collect();
        let is_one_line =
            |from: u32, to: u32| memchr::memchr(b'\n', &file.as_bytes()[from.min(to) as usize..to as usize]).is_none();
        let (mut columns, mut is_over) = (0, false);
        for row in cells.chunk_by(|(a, _), (b, _)| is_one_line(a.end, b.start)) {
            let (Some(&(first, is_header)), Some(&(last, _))) = (row.first(), row.last()) else { continue };
            if is_header {
                (columns, is_over) = (row.len(), false);
                continue;
            }
            let start = line_start(file, first.start as usize);
            let behind = lines::behind_row(file, last);
            let line = &file[start..behind.end as usize];
            let surplus = document.source.slice(behind).trim().trim_end_matches('|').trim();
            is_over |= ends_table(line.trim_start());
            if is_over || line.trim().is_empty() {
                continue;
            }
            if !line.contains('|') {
                // A row of one column needs no bar.
                if columns == 1 {
                    continue;
                }
                let at = Span::new(start, start + line.trim_end().len());
                out.report(document.at(at), "swallowed");
            } else if !surplus.is_empty() {
                let message = Message::new("surplus").with("text", surplus).with("count", row.len().to_string());
                out.report(document.at(behind), message);
            } else if is_delimiter_row(line, false) {
                let at = Span::new(start, start + line.trim_end().len());
                out.report(document.at(at), "dashes");
            }
        }
        not_tables(document, out);
    }
}

/// Whether other renderers read a line as the end of a table, and GitHub where it is HTML: attributes of kramdown, a
/// caption of pandoc, the end of a container or of a block of pymdownx, a tag of a template.
fn ends_table(line: &str) -> bool {
    ["{:", ": ", ":::", "///", "{%", "{{", "<"].iter().any(|start| line.starts_with(start))
}

/// Lines of paragraphs that were meant to be tables.
fn not_tables(document: &Document, out: &mut Findings) {
    let lines = lines::of_paragraphs(document, |byte| matches!(byte, b'|' | b'-' | b':' | WIDE));
    let at = |line: &Line| document.at(Span::new(line.start(), line.start() + line.text.trim_end().len()));
    let blocks = document.prose().blocks();
    let is_text = |rows: &&[Line]| !lines::is_indented_block(document, &blocks[rows[0].opening.block]);
    let each = lines.chunk_by(|a, b| a.opening.block == b.opening.block).filter(is_text);
    // A table of kramdown needs no head, and its attributes show that it is what reads the document.
    let needs_dashes = LazyCell::new(|| {
        let mut attributes = memmem::find_iter(document.source.text.as_bytes(), "\n{:");
        !attributes.any(|at| !document.is_in_code(at + 1))
    });
    for rows in each.flat_map(|rows| rows.chunk_by(|a, b| a.opening.number + 1 == b.opening.number)) {
        let mut is_told = false;
        for (index, row) in rows.iter().enumerate() {
            let is_below_row = index > 0 && rows[index - 1].text.starts_with('|');
            if is_delimiter_row(row.text, is_below_row) && (is_below_row || !is_below_head(document, row)) {
                let above = index.checked_sub(1).map_or("", |above| rows[above].text);
                out.report(at(row), cause(row.text, above, is_below_row));
                is_told = true;
            }
        }
        let first = bars(rows[0].text);
        let is_table = rows.len() > 1 && first > 2 && rows.iter().all(|row| bars(row.text) == first);
        if !is_told && is_table && *needs_dashes {
            out.report(at(&rows[0]), "no-dashes");
        }
    }
}

/// Whether the line of text before a row of dashes heads a table: to GitHub it does, though a paragraph goes before.
fn is_below_head(document: &Document, row: &Line) -> bool {
    let above = document.source.text[..row.start()].rsplit('\n').nth(1).filter(|_| row.opening.number > 0);
    above.is_some_and(|above| above.contains('|') && cells(above) == cells(row.text))
}

/// Why a row of dashes makes no table.
fn cause(row: &str, above: &str, is_below_row: bool) -> Message {
    let (own, others) = (cells(row), cells(above));
    if row.contains('｜') || above.starts_with('｜') {
        "wide-bars".into()
    } else if !row.is_ascii() {
        "other-dashes".into()
    } else if own != others && (is_below_row || above.contains('|')) {
        Message::new("other-count").with("own", own.to_string()).with("above", others.to_string())
    } else if is_below_row {
        "no-dashes-in-cell".into()
    } else {
        "no-row".into()
    }
}

/// How many cells a row has, with or without bars at its ends.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    inner.matches('|').count() - inner.matches("\\|").count() + 1
}

/// How many bars a line has that begins and ends with one.
fn bars(line: &str) -> usize {
    let line = line.trim();
    let is_row = line.starts_with('|') && line.ends_with('|') && !line.ends_with("\\|");
    if is_row { line.matches('|').count() - line.matches("\\|").count() } else { 0 }
}

/// `|---|:--:|`: nothing else looks like it. Below a row any dashes and a single cell do, but a dash by itself that is
/// none of ASCII may begin a text.
fn is_delimiter_row(line: &str, is_below_row: bool) -> bool {
    let line = line.trim();
    let cells = line.trim_matches(['|', '｜']).split(['|', '｜']);
    let is_alone = cells.clone().nth(1).is_none();
    let is_cell = |cell: &str| {
        let dashes = cell.trim().trim_matches(':');
        if is_below_row {
            let is_enough = !is_alone || dashes.is_ascii() || dashes.chars().nth(2).is_some();
            is_enough && !dashes.is_empty() && dashes.chars().all(|c| matches!(c, '-' | '–' | '—' | '―' | '－'))
        } else {
            dashes.len() >= 3 && dashes.bytes().all(|byte| byte == b'-')
        }
    };
    let is_row = line.starts_with('|') && is_below_row || line.trim_matches('|').contains(['|', '｜']);
    is_row && cells.clone().all(is_cell)
}
