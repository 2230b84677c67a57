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
    text[open..].strip_prefix('(')?;
    // A destination is not longer than this.
    let limit = (open + 2_000).min(text.len());
    let limit = (open..=limit).rev().find(|&at| text.is_char_boundary(at))?;
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
