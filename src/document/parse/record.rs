//! What stands in each block, as the parser's events tell it.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::{
    document::prose::{Block, BlockKind, Kind, Piece, Prose, Style, View},
    source::Span,
};

/// The block that is open, and those that are closed.
pub(super) struct Record<'a> {
    text: &'a str,
    view: View<'a>,
    open: Option<Block>,
    /// What stands in the open block.
    pieces: Vec<Piece>,
    /// The alternative texts of the open block, which follow it.
    alts: Vec<(Span, Vec<Piece>)>,
    /// How many of each style, image, list item and block quote are open.
    emphasis: u32,
    strong: u32,
    strikethrough: u32,
    links: u32,
    images: u32,
    items: u32,
    quotes: u32,
    /// Whether a link is open whose text is its target.
    is_bare: bool,
    in_table_head: bool,
    in_code_block: bool,
}

impl<'a> Record<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            view: View::new(text),
            open: None,
            pieces: Vec::new(),
            alts: Vec::new(),
            emphasis: 0,
            strong: 0,
            strikethrough: 0,
            links: 0,
            images: 0,
            items: 0,
            quotes: 0,
            is_bare: false,
            in_table_head: false,
            in_code_block: false,
        }
    }

    /// Whether what MDX reads as code is none of the text.
    pub(super) fn leaves_code(&mut self, is_left: bool) {
        self.view.leaves_code(is_left);
    }

    /// `is_verbatim` says of a text whether it is written as it reads.
    pub(super) fn event(&mut self, event: &Event<'_>, span: Span, is_verbatim: bool) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::Text(text) if !self.in_code_block => self.push_text(text, span, is_verbatim),
            Event::Code(_) => self.push(Kind::Code, span),
            Event::InlineHtml(_) => self.push(Kind::Html, span),
            Event::SoftBreak => self.push(Kind::SoftBreak, span),
            Event::HardBreak => self.push(Kind::HardBreak, span),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => self.push(Kind::Other, span),
            _ => {}
        }
    }

    pub(super) fn finish(mut self) -> Prose {
        self.close();
        self.view.finish()
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        if is_inline(tag.to_end()) {
            self.touch(span);
        }
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.strikethrough += 1,
            Tag::Link { link_type, .. } => {
                let kind = match link_type {
                    LinkType::Autolink | LinkType::Email => Some(Kind::Url),
                    LinkType::WikiLink { has_pothole: false } => Some(Kind::Other),
                    _ => None,
                };
                if let Some(kind) = kind {
                    self.push(kind, span);
                    self.is_bare = true;
                }
                self.links += 1;
            }
            Tag::Image { link_type, .. } => {
                self.push(Kind::Other, span);
                if self.images == 0 {
                    self.alts.push((span, Vec::new()));
                }
                self.is_bare |= matches!(link_type, LinkType::WikiLink { has_pothole: false });
                self.images += 1;
            }
            Tag::Paragraph => self.open(BlockKind::Paragraph, span),
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(*level as u8), span),
            Tag::TableCell => self.open(BlockKind::Cell { is_header: self.in_table_head }, span),
            _ => {
                self.close();
                match tag {
                    Tag::Item => self.items += 1,
                    Tag::BlockQuote(_) => self.quotes += 1,
                    Tag::TableHead => self.in_table_head = true,
                    Tag::CodeBlock(_) | Tag::HtmlBlock => self.in_code_block = true,
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        if is_inline(tag) {
            self.touch(span);
        }
        match tag {
            TagEnd::Emphasis => self.emphasis -= 1,
            TagEnd::Strong => self.strong -= 1,
            TagEnd::Strikethrough => self.strikethrough -= 1,
            TagEnd::Link => {
                self.links -= 1;
                self.is_bare = false;
            }
            TagEnd::Image => {
                self.images -= 1;
                self.is_bare = false;
            }
            _ => {
                self.close();
                match tag {
                    TagEnd::Item => self.items -= 1,
                    TagEnd::BlockQuote(_) => self.quotes -= 1,
                    TagEnd::TableHead => self.in_table_head = false,
                    TagEnd::CodeBlock | TagEnd::HtmlBlock => self.in_code_block = false,
                    _ => {}
                }
            }
        }
    }

    fn open(&mut self, kind: BlockKind, span: Span) {
        self.close();
        self.open = Some(Block::new(kind, self.items > 0, self.quotes > 0, span));
    }

    /// Ends the open block, and adds the alternative texts that stand in it.
    fn close(&mut self) {
        let Some(block) = self.open.take() else { return };
        let (is_listed, is_quoted) = (block.is_listed, block.is_quoted);
        self.view.block(block, &self.pieces);
        self.pieces.clear();
        for (span, pieces) in self.alts.drain(..).filter(|(_, pieces)| !pieces.is_empty()) {
            self.view.block(Block::new(BlockKind::Alt, is_listed, is_quoted, span), &pieces);
        }
    }

    fn push(&mut self, kind: Kind, span: Span) {
        if self.is_bare {
            return;
        }
        self.touch(span);
        let style = self.style();
        let is_text = kind == Kind::Text;
        let pieces = match self.alts.last_mut() {
            Some((_, alt)) if self.images > 0 => alt,
            _ => &mut self.pieces,
        };
        match pieces.last_mut() {
            // The parser cuts text at every character that might have meant something.
            Some(last) if is_text && last.kind == Kind::Text && last.span.end == span.start && last.style == style => {
                last.span.end = span.end;
            }
            _ => pieces.push(Piece::new(kind, style, span)),
        }
    }

    /// Something of a block stands here. The text of a tight list item has no event of its own.
    fn touch(&mut self, span: Span) {
        if self.open.is_none() {
            self.open(BlockKind::Paragraph, span);
        }
        if let Some(block) = &mut self.open {
            block.span = block.span.to(span);
        }
    }

    fn push_text(&mut self, text: &str, mut span: Span, is_verbatim: bool) {
        let bytes = self.text.as_bytes();
        if span.is_empty() {
            return;
        }
        if !is_verbatim {
            for c in text.chars() {
                self.push(Kind::Written(c), span);
                span.start = span.end;
            }
            return;
        }
        // The parser leaves out the backslash of an escape, and begins a new text behind it.
        let before = (span.start as usize).checked_sub(1);
        if before.is_some_and(|before| bytes[before] == b'\\') && self.is_escape(span.start - 1) {
            let Some(c) = text.chars().next() else { return };
            let end = Span::new(0, span.start as usize + c.len_utf8()).end;
            self.push(Kind::Written(c), Span { start: span.start - 1, end });
            span.start = end;
        }
        if !span.is_empty() {
            self.push(Kind::Text, span);
        }
    }

    /// Whether the backslash at an offset is no text itself.
    fn is_escape(&self, backslash: u32) -> bool {
        let pieces = match self.alts.last() {
            Some((_, alt)) if self.images > 0 => alt,
            _ => &self.pieces,
        };
        pieces.last().is_none_or(|last| last.span.end <= backslash)
    }

    fn style(&self) -> Style {
        let of = |open: u32, style: Style| if open > 0 { style } else { Style::default() };
        of(self.emphasis, Style::EMPHASIS)
            .and(of(self.strong, Style::STRONG))
            .and(of(self.strikethrough, Style::STRIKETHROUGH))
            .and(of(self.links, Style::LINK))
    }
}

/// Whether something stands within a block.
fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
