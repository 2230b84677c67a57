//! The walk over the parser's events.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{
    block::{is_inline, is_leaf, part},
    heading::{self, OpenHeading},
    inline,
    link::{self, OpenLink},
    list::OpenList,
    paragraph::{self, OpenParagraph},
    visible::Visible,
};
use crate::{
    document::{
        Facts, Fence, Flavor, Footnote, InlineKind, LinkKind,
        directive::{self, Comment},
        mdx,
    },
    numbering::Scheme,
    order,
    source::{LineIndex, Span},
};

/// Facts in the making.
pub(super) struct Walk<'a> {
    pub(super) text: &'a str,
    pub(super) flavor: Flavor,
    pub(super) facts: Facts,
    /// Blocks with text, in order; none where nobody will ask.
    pub(super) leaves: Vec<Span>,
    has_definitions: bool,
    /// How many parts that are read by themselves hold what is read.
    pub(super) apart: usize,
    /// Whether what is indented is text.
    pub(super) reads_indented: bool,
    /// How many blocks are open.
    pub(super) depth: usize,
    pub(super) containers: Vec<Container>,
    next_container: u32,
    /// Made when a comment first asks.
    pub(super) lines: Option<LineIndex>,
    /// The line of the last comment that looked for the one behind, and that one.
    pub(super) behind: Option<(Span, Span)>,
    heading: Option<OpenHeading>,
    paragraph: Option<OpenParagraph>,
    /// The text of the last heading or paragraph, for the memory it has.
    spent: Visible,
    /// Whether something stands between the last numbered line and here.
    is_set_off: bool,
    /// The container of the last list, if no paragraph of that container has ended since.
    below: Option<u32>,
    pub(super) links: Vec<OpenLink>,
    pub(super) lists: Vec<OpenList>,
    next_list: u32,
    html_block: Option<Span>,
    pub(super) fence: Option<Fence>,
    /// Where a `%%` stands in text.
    pub(super) marks: Vec<usize>,
    signs: inline::Signs,
    pub(super) comments: Vec<Comment>,
    pub(super) waiting: Vec<Waiting>,
}

/// A block quote, list item, footnote, or the document itself: headings inside are among themselves.
#[derive(Default)]
pub(super) struct Container {
    pub(super) id: u32,
    /// The last heading, and those that enclose it.
    pub(super) open: Vec<usize>,
    pub(super) is_quote: bool,
}

