//! What begins an image, or was meant to.

use std::ops::Range;

use super::destinations::is_picture;
use crate::{
    document::{Document, Link, LinkKind, Prose},
    finding::{Edit, Fix, Markup, Message, Safety},
    rule::Findings,
    source::Span,
};

/// What an image begins with, the narrow one first.
pub(super) const BANG: [char; 2] = ['!', '！'];

/// Whether a line begins behind a text, or what is listed or quoted in it. No sentence ends there, so `！` begins an image.
fn begins_line(before: &str) -> bool {
    let is_marker = |c: char| matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '|' | '.' | ')') || c.is_ascii_digit();
    before.trim_end_matches(is_marker).chars().next_back().is_none_or(|c| c == '\n')
}

/// The mark before a bracket that makes an image of what follows, if it cannot be the end of a sentence.
pub(super) fn bang(document: &Document, prose: &Prose, block: Range<usize>, start: usize) -> Option<(usize, char)> {
    let bang = prose.text().get(block.start..start)?.chars().next_back().filter(|c| BANG.contains(c))?;
    let at = start - bang.len_utf8();
    let is_first = || {
        let span = prose.span(at..start);
        span.is_some_and(|span| begins_line(&document.source.text[..span.start as usize]))
    };
    (!prose.is_written(at) && (bang == BANG[0] || is_first())).then_some((at, bang))
}

/// Reports an image that is a link behind a full-width exclamation mark.
pub(super) fn wide(document: &Document, link: &Link, out: &mut Findings) {
    let text = &*document.source.text;
    // Links are many, and hardly one stands behind such a mark.
    let Some(before) = text[..link.span.start as usize].strip_suffix(BANG[1]) else { return };
    let is_meant = link.kind == LinkKind::Inline && !link.is_image && is_picture(&link.target);
    let Some(own) = link.shown(text).filter(|_| is_meant && begins_line(before)) else { return };
    let bang = Span::new(before.len(), link.span.start as usize);
    let message = Message::new("bang").with("text", document.source.slice(own));
    let edit = Edit::replace(document.at(bang), BANG[0].to_string());
    let fix = Fix::new("fix-image", Safety::Unsafe, vec![edit]).adding([Markup::Image]);
    out.report(document.at(bang.to(link.span)), message).fix(fix);
}
