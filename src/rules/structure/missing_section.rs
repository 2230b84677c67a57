//! `missing-section`: a contract asks for a section that the document does not have.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    contract::{Item, Missing, Section},
    corpus::{Bound, Corpus},
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::Span,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MissingSection {}

impl CorpusRule for MissingSection {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (bound, differences) in corpus.outlines() {
            // What belongs behind one heading is said at once.
            let mut places: BTreeMap<u32, Vec<&Missing>> = BTreeMap::new();
            for missing in &differences.missing {
                match missing.like {
                    Some(like) => misspelt(bound, missing, like, out),
                    None => places.entry(place(bound.document, missing).start).or_default().push(missing),
                }
            }
            for missing in places.values() {
                report(bound, missing, out);
            }
        }
    }
}

/// The heading behind which, or below which, a section belongs.
fn place(document: &Document, missing: &Missing) -> Span {
    missing.after.map_or(Span::at(0), |at| document.facts.headings[at].span)
}

/// A heading that is probably meant to be a section. What belongs behind it has its place, so this one has its text's.
fn misspelt(bound: Bound<'_>, missing: &Missing, like: usize, out: &mut Findings) {
    let heading = &bound.document.facts.headings[like];
    let title = &missing.section.title.written;
    let message = Message::new("misspelt").with("sections", title).with("heading", heading.text.trim());
    let key = if heading.label.is_some() { "help-label" } else { "help" };
    let mut help = Message::new(key).with("contract", &bound.contract.name);
    if heading.label.is_some() {
        help = help.with("title", format!("{{label}}{title}"));
    }
    out.report(bound.document.at(heading.content), message).help(help);
}

fn report(bound: Bound<'_>, missing: &[&Missing], out: &mut Findings) {
    let document = bound.document;
    let at = document.at(place(document, missing[0]));
    let names: Vec<&str> = missing.iter().map(|missing| missing.section.title.written.as_str()).collect();
    let names = names.join("`, `");
    let key = if missing.len() == 1 { "missing" } else { "several" };
    let finding = out.report(at, Message::new(key).with("sections", &names));
    finding.help(Message::new("help").with("contract", &bound.contract.name)).lacks(names);
    if let Some(edits) = stubs(document, missing) {
        finding.fix(Fix::new("insert", Safety::Unsafe, edits));
    } else {
        finding.withhold(Message::new("no-stub"));
    }
}

/// Headings for the sections; `None` where one would not be what the contract asks for: its title is not always the same,
/// or it has to hold something.
fn stubs(document: &Document, missing: &[&Missing]) -> Option<Vec<Edit>> {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    for missing in missing {
        let out = texts.entry(missing.at).or_default();
        // What belongs within it is there, or missing by itself.
        if missing.heads {
            heading(&missing.section, missing.level, out)
        } else {
            stub(&missing.section, missing.level, out)
        }?;
    }
    let text = &document.source.text;
    let edit = |(at, stub): (u32, String)| {
        let before = &text[..at as usize];
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let set_off = match before.trim_end_matches(['\n', '\r']) {
            "" => String::new(),
            body => end.repeat(2usize.saturating_sub(before[body.len()..].matches('\n').count())),
        };
        // At the end of the file no blank line is left behind.
        let stub = if (at as usize) < text.len() { &*stub } else { stub.trim_end_matches('\n') };
        let last = if (at as usize) < text.len() { "" } else { end };
        Edit::replace(document.at(Span::at(at as usize)), format!("{set_off}{}{last}", stub.replace('\n', end)))
    };
    Some(texts.into_iter().map(edit).collect())
}

/// The heading of a section.
fn heading(section: &Section, level: u8, out: &mut String) -> Option<()> {
    if !section.content.holds.is_empty() {
        return None;
    }
    let title = section.title.literal()?;
    out.extend([&*"#".repeat(usize::from(level)), " ", title, "\n\n"]);
    Some(())
}

/// The heading of a section with those within it.
fn stub(section: &Section, level: u8, out: &mut String) -> Option<()> {
    heading(section, level, out)?;
    let inner = section.inner.iter().flat_map(|outline| &outline.items).filter_map(Item::section);
    inner.filter(|inner| !inner.optional).try_for_each(|inner| stub(inner, (level + 1).min(6), out))
}