/// A comment that waits for the next block.
pub(super) struct Waiting {
    /// Which comment.
    pub(super) comment: usize,
    /// How many blocks are open where the next one must begin.
    pub(super) depth: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a str, flavor: Flavor, has_definitions: bool) -> Self {
        Self {
            text,
            flavor,
            facts: Facts::default(),
            leaves: Vec::new(),
            has_definitions,
            apart: 0,
            reads_indented: false,
            depth: 0,
            containers: vec![Container::default()],
            next_container: 1,
            lines: None,
            behind: None,
            heading: None,
            paragraph: None,
            spent: Visible::default(),
            is_set_off: false,
            below: None,
            links: Vec::new(),
            lists: Vec::new(),
            next_list: 0,
            html_block: None,
            fence: None,
            marks: Vec::new(),
            signs: inline::Signs::default(),
            comments: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// `is_verbatim` says of a text whether it is written as it reads.
    pub(super) fn event(&mut self, event: &Event<'_>, span: Span, is_verbatim: bool) {
        // Every line of code is an event of its own.
        if let (Event::Text(_), Some(fence)) = (event, &mut self.fence) {
            fence.content = if fence.content.is_empty() { span } else { fence.content.to(span) };
            return;
        }
        if let Some(open) = &mut self.heading
            && !matches!(event, Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_)))
        {
            open.touch(span);
        }
        let in_text =
            self.heading.is_some() || self.paragraph.is_some() || self.fence.is_some() || self.html_block.is_some();
        if self.has_definitions && !in_text && is_leaf(event) {
            self.leaves.push(span);
        }
        if !self.waiting.is_empty() && !in_text && is_inline(event) {
            // The text of a tight list item is a block without an event of its own.
            let line = self.line(span.start, 0);
            self.block(line);
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::Text(text) => self.text(text, span, is_verbatim),
            Event::Code(code) => {
                self.facts.code.push(span);
                self.inline_text(code, span, false);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.inline_text(" ", span, false);
                if let Some(paragraph) = &mut self.paragraph {
                    paragraph.end_line();
                }
            }
            Event::InlineHtml(_) => self.html(span, true),
            Event::FootnoteReference(label) => self.facts.footnote_references.push((**label).to_owned()),
            Event::Rule => {
                self.is_set_off = true;
                self.block(span);
            }
            _ => {}
        }
        if let Some(open) = self.links.last_mut() {
            open.inner_end = open.inner_end.max(if open.link.span == span { 0 } else { span.end });
        }
    }

    pub(super) fn finish(mut self) -> Facts {
        if self.flavor == Flavor::Obsidian && !self.marks.is_empty() {
            self.hide();
        }
        heading::leave_remarks(&mut self.facts.headings);
        link::leave_formulas(self.text, self.flavor, &mut self.facts);
        mdx::leave_code(self.text, &mut self.facts);
        let end = Span::new(0, self.text.len()).end;
        let mut comments = std::mem::take(&mut self.comments);
        order::by_key(&mut comments, |comment| comment.span);
        self.facts.directives = directive::resolve(comments, end);
        order::by_key(&mut self.facts.links, |link| link.span);
        self.facts
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Link { link_type, dest_url, id, .. } => {
                return self.links.push(OpenLink::new(*link_type, dest_url, id, false, span));
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                return self.links.push(OpenLink::new(*link_type, dest_url, id, true, span));
            }
            Tag::Strong => {
                if let Some(paragraph) = &mut self.paragraph {
                    paragraph.strong(span);
                }
                return;
            }
            Tag::Emphasis | Tag::Strikethrough => return,
            _ => {}
        }
        if let Tag::Heading { level, .. } = tag {
            self.heading = Some(OpenHeading::new(span, *level as u8, std::mem::take(&mut self.spent)));
        }
        if matches!(tag, Tag::HtmlBlock) && self.is_comment(span) {
            self.fill_section();
        } else if matches!(tag, Tag::DefinitionList) {
            self.definitions_begin(span);
        } else {
            self.block(span);
        }
        self.facts.parts.extend(part(tag, self.depth, span));
        match tag {
            Tag::List(start) => {
                let items = self.facts.list_items.len();
                self.lists.push(OpenList::new(self.next_list, start.is_some(), items));
                self.next_list += 1;
            }
            Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition => {
                if let (Tag::Item, Some(list), Some(container)) = (tag, self.lists.last_mut(), self.containers.last()) {
                    list.begin_item(self.text, span, container.open.last().copied(), container.id, &mut self.facts);
                }
                if let Tag::FootnoteDefinition(label) = tag {
                    self.facts.footnotes.push(Footnote { label: (**label).to_owned(), span });
                }
                let in_quote = self.containers.last().is_some_and(|outer| outer.is_quote);
                let is_quote = (matches!(tag, Tag::BlockQuote(_)) && !self.is_callout(span)) || in_quote;
                if is_quote && !in_quote {
                    self.facts.quotes.push(span);
                }
                self.containers.push(Container { id: self.next_container, open: Vec::new(), is_quote });
                self.next_container += 1;
            }
            Tag::HtmlBlock => self.html_block = Some(span),
            Tag::Paragraph => {
                self.paragraph = Some(OpenParagraph::new(span, std::mem::take(&mut self.spent)));
                if self.depth == 0 {
                    self.facts.paragraphs.push(span);
                }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let rest = self.text.get(span.start as usize..).unwrap_or_default();
                let first_line = span.start as usize + rest.find('\n').unwrap_or(rest.len());
                let (info, content) = ((**info).to_owned(), Span::at((first_line + 1).min(span.end as usize)));
                self.fence = Some(Fence { info, span, content, top_level: self.depth == 0 });
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.fence = Some(Fence { info: String::new(), span, content: span, top_level: false });
            }
            _ => {}
        }
        self.depth += 1;
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Link | TagEnd::Image => return self.close_link(),
            TagEnd::Emphasis => return inline::end_tag(&mut self.facts.tags, span, 1),
            TagEnd::Strong => return inline::end_tag(&mut self.facts.tags, span, 2),
            TagEnd::Strikethrough => return,
            _ => {}
        }
        self.depth = self.depth.saturating_sub(1);
        // A comment at the end of its container has no next block.
        let depth = self.depth;
        self.waiting.retain(|waiting| waiting.depth <= depth);
        match tag {
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::Paragraph => {
                if let (Some(paragraph), Some(container)) = (self.paragraph.take(), self.containers.last()) {
                    let heading = container.open.last().copied();
                    // The text of the item itself stands not below it.
                    let (id, is_quote) = (container.id, container.is_quote);
                    let is_below = self.below.take_if(|list| *list == id).is_some();
                    let (lines, caption, spent) =
                        paragraph.finish(self.text, heading, id, is_quote, self.is_set_off, is_below);
                    self.is_set_off = lines.iter().all(|line| line.label.label.scheme == Scheme::Bare);
                    // The label of an item without order has been seen.
                    let known = self.facts.numbered_lines.last().map(|line| line.label.span);
                    let lines = lines.into_iter().filter(|line| known != Some(line.label.span)).collect();
                    paragraph::add_lines(lines, self.text, &mut self.facts.numbered_lines);
                    self.facts.captions.extend(caption);
                    self.spent = spent;
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition
                if self.containers.len() > 1 =>
            {
                self.containers.pop();
            }
            TagEnd::List(_) => {
                if let Some(list) = self.lists.pop() {
                    list.add_unmarked(self.text, &mut self.facts.list_items);
                }
                self.below = self.containers.last().map(|container| container.id);
            }
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html_block.take() {
                    self.html_block(block.to(span));
                }
            }
            TagEnd::CodeBlock => self.code_block(),
            _ => {}
        }
    }

    fn close_link(&mut self) {
        let Some(link) = self.links.pop().and_then(|open| open.closed(self.text)) else { return };
        if let Some(outer) = self.links.last_mut() {
            outer.inner_end = outer.inner_end.max(link.span.end);
        }
        self.facts.links.push(link);
    }

    /// A block begins.
    fn block(&mut self, span: Span) {
        let depth = self.depth;
        for waiting in self.waiting.extract_if(.., |waiting| waiting.depth == depth) {
            self.comments[waiting.comment].covers = span;
        }
        self.fill_section();
    }

    /// Something stands below the last heading.
    pub(super) fn fill_section(&mut self) {
        if self.heading.is_none()
            && let Some(heading) = self.containers.last().and_then(|container| container.open.last())
        {
            self.facts.headings[*heading].has_body = true;
        }
    }

    fn text(&mut self, text: &str, span: Span, is_verbatim: bool) {
        self.inline_text(text, span, is_verbatim);
        if !is_verbatim || !self.links.is_empty() {
            return;
        }
        let Some(first) = self.signs.first(self.text, span) else { return };
        let (base, rest) = (span.start as usize, &self.text[first..span.end as usize]);
        if rest.contains('#') {
            inline::tags(text, base, self.text, &mut self.facts.tags);
        }
        if rest.contains('^') {
            self.facts.anchors.extend(inline::block_id(text, base, self.text));
            match inline::undefined_footnote(text, base, self.text) {
                // What is read by itself does not know what the document defines.
                Some(footnote) if self.apart > 0 => self.facts.footnote_references.push(footnote.label),
                footnote => self.facts.undefined.extend(footnote),
            }
        }
        if rest.contains("%%") {
            self.marks.extend(text.match_indices("%%").map(|(at, _)| base + at));
        }
    }

    /// Text that a reader sees, for the heading or paragraph it stands in. The text of an image is not seen.
    fn inline_text(&mut self, text: &str, span: Span, verbatim: bool) {
        if self.links.iter().any(|open| open.link.is_image) {
            if let Some(heading) = &mut self.heading {
                heading.note(InlineKind::Alt(text.to_owned()), 0);
            }
            return;
        }
        if let Some(heading) = &mut self.heading {
            if self.links.last().is_some_and(|open| open.link.kind == LinkKind::Autolink) {
                heading.note(InlineKind::Url, text.len());
            } else if !verbatim {
                let is_break = self.text.get(span.range()).is_some_and(|written| written.ends_with('\n'));
                heading.note(if is_break { InlineKind::Break } else { InlineKind::Literal }, text.len());
            } else if self.text[..span.start as usize].ends_with('\\') {
                heading.note(InlineKind::Literal, text.chars().next().map_or(0, char::len_utf8));
            }
            heading.visible.push(text, span, verbatim);
        } else if let Some(paragraph) = &mut self.paragraph {
            paragraph.push(text, span, verbatim);
        }
    }

    fn close_heading(&mut self) {
        let Some(open) = self.heading.take() else { return };
        let (mut heading, id, spent) = open.finish(self.text);
        self.spent = spent;
        if let Some(id) = id {
            // `{/* #id */}` looks like a tag.
            self.facts.tags.pop_if(|tag| tag.span.end == id.end);
        }
        let index = self.facts.headings.len();
        if let Some(container) = self.containers.last_mut() {
            let headings = &self.facts.headings;
            while container.open.last().is_some_and(|&last| headings[last].level >= heading.level) {
                container.open.pop();
            }
            heading.container = container.id;
            heading.parent = container.open.last().copied();
            container.open.push(index);
        }
        self.facts.headings.push(heading);
    }

    /// Whether a block quote is a callout, `> [!note]`: the author's own text in a box.
    fn is_callout(&self, quote: Span) -> bool {
        let text = self.text.get(quote.range()).unwrap_or_default();
        text.strip_prefix('>').is_some_and(|inner| inner.trim_start_matches([' ', '\t']).starts_with("[!"))
    }
}
