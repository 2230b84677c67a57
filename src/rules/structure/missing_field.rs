//! `missing-field`: a contract asks for a field that the document does not state.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::Deserialize;

use crate::{
    contract::{Absent, Breach, Demand, Equals},
    corpus::{Bound, Corpus},
    document::{BlockKind, Document, FrontMatter, Metadata, Place, metadata, title_heading},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{Span, yaml::scalar},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MissingField {}

impl CorpusRule for MissingField {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (bound, breaches) in corpus.breaches() {
            if bound.contract.fields.is_empty() && bound.contract.schema.is_none() {
                continue;
            }
            let document = bound.document;
            // What cannot be read at all is another rule's.
            if document.facts.front_matter.as_ref().is_some_and(FrontMatter::is_broken) {
                continue;
            }
            let stated = bound.contract.metadata(document);
            let lacks = |demand: &&Demand| demand.lacks(stated.field(&demand.name).as_ref());
            let own = bound
                .contract
                .demands()
                .filter(lacks)
                .map(|demand| Lacking { name: &demand.name, value: value(document, &stated, demand) });
            let missing: Vec<Lacking<'_>> = own.chain(by_schema(bound, breaches)).collect();
            if !missing.is_empty() || stated.fields.is_empty() {
                report(bound, &stated, &missing, out);
            }
        }
    }
}

/// A field that is missing, and its value where that can be told.
struct Lacking<'a> {
    name: &'a str,
    value: Option<String>,
}

/// The value of a field. One that stands there without a value is the author's to fill.
fn value(document: &Document, stated: &Metadata<'_>, demand: &Demand) -> Option<String> {
    let other = match &demand.equals {
        Some(Equals::Field(name)) => stated.field(name),
        _ => None,
    };
    let is_absent = stated.field(&demand.name).is_none();
    demand.stub(document, other.as_ref()).filter(|_| is_absent)
}

/// What the schema of a contract asks for.
fn by_schema<'a>(bound: Bound<'a>, breaches: &'a [Breach]) -> Vec<Lacking<'a>> {
    let missing: Vec<&Absent> = breaches.iter().filter_map(Breach::absent).collect();
    let Some(schema) = bound.contract.schema.as_ref().filter(|_| !missing.is_empty()) else { return Vec::new() };
    let root = bound.document.facts.front_matter.as_ref().and_then(|header| header.yaml.root.as_ref());
    let values = schema.stubs(root, &missing);
    missing.into_iter().zip(values).map(|(missing, value)| Lacking { name: &missing.field, value }).collect()
}

