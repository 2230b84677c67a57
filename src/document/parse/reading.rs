//! What the parser is given, and its events as events of the file.

use std::borrow::Cow;

use pulldown_cmark::{BrokenLinkCallback, CowStr, DefaultBrokenLinkCallback, Event, Parser, Tag, TagEnd};

use super::{OPTIONS, walk::Walk};
use crate::{
    document::Flavor,
    source::{Span, lines},
};

/// A part of a file and what the parser reads in its place, which is as long: where Python-Markdown shows the documents,
/// the marks of its own containers are those of list items in it, so that what is indented below belongs to them.
pub(super) struct Reading<'a> {
    file: &'a str,
    /// Where the part begins.
    start: usize,
    read: Cow<'a, str>,
}

impl<'a> Reading<'a> {
    /// Of the bytes of a file from `span.start` to `span.end`.
    pub(super) fn new(file: &'a str, span: Span, flavor: Flavor) -> Self {
        let part = file.get(span.range()).unwrap_or_default();
        let is_python = matches!(flavor, Flavor::PythonMarkdown { .. });
        let read = if is_python { with_items(part) } else { part.into() };
        Self { file, start: span.start as usize, read }
    }

    pub(super) fn parser<'r, F: BrokenLinkCallback<'r>>(&'r self, undefined: Option<F>) -> Parser<'r, F> {
        Parser::new_with_broken_link_callback(&self.read, OPTIONS, undefined)
    }

    /// The same without a word on references that nothing defines.
    pub(super) fn plain_parser(&self) -> Parser<'_, DefaultBrokenLinkCallback> {
        self.parser(None)
    }

    /// The events with their places in the file, and of a text whether it is written there as it reads.
    pub(super) fn events<'r, F: BrokenLinkCallback<'r>>(
        &'r self,
        parser: Parser<'r, F>,
    ) -> impl Iterator<Item = (Event<'r>, Span, bool)> {
        parser.into_offset_iter().map(|(event, range)| {
            let span = Span::from(range);
            let is_verbatim = is_verbatim(&self.read, &event, span);
            let span = span.shifted(self.start);
            let is_changed = matches!(self.read, Cow::Owned(_));
            let (event, span) = if is_changed { self.of_file(event, span, is_verbatim) } else { (event, span) };
            (event, span, is_verbatim)
        })
    }

    /// What an event is in the file. The items that only the parser sees are definitions, which it makes of nothing else,
    /// and their text begins with the mark, but for the colon of a definition.
    fn of_file<'r>(&'r self, event: Event<'r>, mut span: Span, is_verbatim: bool) -> (Event<'r>, Span) {
        let event = match event {
            Event::Start(Tag::List(_)) if self.is_made(span) => Event::Start(Tag::DefinitionList),
            Event::End(TagEnd::List(_)) if self.is_made(span) => Event::End(TagEnd::DefinitionList),
            Event::Start(Tag::Item) if self.is_made(span) => Event::Start(Tag::DefinitionListDefinition),
            Event::End(TagEnd::Item) if self.is_made(span) => Event::End(TagEnd::DefinitionListDefinition),
            Event::Text(_) if is_verbatim => {
                let mark = (span.start as usize).checked_sub(2);
                if mark.is_some_and(|mark| self.differs(mark) && self.differs(mark + 1)) {
                    span.start -= 2;
                }
                Event::Text(CowStr::Borrowed(&self.file[span.range()]))
            }
            event => event,
        };
        (event, span)
    }

    /// Whether the list or item at a span is none in the file.
    fn is_made(&self, span: Span) -> bool {
        let own = self.file.get(span.range()).unwrap_or_default();
        self.differs(span.end as usize - own.trim_start_matches([' ', '\t']).len())
    }

    /// Whether the parser is given another byte than the file has at a place.
    fn differs(&self, at: usize) -> bool {
        let read = at.checked_sub(self.start).and_then(|at| self.read.as_bytes().get(at));
        read.is_some_and(|read| self.file.as_bytes().get(at) != Some(read))
    }
}

impl Walk<'_> {
    /// The facts of a part that the parser does not read with the rest.
    pub(super) fn read_apart(&mut self, part: Span) {
        self.apart += 1;
        let reading = Reading::new(self.text, part, self.flavor);
        for (event, span, is_verbatim) in reading.events(reading.plain_parser()) {
            self.event(&event, span, is_verbatim);
        }
        self.apart -= 1;
    }
}

/// Whether an event is text that is written as it reads. Mostly it is that very part of what the parser is given.
fn is_verbatim(given: &str, event: &Event<'_>, span: Span) -> bool {
    let Event::Text(read) = event else { return false };
    let read: &str = read;
    given.get(span.range()).is_some_and(|written| std::ptr::eq(written, read) || written == read)
}

/// A text in which admonitions, details, tabs and definitions are items of lists. Of their marks the first two bytes are
/// enough, since what is indented by four then still stands in the item, and code in it still is code. `+` is what hardly
/// anybody writes before items, so that they do not join others.
fn with_items(text: &str) -> Cow<'_, str> {
    let mut read = Cow::Borrowed(text);
    for (start, line) in lines(text) {
        let blanks = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let (at, mark) = (start + blanks, &line[blanks..]);
        // Hardly any line gets beyond its first character.
        if !mark.starts_with(['!', '?', '=', ':']) {
            continue;
        }
        if is_container(mark.trim_end()) {
            read.to_mut().replace_range(at..at + 2, "+ ");
        } else if is_definition(mark) {
            read.to_mut().replace_range(at..=at, "+");
        }
    }
    read
}

/// `!!! note "Title"`, `??? tip`, `???+ tip "Title"`, `=== "Tab"`: nothing else may stand in the line.
fn is_container(line: &str) -> bool {
    let is_title = |text: &str| text.len() > 1 && text.starts_with('"') && text.ends_with('"');
    if let Some(rest) = line.strip_prefix("===") {
        let title = rest.trim_start_matches(['+', '!']);
        return rest.len() - title.len() <= 2 && title.starts_with(' ') && is_title(title.trim_start_matches(' '));
    }
    let Some(rest) = line.strip_prefix("!!!").or_else(|| Some(line.strip_prefix("???")?.trim_start_matches('+')))
    else {
        return false;
    };
    let (kinds, title) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
    let is_kind = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    kinds.chars().all(is_kind) && if title.is_empty() { !kinds.trim().is_empty() } else { is_title(title) }
}

/// `: text`, with up to three blanks.
fn is_definition(line: &str) -> bool {
    let Some(rest) = line.strip_prefix(':') else { return false };
    let text = rest.trim_start_matches([' ', '\t']);
    (1..=3).contains(&(rest.len() - text.len())) && !text.trim_end().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_containers_are_those_of_items() {
        for (text, read) in [
            ("!!! note\n\n    a\n", "+ ! note\n\n    a\n"),
            ("a\n    ???+ tip \"b c\"\n", "a\n    + ?+ tip \"b c\"\n"),
            ("=== \"A\"\n===! \"B\"\n", "+ = \"A\"\n+ =! \"B\"\n"),
            ("??? \"Title\"\n!!!note\n", "+ ? \"Title\"\n+ !note\n"),
            ("A\n:   b\n: c\n", "A\n+   b\n+ c\n"),
            ("!!! 注意 inline \"题\"\n", "+ ! 注意 inline \"题\"\n"),
        ] {
            assert_eq!(with_items(text), read);
        }
        for text in
            ["a !!! note\n", "!!! include (a.md) !!!\n", "A\n===\n=== \n??? \n", "::: tip\n:\n:     a\n", "!!!\n???\n"]
        {
            assert!(matches!(with_items(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
