//! What raw HTML states: ids, links, and comments.

use std::{borrow::Cow, ops::Range, sync::LazyLock};

use regex::Regex;

use crate::{
    document::{Anchor, Facts, Link, LinkKind},
    source::{Span, surrounds},
};

/// A start tag with its attributes; quoted values may hold `>`.
static TAG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?s)<[A-Za-z][A-Za-z0-9-]*(?:[^<>"']|"[^"]*"|'[^']*')*>"#).ok());
/// Elements and attributes that hold the address of something; `srcset` holds several.
const ADDRESSES: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("audio", &["src"]),
    ("embed", &["src"]),
    ("img", &["src", "srcset"]),
    ("source", &["src", "srcset"]),
    ("track", &["src"]),
    ("video", &["src", "poster"]),
];

/// A comment and its inside.
pub(super) struct Comment {
    pub(super) span: Span,
    pub(super) inside: Span,
}

/// The comments of a piece of HTML that begins `base` bytes into the file.
pub(super) fn comments(html: &str, base: usize) -> Vec<Comment> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find("<!--").map(|found| at + found) {
        let inner = open + 4;
        let close = html[inner..].find("-->").map_or(html.len(), |found| inner + found);
        let end = (close + 3).min(html.len());
        out.push(Comment { span: Span::new(open, end).shifted(base), inside: Span::new(inner, close).shifted(base) });
        at = end;
    }
    out
}

/// The ids and links in the start tags of a piece of HTML, comments aside.
pub(super) fn elements(html: &str, base: usize, hidden: &[Span], facts: &mut Facts) {
    // A script or a style sheet holds texts that only look like tags.
    let is_code = ["<script", "<style"]
        .iter()
        .any(|open| html.get(..open.len()).is_some_and(|start| start.eq_ignore_ascii_case(open)));
    if is_code || !html.contains('=') {
        return;
    }
    let Some(tag) = &*TAG else { return };
    for tag in tag.find_iter(html) {
        let inner = &tag.as_str()[1..tag.len() - 1];
        let named = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        let (name, rest) = inner.split_at(named);
        let span = Span::from(tag.range()).shifted(base);
        if surrounds(hidden, span) {
            continue;
        }
        let element = Element { name, span, base: base + tag.start() + 1 + named };
        for (name, value) in attributes(rest) {
            element.attribute(name, &rest[value.clone()], value.start, facts);
        }
    }
}

/// The attributes with a value in what stands behind the name of an element, and where their values stand in it, without
/// quotes. A name stands at the beginning, or behind a blank or a quote.
fn attributes(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    // A name begins behind the last value; its `=` is looked for behind the last one.
    let (mut from, mut at) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let sign = at + text[at..].find('=')?;
            at = sign + 1;
            let before = text[from..sign].trim_end();
            let separator =
                before.rfind(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '/' | '='));
            let name = &before[separator.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))..];
            let is_set_off = match separator {
                Some(at) => before[at..].starts_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')),
                None => from == 0,
            };
            if name.is_empty() || !is_set_off {
                continue;
            }
            let start = text.len() - text[at..].trim_start().len();
            let rest = &text[start..];
            let value = if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                rest[1..].find(quote).map(|len| (start + 1..start + 1 + len, 1))
            } else {
                let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '=' | '<' | '>' | '`');
                let len = rest.find(ends).unwrap_or(rest.len());
                (len > 0).then_some((start..start + len, 0))
            };
            if let Some((value, quote)) = value {
                from = value.end + quote;
                at = from;
                return Some((name, value));
            }
        }
    })
}

/// A start tag whose attributes are gone through.
struct Element<'a> {
    name: &'a str,
    span: Span,
    /// Where its attributes begin in the file.
    base: usize,
}

impl Element<'_> {
    /// An attribute whose value stands so many bytes behind the name of the element.
    fn attribute(&self, name: &str, text: &str, at: usize, facts: &mut Facts) {
        let span = Span::new(at, at + text.len()).shifted(self.base);
        // What a template or a script fills in is not known.
        if text.contains(['{', '<']) {
            return;
        }
        let is = |own: &str| name.eq_ignore_ascii_case(own);
        if (is("id") || is("name")) && !text.is_empty() {
            facts.anchors.push(Anchor { id: text.to_owned(), span });
        }
        let holds_address = |(element, names): &&(&str, &[&str])| {
            self.name.eq_ignore_ascii_case(element) && names.iter().any(|own| is(own))
        };
        if ADDRESSES.iter().find(holds_address).is_none() {
            return;
        }
        if is("srcset") {
            facts.links.extend(candidates(text, span.start as usize).map(|(text, span)| self.link(text, span)));
        } else {
            facts.links.push(self.link(text, span));
        }
    }

    fn link(&self, text: &str, destination: Span) -> Link {
        let target = decoded(text).into_owned();
        let is_image = !self.name.eq_ignore_ascii_case("a");
        Link { kind: LinkKind::Html, is_image, span: self.span, destination, target, label: None }
    }
}

/// The addresses of a `srcset`, read as HTML says: each ends at a blank, or in a comma; what may follow up to a comma is a
/// width or a density. So one that holds its data itself may hold commas.
fn candidates(text: &str, base: usize) -> impl Iterator<Item = (&str, Span)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].len() - text[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let address = word.trim_end_matches(',');
        let span = Span::new(at, at + address.len()).shifted(base);
        at += word.len();
        if address.len() == word.len() {
            at += text[at..].find(',').unwrap_or(text.len() - at);
        }
        Some((address, span))
    })
}

/// An attribute's value with the entities that addresses hold resolved, and blanks around it dropped.
fn decoded(value: &str) -> Cow<'_, str> {
    let value = value.trim();
    if !value.contains('&') {
        return value.into();
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let end = behind.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        let entity = end.and_then(|end| Some((character(&behind[..end])?, &behind[end + 1..])));
        let (c, behind) = entity.unwrap_or(('&', behind));
        out.push(c);
        rest = behind;
    }
    (out + rest).into()
}

/// An entity has no more bytes than this behind its `&`.
const LONGEST_ENTITY: usize = 10;

/// The character that an entity stands for: a number, or the name of one that has a meaning in HTML.
fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix(['x', 'X']);
            char::from_u32(hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16)).ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_with_values() {
        let read = |text: &'static str| -> Vec<(&str, &str)> {
            attributes(text).map(|(name, value)| (name, &text[value])).collect()
        };
        let all = read(" href=\"a b\" id = 'x>y' class=y/ \"z\"k=v alt=\"\" disabled");
        assert_eq!(all, [("href", "a b"), ("id", "x>y"), ("class", "y/"), ("k", "v"), ("alt", "")]);
        assert_eq!(read("a=1 b==\"2\" c=\"d=e\" f=\"g"), [("a", "1"), ("c", "d=e")]);
        assert_eq!(read("/a=1 =2 b=\u{3000}中=文 x"), [("b", "中")]);
    }
}
