//! Lists, tables and indented code as blocks, and which events begin text.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

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
        (Tag::CodeBlock(CodeBlockKind::Indented), 0) => BlockKind::Code,
        _ => return None,
    };
    Some(Block { kind, span })
}

/// Blocks whose text is no definition; the text of a tight list item is a block without an event of its own.
pub(super) fn is_leaf(event: &Event<'_>) -> bool {
    let is_leaf_tag = |tag: &Tag<'_>| {
        matches!(
            tag,
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::Table(_)
                | Tag::Link { .. }
        )
    };
    match event {
        Event::Text(_) | Event::Code(_) => true,
        Event::Start(tag) => is_leaf_tag(tag),
        _ => false,
    }
}

/// What a text without a block of its own may begin with.
pub(super) fn is_inline(event: &Event<'_>) -> bool {
    let is_inline_tag = |tag: &Tag<'_>| {
        matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
    };
    match event {
        Event::Text(_) | Event::Code(_) => true,
        Event::Start(tag) => is_inline_tag(tag),
        _ => false,
    }
}
