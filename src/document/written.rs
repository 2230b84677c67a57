//! What stands within a stretch of a document.

use super::Document;
use crate::{order, source::Span};

/// Those of some facts, in order of their places, that begin within a span.
pub fn inside<T>(all: &[T], within: Span, span: impl Fn(&T) -> Span) -> impl Iterator<Item = &T> {
    let from = all.partition_point(|one| span(one).start < within.start);
    all[from..].iter().take_while(move |one| span(one).start < within.end)
}

/// The text within a stretch, in pieces: code, HTML and the targets of links left out.
pub fn written(document: &Document, within: Span) -> impl Iterator<Item = Span> {
    let facts = &document.facts;
    let links = inside(&facts.links, within, |link| link.span).map(|link| link.destination);
    let verbatim = [&facts.code, &facts.html].into_iter().flat_map(|all| inside(all, within, |span| *span));
    let mut skipped: Vec<Span> = verbatim.copied().chain(links).collect();
    order::by_key(&mut skipped, |span| span.start);
    skipped.push(Span { start: within.end, end: within.end });
    let mut at = within.start;
    skipped.into_iter().filter_map(move |hole| {
        let piece = Span { start: at, end: hole.start };
        at = at.max(hole.end);
        (piece.start < piece.end).then_some(piece)
    })
}
