//! What is looked at: the text that is read, and stretches of the file that rules ask for by name.

use std::ops::Range;

use super::place::{Place, Standing};
use crate::{
    document::{
        Document, Prose,
        prose::{Block, BlockKind, Kind, Piece, Style},
    },
    source::{
        Span, floor,
        yaml::{Node, Value},
    },
};

/// A sentence is not looked for further than this from a place in it, in bytes.
const REACH: usize = 2_000;

/// A text to look at, and where it stands.
pub(super) enum Ground<'d> {
    /// What is read, all blocks in one.
    Read {
        prose: &'d Prose,
        file: &'d str,
        /// Where the heading begins that is the document's title.
        title: Option<usize>,
    },
    /// Bytes of the file as they are.
    Raw { text: &'d str, base: usize, standings: Vec<Standing> },
}

impl<'d> Ground<'d> {
    /// The text that is read.
    pub(super) fn read(document: &'d Document) -> Self {
        let prose = document.prose();
        let title = prose.blocks().iter().find(|block| block.kind == BlockKind::Heading(1));
        let title = title.map(|block| prose.range_of(block).start);
        Self::Read { prose, file: &document.source.text, title }
    }

    /// All stretches of some kinds of places.
    pub(super) fn raw(document: &'d Document, places: &[Place]) -> Vec<Self> {
        let mut out = Vec::new();
        let source = &document.source;
        let mut add = |span: Span, standings: Vec<Standing>| {
            out.push(Self::Raw { text: source.slice(span), base: span.start as usize, standings });
        };
        let standing = |place: Place, detail: &str| Standing { place, detail: detail.to_owned() };
        if places.contains(&Place::LinkTarget) {
            let links = document.facts.links.iter().map(|link| (link.destination, link.span));
            let definitions = document.facts.definitions.iter().map(|own| (own.destination, own.span));
            for (destination, _) in links.chain(definitions).filter(|(destination, all)| destination != all) {
                add(destination, vec![standing(Place::LinkTarget, "")]);
            }
            // A URL that stands bare in the text leads where it says.
            let is_bare = |piece: &&Piece| {
                piece.kind == Kind::Url && !piece.style.has(Style::LINK) && !source.slice(piece.span).starts_with('<')
            };
            for piece in document.prose().all_pieces().filter(is_bare) {
                add(piece.span, vec![standing(Place::LinkTarget, "")]);
            }
        }
        if places.contains(&Place::Code) {
            for piece in document.prose().all_pieces().filter(|piece| piece.kind == Kind::Code) {
                add(piece.span, vec![standing(Place::Code, "")]);
            }
        }
        if places.contains(&Place::CodeBlock) {
            for fence in &document.facts.fences {
                let language = fence.info.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default();
                add(fence.content, vec![standing(Place::CodeBlock, language)]);
            }
        }
        if places.contains(&Place::FrontMatter) || places.contains(&Place::Title) {
            let root = document.header_root();
            for (key, value) in root.and_then(Node::as_map).unwrap_or_default() {
                let name = key.as_str().unwrap_or_default();
                let mut scalars = Vec::new();
                collect(value, &mut scalars);
                for span in scalars {
                    let title = (name == "title").then(|| standing(Place::Title, ""));
                    add(span, [standing(Place::FrontMatter, name)].into_iter().chain(title).collect());
                }
            }
        }
        out
    }

