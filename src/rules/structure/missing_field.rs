//! `missing-field`: a contract asks for a field that the document does not state.

use std::collections::HashMap;

use super::{
    candidates::{Candidates, Like},
    field_lines::{beside, lines, names, within},
};
use crate::{
    contract::{Absent, Breach, Demand},
    corpus::{Bound, Corpus},
    document::{Document, FrontMatter, Metadata, Place, metadata, title_heading},
    finding::{Edit, Fix, Message, Safety},
    order,
    rule::{CorpusRule, Findings},
    source::{Span, yaml::scalar},
    suggest::Suggestions,
};

#[derive(Debug)]
pub(crate) struct MissingField;

impl CorpusRule for MissingField {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        for bound in corpus.bound() {
            if bound.contract.fields.is_empty() && bound.contract.schema.is_none() {
                continue;
            }
            let document = bound.document;
            // What cannot be read at all is another rule's.
            if document.has_broken_header() {
                continue;
            }
            let stated = bound.contract.metadata(document);
            let lacks = |demand: &&Demand| demand.lacks(stated.field(&demand.name).as_ref());
            let own = bound.contract.demands().filter(lacks).map(|demand| Lacking {
                name: &demand.name,
                value: value(document, &stated, demand),
                is_plain: demand.is_plain(),
                like: None,
            });
            let mut missing: Vec<Lacking<'_>> = own.chain(by_schema(bound)).collect();
            let is_empty = missing.is_empty() && stated.fields.is_empty() && may_be_unread(bound);
            if !missing.is_empty() {
                let candidates = Candidates::new(bound, &stated);
                for lacking in &mut missing {
                    lacking.like = candidates.like(lacking.name, &mut suggestions);
                    lacking.value.take_if(|_| lacking.like.is_some() || candidates.may_be_other(lacking.name));
                }
                misspelt(bound, &missing, out);
                missing.retain(|lacking| lacking.like.is_none());
            }
            if !missing.is_empty() || is_empty {
                report(bound, &stated, &missing, out);
            }
        }
    }
}

/// More fields that a document without any might state are not named.
const MOST: usize = 20;

/// A field that is missing, and its value where that can be told.
struct Lacking<'a> {
    name: &'a str,
    value: Option<String>,
    /// Whether that is written without quotes in the header.
    is_plain: bool,
    /// What is probably meant for it.
    like: Option<Like>,
}

/// The value of a field. One that stands there without a value is the author's to fill.
fn value(document: &Document, stated: &Metadata<'_>, demand: &Demand) -> Option<String> {
    let is_absent = stated.field(&demand.name).is_none();
    demand.stub(document, demand.other(stated).as_ref()).filter(|_| is_absent)
}

/// What the schema of a contract asks for.
fn by_schema<'a>(bound: Bound<'a>) -> Vec<Lacking<'a>> {
    let missing: Vec<&Absent> = bound.breaches.iter().filter_map(Breach::absent).collect();
    let Some(schema) = bound.contract.schema.as_ref().filter(|_| !missing.is_empty()) else { return Vec::new() };
    let root = bound.document.header_root();
    let values = schema.stubs(root, &missing);
    let lacking =
        |(missing, value): (&'a Absent, _)| Lacking { name: &missing.field, value, is_plain: false, like: None };
    missing.into_iter().zip(values).map(lacking).collect()
}

/// Fields that stand there, but under another name or so that they are not read: each has a place of its own.
fn misspelt(bound: Bound<'_>, missing: &[Lacking<'_>], out: &mut Findings) {
    let document = bound.document;
    let mut claims: HashMap<Span, usize> = HashMap::new();
    for like in missing.iter().filter_map(|lacking| lacking.like) {
        *claims.entry(like.key).or_default() += 1;
    }
    for (name, like) in missing.iter().filter_map(|lacking| Some((lacking.name, lacking.like?))) {
        let message = Message::new(if like.is_field { "misspelt" } else { "unread" }).with("fields", name);
        let finding = out.report(document.at(like.key), message.with("like", document.source.slice(like.key)));
        finding.help(bound.help().with("places", places(bound)));
        if like.is_field && claims.get(&like.key) == Some(&1) && !name.contains('.') {
            let written = if document.is_in_front_matter(like.key) { scalar(name) } else { name.into() };
            let edit = Edit::replace(document.at(like.key), written);
            finding.fix(Fix::new(Message::new("respell").with("field", name), Safety::Unsafe, vec![edit]));
        }
    }
}

/// Where fields are looked for, for people.
fn places(bound: Bound<'_>) -> String {
    bound.contract.metadata.iter().map(Place::to_string).collect::<Vec<_>>().join(", ")
}

