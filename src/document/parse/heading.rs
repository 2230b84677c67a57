//! A heading while its events come in.

use crate::{
    document::{Anchor, Heading, PlacedLabel},
    numbering::label,
    source::Span,
};

/// A heading whose end has not come yet.
pub(super) struct OpenHeading {
    span: Span,
    level: u8,
    text: String,
    /// Which bytes of `text` stand where in the file, for text that is written as it reads.
    pieces: Vec<(usize, Span)>,
    content: Option<Span>,
}

impl OpenHeading {
    pub(super) fn new(span: Span, level: u8) -> Self {
        Self { span, level, text: String::new(), pieces: Vec::new(), content: None }
    }

    /// Notes that something stands in the heading.
    pub(super) fn touch(&mut self, span: Span) {
        self.content = Some(self.content.map_or(span, |content| content.to(span)));
    }

    /// Adds text; `verbatim` where the file has the very same bytes there.
    pub(super) fn push(&mut self, text: &str, span: Span, verbatim: bool) {
        if verbatim {
            self.pieces.push((self.text.len(), span));
        }
        self.text.push_str(text);
    }

    /// The finished heading, and the explicit id `{#id}` at its end.
    pub(super) fn finish(self, file: &str) -> (Heading, Option<Anchor>) {
        let whole = file.get(self.span.range()).unwrap_or_default();
        let end = self.span.start as usize + whole.trim_end().len();
        let span = Span::new(self.span.start as usize, end);
        let (visible, id) = match explicit_id(&self.text) {
            Some((visible, id)) => (visible.to_owned(), self.place(id)),
            None => (self.text.clone(), None),
        };
        let anchor = id.map(|span| Anchor { id: file[span.range()].to_owned(), span });
        let heading = Heading {
            span,
            content: self.content.unwrap_or(Span::at(end)),
            level: self.level,
            label: self.label(&visible),
            hidden: self.text[visible.len()..].to_owned(),
            text: visible,
            is_empty: self.content.is_none(),
            anchor: String::new(),
            parent: None,
            container: 0,
            has_body: false,
        };
        (heading, anchor)
    }

    fn label(&self, text: &str) -> Option<PlacedLabel> {
        let label = label::parse(text)?;
        let start = text.len() - text.trim_start().len();
        let numbers: Option<Vec<Span>> =
            label.numbers.iter().map(|number| self.locate(start + number.at.start, start + number.at.end)).collect();
        let first = text[start..].chars().next()?.len_utf8();
        let last = label.text.chars().next_back()?.len_utf8();
        let end = start + label.text.len();
        let span = self.locate(start, start + first)?.to(self.locate(end - last, end)?);
        Some(PlacedLabel { numbers: numbers?, span, label })
    }

    fn place(&self, part: &str) -> Option<Span> {
        let at = part.as_ptr() as usize - self.text.as_ptr() as usize;
        self.locate(at, at + part.len())
    }

    /// Where bytes of the text stand in the file; `None` where they are not written as they read.
    fn locate(&self, start: usize, end: usize) -> Option<Span> {
        self.pieces.iter().find_map(|(at, span)| {
            let inside = *at <= start && end <= at + span.len();
            inside.then(|| Span::new(start - at, end - at).shifted(span.start as usize))
        })
    }
}

/// `标题 {#id}`: the text before, and the id.
fn explicit_id(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_end().strip_suffix('}')?;
    let (before, id) = rest.rsplit_once("{#")?;
    (!id.is_empty() && !id.contains(char::is_whitespace)).then(|| (before.trim_end(), id))
}
