//! Where a link's destination stands: the parser says where the link is, not where its parts are.

use crate::source::Span;

/// The destination of an inline link or image: between `](` and the title or the closing parenthesis. `from` is
/// where the link's text ends at the earliest.
pub(super) fn inline_destination(text: &str, link: Span, from: u32) -> Option<Span> {
    let inner = text.get(from as usize..link.end as usize)?;
    let open = from as usize + inner.find("](")? + 2;
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
        let close = unescaped(bytes, start + 1, |byte, _| byte == b'>')?;
        return Some(Span::new(start + 1, close));
    }
    let mut depth = 0u32;
    let stop = unescaped(bytes, start, |byte, _| match byte {
        b'(' => {
            depth += 1;
            false
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

fn unescaped(bytes: &[u8], from: usize, mut stop: impl FnMut(u8, usize) -> bool) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            at += 2;
        } else if stop(bytes[at], at) {
            return Some(at);
        } else {
            at += 1;
        }
    }
    None
}

/// `[[x]](u)` is an inline link whose text is `[x]`, though the parser takes it for a wikilink: the span of the
/// whole link and of its destination.
pub(super) fn link_around_brackets(text: &str, wikilink: Span) -> Option<(Span, Span)> {
    let open = wikilink.end as usize;
    let line_end = text[open..].find('\n').map_or(text.len(), |at| open + at);
    text[open..line_end].strip_prefix('(')?;
    let destination = destination(text, open + 1, line_end)?;
    let rest = &text[destination.end as usize..line_end];
    let close = destination.end as usize + rest.find(')')? + 1;
    Some((Span::new(wikilink.start as usize, close), destination))
}
