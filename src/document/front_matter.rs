//! The header of a document.

use std::ops::Range;

use crate::source::{Span, lines, yaml};

/// A YAML header at the very start of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontMatter {
    /// Both `---` lines included.
    pub span: Span,
    /// What stands between them.
    pub yaml: yaml::Reading,
}

impl FrontMatter {
    /// The mark that it begins with, which stands for all of it.
    pub fn mark(&self) -> Span {
        Span { end: self.span.start + 3, ..self.span }
    }

    /// The value of a top-level field; letter case does not count, but where both stand there.
    pub fn field(&self, name: &str) -> Option<&yaml::Node> {
        let root = self.yaml.root.as_ref()?;
        let is_it = |key: &yaml::Node| key.as_str().is_some_and(|key| key.eq_ignore_ascii_case(name));
        root.get(name).or_else(|| Some(&root.as_map()?.iter().find(|(key, _)| is_it(key))?.1))
    }

    /// Whether it holds no fields because of what is wrong with it.
    pub fn is_broken(&self) -> bool {
        match &self.yaml.root {
            Some(root) if root.as_map().is_some() => false,
            Some(root) if !root.is_null() => true,
            _ => !self.yaml.problems.is_empty(),
        }
    }
}

/// The header of a text, if it is YAML.
pub fn header(text: &str) -> Option<FrontMatter> {
    cut(text).1
}

/// Cuts the header off a text. Returns where the body begins and the header, if it is YAML.
pub(super) fn cut(text: &str) -> (usize, Option<FrontMatter>) {
    let (start, header) = bounds(text);
    let read = |(span, inner): (Span, Range<usize>)| {
        let yaml = yaml::parse(&text[inner.clone()], inner.start);
        FrontMatter { span, yaml }
    };
    (start, header.map(read))
}

/// Where the body of a text begins, and its header, if it is YAML, and what stands between the `---` lines of that.
///
/// A header stands at byte 0, or behind a byte-order mark, and nowhere else. `+++` (TOML) is cut as well but not
/// read. A first line `---` that no other one closes, or that encloses nothing like a field, is a thematic break.
pub(super) fn bounds(text: &str) -> (usize, Option<(Span, Range<usize>)>) {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = lines(text);
    let first = lines.next().map_or("", |(_, line)| line);
    let fence @ ("---" | "+++") = first[start..].trim_end() else { return (start, None) };
    let inner = first.len();
    let closes = |line: &str| line == fence || (fence == "---" && line == "...");
    let Some((close, last)) = lines.find(|(_, line)| closes(line.trim_end())) else { return (start, None) };
    let behind = close + last.len();
    let body = &text[inner..close];
    if fence == "+++" {
        return (behind, None);
    }
    // Behind an empty line stands what a page is divided by, a motto or the first slide, unless it is plainly a field.
    let lead = body.lines().find(|line| !line.trim().is_empty()).filter(|_| body.starts_with(['\n', '\r']));
    if lead.is_some_and(|lead| lead.starts_with('#') || !lead.contains(':')) {
        return (start, None);
    }
    let first = body.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let only_comments = first.is_none() && body.lines().any(|line| line.starts_with("# ") || line.starts_with("##"));
    if only_comments || first.is_some_and(|first| !looks_like_yaml(first)) {
        return (start, None);
    }
    let end = close + last.trim_end().len();
    (behind, Some((Span::new(start, end), inner..close)))
}

/// The mark of a header that stands behind blank lines and is none for that alone: between two lines `---` stand plain
/// fields, one of which is known to stand in headers.
pub(super) fn late(text: &str) -> Option<Span> {
    let body = text.trim_start_matches('\u{FEFF}').trim_start();
    let start = text.len() - body.len();
    if !text[..start].contains('\n') || !body.starts_with("---") {
        return None;
    }
    let (_, inner) = bounds(body).1?;
    let yaml = yaml::parse(&body[inner.clone()], 0);
    let keys: Vec<&str> = yaml.root.as_ref()?.as_map()?.iter().filter_map(|(key, _)| key.as_str()).collect();
    let is_header = yaml.problems.is_empty()
        && body[inner].lines().next().is_some_and(|line| field(line.trim_end()).is_some())
        && keys.iter().any(|key| USUAL.contains(key));
    is_header.then(|| Span::new(start, start + 3))
}

/// Fields that nearly every header has one of.
pub(crate) const USUAL: &[&str] = &[
    "aliases", "author", "categories", "date", "description", "draft", "layout", "permalink", "slug", "tags", "title",
];

/// The key of a line that holds a field.
pub(crate) fn field(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    (is_key && (value.is_empty() || value.starts_with(' '))).then_some(key)
}

/// `key:` or `key：`, or the beginning of a list or of a mapping in braces.
fn looks_like_yaml(line: &str) -> bool {
    let line = line.trim_start();
    let key = |text: &str| !text.is_empty() && !text.contains(['。', '，', '|']) && text.chars().count() < 60;
    line.starts_with("- ")
        || line.starts_with('{')
        || line
            .split_once(':')
            .is_some_and(|(name, rest)| key(name) && (rest.trim().is_empty() || rest.starts_with([' ', '\t'])))
        || line.split_once('：').is_some_and(|(name, _)| key(name) && !name.contains(' '))
}
