//! What a section must hold.

use crate::{
    document::{Document, PartKind, inside, written},
    source::{Span, characters::is_cjk},
};

/// What is asked of the content of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// What it must hold, all of it.
    pub holds: Vec<Holding>,
    /// The most words it may have.
    pub max_words: Option<usize>,
}

/// Something a section can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// Anything at all.
    Something,
    /// A list.
    List,
    /// A table, in HTML as well.
    Table,
    /// A link, images aside.
    Link,
    /// An image.
    Image,
    /// A code block, fenced or indented.
    Code,
}

impl Holding {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Something, Self::List, Self::Table, Self::Link, Self::Image, Self::Code];

    /// As the configuration writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Something => "something",
            Self::List => "list",
            Self::Table => "table",
            Self::Link => "link",
            Self::Image => "image",
            Self::Code => "code",
        }
    }

    /// What a name stands for.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|holding| holding.name() == name)
    }
}

impl Content {
    /// What the section of a heading lacks; of one that holds nothing at all, no more is said.
    pub fn lacks(&self, document: &Document, heading: usize) -> Vec<Holding> {
        let within = document.below(heading);
        if !self.holds.is_empty() && is_empty(document, heading) {
            return vec![Holding::Something];
        }
        self.holds.iter().copied().filter(|&holding| !holds(document, within, holding)).collect()
    }

    /// How many words the section of a heading has, and how many it may have, if it has more.
    pub fn too_many_words(&self, document: &Document, heading: usize) -> Option<(usize, usize)> {
        let most = self.max_words?;
        let words = written(document, document.below(heading)).map(|piece| words(document.source.slice(piece)));
        Some((words.sum(), most)).filter(|(words, most)| words > most)
    }
}

fn holds(document: &Document, within: Span, holding: Holding) -> bool {
    let facts = &document.facts;
    let part = |kind| inside(&facts.parts, within, |part| part.span).any(|part| part.kind == kind);
    let html_table = || {
        let is_table = |span: &Span| document.source.slice(*span).to_ascii_lowercase().contains("<table");
        inside(&facts.html, within, |span| *span).any(is_table)
    };
    let link = |is_image| inside(&facts.links, within, |link| link.span).any(|link| link.is_image == is_image);
    match holding {
        Holding::Something => true,
        Holding::List => part(PartKind::List),
        Holding::Table => part(PartKind::Table) || html_table(),
        Holding::Link => link(false),
        Holding::Image => link(true),
        Holding::Code => part(PartKind::Code) || inside(&facts.fences, within, |fence| fence.span).next().is_some(),
    }
}

/// Whether a section holds neither text nor deeper sections. Comments and rules are neither.
pub fn is_empty(document: &Document, heading: usize) -> bool {
    let headings = &document.facts.headings;
    if headings.get(heading + 1).is_some_and(|next| next.parent == Some(heading)) {
        return false;
    }
    if !headings[heading].has_body {
        return true;
    }
    let mut rest = document.source.slice(document.below(heading));
    while let Some(line) = rest.trim_start().lines().next() {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
        } else if is_rule(line) {
            rest = &rest[line.len()..];
        } else {
            return false;
        }
    }
    true
}

fn is_rule(line: &str) -> bool {
    let marks = line.chars().filter(|c| !c.is_whitespace());
    let mark = line.chars().next().unwrap_or_default();
    matches!(mark, '*' | '-' | '_') && marks.clone().all(|c| c == mark) && marks.count() >= 3
}

/// Words as word processors count them: each Han character, kana or Hangul syllable is one, and so is each run of other
/// letters and digits.
fn words(text: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for c in text.chars() {
        let single = is_cjk(c);
        let goes_on = c.is_alphanumeric() || (in_word && matches!(c, '\'' | '’' | '-'));
        count += usize::from(single || (goes_on && !in_word));
        in_word = goes_on && !single;
    }
    count
}