fn report(bound: Bound<'_>, stated: &Metadata<'_>, missing: &[Lacking<'_>], out: &mut Findings) {
    let document = bound.document;
    let mut names = bound.contract.names();
    if !missing.is_empty() {
        names = missing.iter().map(|lacking| lacking.name).collect();
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
    let places: Vec<String> = bound.contract.metadata.iter().map(Place::to_string).collect();
    let finding = out.report(document.at(place(bound)), message);
    let help = Message::new("help").with("contract", &bound.contract.name);
    finding.help(help.with("places", places.join(", "))).lacks(names);
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
        Place::FrontMatter => facts.front_matter.as_ref().map(|header| {
            let start = header.span.start;
            Span { start, end: start + 3 }
        }),
        Place::Section(title) => metadata::heading(bound.document, title).map(|at| facts.headings[at].span),
        Place::Preamble => None,
    };
    let title = || title_heading(bound.document).map(|at| facts.headings[at].span);
    bound.contract.metadata.iter().find_map(place).or_else(title).unwrap_or_default()
}

/// The fields with values that can be told, where the others stand.
fn stub(bound: Bound<'_>, stated: &Metadata<'_>, missing: &[Lacking<'_>]) -> Option<Vec<Edit>> {
    let document = bound.document;
    let value = |lacking: &Lacking<'_>| Some((lacking.name.to_owned(), lacking.value.clone()?));
    let values: Vec<(String, String)> = missing.iter().filter_map(value).collect();
    if values.is_empty() {
        return None;
    }
    let text = &document.source.text;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if let Some(header) = document.facts.front_matter.as_ref().filter(|_| may_stand_in_header(bound)) {
        return in_header(document, header, &values, end);
    }
    if let Some(last) = stated.fields.last() {
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

fn names(values: &[(String, String)]) -> Vec<(&str, &str)> {
    values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Fields as lines of YAML; `a.b` is `b` within `a`.
fn lines(values: &[(&str, &str)], indent: &str, end: &str) -> String {
    let mut out = String::new();
    let mut outer: Vec<&str> = Vec::new();
    for (name, value) in values {
        match name.split_once('.') {
            None => out.extend([indent, &scalar(name), ": ", &scalar(value), end]),
            Some((first, _)) if outer.contains(&first) => {}
            Some((first, _)) => {
                outer.push(first);
                let within = |(name, value): &(&'_ str, &'_ str)| {
                    let inner = name.split_once('.').filter(|(own, _)| *own == first)?.1;
                    Some((inner.to_owned(), (*value).to_owned()))
                };
                let inner: Vec<(String, String)> = values.iter().filter_map(within).collect();
                out.extend([indent, &scalar(first), ":", end]);
                out.push_str(&lines(&names(&inner), &format!("{indent}  "), end));
            }
        }
    }
    out
}

type Lines<'a> = (String, Vec<(&'a str, &'a str)>);

/// Each field at the end of the mapping that it belongs to. Where something else stands in that one's place, none is
/// put in.
fn in_header(document: &Document, header: &FrontMatter, values: &[(String, String)], end: &str) -> Option<Vec<Edit>> {
    let text = &document.source.text;
    let close = document.source.slice(header.span).rfind('\n')? + 1 + header.span.start as usize;
    // By place: how its lines are indented, and which fields they state. Of mappings that end at one place, the innermost
    // is the first.
    let mut places: BTreeMap<(usize, Reverse<usize>), Lines<'_>> = BTreeMap::new();
    for (name, value) in values {
        let (mut at, mut indent, mut name) = (close, String::new(), name.as_str());
        let mut mapping = header.yaml.root.as_ref();
        while let Some((inner, node)) =
            name.split_once('.').and_then(|(outer, rest)| Some((rest, mapping?.get(outer)?)))
        {
            let first =
                node.as_map().and_then(|entries| entries.first()).filter(|_| !text[node.span.range()].starts_with('{'));
            let Some((key, _)) = first else {
                at = usize::MAX;
                break;
            };
            let line = text[..key.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
            let last = node.span.end as usize;
            let is_whole = text[..last].ends_with('\n');
            at = if is_whole { last } else { text[last..].find('\n').map_or(close, |at| last + at + 1) };
            (mapping, name, indent) = (Some(node), inner, text[line..key.span.start as usize].to_owned());
        }
        if at <= close && indent.trim().is_empty() {
            let place = (at, Reverse(indent.len()));
            places.entry(place).or_insert_with(|| (indent, Vec::new())).1.push((name, value));
        }
    }
    // Edits must not touch, so those of one place are one.
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    for ((at, _), (indent, values)) in places {
        texts.entry(at).or_default().push_str(&lines(&values, &indent, end));
    }
    let edit = |(at, text)| Edit::replace(document.at(Span::at(at)), text);
    (!texts.is_empty()).then(|| texts.into_iter().map(edit).collect())
}

/// Lines like the one of the last field, with its marks before, between and behind, where that field ends: what belongs
/// to it stays with it.
fn beside(document: &Document, key: Span, value: Span, values: &[(String, String)], end: &str) -> Option<Edit> {
    let text = &document.source.text;
    let line_start = text[..key.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[value.end as usize..].find(['\r', '\n']).map_or(text.len(), |at| value.end as usize + at);
    let before = text.get(line_start..key.start as usize)?;
    let between = text.get(key.end as usize..value.start as usize)?;
    let behind = text.get(value.end as usize..line_end)?;
    if between.contains('\n') || values.is_empty() {
        return None;
    }
    let facts = &document.facts;
    let items = facts.blocks.iter().filter(|block| block.kind == BlockKind::Item).map(|block| block.span);
    let own = items.chain(facts.paragraphs.iter().copied()).find(|span| span.contains(key));
    let own_end = own.map_or(line_end, |own| own.start as usize + document.source.slice(own).trim_end().len());
    let lines = values.iter().flat_map(|(name, value)| [end, before, name, between, value, behind]);
    Some(Edit::replace(document.at(Span::at(own_end.max(line_end))), lines.collect::<String>()))
}
