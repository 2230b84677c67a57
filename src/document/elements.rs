//! The elements that headings stand in: components, tabs, tags of prompts. A reader sees one of them at a time, or none.

use super::Document;
use crate::source::{
    Span,
    hash::{HashMap, HashMapExt},
    lines,
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
                let next = rest.map(str::trim_start).and_then(|rest| rest.lines().next()).unwrap_or_default();
                !next.starts_with("</") && tag(next.trim_end()).is_none_or(|(_, closes)| !closes)
            };
            open.last().copied().filter(holds_more)
        };
        self.facts.headings.iter().map(|heading| heading.span).map(innermost).collect()
    }
}

/// What containers of colons are called, whatever their kind: what closes them names none.
pub(super) const CONTAINER: &str = ":::";

/// What tabs within one are called, which have no end of their own.
const TAB: &str = "==";

/// The elements whose tags stand alone on their lines, in order: `<AppOnly>`, `</AppOnly>`; and what other renderers than
/// that of HTML have for them. Those of components and of prompts are no HTML to the parser.
fn elements(document: &Document) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    // Which are open, and how many of each name.
    let (mut open, mut counts): (Vec<(&str, usize)>, HashMap<&str, usize>) = (Vec::new(), HashMap::new());
    for (start, line) in lines(&document.source.text) {
        let Some((name, closes)) = tag(line.trim()).filter(|_| !document.is_in_code(start)) else { continue };
        // A tab ends where the next one begins.
        if name == TAB
            && let Some((_, at)) = open.pop_if(|(own, _)| *own == TAB)
        {
            out[at] = Span::new(out[at].start as usize, start);
        }
        if name == TAB && open.last().is_none_or(|(own, _)| *own != CONTAINER) {
            continue;
        }
        let count = counts.entry(name).or_default();
        if !closes {
            *count += 1;
            open.push((name, out.len()));
            out.push(Span::at(start));
        } else if *count > 0 {
            // What was opened since and not closed is no element.
            while let Some((own, at)) = open.pop() {
                counts.entry(own).and_modify(|count| *count -= 1);
                if own == TAB {
                    out[at] = Span::new(out[at].start as usize, start);
                }
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
pub(super) fn tag(text: &str) -> Option<(&str, bool)> {
    if let Some(rest) = text.strip_prefix(CONTAINER) {
        return Some((CONTAINER, rest.trim_start_matches(':').trim().is_empty()));
    }
    if text.starts_with("== ") || text.starts_with("@tab") {
        return Some((TAB, false));
    }
    shortcode(text).or_else(|| element(text))
}

/// The same of `{% tab %}`, `{% endtab %}`, `{{< tab >}}`, `{{% /tab %}}`.
fn shortcode(text: &str) -> Option<(&str, bool)> {
    let inner = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")].iter().find_map(|(open, close)| {
        text.strip_prefix(open)?.strip_suffix(close).map(|inner| inner.trim_matches(['-', ' ', '\t']))
    })?;
    let end = inner.strip_prefix('/').or_else(|| inner.strip_prefix("end"));
    let own = end.unwrap_or(inner).trim_start();
    let name = &own[..own.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(own.len())];
    (!name.is_empty() && !inner.ends_with('/')).then_some((name, end.is_some()))
}

/// The same of `<AppOnly>`, `</AppOnly>`.
fn element(text: &str) -> Option<(&str, bool)> {
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
