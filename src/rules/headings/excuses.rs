//! Headings that say the same for a reason: each stands in an element of its own, or another linter is told to leave it.

use std::collections::BTreeMap;

use memchr::memmem;

use crate::{
    document::{Document, Renderer},
    source::Span,
};

/// Takes out the pairs, the later heading and the earlier one, that are meant so.
pub(super) fn leave_meant(document: &Document, pairs: &mut BTreeMap<usize, usize>) {
    if pairs.is_empty() {
        return;
    }
    let told = told(document);
    let around = document.elements_around_headings();
    let headings = &document.facts.headings;
    let is_apart = |first: usize, second: usize| match (around[first], around[second]) {
        (Some(one), Some(other)) => !one.contains(headings[second].span) && !other.contains(headings[first].span),
        _ => false,
    };
    let goes_on = |first: usize, second: usize| second == first + 1 && document.is_next_slide(second);
    pairs.retain(|&second, &mut first| !told[second] && !is_apart(first, second) && !goes_on(first, second));
    // Who gives one of them an id of its own knows of the other.
    let id = |at: usize| Renderer::any_id(&headings[at].hidden);
    pairs.retain(|&second, &mut first| id(first) == id(second) && !are_of_amendments(document, first, second));
    leave_structure(document, pairs);
}

/// Whether two headings are those of supplementary provisions, of which each amendment of a statute brings its own.
fn are_of_amendments(document: &Document, first: usize, second: usize) -> bool {
    let title: String = document.facts.headings[second].text.split_whitespace().collect();
    matches!(&*title, "附則" | "附则" | "부칙") && body(document, first) != body(document, second)
}

/// What stands between a heading and the next one, if anything does.
fn body(document: &Document, at: usize) -> Option<&str> {
    let headings = &document.facts.headings;
    let end = headings.get(at + 1).map_or(document.source.text.len(), |next| next.span.start as usize);
    document.source.text.get(headings[at].span.end as usize..end).map(str::trim).filter(|body| !body.is_empty())
}

/// Takes out runs of two or more headings that come again with other headings between and other text below them: parts that
/// each of those has, as 上午 and 下午 of each day. A run that was pasted or moved has text in common with itself.
fn leave_structure(document: &Document, pairs: &mut BTreeMap<usize, usize>) {
    let body = |at: usize| body(document, at);
    let all: Vec<(usize, usize)> = pairs.iter().map(|(&second, &first)| (second, first)).collect();
    for run in all.chunk_by(|one, next| (one.0 + 1, one.1 + 1) == *next) {
        let [(second, _), .., (_, last)] = run else { continue };
        let is_copied = run.iter().any(|&(second, first)| body(second).is_some_and(|own| body(first) == Some(own)));
        if last + 1 < *second && !is_copied {
            for (second, _) in run {
                pairs.remove(second);
            }
        }
    }
}

/// Of each heading, whether markdownlint is told not to mind that it stands twice.
fn told(document: &Document) -> Vec<bool> {
    let text = &*document.source.text;
    let comments = comments(document);
    let is_everywhere = comments.iter().any(|(_, command)| *command == "disable-file");
    let mut rest = comments.into_iter().peekable();
    let mut is_off = false;
    let is_told = |heading: Span| {
        let mut is_next = false;
        while let Some((comment, command)) = rest.next_if(|(comment, _)| comment.start < heading.start) {
            match command {
                "disable" => is_off = true,
                "enable" | "restore" => is_off = false,
                _ => {}
            }
            // What ends behind the heading's beginning is no comment before it.
            let between = text.get(comment.end as usize..heading.start as usize);
            is_next = command == "disable-next-line" && between.is_some_and(|between| between.trim().is_empty());
        }
        let within = rest.peek().filter(|(comment, _)| comment.start < heading.end);
        is_everywhere || is_off || is_next || within.is_some_and(|(_, command)| *command == "disable-line")
    };
    document.facts.headings.iter().map(|heading| heading.span).map(is_told).collect()
}

/// The comments for markdownlint that are about headings that stand twice, and what they say: `disable`, `disable-line`.
fn comments(document: &Document) -> Vec<(Span, &str)> {
    const NAMES: &[&str] = &["MD024", "no-duplicate-heading", "no-duplicate-header", "headings", "headers"];
    const BEGINS: &str = "markdownlint-";
    let text = &*document.source.text;
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(found) = memmem::find(&text.as_bytes()[at..], BEGINS.as_bytes()) {
        let start = at + found;
        let inner = start + BEGINS.len();
        let Some(len) = memmem::find(&text.as_bytes()[inner..], b"-->") else { break };
        let inside = &text[inner..inner + len];
        at = inner + len + "-->".len();
        let mut words = inside.split_whitespace();
        let Some(command) = words.next().filter(|_| text[..start].trim_end().ends_with("<!--")) else { continue };
        // What follows `--` is a reason, for people.
        let mut names = words.take_while(|word| *word != "--").peekable();
        let is_own = |name: &str| NAMES.iter().any(|own| own.eq_ignore_ascii_case(name));
        if (names.peek().is_none() || names.any(is_own)) && !document.is_in_code(start) {
            out.push((Span::new(start, at), command));
        }
    }
    out
}
