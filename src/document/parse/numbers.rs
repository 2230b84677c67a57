//! Numbers in HTML.

use super::walk::Walk;
use crate::{
    document::{Caption, PlacedLabel, Swallowed},
    numbering::{caption, label},
    source::{Span, lines},
};

/// Elements whose text may be a caption.
const CAPTIONED: &[&str] =
    &["p", "center", "figcaption", "caption", "div", "em", "strong", "b", "i", "span", "font", "small"];

/// Where elements begin and end whose content shows as it is written, or not at all.
const VERBATIM: &[(&str, &str)] =
    &[("<pre", "</pre"), ("<script", "</script"), ("<style", "</style"), ("<textarea", "</textarea")];

impl Walk<'_> {
    /// Captions, and headings that a block of HTML swallows.
    pub(super) fn numbers_in_html(&mut self, block: Span) {
        let Some(container) = self.containers.last() else { return };
        let html = self.text.get(block.range()).unwrap_or_default();
        let is_quoted = container.is_quote;
        for (label, is_caption) in in_html(html, block.start as usize) {
            if is_caption {
                self.facts.captions.push(Caption { label, is_quoted });
            } else {
                self.facts.html_labels.push(label);
            }
        }
        let headings = &self.facts.headings;
        for (level, label, span) in swallowed(html, block.start as usize) {
            let Some(label) = label else {
                self.facts.swallowed_unnumbered.extend((level > 1).then_some(span));
                continue;
            };
            let parent = container.open.iter().rev().find(|&&open| headings[open].level < level).copied();
            self.facts.swallowed.push(Swallowed { label, span, parent, container: container.id });
        }
    }
}

/// The labels that texts in HTML begin with, and whether each is a caption's; the HTML begins `base` bytes into the file.
fn in_html<'a>(html: &'a str, base: usize) -> impl Iterator<Item = (PlacedLabel, bool)> + use<'a> {
    let mut open = None;
    let texts = html.match_indices(['<', '>']).filter_map(move |(at, sign): (usize, &'a str)| {
        if sign == "<" {
            open = Some(at);
            return None;
        }
        // Every text is looked at once, behind the tag that ends before it.
        let tag = &html[open.take()? + 1..at];
        let text = html[at + 1..].split('<').next()?;
        let begin = text.trim_start();
        (!begin.is_empty()).then(|| (tag, at + 1 + text.len() - begin.len(), begin))
    });
    let first = move |tag: &str, at: usize, text: &str| {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let may_be_caption =
            || CAPTIONED.iter().any(|known| known.eq_ignore_ascii_case(name)) && caption::may_begin(text);
        let caption = Some(text).filter(|_| may_be_caption()).and_then(caption::parse);
        let caption = caption.filter(|label| !caption::is_prose(text, label));
        let is_caption = caption.is_some();
        Some((PlacedLabel::at(caption.or_else(|| label::parse(text))?, base + at), is_caption))
    };
    // Further lines would be items of a list behind a blank line.
    let further = move |at: usize, text: &'a str| {
        let lines = text.match_indices('\n').map(move |(end, _)| (at + end + 1, &text[end + 1..]));
        let items = lines.filter(|(_, line)| line.starts_with(|c: char| c.is_ascii_digit()));
        items.filter_map(move |(at, line)| Some((PlacedLabel::at(label::parse(line)?, base + at), false)))
    };
    texts.flat_map(move |(tag, at, text)| first(tag, at, text).into_iter().chain(further(at, text)))
}

/// Whether a line of HTML leaves an element of [`VERBATIM`] open, if it begins or ends one.
fn opens_verbatim(line: &str) -> Option<bool> {
    let line = line.to_ascii_lowercase();
    let opened = VERBATIM.iter().filter_map(|(open, _)| line.rfind(open)).max();
    let closed = VERBATIM.iter().filter_map(|(_, close)| line.rfind(close)).max();
    opened.or(closed).map(|_| opened > closed)
}

/// Lines in a block of HTML that would be headings behind a blank line: level, label, and the line.
fn swallowed(html: &str, base: usize) -> Vec<(u8, Option<PlacedLabel>, Span)> {
    let is_declaration = || ["<!", "<?"].iter().any(|start| html.trim_start().starts_with(start));
    if !html.contains("\n#") || html.contains("<!--") || is_declaration() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut is_verbatim = false;
    for (at, line) in lines(html) {
        let level = line.bytes().take_while(|&byte| byte == b'#').count();
        let rest = &line[level..];
        let text = rest.trim_start_matches([' ', '\t']);
        if at > 0 && !is_verbatim && (1..=6).contains(&level) && text.len() < rest.len() && !text.trim_end().is_empty()
        {
            let span = Span::new(at, at + line.trim_end().len()).shifted(base);
            let label =
                label::parse(text.trim_end()).map(|label| PlacedLabel::at(label, base + at + line.len() - text.len()));
            out.push((u8::try_from(level).unwrap_or(6), label, span));
        }
        is_verbatim = opens_verbatim(line).unwrap_or(is_verbatim);
    }
    out
}
