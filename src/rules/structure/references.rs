//! Values of fields that have to lead to a document.

use crate::{
    contract::{Demand, Text, link_target},
    corpus::{Bound, Corpus, Resolution},
    document::metadata::Field,
    finding::Message,
    rule::Findings,
    source::Span,
};

/// A value that has to lead to a document.
pub(super) struct Reference<'a> {
    bound: Bound<'a>,
    demand: &'a Demand,
    target: String,
    is_wiki: bool,
    span: Span,
    /// Of a link in the text, which of those of the document.
    link: Option<usize>,
}

/// Those of a field.
pub(super) fn of<'a>(bound: Bound<'a>, demand: &'a Demand, field: &Field<'_>) -> Vec<Reference<'a>> {
    let links = &bound.document.facts.links;
    let next_link = |value: &Text| links.partition_point(|link| link.span.start < value.span.start);
    let link = |value: &Text| {
        Some(next_link(value)).filter(|&at| links.get(at).is_some_and(|link| value.span.contains(link.span)))
    };
    let reference = |value: Text| {
        let link = if field.is_in_text() { link(&value) } else { None };
        let wiki = value.text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        let target = wiki.map_or_else(|| link_target(&value.text), |inner| inner.split('|').next().unwrap_or(inner));
        let target = link.map_or(target, |at| &links[at].target);
        Reference { bound, demand, is_wiki: wiki.is_some(), target: target.to_owned(), span: value.span, link }
    };
    demand.values(field).into_iter().map(reference).collect()
}

/// Reports those that lead to no document. What a rule about links says already is not said again.
pub(super) fn report(corpus: &Corpus, references: &[Reference<'_>], out: &mut Findings) {
    let (linked, plain): (Vec<_>, Vec<_>) = references.iter().partition(|reference| reference.link.is_some());
    let resolved = corpus.resolve(plain.into_iter().map(|it| (it, it.bound.document, it.target.clone(), it.is_wiki)));
    let lost = resolved.into_iter().filter(|(_, resolution)| !is_document(resolution)).map(|(reference, _)| reference);
    // A reference by a label leads where its definition does, which is looked at as a link.
    let leads = |it: &Reference<'_>| {
        let destination = it.link.and_then(|slot| corpus.destination(it.bound.document, slot));
        destination
            .is_none_or(|own| is_document(own.resolution) || matches!(own.resolution, Resolution::Unrecognised(_)))
    };
    for reference in lost.chain(linked.into_iter().filter(|it| !leads(it))) {
        let document = reference.bound.document;
        let message = Message::new("no-document").with("field", &reference.demand.name);
        let finding = out.report(document.at(reference.span), message.with("value", &reference.target));
        finding.help(reference.bound.help());
        if let Some(link) = corpus.destinations(document).find(|own| reference.span.contains(own.span)) {
            finding.told_at(document.at(link.span));
        }
    }
}

fn is_document(resolution: &Resolution) -> bool {
    matches!(resolution, Resolution::Found(target) if target.file.is_some())
}
