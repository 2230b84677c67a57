//! What one document states: plain data that owns its strings and holds no file id.

use super::{directive::Directive, front_matter::FrontMatter};
use crate::{
    numbering::{Label, Scheme},
    source::Span,
};

/// Everything the checks need to know of one document. All spans are bytes of its file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The YAML header, where there is one.
    pub front_matter: Option<FrontMatter>,
    /// Whether there is a TOML header, which is not read.
    pub has_toml: bool,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links, images and wikilinks in order.
    pub links: Vec<Link>,
    /// Link reference definitions in order; of two with one label only the first, which is the one that counts.
    pub definitions: Vec<Definition>,
    /// Definitions that do not count, because their label was defined before, in order.
    pub overridden: Vec<Definition>,
    /// Definitions of footnotes in order.
    pub footnotes: Vec<Footnote>,
    /// Labels of defined footnotes where the text refers to them, in order, without their `^`.
    pub footnote_references: Vec<String>,
    /// References to what is not defined, in order. A `[text]` by itself is none: it is text more often than not.
    pub undefined: Vec<Undefined>,
    /// Explicit link targets: ids in HTML and Obsidian's `^id`. Those behind headings are anchors of these, for the
    /// renderers that read them.
    pub anchors: Vec<Anchor>,
    /// Inline tags (`#tag`).
    pub tags: Vec<Tag>,
    /// Fenced code blocks in order.
    pub fences: Vec<Fence>,
    /// Lines of paragraphs that begin with a numbering label.
    pub numbered_lines: Vec<NumberedLine>,
    /// Items of ordered lists in order.
    pub list_items: Vec<ListItem>,
    /// Captions of figures, tables and the like, in order.
    pub captions: Vec<Caption>,
    /// Headings with a number that HTML swallows, in order.
    pub swallowed: Vec<Swallowed>,
    /// Those without one, of level 2 and more: the whole lines. A single `#` begins a comment in many languages.
    pub swallowed_unnumbered: Vec<Span>,
    /// Labels that texts in blocks of HTML begin with, in order: `<summary>2. b</summary>`. They count nothing, but a
    /// number that stands in one is not missing.
    pub html_labels: Vec<PlacedLabel>,
    /// Code in order: blocks and spans.
    pub code: Vec<Span>,
    /// Blocks of HTML in order. They are text as much as they are markup.
    pub html: Vec<Span>,
    /// Outermost block quotes in order.
    pub quotes: Vec<Span>,
    /// Paragraphs that stand at the top level of the document, in order.
    pub paragraphs: Vec<Span>,
    /// Lists, tables and indented code that stand at the top level of the document, and their parts, in order.
    pub parts: Vec<Part>,
    /// Comments that silence findings, in order.
    pub directives: Vec<Directive>,
}

impl Facts {
    /// What is not Markdown: code, then HTML.
    pub fn verbatim(&self) -> impl Iterator<Item = Span> {
        self.code.iter().chain(&self.html).copied()
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// The whole heading, markers and underline included, without its last line ending.
    pub span: Span,
    /// From the first to the last byte of its content; empty, at the end of the marker, where there is none.
    pub content: Span,
    /// 1 to 6.
    pub level: u8,
    /// The text a reader sees: code included, images, HTML and an explicit id not.
    pub text: String,
    /// Whether the heading has no content at all: no text, image or HTML.
    pub is_empty: bool,
    /// The numbering label the text begins with, or the number where it makes none. Few headings have one.
    pub label: Option<Box<PlacedLabel>>,
    /// What follows `text` and gives an id or other attributes, as it is written: `{#id .class}`, `{/* #id */}` or
    /// `<!-- #id -->`. A renderer that looks for none there shows it, comments in HTML aside.
    pub hidden: String,
    /// What in `text` is not plain text, in order.
    pub inlines: Vec<Inline>,
    /// The enclosing heading: the last one before it of a lower level in the same container.
    pub parent: Option<usize>,
    /// Number of the block quote or list item that holds it; 0 at the top level.
    pub container: u32,
    /// Whether anything stands between this heading and the next in its container.
    pub has_body: bool,
}

/// What stands in the text of a heading and is not plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Which bytes of the text: where it begins, and where it ends.
    pub at: (usize, usize),
    /// What it is.
    pub kind: InlineKind,
}

/// What an [`Inline`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Code, or a character that is written otherwise: `\*`, `&amp;`.
    Literal,
    /// `<https://…>`.
    Url,
    /// The end of a line; a blank in the text.
    Break,
    /// The alternative text of an image, which has no bytes in the text.
    Alt(String),
}

/// A label and where its parts stand in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLabel {
    /// The label as read.
    pub label: Label,
    /// All of it.
    pub span: Span,
    /// Each of its numbers.
    pub numbers: Vec<Span>,
}

impl PlacedLabel {
    /// A label read from the bytes at a place of the file.
    pub(super) fn at(label: Label, at: usize) -> Self {
        let numbers = label.numbers.iter().map(|number| Span::from(number.at.clone()).shifted(at)).collect();
        Self { numbers, span: Span::new(at, at + label.text.len()), label }
    }
}

impl Heading {
    /// The label, if it is one and not a bare number.
    pub fn numbering(&self) -> Option<&PlacedLabel> {
        self.label.as_deref().filter(|placed| placed.label.scheme != Scheme::Bare)
    }
}

/// An item of an ordered list, with the number that is written.
#[derive(Clone, Debug, PartialEq)]
pub struct ListItem {
    /// The number and its mark.
    pub label: PlacedLabel,
    /// Which list of the document it belongs to.
    pub list: u32,
    /// The heading it stands under, in the same container.
    pub heading: Option<usize>,
    /// Number of the block quote or list item that holds the list; 0 at the top level.
    pub container: u32,
}

