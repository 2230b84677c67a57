//! `shadowed-heading`: a link that means a second equal heading and lands on the first.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Destination, Fragment, Resolution, Target},
    document::{Document, LinkKind, Renderer},
    finding::{Fix, Message, Safety},
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ShadowedHeading {}

impl CorpusRule for ShadowedHeading {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for document in &corpus.documents {
            let mut entries: Vec<Entry<'_>> = Vec::new();
            for destination in corpus.destinations(document) {
                entries.extend(Entry::of(document, destination));
            }
            for triple in entries.windows(3) {
                let [before, entry, after] = triple else { continue };
                let Some(meant) = meant(document, before, entry, after) else { continue };
                let headings = &document.facts.headings;
                let line = |heading: usize| document.source.position(headings[heading].span.start).line.to_string();
                let message = Message::new("shadowed")
                    .with("heading", headings[meant].text.trim())
                    .with("first", line(entry.heading))
                    .with("line", line(meant));
                let finding = out.report(document.at(entry.destination.span), message);
                finding.related(document.at(headings[meant].span), "meant");
                let renderer = corpus.settings.renderers.first().copied().unwrap_or(Renderer::GitHub);
                let anchor = &document.anchors(renderer).all[meant];
                if entry.destination.is_wiki() || renderer == Renderer::Obsidian {
                    continue;
                }
                if let Some(edit) = entry.destination.with_anchor(document, anchor) {
                    let title = Message::new("fix").with("anchor", &**anchor);
                    finding.fix(Fix::new(title, Safety::Unsafe, vec![edit]));
                }
            }
        }
    }
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
        let shown = document.source.slice(link.span).strip_prefix('[')?.split("](").next()?;
        (shown.trim() == document.facts.headings[heading].text.trim()).then_some(Self { destination, heading })
    }
}

/// The heading that an entry means: its neighbours lead down the document, it leads back, and an equal heading stands
/// between those of its neighbours.
fn meant(document: &Document, before: &Entry<'_>, entry: &Entry<'_>, after: &Entry<'_>) -> Option<usize> {
    let headings = &document.facts.headings;
    let text = headings[entry.heading].text.trim();
    if entry.heading >= before.heading || before.heading >= after.heading {
        return None;
    }
    let mut equal = (before.heading + 1..after.heading).filter(|&at| headings[at].text.trim() == text);
    match (equal.next(), equal.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}
