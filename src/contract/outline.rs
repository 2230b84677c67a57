//! The sections that a contract asks for.

use std::sync::Arc;

use regex::Regex;

use super::Content;
use crate::{
    document::{Heading, folded},
    numbering::Numeral,
};

/// Sections side by side.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// In the order in which they stand.
    pub items: Vec<Item>,
    /// Whether the order does not matter.
    pub any_order: bool,
}

impl Outline {
    /// Whether a heading has the title of one of the sections, or of those within them.
    pub(super) fn knows(&self, heading: &Heading, folded_text: &str) -> bool {
        self.all_sections().any(|section| section.title.fits(heading, folded_text))
    }

    /// Whether one of the sections, or of those within them, has this text as its title.
    pub fn names(&self, title: &str) -> bool {
        let text = compared(title);
        self.all_sections().any(|section| section.title.texts().is_some_and(|own| own.contains(&&*text)))
    }

    /// The sections, without those within them.
    pub fn sections(&self) -> impl Iterator<Item = &Arc<Section>> {
        self.items.iter().filter_map(Item::section)
    }

    /// The sections and all those within them, in no order.
    pub(super) fn all_sections(&self) -> impl Iterator<Item = &Arc<Section>> {
        let mut open: Vec<&Arc<Section>> = self.sections().collect();
        std::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(next.inner.iter().flat_map(Self::sections));
            Some(next)
        })
    }

    /// The sections, each with its place among the items.
    pub(super) fn placed(&self) -> impl Iterator<Item = (usize, &Arc<Section>)> {
        self.items.iter().enumerate().filter_map(|(at, item)| Some((at, item.section()?)))
    }
}

/// A place in an outline.
#[derive(Clone, Debug)]
pub enum Item {
    /// Any number of sections of any title.
    Free,
    /// One section, or several with titles of one kind.
    Section(Arc<Section>),
}

impl Item {
    /// The section, where it is one.
    pub fn section(&self) -> Option<&Arc<Section>> {
        match self {
            Self::Free => None,
            Self::Section(section) => Some(section),
        }
    }
}

/// A section that a contract asks for or allows.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its title.
    pub title: Title,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether there may be several in a row.
    pub repeated: bool,
    /// The sections within; `None` where nothing is said of them.
    pub inner: Option<Outline>,
    /// What it must hold.
    pub content: Content,
}

/// The title of a section.
#[derive(Clone, Debug)]
pub struct Title {
    /// As written in the configuration.
    pub written: String,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// This text, as [`compared`]: as it is written, and as it reads without marks of code and emphasis.
    Literal(String, String),
    /// A template with holes; `labelled` where it begins with a numbering label of any kind.
    Template { regex: Regex, labelled: bool },
    /// A regular expression over the text as it reads.
    Regex(Regex),
}

/// The hole of a template for a number in any numerals.
const NUMBER: &str = "{n}";
/// The hole of a template for any text.
const ANY: &str = "{any}";
/// The hole of a template for a whole numbering label.
const LABEL: &str = "{label}";

impl Title {
    /// A literal, or a template where there are holes: `{n}` is a number in any numerals, `{any}` any text, and
    /// `{label}`, at the start, a whole label such as `第三章`, `2.1` or a number without a mark. A backslash makes a brace a part of the title.
    pub fn parse(written: &str) -> Result<Self, String> {
        let labelled = written.trim_start().starts_with(LABEL);
        let mut rest = written.trim_start().strip_prefix(LABEL).unwrap_or(written);
        if !labelled && !has_hole(rest) {
            let title = written.replace("\\{", "{");
            let shown = compared(&title.replace(['`', '*'], ""));
            return Ok(Self { kind: Kind::Literal(compared(&title), shown), written: title });
        }
        // A label may be followed by a colon, whether it is read as a part of it or not.
        let mut pattern = String::from(if labelled { "^ ?[:、.]? ?" } else { "^" });
        while let Some(open) = next_hole(rest) {
            let close = rest[open..].find('}').map_or(rest.len(), |at| open + at + 1);
            pattern.push_str(&literal(&rest[..open]));
            pattern.push_str(match &rest[open..close] {
                NUMBER => r"\s*([\p{L}\p{N}]{1,12}?)\s*",
                ANY => ".+",
                LABEL => return Err("`{label}` stands at the start".to_owned()),
                _ => return Err("the only holes are `{n}`, `{any}` and `{label}`".to_owned()),
            });
            rest = &rest[close..];
        }
        pattern.push_str(&literal(rest));
        pattern.push('$');
        let regex = Regex::new(&pattern).map_err(|error| regex_reason(&error))?;
        Ok(Self { written: written.to_owned(), kind: Kind::Template { regex, labelled } })
    }

