//! A heading while its events come in.

use super::visible::Visible;
use crate::{
    document::{Anchor, Heading},
    source::Span,
};

/// A heading whose end has not come yet.
pub(super) struct OpenHeading {
    span: Span,
    level: u8,
    pub(super) visible: Visible,
    content: Option<Span>,
}

impl OpenHeading {
    pub(super) fn new(span: Span, level: u8) -> Self {
        Self { span, level, visible: Visible::default(), content: None }
    }

    /// Notes that something stands in the heading.
    pub(super) fn touch(&mut self, span: Span) {
        self.content = Some(self.content.map_or(span, |content| content.to(span)));
    }

    /// The finished heading, and the explicit id `{#id}` at its end.
    pub(super) fn finish(self, file: &str) -> (Heading, Option<Anchor>) {
        let whole = file.get(self.span.range()).unwrap_or_default();
        let end = self.span.start as usize + whole.trim_end().len();
        let span = Span::new(self.span.start as usize, end);
        let (visible, id) = match explicit_id(&self.visible.text) {
            Some((visible, id)) => (visible.to_owned(), self.visible.place(id)),
            None => (self.visible.text.clone(), None),
        };
        let anchor = id.map(|span| Anchor { id: file[span.range()].to_owned(), span });
        let heading = Heading {
            span,
            content: self.content.unwrap_or(Span::at(end)),
            level: self.level,
            label: self.visible.label(&visible),
            hidden: self.visible.text[visible.len()..].to_owned(),
            text: visible,
            is_empty: self.content.is_none(),
            parent: None,
            container: 0,
            has_body: false,
        };
        (heading, anchor)
    }
}

/// `标题 {#id}`: the text before, and the id.
fn explicit_id(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_end().strip_suffix('}')?;
    let (before, id) = rest.rsplit_once("{#")?;
    (!id.is_empty() && !id.contains(char::is_whitespace)).then(|| (before.trim_end(), id))
}
