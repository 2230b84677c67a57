//! A link while its events come in, and where its destination stands: the parser says where the link is, not where its
//! parts are.

use memchr::{memchr, memmem};
use pulldown_cmark::LinkType;

use super::inline;
use crate::{
    document::{Facts, Flavor, Link, LinkKind},
    source::{Span, floor, merged, surrounds},
};

/// A link whose end has not come yet.
pub(super) struct OpenLink {
    pub(super) link: Link,
    /// Where the last thing inside ends.
    pub(super) inner_end: u32,
}

impl OpenLink {
    pub(super) fn new(link_type: LinkType, target: &str, label: &str, is_image: bool, span: Span) -> Self {
        let kind = match link_type {
            LinkType::Inline => LinkKind::Inline,
            LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
            LinkType::WikiLink { .. } => LinkKind::Wiki,
            _ => LinkKind::Reference,
        };
        let target = target.to_owned();
        let label = (kind == LinkKind::Reference).then(|| label.to_owned());
        let link = Link { kind, is_image, span, destination: span, target, label };
        Self { link, inner_end: span.start + 1 + u32::from(is_image) }
    }

    /// The link, now that its end has come; `None` where the build of a site makes something else of it.
    pub(super) fn closed(self, text: &str) -> Option<Link> {
        let Self { mut link, inner_end } = self;
        let start = link.span.start as usize;
        match link.kind {
            // `@[youtube](id)` is filled in.
            LinkKind::Inline if text[..start].ends_with('@') && !link.target.contains(['/', '.', '#']) => return None,
            LinkKind::Inline => link.destination = inline_destination(text, link.span, inner_end).unwrap_or(link.span),
            LinkKind::Autolink => link.destination = Span::new(start + 1, link.span.end as usize - 1),
            LinkKind::Wiki => {
                if let Some((span, destination)) = link_around_brackets(text, link.span) {
                    let target = text[destination.range()].to_owned();
                    link = Link { kind: LinkKind::Inline, span, destination, target, ..link };
                } else {
                    let open = start + 2 + usize::from(link.is_image);
                    // In a table the bar before the display text is escaped, and the parser leaves the backslash.
                    link.target.truncate(link.target.trim_end_matches('\\').len());
                    link.destination = Span::new(open, open + link.target.len());
                }
            }
            LinkKind::Reference | LinkKind::Html => {}
        }
        Some(link)
    }
}

/// Forgets what only looks like a link in a formula: `$E[X](t)$`. Between two prices there may be one to a path, but
/// not between two `$$`. Obsidian looks for no note in a formula.
pub(super) fn leave_formulas(text: &str, flavor: Flavor, facts: &mut Facts) {
    if facts.links.is_empty() || memchr(b'$', text.as_bytes()).is_none() {
        return;
    }
    let is_vault = flavor == Flavor::Obsidian;
    let is_term = |link: &Link| match link.kind {
        LinkKind::Inline => !link.target.contains(['.', '/', '#', ':']),
        // `$A=[[1,2]]$`
        LinkKind::Wiki => is_vault || !link.target.contains(char::is_alphabetic),
        _ => false,
    };
    let has_display = memmem::find(text.as_bytes(), b"$$").is_some();
    if !has_display && !facts.links.iter().any(is_term) {
        return;
    }
    let formulas = inline::formulas(text, &merged(facts.verbatim()));
    let like = |is_one: &dyn Fn(&str) -> bool| -> Vec<Span> {
        formulas.iter().filter(|span| is_one(&text[span.range()])).copied().collect()
    };
    let display = like(&|formula| formula.starts_with("$$"));
    let sure = like(&|formula| !may_be_price(formula));
    facts.links.retain(|link| {
        let is_note = link.kind == LinkKind::Wiki && link.target.contains(char::is_alphabetic);
        let is_of_formula = is_term(link) && surrounds(if is_note { &sure } else { &formulas }, link.span);
        !is_of_formula && !surrounds(&display, link.span)
    });
}

