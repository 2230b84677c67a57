//! `broken-table`: cells of a row vanish, a line is swallowed as a row, or a table is not taken for one.

use memchr::memmem;
use serde::Deserialize;

use super::lines;
use crate::{
    document::{Document, prose::BlockKind},
    finding::Message,
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BrokenTable {}

/// The first byte of `｜`.
const WIDE: u8 = 0xEF;

impl DocumentRule for BrokenTable {
    fn check(&self, document: &Document, out: &mut Findings) {
        let file = &*document.source.text;
        if memchr::memchr(b'|', file.as_bytes()).is_none() && memmem::find(file.as_bytes(), "｜".as_bytes()).is_none()
        {
            return;
        }
        let line_end = |at: usize| memchr::memchr(b'\n', &file.as_bytes()[at..]).map_or(file.len(), |len| at + len);
        let cells = document.prose().blocks().iter().filter(|block| matches!(block.kind, BlockKind::Cell { .. }));
        let cells: Vec<Span> = cells.filter(|cell| !cell.is_header()).map(|cell| cell.span).collect();
        let is_one_line =
            |from: u32, to: u32| memchr::memchr(b'\n', &file.as_bytes()[from.min(to) as usize..to as usize]).is_none();
        for row in cells.chunk_by(|a, b| is_one_line(a.end, b.start)) {
            let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
            let before = memchr::memrchr(b'\n', &file.as_bytes()[..first.start as usize]);
            let start = before.map_or(0, |end| end + 1);
            let end = line_end(last.end as usize);
            let line = &file[start..end];
            let surplus = file[last.end as usize..end].trim_start_matches('|').trim().trim_end_matches('|').trim();
            if line.trim().is_empty() {
                continue;
            }
            if !line.contains('|') {
                let at = Span::new(start, start + line.trim_end().len());
                out.report(document.at(at), "swallowed");
            } else if !surplus.is_empty() {
                let at = Span::new(end - file[last.end as usize..end].trim_start_matches('|').len(), end);
                let message = Message::new("surplus").with("text", surplus).with("count", row.len().to_string());
                out.report(document.at(at), message);
            }
        }
        let rows = lines::of_paragraphs(document, |byte| matches!(byte, b'|' | b'-' | b':' | WIDE));
        for line in rows.iter().filter(|line| is_delimiter_row(line.text)) {
            out.report(document.at(Span::new(line.start, line.start + line.text.trim_end().len())), "not-a-table");
        }
    }
}

/// `|---|:--:|`: nothing else looks like it.
fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim();
    let cells = line.trim_matches(['|', '｜']).split(['|', '｜']);
    let is_cell = |cell: &str| {
        let dashes = cell.trim().trim_matches(':');
        dashes.len() >= 3 && dashes.bytes().all(|byte| byte == b'-')
    };
    line.contains(['|', '｜']) && line.trim_matches('|').contains(['|', '｜']) && cells.into_iter().all(is_cell)
}