fn report(bound: Bound<'_>, stated: &Metadata<'_>, missing: &[Lacking<'_>], out: &mut Findings) {
    let document = bound.document;
    let mut names: Vec<&str> = missing.iter().map(|lacking| lacking.name).collect();
    if missing.is_empty() {
        // Some of very many say which are meant, and what lies within others less.
        names = bound.contract.names();
        if names.len() > MOST {
            order::by_key(&mut names, |name| name.contains('.'));
            names.truncate(MOST);
        }
    }
    if names.is_empty() {
        return;
    }
    let has_toml = document.facts.has_toml && may_stand_in_header(bound);
    let key = match (stated.fields.is_empty(), missing.len()) {
        (true, _) if has_toml => "toml",
        (true, 0) => "bare",
        (true, _) => "none",
        (false, 1) => "missing",
        (false, _) => "several",
    };
    let names = names.join("`, `");
    let message = Message::new(key).with("fields", &names);
    let finding = out.report(document.at(place(bound)), message);
    finding.help(bound.help().with("places", places(bound))).lacks(names);
    // A second header in front of one that is not read would hide it.
    let edits = stub(bound, stated, missing).filter(|_| !has_toml);
    match edits {
        Some(edits) if edits.iter().any(|edit| edit.at.span.start <= bom(document)) && opens_with_rule(document) => {
            finding.withhold("would-hide")
        }
        Some(edits) => finding.fix(Fix::new("insert", Safety::Unsafe, edits)),
        None if has_toml || missing.is_empty() => finding,
        None => finding.withhold("no-stub"),
    };
}

/// The header, or the section of the fields, or the title.
fn place(bound: Bound<'_>) -> Span {
    let facts = &bound.document.facts;
    let place = |place: &Place| match place {
        Place::FrontMatter => facts.front_matter.as_ref().map(FrontMatter::mark),
        Place::Section(title) => metadata::heading(bound.document, title).map(|at| facts.headings[at].span),
        Place::Preamble => None,
    };
    let title = || title_heading(bound.document).map(|at| facts.headings[at].span);
    bound.contract.metadata.iter().find_map(place).or_else(title).unwrap_or_default()
}

/// The fields with values that can be told, where the others stand.
fn stub(bound: Bound<'_>, stated: &Metadata<'_>, missing: &[Lacking<'_>]) -> Option<Vec<Edit>> {
    let document = bound.document;
    let in_header = document.facts.front_matter.as_ref().filter(|_| may_stand_in_header(bound));
    // Where a text begins, what looks like a field may be anything, unless the contract asks for it.
    let (asked, is_sure) = (bound.contract.names(), !bound.contract.metadata.contains(&Place::Preamble));
    let last = stated.fields.iter().rev().find(|field| is_sure || asked.contains(&&*field.name));
    let in_text = in_header.is_none() && last.is_some();
    let value = |lacking: &Lacking<'_>| {
        let value = lacking.value.as_deref()?;
        let is_written = in_text || lacking.is_plain;
        Some((lacking.name.to_owned(), if is_written { value.to_owned() } else { scalar(value).into_owned() }))
    };
    let values: Vec<(String, String)> = missing.iter().filter_map(value).collect();
    if values.is_empty() {
        return None;
    }
    let text = &document.source.text;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if let Some(header) = in_header {
        return within(document, header, &values, end);
    }
    if let Some(last) = last {
        // In the text there are no fields within fields.
        let values: Vec<_> = values.into_iter().filter(|(name, _)| !name.contains('.')).collect();
        return beside(document, last.key, last.value.span, &values, end).map(|edit| vec![edit]);
    }
    let yaml = lines(&names(&values), "", end);
    may_stand_in_header(bound).then(|| {
        let start = document.at(Span { start: bom(document), end: bom(document) });
        vec![Edit::replace(start, format!("---{end}{yaml}---{end}{end}"))]
    })
}

/// Whether fields may stand there in a form that is not read: in the text, or in TOML.
fn may_be_unread(bound: Bound<'_>) -> bool {
    let is_in_text = |place: &Place| *place != Place::FrontMatter;
    bound.document.facts.has_toml || bound.contract.metadata.iter().any(is_in_text)
}

fn may_stand_in_header(bound: Bound<'_>) -> bool {
    bound.contract.metadata.contains(&Place::FrontMatter)
}

/// Where a text begins behind its byte-order mark.
fn bom(document: &Document) -> u32 {
    if document.source.text.starts_with('\u{FEFF}') { 3 } else { 0 }
}

/// Whether what the document begins with would be a header if it held any field.
fn opens_with_rule(document: &Document) -> bool {
    document.source.text[bom(document) as usize..].lines().next().is_some_and(|line| line.trim_end() == "---")
}