/// Whether a formula may be a price and a sentence behind it: `$100 for [[it]], in US$`.
fn may_be_price(formula: &str) -> bool {
    let inner = formula.trim_matches('$');
    inner.starts_with(|c: char| c.is_ascii_digit()) && inner.contains(' ') && !inner.contains(['\\', '_', '^', '='])
}

/// The destination of an inline link or image: between `](` and the title or the closing parenthesis. `from` is
/// where the link's text ends at the earliest.
fn inline_destination(text: &str, link: Span, from: u32) -> Option<Span> {
    let inner = text.get(from as usize..link.end as usize)?;
    let open = from as usize + memmem::find(inner.as_bytes(), b"](")? + 2;
    destination(text, open, link.end as usize)
}

/// The destination of a definition: behind `]:`.
pub(super) fn definition_destination(text: &str, definition: Span) -> Option<Span> {
    let bytes = text.as_bytes();
    let end = definition.end as usize;
    let mut at = definition.start as usize + 1;
    while at + 1 < end {
        match (bytes[at], bytes[at + 1]) {
            (b'\\', _) => at += 2,
            (b']', b':') => return destination(text, at + 2, end),
            _ => at += 1,
        }
    }
    None
}

/// A destination that begins at or after `at`: in angle brackets, or up to a blank or an unbalanced parenthesis.
fn destination(text: &str, at: usize, end: usize) -> Option<Span> {
    let body = text.get(at..end)?;
    let start = at + (body.len() - body.trim_start_matches([' ', '\t', '\n', '\r']).len());
    let bytes = &text.as_bytes()[..end];
    if bytes.get(start) == Some(&b'<') {
        let close = unescaped(bytes, start + 1, |byte| byte == b'>')?;
        return Some(Span::new(start + 1, close));
    }
    let mut depth = 0u32;
    let stop = unescaped(bytes, start, |byte| match byte {
        // As many nested parentheses as CommonMark asks for.
        b'(' => {
            depth += 1;
            depth > 32
        }
        b')' if depth > 0 => {
            depth -= 1;
            false
        }
        b')' | b' ' | b'\t' | b'\n' | b'\r' => true,
        _ => false,
    });
    Some(Span::new(start, stop.unwrap_or(end)))
}

/// Bytes that may end a destination, and the backslash.
static ENDS: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"\\<>() \t\n\r";
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

/// The first of [`ENDS`] at which to stop, escaped ones aside.
fn unescaped(bytes: &[u8], from: usize, mut stop: impl FnMut(u8) -> bool) -> Option<usize> {
    let mut at = from;
    while let Some(found) = bytes.get(at..)?.iter().position(|&byte| ENDS[usize::from(byte)]) {
        at += found;
        if bytes[at] == b'\\' {
            at += 2;
        } else if stop(bytes[at]) {
            return Some(at);
        } else {
            at += 1;
        }
    }
    None
}

/// `[[x]](u)` is an inline link whose text is `[x]`, though the parser takes it for a wikilink: the span of the
/// whole link and of its destination.
fn link_around_brackets(text: &str, wikilink: Span) -> Option<(Span, Span)> {
    let open = wikilink.end as usize;
    text[open..].strip_prefix('(')?;
    // A destination is not longer than this.
    let limit = floor(text, open + 2_000);
    let end = text[open..limit].find('\n').map_or(limit, |at| open + at);
    let destination = destination(text, open + 1, end)?;
    let bracketed = usize::from(text[..destination.start as usize].ends_with('<'));
    let rest = &text[destination.end as usize + bracketed..end];
    let behind = rest.trim_start_matches([' ', '\t']);
    let title = match behind.chars().next()? {
        ')' => 0,
        quote @ ('"' | '\'') if behind.len() < rest.len() => behind[1..].find(quote)? + 2,
        _ => return None,
    };
    let close = behind[title..].trim_start_matches([' ', '\t']).strip_prefix(')')?;
    Some((Span::new(wikilink.start as usize, end - close.len()), destination))
}