/// A caption: a paragraph, or a text in HTML, that begins with `图 3`, `Table 2-1`.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// The word and its number.
    pub label: PlacedLabel,
    /// Whether it stands in a block quote: somebody else's text.
    pub is_quoted: bool,
}

/// A line that would be a numbered heading, if the HTML before it ended with a blank line.
#[derive(Clone, Debug, PartialEq)]
pub struct Swallowed {
    /// Its label.
    pub label: PlacedLabel,
    /// The whole line.
    pub span: Span,
    /// The heading that would enclose it.
    pub parent: Option<usize>,
    /// Number of the block quote or list item that holds it; 0 at the top level.
    pub container: u32,
}

/// A line of a paragraph that begins with a numbering label: `1、`, `（2）`, `①`. To `CommonMark` that is no list.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is seen by itself")]
pub struct NumberedLine {
    /// The label, or the number where it makes none.
    pub label: PlacedLabel,
    /// The heading it stands under, in the same container.
    pub heading: Option<usize>,
    /// Number of the block quote or list item that holds it; 0 at the top level.
    pub container: u32,
    /// The list of which it is an item without order.
    pub list: Option<u32>,
    /// Whether a paragraph without a label, or a rule, stands between this line and the numbered one before it.
    pub is_set_off: bool,
    /// Whether an item of a list stands directly before its paragraph, which may be the level above.
    pub is_below: bool,
    /// Whether the label stands in bold text that the paragraph begins with.
    pub is_bold: bool,
    /// Whether the paragraph is that bold text and nothing else: a heading in all but name.
    pub is_title: bool,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](target)`.
    Inline,
    /// `[text][label]`, `[label][]`, `[label]`: the target stands in a definition.
    Reference,
    /// `<https://…>`.
    Autolink,
    /// `[[note]]`.
    Wiki,
    /// An attribute of an HTML element: `<a href="…">`, `<img src="…">`.
    Html,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Whether it shows its target: an image, or an embed `![[…]]`.
    pub is_image: bool,
    /// The whole link; in HTML, the start tag.
    pub span: Span,
    /// The bytes of the destination. Of a reference, the bytes of the link.
    pub destination: Span,
    /// The destination with escapes and entities resolved, percent-encoding not; of a wikilink, what stands before
    /// the display text.
    pub target: String,
    /// The label of the definition that a reference names, as it is written there.
    pub label: Option<String>,
}

impl Link {
    /// The bytes of what an inline link shows, in the text of its document; `None` of any other, and where they cannot be told.
    pub fn shown(&self, text: &str) -> Option<Span> {
        let start = self.span.start as usize + 1;
        let before = text.get(start..self.destination.start as usize).filter(|_| self.kind == LinkKind::Inline)?;
        Some(Span::new(start, start + before.rfind("](")?))
    }

    /// The two halves of a wikilink in the text of its document: before the bar, and behind it where there is one. Which of
    /// them is shown depends on who reads it. In a table the bar is escaped.
    pub fn halves(&self, text: &str) -> (Span, Option<Span>) {
        let end = self.span.end as usize;
        let rest = text[self.destination.end as usize..end].trim_start_matches('\\');
        let behind = rest.strip_prefix('|');
        let half = |behind: &str| {
            let start = end - behind.len();
            Span::new(start, start + behind.find("]]").unwrap_or(behind.len()))
        };
        (self.destination, behind.map(half))
    }
}

/// `[label]: target`.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The label as written.
    pub label: String,
    /// The whole definition.
    pub span: Span,
    /// The bytes of the destination.
    pub destination: Span,
    /// The destination with escapes and entities resolved, percent-encoding not.
    pub target: String,
}

impl Definition {
    /// Whether it is one of the ways to write a comment: `[//]: # (…)`, `[comment]: <> (…)`.
    pub fn is_comment(&self) -> bool {
        matches!(self.target.as_str(), "" | "#") || !self.label.contains(char::is_alphanumeric)
    }
}

/// `[^label]: …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// The label as written, without its `^`.
    pub label: String,
    /// The whole definition.
    pub span: Span,
}

impl Footnote {
    /// The bytes of `[^label]`.
    pub fn marker(&self) -> Span {
        let start = self.span.start as usize;
        Span::new(start, start + "[^]".len() + self.label.len())
    }
}

/// `[text][label]`, `[label][]` or `[^label]`, where nothing defines the label.
#[derive(Clone, Debug, PartialEq)]
pub struct Undefined {
    /// The label as written, without the `^` of a footnote.
    pub label: String,
    /// The reference; of `[label][]` without the second pair of brackets.
    pub span: Span,
    /// Whether it names a footnote.
    pub is_footnote: bool,
}

/// An explicit link target.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// The id; an Obsidian block id with its `^`.
    pub id: String,
    /// Where it is given.
    pub span: Span,
}

/// An inline tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Without its `#`.
    pub name: String,
    /// With its `#`.
    pub span: Span,
}

/// A fenced code block.
#[derive(Clone, Debug, PartialEq)]
pub struct Fence {
    /// The info string.
    pub info: String,
    /// Opening and closing fence included.
    pub span: Span,
    /// The lines between.
    pub content: Span,
    /// Whether it stands at the top level of the document.
    pub top_level: bool,
}

/// A list or table, a part of one, or indented code.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// All of it.
    pub span: Span,
}

/// What a [`Part`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A list, ordered or not.
    List,
    /// An item of the last list.
    Item,
    /// A table.
    Table,
    /// A row of the last table; the first one is its head.
    Row,
    /// A cell of the last row.
    Cell,
    /// A code block that is indented.
    Code,
}