    pub(super) fn text(&self) -> &'d str {
        match self {
            Self::Read { prose, .. } => prose.text(),
            Self::Raw { text, .. } => text,
        }
    }

    /// The places that a byte of the text stands in.
    pub(super) fn standings(&self, at: usize) -> Vec<Standing> {
        let (prose, title) = match self {
            Self::Raw { standings, .. } => return standings.clone(),
            Self::Read { prose, title, .. } => (prose, title),
        };
        let Some(block) = prose.block_at(at) else { return Vec::new() };
        let mut standings = Vec::new();
        let mut add = |place: Place, detail: String| standings.push(Standing { place, detail });
        match block.kind {
            BlockKind::Heading(level) => add(Place::Heading, level.to_string()),
            BlockKind::Paragraph if block.is_listed => add(Place::ListItem, String::new()),
            BlockKind::Paragraph => add(Place::Prose, String::new()),
            BlockKind::Cell { .. } => add(Place::TableCell, String::new()),
            BlockKind::Alt => add(Place::AltText, String::new()),
        }
        if *title == Some(prose.range_of(block).start) {
            add(Place::Title, String::new());
        }
        if block.is_quoted {
            add(Place::Quote, String::new());
        }
        if prose.piece_at(at).is_some_and(|piece| piece.style.has(Style::LINK)) {
            add(Place::LinkText, String::new());
        }
        standings
    }

    /// Where a range of the text stands in the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        match self {
            Self::Raw { base, .. } => Span::from(range).shifted(*base),
            Self::Read { prose, .. } => prose.span(range).unwrap_or_default(),
        }
    }

    /// The same, if those bytes can be replaced without touching anything else.
    pub(super) fn editable(&self, range: Range<usize>) -> Option<Span> {
        match self {
            Self::Raw { .. } => Some(self.span(range)),
            Self::Read { prose, .. } => prose.editable(range),
        }
    }

    /// Whether a range of the text is all that stands between a pair of marks, of emphasis say.
    pub(super) fn is_all_of_its_style(&self, range: &Range<usize>) -> bool {
        let Self::Read { prose, .. } = self else { return false };
        prose.piece_at(range.start).is_some_and(|piece| piece.text() == *range && piece.style != Style::default())
    }

    /// The block that holds a byte of the text.
    pub(super) fn block(&self, at: usize) -> Range<usize> {
        match self {
            Self::Raw { text, .. } => 0..text.len(),
            Self::Read { prose, .. } => prose.block_at(at).map_or(at..at, |block| prose.range_of(block)),
        }
    }

    /// The same; of a cell, the whole row of the table. All of a sentence stands in it.
    pub(super) fn block_or_row(&self, at: usize) -> Range<usize> {
        self.row(at).unwrap_or_else(|| self.block(at))
    }

    /// The row of a table that holds a byte of the text.
    fn row(&self, at: usize) -> Option<Range<usize>> {
        let Self::Read { prose, file, .. } = self else { return None };
        let block = prose.block_at(at).filter(|block| matches!(block.kind, BlockKind::Cell { .. }))?;
        Some(row(prose, file, block))
    }

    /// The blocks in order.
    pub(super) fn blocks(&self) -> Vec<Range<usize>> {
        match self {
            Self::Raw { text, .. } => std::iter::once(0..text.len()).collect(),
            Self::Read { prose, .. } => prose.blocks().iter().map(|block| prose.range_of(block)).collect(),
        }
    }

    /// The sentence that holds a byte of the text; of a cell, the whole row of the table.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        if let Some(row) = self.row(at) {
            return row;
        }
        let block = self.block(at);
        let text = self.text();
        let from = floor(text, block.start.max(at.saturating_sub(REACH)));
        let to = floor(text, block.end.min(at + REACH)).max(at);
        let start = ends(&text[from..at], &text[at..to]).last().map_or(from, |end| from + end);
        let end = ends(&text[at..to], "").next().map_or(to, |end| at + end);
        start..end
    }
}

/// The sentences of a document, asked for in order, so that none is looked for twice.
pub(super) struct Sentences<'g, 'd> {
    ground: &'g Ground<'d>,
    last: Range<usize>,
}

impl<'g, 'd> Sentences<'g, 'd> {
    pub(super) fn new(ground: &'g Ground<'d>) -> Self {
        Self { ground, last: 0..0 }
    }

    pub(super) fn at(&mut self, at: usize) -> Range<usize> {
        if !self.last.contains(&at) {
            self.last = self.ground.sentence(at);
        }
        self.last.clone()
    }
}

/// Where sentences end in a text that is followed by another: behind `。`, `！`, `？`, `；` and their like, and behind a
/// full stop before a blank.
fn ends<'t>(text: &'t str, rest: &'t str) -> impl Iterator<Item = usize> + 't {
    text.char_indices().filter_map(move |(at, c)| {
        let end = at + c.len_utf8();
        let is_end = match c {
            '。' | '！' | '？' | '；' | '｡' | '\n' => true,
            '.' | '!' | '?' => {
                let next = text[end..].chars().next().or_else(|| rest.chars().next());
                next.is_none_or(char::is_whitespace)
            }
            _ => false,
        };
        is_end.then_some(end)
    })
}

/// The cells that stand on one line with a cell.
fn row(prose: &Prose, file: &str, cell: &Block) -> Range<usize> {
    let blocks = prose.blocks();
    let own = blocks.partition_point(|block| block.span < cell.span);
    let joined = |a: &Block, b: &Block| {
        let is_cell = |block: &Block| matches!(block.kind, BlockKind::Cell { .. } | BlockKind::Alt);
        let between = file.get(a.span.end as usize..b.span.start as usize).unwrap_or_default();
        is_cell(a) && is_cell(b) && !between.contains('\n')
    };
    let first = (1..=own).rev().find(|&at| !joined(&blocks[at - 1], &blocks[at])).unwrap_or(0);
    let last = (own..blocks.len() - 1).find(|&at| !joined(&blocks[at], &blocks[at + 1])).unwrap_or(blocks.len() - 1);
    prose.range_of(&blocks[first]).start..prose.range_of(&blocks[last]).end
}

fn collect(node: &Node, out: &mut Vec<Span>) {
    match &node.value {
        Value::Scalar { .. } => out.push(node.span),
        Value::List(items) => items.iter().for_each(|item| collect(item, out)),
        Value::Map(entries) => entries.iter().for_each(|(_, value)| collect(value, out)),
        Value::Alias => {}
    }
}
