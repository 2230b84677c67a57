//! Lists and tables as blocks.

use pulldown_cmark::Tag;

use crate::{
    document::{Block, BlockKind},
    source::Span,
};

/// The block that a tag begins where `depth` blocks are open; only what belongs to the top level is one.
pub(super) fn block(tag: &Tag<'_>, depth: usize, span: Span) -> Option<Block> {
    let kind = match (tag, depth) {
        (Tag::List(_), 0) => BlockKind::List,
        (Tag::Item, 1) => BlockKind::Item,
        (Tag::Table(_), 0) => BlockKind::Table,
        (Tag::TableHead | Tag::TableRow, 1) => BlockKind::Row,
        (Tag::TableCell, 2) => BlockKind::Cell,
        _ => return None,
    };
    Some(Block { kind, span })
}
