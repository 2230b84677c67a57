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

    /// The finished heading, and the explicit id at its end.
    pub(super) fn finish(self, file: &str) -> (Heading, Option<Anchor>) {
        let whole = file.get(self.span.range()).unwrap_or_default();
        let end = self.span.start as usize + whole.trim_end().len();
        let span = Span::new(self.span.start as usize, end);
        let content = self.content.unwrap_or(Span::at(end));
        let shown = self.visible.text.as_str();
        let (text, hidden, id) = if let Some((text, hidden, id)) = self.commented_id(file) {
            let at = id.as_ptr() as usize - file.as_ptr() as usize;
            (text, hidden, Some(Span::new(at, at + id.len())))
        } else if let Some((text, id)) = explicit_id(shown) {
            (text, &shown[text.len()..], self.visible.place(id))
        } else {
            (shown, "", None)
        };
        let anchor = id.map(|span| Anchor { id: file[span.range()].to_owned(), span });
        let heading = Heading {
            span,
            content,
            level: self.level,
            label: self.visible.label(text),
            hidden: hidden.to_owned(),
            text: text.to_owned(),
            is_empty: self.content.is_none(),
            parent: None,
            container: 0,
            has_body: false,
        };
        (heading, anchor)
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

/// `标题 {#id}`: the text before, and the id.
fn explicit_id(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_end().strip_suffix('}')?;
    let (before, id) = rest.rsplit_once("{#")?;
    (!id.is_empty() && !id.contains(char::is_whitespace)).then(|| (before.trim_end(), id))
}
