//! Lists, tables and indented code with their parts, and which events begin text.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use crate::{
    document::{Part, PartKind},
    source::Span,
};

/// The part of a document that a tag begins where `depth` blocks are open; only what belongs to the top level is one.
pub(super) fn part(tag: &Tag<'_>, depth: usize, span: Span) -> Option<Part> {
    let kind = match (tag, depth) {
        (Tag::List(_), 0) => PartKind::List,
        (Tag::Item, 1) => PartKind::Item,
        (Tag::Table(_), 0) => PartKind::Table,
        (Tag::TableHead | Tag::TableRow, 1) => PartKind::Row,
        (Tag::TableCell, 2) => PartKind::Cell,
        (Tag::CodeBlock(CodeBlockKind::Indented), 0) => PartKind::Code,
        _ => return None,
    };
    Some(Part { kind, span })
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