    /// A regular expression.
    pub fn regex(pattern: &str) -> Result<Self, String> {
        let regex = Regex::new(pattern).map_err(|error| regex_reason(&error))?;
        Ok(Self { written: pattern.to_owned(), kind: Kind::Regex(regex) })
    }

    /// The text, where it is always the same.
    pub fn literal(&self) -> Option<&str> {
        matches!(self.kind, Kind::Literal(..)).then_some(self.written.as_str())
    }

    /// The text with a number, where the title is always the same but for that.
    pub fn numbered(&self, number: &str) -> Option<String> {
        let (before, behind) = self.written.split_once(NUMBER)?;
        let is_template = matches!(self.kind, Kind::Template { labelled: false, .. });
        let is_only = is_template && !has_hole(before) && !has_hole(behind);
        is_only.then(|| [before, number, behind].concat().replace("\\{", "{"))
    }

    /// The texts that a literal title fits, as [`compared`].
    pub(super) fn texts(&self) -> Option<[&str; 2]> {
        match &self.kind {
            Kind::Literal(text, shown) => Some([text, shown]),
            _ => None,
        }
    }

    /// Whether a heading has this title.
    pub fn fits(&self, heading: &Heading, folded_text: &str) -> bool {
        match &self.kind {
            Kind::Literal(text, shown) => text == folded_text || shown == folded_text,
            Kind::Regex(regex) => regex.is_match(heading.text.trim()),
            Kind::Template { regex, labelled: true } => {
                let Some(label) = heading.label.as_ref().map(|placed| &placed.label.text) else { return false };
                // A colon may be a part of the label; it is the template's to take.
                let end = label.trim_end().trim_end_matches([':', '：']).len();
                heading.text.trim_start().get(end..).is_some_and(|behind| is_match(regex, &compared(behind)))
            }
            Kind::Template { regex, .. } => is_match(regex, folded_text),
        }
    }
}

/// A title as those of a contract are compared: [`folded`], and an apostrophe is one however it is written.
pub(super) fn compared(text: &str) -> String {
    folded(text).replace(['’', '‘'], "'")
}

/// Whether a text has a word in braces.
fn has_hole(text: &str) -> bool {
    let closes =
        |rest: &str| rest.find('}').is_some_and(|at| at > 0 && rest[..at].bytes().all(|b| b.is_ascii_lowercase()));
    next_hole(text).is_some_and(|at| closes(&text[at + 1..]) || has_hole(&text[at + 1..]))
}

/// Where the next brace opens that has no backslash before it.
fn next_hole(text: &str) -> Option<usize> {
    text.match_indices('{').map(|(at, _)| at).find(|&at| !text[..at].ends_with('\\'))
}

/// Whether a template fits, and what stands in its number holes is a number.
fn is_match(regex: &Regex, text: &str) -> bool {
    let numbers = |found: regex::Captures<'_>| {
        found.iter().skip(1).flatten().all(|number| Numeral::parse(number.as_str()).is_some())
    };
    regex.captures(text).is_some_and(numbers)
}

/// The literal part of a template, as [`compared`] but for blanks at its ends, which the holes take. Beside marks and what
/// needs no blanks between words, a blank may stand or not, since a wide mark brings its own.
fn literal(text: &str) -> String {
    let folded = compared(&text.replace("\\{", "{"));
    let is_word = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    let characters: Vec<char> = folded.chars().collect();
    let mut out = String::new();
    for (at, c) in characters.iter().enumerate() {
        let (before, next) = (at.checked_sub(1).map(|at| &characters[at]), characters.get(at + 1));
        if *c == ' ' {
            out.push_str(if is_word(before) && is_word(next) { " " } else { " ?" });
            continue;
        }
        out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
        if !c.is_alphanumeric() && next != Some(&' ') {
            out.push_str(" ?");
        }
    }
    out
}

/// What is wrong with a regular expression, in one line.
pub fn regex_reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
