//! The elements that headings stand in: components, tabs, tags of prompts. A reader sees one of them at a time, or none.

use crate::{
    document::Document,
    source::{
        Span,
        hash::{HashMap, HashMapExt},
        lines,
    },
};

impl Document {
    /// The innermost element around each heading, if it holds more than that: `<div align="center">` centres a title.
    pub(crate) fn elements_around_headings(&self) -> Vec<Option<Span>> {
        let mut elements = elements(self).into_iter().peekable();
        let mut open: Vec<Span> = Vec::new();
        let innermost = |heading: Span| {
            let place = heading.start;
            while let Some(element) = elements.next_if(|element| element.start < place) {
                open.push(element);
            }
            // What lies below one that has not ended has not ended either, or is of no interest yet.
            while open.pop_if(|element| element.end <= place).is_some() {}
            let holds_more = |element: &Span| {
                let rest = self.source.text.get(heading.end as usize..element.end as usize);
                rest.is_some_and(|rest| !rest.trim_start().starts_with("</"))
            };
            open.last().copied().filter(holds_more)
        };
        self.facts.headings.iter().map(|heading| heading.span).map(innermost).collect()
    }
}

/// The elements whose tags stand alone on their lines, in order: `<AppOnly>`, `</AppOnly>`. Those of components and of
/// prompts are no HTML to the parser.
fn elements(document: &Document) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    // Which are open, and how many of each name.
    let (mut open, mut counts): (Vec<(&str, usize)>, HashMap<&str, usize>) = (Vec::new(), HashMap::new());
    for (start, line) in lines(&document.source.text) {
        let Some((name, closes)) = tag(line.trim()).filter(|_| !document.is_in_code(start)) else { continue };
        let count = counts.entry(name).or_default();
        if !closes {
            *count += 1;
            open.push((name, out.len()));
            out.push(Span::at(start));
        } else if *count > 0 {
            // What was opened since and not closed is no element.
            while let Some((own, at)) = open.pop() {
                counts.entry(own).and_modify(|count| *count -= 1);
                if own == name {
                    out[at] = Span::new(out[at].start as usize, start + line.len());
                    break;
                }
            }
        }
    }
    out.retain(|element| !element.is_empty());
    out
}

/// The name in a tag, and whether it closes; none of one that does both.
fn tag(text: &str) -> Option<(&str, bool)> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let (inner, closes) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let (name, rest) = inner.split_at(inner.find(|c| !is_name(c)).unwrap_or(inner.len()));
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
        && !rest.contains('<')
        && !rest.ends_with('/');
    is_tag.then_some((name, closes))
}
