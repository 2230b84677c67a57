//! `missing-field`: a contract asks for a field that the document does not state.

use serde::Deserialize;

use crate::{
    contract::{Demand, Equals},
    corpus::{Bound, Corpus},
    document::{Document, Metadata, Place, metadata, title_heading},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{Span, yaml::scalar},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MissingField {}

impl CorpusRule for MissingField {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for bound in corpus.bound().filter(|bound| !bound.contract.fields.is_empty()) {
            let document = bound.document;
            // What cannot be read at all is another rule's.
            let header = document.facts.front_matter.as_ref();
            if header.is_some_and(|header| header.yaml.root.is_none() && !header.yaml.problems.is_empty()) {
                continue;
            }
            let stated = bound.contract.metadata(document);
            let lacks = |demand: &&Demand| demand.lacks(stated.field(&demand.name).as_ref());
            let missing: Vec<&Demand> = bound.contract.demands().filter(lacks).collect();
            if !missing.is_empty() || stated.fields.is_empty() {
                report(bound, &stated, &missing, out);
            }
        }
    }
}

fn report(bound: Bound<'_>, stated: &Metadata<'_>, missing: &[&Demand], out: &mut Findings) {
    let document = bound.document;
    let named: Vec<&Demand> = if missing.is_empty() { bound.contract.demands().collect() } else { missing.to_vec() };
    let names: Vec<&str> = named.iter().map(|demand| demand.name.as_str()).collect();
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
    match stub(bound, stated, missing).filter(|_| !has_toml) {
        Some(edit) => finding.fix(Fix::new("insert", Safety::Unsafe, vec![edit])),
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

/// The fields with values that can be told, where the others stand. One that stands there without a value is the author's
/// to fill.
fn stub(bound: Bound<'_>, stated: &Metadata<'_>, missing: &[&Demand]) -> Option<Edit> {
    let document = bound.document;
    let value = |demand: &&Demand| {
        let other = match &demand.equals {
            Some(Equals::Field(name)) => stated.field(name),
            _ => None,
        };
        let is_absent = stated.field(&demand.name).is_none();
        Some((demand.name.clone(), demand.stub(document, other.as_ref()).filter(|_| is_absent)?))
    };
    let values: Vec<(String, String)> = missing.iter().filter_map(value).collect();
    if values.is_empty() {
        return None;
    }
    let text = &document.source.text;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = values.iter().flat_map(|(name, value)| [scalar(name), ": ".into(), scalar(value), end.into()]);
    let yaml = lines.collect::<String>();
    if let Some(header) = document.facts.front_matter.as_ref().filter(|_| may_stand_in_header(bound)) {
        let close = document.source.slice(header.span).rfind('\n')? + 1 + header.span.start as usize;
        return Some(Edit::replace(document.at(Span::at(close)), yaml));
    }
    if let Some(last) = stated.fields.last() {
        return beside(document, last.key, last.value.span, &values, end);
    }
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    may_stand_in_header(bound)
        .then(|| Edit::replace(document.at(Span::at(start)), format!("---{end}{yaml}---{end}{end}")))
}

fn may_stand_in_header(bound: Bound<'_>) -> bool {
    bound.contract.metadata.contains(&Place::FrontMatter)
}

/// Lines like the one of the last field: with its marks before, between and behind.
fn beside(document: &Document, key: Span, value: Span, values: &[(String, String)], end: &str) -> Option<Edit> {
    let text = &document.source.text;
    let line_start = text[..key.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[value.end as usize..].find(['\r', '\n']).map_or(text.len(), |at| value.end as usize + at);
    let before = text.get(line_start..key.start as usize)?;
    let between = text.get(key.end as usize..value.start as usize)?;
    let behind = text.get(value.end as usize..line_end)?;
    if between.contains('\n') {
        return None;
    }
    let lines = values.iter().flat_map(|(name, value)| [end, before, name, between, value, behind]);
    Some(Edit::replace(document.at(Span::at(line_end)), lines.collect::<String>()))
}
