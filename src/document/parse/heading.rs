//! A heading while its events come in.

use super::visible::Visible;
use crate::{
    document::{Heading, Inline, InlineKind, PlacedLabel, attributes},
    numbering::{Label, Scheme, parts},
    source::Span,
};

/// Takes the labels of headings that speak of a chapter and begin none (`第一章小结`): which do, the other headings say. Where
/// the title runs into the number, that may still be one.
pub(super) fn leave_remarks(headings: &mut [Heading]) {
    let labelled = |heading: &Heading| heading.numbering().is_some();
    let title = |heading: &Heading| {
        heading.numbering().is_some_and(|own| parts::remark_on(&own.label, own.label.behind(&heading.text)).is_some())
    };
    if !headings.iter().any(title) {
        return;
    }
    let all: Vec<_> = headings
        .iter()
        .filter_map(|heading| {
            let label = &heading.numbering()?.label;
            Some(((heading.container, heading.parent), label, label.behind(&heading.text)))
        })
        .collect();
    let remarks = parts::remarks(&all);
    for (heading, _) in headings.iter_mut().filter(|own| labelled(own)).zip(remarks).filter(|(_, remark)| *remark) {
        let runs_on = |placed: &PlacedLabel| placed.label.behind(&heading.text).starts_with(char::is_alphanumeric);
        heading.label = heading.label.take().filter(|own| runs_on(own)).map(|placed| {
            let label = Label { scheme: Scheme::Bare, ..placed.label };
            Box::new(PlacedLabel { label, ..*placed })
        });
    }
}

/// A heading whose end has not come yet.
pub(super) struct OpenHeading {
    span: Span,
    level: u8,
    pub(super) visible: Visible,
    content: Option<Span>,
    inlines: Vec<Inline>,
}

impl OpenHeading {
    /// In the memory of a text that is spent.
    pub(super) fn new(span: Span, level: u8, spent: Visible) -> Self {
        Self { span, level, visible: spent.emptied(), content: None, inlines: Vec::new() }
    }

    /// Notes that something stands in the heading.
    pub(super) fn touch(&mut self, span: Span) {
        self.content = Some(self.content.map_or(span, |content| content.to(span)));
    }

    /// Notes what the text that comes next is, of so many bytes.
    pub(super) fn note(&mut self, kind: InlineKind, length: usize) {
        let start = self.visible.text.len();
        self.inlines.push(Inline { at: (start, start + length), kind });
    }

    /// The finished heading, where the explicit id at its end stands, and a text that is spent.
    pub(super) fn finish(mut self, file: &str) -> (Heading, Option<Span>, Visible) {
        let whole = file.get(self.span.range()).unwrap_or_default();
        let end = self.span.start as usize + whole.trim_end().len();
        let span = Span::new(self.span.start as usize, end);
        let content = self.content.unwrap_or(Span::at(end));
        let inlines = std::mem::take(&mut self.inlines);
        let shown = self.visible.text.as_str();
        let written = file.get(content.range()).unwrap_or_default().trim_end();
        let (text, hidden, id) = if let Some((text, hidden, id)) = self.commented_id(file) {
            (text, hidden, Some(id))
        } else if let Some((text, list)) = attributes::split(shown).filter(|(_, list)| written.ends_with(list)) {
            let list = &written[written.len() - list.len()..];
            (text, &shown[text.len()..], attributes::id(list))
        } else {
            (shown, "", None)
        };
        let id = id.map(|id| Span::of_part(id, file));
        let inlines = inlines.into_iter().filter(|inline| inline.at.1 <= text.len()).collect();
        let heading = Heading {
            span,
            content,
            level: self.level,
            label: self.visible.heading_label(text).map(Box::new),
            hidden: hidden.to_owned(),
            text: text.to_owned(),
            inlines,
            is_empty: self.content.is_none(),
            parent: None,
            container: 0,
            has_body: false,
        };
        (heading, id, self.visible)
    }

    /// The id in a comment that the heading ends with, as Docusaurus has it: the text before, the comment as it is
    /// written, and the id. The parser may take the asterisks of `{/*#id*/}` for emphasis.
    fn commented_id<'a>(&'a self, file: &'a str) -> Option<(&'a str, &'a str, &'a str)> {
        let written = file.get(self.content?.range())?;
        let (open, inside) = [("<!--", "-->"), ("{/*", "*/}")]
            .into_iter()
            .find_map(|(open, close)| Some((open, written.strip_suffix(close)?)))?;
        let (before, comment) = inside.rsplit_once(open).filter(|(before, _)| !before.ends_with('\\'))?;
        let id = comment.split_whitespace().next()?.strip_prefix('#').filter(|id| !id.is_empty())?;
        if open == "<!--" {
            return Some((&self.visible.text, &written[before.len()..], id));
        }
        let text = self.visible.text.rsplit_once("{/")?.0.trim_end();
        Some((text, &written[before.trim_end().len()..], id))
    }
}
