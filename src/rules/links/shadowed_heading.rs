//! `shadowed-heading`: a link that means a second equal heading and lands on the first; an id of two headings.

use std::collections::HashMap;

use crate::{
    corpus::{Corpus, Destination, Evidence, Fragment, Resolution, Target},
    document::{Document, Heading, LinkKind},
    finding::{Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::Span,
};

#[derive(Debug)]
pub(crate) struct ShadowedHeading;

impl CorpusRule for ShadowedHeading {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for document in &corpus.documents {
            if corpus.settings.evidence != Evidence::None {
                repeated_ids(corpus, document, out);
            }
            let mut entries: Vec<Entry<'_>> = Vec::new();
            for destination in corpus.destinations(document) {
                entries.extend(Entry::of(document, destination));
            }
            let headings = &document.facts.headings;
            for (at, meant) in meant(document, &entries) {
                let entry = &entries[at];
                let line = |heading: usize| document.source.position(headings[heading].span.start).line.to_string();
                let message = Message::new("shadowed")
                    .with("heading", headings[meant].text.trim())
                    .with("first", line(entry.heading))
                    .with("line", line(meant));
                let finding = out.report(document.at(entry.destination.span), message);
                finding.related(document.at(headings[meant].span), "meant");
                if let Some((anchor, edit)) = entry.destination.with_heading(corpus, document, document, meant) {
                    let title = Message::new("fix").with("anchor", anchor);
                    finding.fix(Fix::new(title, Safety::Unsafe, vec![edit]).redirecting());
                }
            }
        }
    }
}

/// Reports each heading whose id another one has before it, if both are shown.
fn repeated_ids(corpus: &Corpus, document: &Document, out: &mut Findings) {
    let renderers = corpus.settings.renderers_of(&document.source.path);
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut borders = None;
    let headings = &document.facts.headings;
    let may_have = |heading: &Heading| !heading.hidden.is_empty() && !is_escaped(document, heading);
    for (at, heading) in headings.iter().enumerate().filter(|(_, heading)| may_have(heading)) {
        let ids = renderers.iter().map(|renderer| renderer.explicit_id(&heading.hidden));
        // Who reads none there makes an anchor of the text.
        let Some(id) = ids.collect::<Option<Vec<_>>>().and_then(|ids| ids.first().copied()) else { continue };
        let before = *first.entry(id).or_insert(at);
        if before == at {
            continue;
        }
        let borders = borders.get_or_insert_with(|| self::borders(&document.source.text));
        let [from, to] = [before, at].map(|at| headings[at].span.start);
        if borders.partition_point(|at| *at < from) == borders.partition_point(|at| *at < to) {
            let line = document.source.position(from).line;
            out.report(document.at(heading.span), Message::new("twice").with("id", id).with("first", line.to_string()));
        }
    }
}

/// Whether a backslash keeps most renderers from reading what looks like an id: `\{#x}`.
fn is_escaped(document: &Document, heading: &Heading) -> bool {
    let written = document.source.slice(heading.content).trim_end();
    let before = written.strip_suffix(heading.hidden.trim()).unwrap_or_default();
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// Where lines begin or end something of which not all may be shown: a container, a tag, a shortcode.
fn borders(text: &str) -> Vec<u32> {
    let is_border =
        |line: &str| ["<", ":::", "{{", "{%", "=== "].iter().any(|mark| line.trim_start().starts_with(mark));
    text.lines().filter(|line| is_border(line)).map(|line| Span::of_part(line, text).start).collect()
}

/// A link to a heading of its own document that shows the heading's text, as in a table of contents.
struct Entry<'a> {
    destination: Destination<'a>,
    heading: usize,
}

impl<'a> Entry<'a> {
    fn of(document: &Document, destination: Destination<'a>) -> Option<Self> {
        let Resolution::Found(Target { file, fragment: Fragment::Headings(headings), .. }) = destination.resolution
        else {
            return None;
        };
        let [heading] = headings[..] else { return None };
        let link = destination.link.filter(|link| link.kind == LinkKind::Inline && *file == Some(document.file))?;
        let shown = document.source.slice(link.shown(&document.source.text)?);
        (shown.trim() == document.facts.headings[heading].text.trim()).then_some(Self { destination, heading })
    }
}

/// How many entries of a table are looked at around one, which bounds the cost of a hostile text.
const REACH: usize = 1_000;

/// The entries that lead back up the document and mean an equal heading further down, with that heading: the only one
/// between what the entry before means and what the next one leads on to. Where that is not its neighbour, the table
/// itself has to show that there are two: one of its lines has led to the first already.
fn meant(document: &Document, entries: &[Entry<'_>]) -> Vec<(usize, usize)> {
    let headings = &document.facts.headings;
    let mut out = Vec::new();
    let mut listed = 0;
    let Some(mut here) = entries.first().map(|entry| entry.heading) else { return out };
    for (at, entry) in entries.iter().enumerate().skip(1) {
        if !follows(document, &entries[at - 1], entry) {
            listed = at;
        }
        let before = std::mem::replace(&mut here, entry.heading);
        if entry.heading >= before {
            continue;
        }
        let next =
            entries[at + 1..].iter().take(REACH).position(|next| next.heading > before).map(|next| next + at + 1);
        let is_twice =
            || entries[listed.max(at.saturating_sub(REACH))..at].iter().any(|other| other.heading == entry.heading);
        if next != Some(at + 1) && !is_twice() {
            continue;
        }
        let end = next.map_or(headings.len(), |next| entries[next].heading);
        let text = headings[entry.heading].text.trim();
        let mut equal = (before + 1..end).filter(|&at| headings[at].text.trim() == text);
        if let (Some(only), None) = (equal.next(), equal.next()) {
            out.push((at, only));
            here = only;
        }
    }
    out
}

/// Whether an entry stands in the list item behind that of another one.
fn follows(document: &Document, before: &Entry<'_>, entry: &Entry<'_>) -> bool {
    let end = |entry: &Entry<'_>| entry.destination.link.map_or(0, |link| link.span.end as usize);
    let start = entry.destination.link.map_or(0, |link| link.span.start as usize);
    let between = document.source.text.get(end(before)..start).unwrap_or_default();
    between.contains('\n') && between.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || "-*+.)>".contains(c))
}
