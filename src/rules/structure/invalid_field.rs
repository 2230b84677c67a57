//! `invalid-field`: the value of a field is not what the contract asks for.

use std::collections::HashSet;

use super::{
    references,
    values::{Known, Said, message, only_alike},
};
use crate::{
    contract::{Breach, Demand, Fault, FieldType, Text, is_blank},
    corpus::{Bound, Corpus},
    document::{Document, Metadata, Place, fold_alike, folded, metadata::Field},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::Span,
};

#[derive(Debug)]
pub(crate) struct InvalidField;

impl CorpusRule for InvalidField {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut references = Vec::new();
        let mut known = Known::default();
        for bound in corpus.bound() {
            let stated = bound.contract.metadata(bound.document);
            // What is known matters only beside what is not.
            let is_unknown = |breach: &Breach| matches!(breach, Breach::Unknown { .. });
            let asks = !bound.contract.closed.is_empty() || bound.breaches.iter().any(is_unknown);
            let names = if asks { bound.contract.names() } else { Vec::new() };
            let unknown = others(bound, &names, &mut known, out);
            for breach in bound.breaches {
                broken(bound, breach, (&names, &unknown), &mut known, out);
            }
            for demand in bound.contract.demands() {
                let Some(field) = stated.field(&demand.name) else { continue };
                for (value, fault) in demand.faults(bound.document, &field, demand.other(&stated).as_ref()) {
                    let said = Said { field: &demand.name, value: &value, fault: &fault, one_of: &demand.one_of };
                    report(bound, &said, Some((demand, &field)), &mut known, out);
                }
                again(bound, demand, &stated, &field, out);
                if demand.refers && !is_blank(&field.value) {
                    references.extend(references::of(bound, demand, &field));
                }
            }
        }
        references::report(corpus, &references, out);
    }
}

/// A field that is stated once more, and differently: only the first counts. Lines of a list may be one list.
fn again(bound: Bound<'_>, demand: &Demand, stated: &Metadata<'_>, first: &Field<'_>, out: &mut Findings) {
    let others = stated.fields.iter().filter(|own| own.key != first.key && fold_alike(&own.name, &demand.name));
    let differs = |own: &&Field<'_>| demand.compared(own) != demand.compared(first);
    for other in others.filter(|own| demand.kind != FieldType::List && differs(own)) {
        let finding = out.report(bound.document.at(other.key), Message::new("again").with("field", &demand.name));
        finding.help(bound.help()).related(bound.document.at(first.key), "first");
    }
}

/// Fields of the header, and of mappings in it, that the contract does not know. Returns their places.
fn others(bound: Bound<'_>, names: &[&str], known: &mut Known, out: &mut Findings) -> Vec<Span> {
    if bound.contract.closed.is_empty() {
        return Vec::new();
    }
    let mut places = Vec::new();
    let schema = bound.contract.schema.as_ref();
    // What holds a field that is known is known as well.
    let all: HashSet<String> = names.iter().flat_map(|name| with_outer(&folded(name))).collect();
    let header = Metadata::of(bound.document, &[Place::FrontMatter]);
    for outer in &bound.contract.closed {
        let (fields, prefix) = match &**outer {
            "" => (header.fields.clone(), String::new()),
            outer => (header.within(outer).fields, format!("{outer}.")),
        };
        for field in fields {
            let name = format!("{prefix}{}", field.name);
            if all.contains(&folded(&name)) || schema.is_some_and(|schema| schema.has_pattern_for(&name)) {
                continue;
            }
            places.push(field.key);
            other(bound, (&name, field.key), names, known, out);
        }
    }
    places
}

/// A name with all that it lies in: `a.b.c`, `a.b`, `a`.
fn with_outer(name: &str) -> Vec<String> {
    let outer = name.match_indices('.').map(|(at, _)| name[..at].to_owned());
    outer.chain([name.to_owned()]).collect()
}

fn other(bound: Bound<'_>, (name, key): (&str, Span), names: &[&str], known: &mut Known, out: &mut Findings) {
    let message = Message::new("other").with("field", name).with("contract", &bound.contract.name);
    let finding = out.report(bound.document.at(key), message);
    // Where another field is missing, that one says what is probably meant.
    finding.told_at(bound.document.at(key));
    match known.suggestions.closest(name, names.iter().copied()) {
        Some(near) => finding.help(Message::new("did-you-mean").with("value", near)),
        None => finding.help(bound.help()),
    };
}

/// What the schema of a contract does not allow, but for fields whose places are known already.
fn broken(
    bound: Bound<'_>,
    breach: &Breach,
    (names, unknown): (&[&str], &[Span]),
    known: &mut Known,
    out: &mut Findings,
) {
    let Some(header) = bound.document.facts.front_matter.as_ref() else { return };
    let message = match breach {
        Breach::Absent(_) => return,
        Breach::Unknown { key, .. } if unknown.contains(key) => return,
        Breach::Unknown { field, key } => return other(bound, (field, *key), names, known, out),
        Breach::Value { field, value, fault, one_of } => {
            let stated = Metadata::of(bound.document, &[Place::FrontMatter]).field(field);
            let any = Demand::default();
            let stated = stated.as_ref().map(|field| (&any, field));
            return report(bound, &Said { field, value, fault, one_of }, stated, known, out);
        }
        Breach::Whole { keyword } => Message::new("whole").with("keyword", keyword),
        Breach::TooLarge => Message::new("too-large"),
    };
    out.report(bound.document.at(header.mark()), message).help(bound.help());
}

/// Reports a value; `stated` is all that the field holds, and what is asked of it.
fn report(
    bound: Bound<'_>,
    said: &Said<'_>,
    stated: Option<(&Demand, &Field<'_>)>,
    known: &mut Known,
    out: &mut Findings,
) {
    let Said { value, fault, one_of, .. } = *said;
    let document = bound.document;
    let equals = stated.and_then(|(demand, _)| demand.equals.as_ref());
    let message = message(document, said, equals);
    let finding = out.report(document.at(value.span), message);
    finding.help(bound.help());
    let proper = match fault {
        Fault::DateForm { proper, .. } => Some(proper.as_str()),
        Fault::NotOneOf => {
            let near = known.suggestions.closest(&value.text, one_of.iter().map(String::as_str));
            if let Some(near) = near {
                let help = Message::new("did-you-mean").with("value", near);
                finding.help(help.with("contract", &bound.contract.name));
            }
            only_alike(value.text.trim(), one_of)
        }
        _ => None,
    };
    let Some(proper) = proper else { return };
    if *fault == Fault::NotOneOf {
        // Within lists of lists nobody sees what would repeat.
        let Some((demand, field)) = stated else { return };
        if known.is_repeated(document, demand, field, value) {
            finding.withhold(Message::new("would-repeat").with("value", proper));
            return;
        }
    }
    let written = inside_quotes(document, value).and_then(|span| document.respelt(span, proper));
    if let Some((span, text)) = written {
        let title = Message::new("respell").with("proper", proper);
        finding.fix(Fix::new(title, Safety::Safe, vec![Edit::replace(document.at(span), text)]));
    }
}

/// The bytes of a value without its quotes; `None` where they do not read as they stand.
fn inside_quotes(document: &Document, value: &Text) -> Option<Span> {
    let written = document.source.slice(value.span);
    let at = written.find(&value.text)?;
    let is_quote = |text: &str| matches!(text, "" | "\"" | "'");
    let start = value.span.start as usize + at;
    (is_quote(&written[..at]) && is_quote(&written[at + value.text.len()..]))
        .then(|| Span::new(start, start + value.text.len()))
}
