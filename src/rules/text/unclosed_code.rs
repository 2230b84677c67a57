//! `unclosed-code`: a backtick that was meant to begin or end code shows as it stands.

use super::lines;
use crate::{
    document::{
        Document,
        prose::{Block, BlockKind, Kind},
    },
    finding::Message,
    rule::{DocumentRule, Findings},
    source::{
        Span,
        characters::{PAIRS, is_cjk},
    },
};

#[derive(Debug)]
pub(crate) struct UnclosedCode;

impl DocumentRule for UnclosedCode {
    fn check(&self, document: &Document, out: &mut Findings) {
        let prose = document.prose();
        let text = prose.text();
        let mut until = 0;
        for at in memchr::memchr_iter(b'`', text.as_bytes()) {
            let Some(block) = prose.block_at(at).filter(|block| at >= until && block.kind != BlockKind::Alt) else {
                continue;
            };
            let range = prose.range_of(block);
            until = range.end;
            let end = at + text[at..].bytes().take_while(|&byte| byte == b'`').count();
            let is_alone = memchr::memchr(b'`', &text.as_bytes()[end..range.end]).is_none();
            let Some(span) = prose.editable(at..end).filter(|_| is_alone) else { continue };
            let before = text[range.start..at].chars().next_back().unwrap_or(' ');
            let after = text[end..range.end].chars().next().unwrap_or(' ');
            // An accent or apostrophe stands within a word of Latin letters, a key between blanks.
            let is_face = stands_in_face(&text[range.start..at], &text[end..range.end]);
            // A key pressed along with others: ``Ctrl+` ``.
            let is_key = matches!(before, '+' | '⌃' | '⌘' | '⌥' | '⇧') && !after.is_alphanumeric();
            let is_meant = is_face
                || is_key
                || is_named(document, block, span)
                || (span.len() > 2 && lines::is_indented_block(document, block))
                || PAIRS.contains(&(before, after))
                || (before.is_ascii_alphabetic() && after.is_ascii_alphabetic())
                || (before.is_whitespace() && after.is_whitespace());
            let has_code = || prose.pieces(block).iter().any(|piece| piece.kind == Kind::Code);
            // Between Latin words only where it can begin code, and is no old quotation mark: `so'.
            let begins =
                before.is_whitespace() && after.is_ascii_alphanumeric() && !text[end..range.end].contains('\'');
            if !is_meant && (begins || has_code() || text[range].contains(is_cjk)) {
                let message = match span.len() {
                    1 => Message::new("alone"),
                    count => Message::new("run").with("count", count.to_string()),
                };
                let finding = out.report(document.at(span), message);
                if let Some(lost) = partner_behind_row(document, block) {
                    finding.told_at(document.at(lost));
                }
            }
        }
    }
}

/// Where the partner of a backtick in a cell is if a bar in the code ends the cell, and what follows does not show:
/// `broken-table` says so.
fn partner_behind_row(document: &Document, cell: &Block) -> Option<Span> {
    let is_cell = |block: &&Block| matches!(block.kind, BlockKind::Cell { is_header: false });
    let file = &*document.source.text;
    let blocks = document.prose().blocks();
    let own = blocks.partition_point(|block| block.span.start < cell.span.start);
    let end = lines::behind_row(file, cell.span).end;
    let in_line = blocks[own..].iter().take_while(|block| block.span.start < end);
    let last = in_line.filter(is_cell).last().filter(|_| is_cell(&cell))?;
    let behind = lines::behind_row(file, last.span);
    document.source.slice(behind).contains('`').then_some(behind)
}

/// Whether a run is that of a fence, which the text speaks of: `returns a ```json block`. At the beginning of its line it
/// was meant to be one.
fn is_named(document: &Document, block: &Block, run: Span) -> bool {
    let before = || &document.source.text[block.span.start.min(run.start) as usize..run.start as usize];
    let line = || before().rsplit('\n').next().unwrap_or_default();
    run.len() > 2 && !line().trim_matches([' ', '\t', '>', '#', '|']).is_empty()
}

/// Whether a backtick between two texts is part of a face.
fn stands_in_face(before: &str, after: &str) -> bool {
    /// Faces are short, in characters.
    const REACH: usize = 8;
    let near = || before.chars().rev().take(REACH).chain(after.chars().take(REACH));
    let is_sign = |c: char| matches!(c, '´' | '′' | '⌒' | '﹏' | 'ω' | 'Д' | 'д' | '∀' | '▽' | '・' | '＿');
    near().any(is_sign) && near().any(|c| matches!(c, '(' | '（' | ')' | '）'))
}
