//! `inconsistent-tag`: a tag is written in another way than its vocabulary writes it.

use serde::Deserialize;

use super::vocabulary::{Verdict, objections};
use crate::{
    corpus::{Bound, Corpus, StatedTag, TagForm},
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{Span, yaml::scalar},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InconsistentTag {}

impl CorpusRule for InconsistentTag {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (bound, places, verdict) in objections(corpus) {
            let (Verdict::Misspelt { proper, sure }, Some(first)) = (verdict, places.first()) else { continue };
            let document = bound.document;
            let key = if sure { "spelling" } else { "slip" };
            let message = Message::new(key).with("tag", &first.name).with("proper", &proper);
            let finding = out.report(document.at(first.span), message);
            let header = header(corpus, bound);
            let is_stated = header.iter().any(|tag| tag.name == proper);
            // In the header one of several is enough.
            let mut in_header = usize::from(is_stated);
            let edit = |tag: &StatedTag| {
                if matches!(tag.form, TagForm::Inline | TagForm::Link(_)) {
                    return respell(document, tag, &proper);
                }
                in_header += 1;
                if in_header > 1 { drop_tag(document, tag, &header) } else { respell(document, tag, &proper) }
            };
            let edits: Option<Vec<Edit>> = places.iter().map(edit).collect();
            // Two that are dropped may share what stands between them.
            if let Some(edits) = edits.filter(|_| in_header <= 2) {
                finding.fix(Fix::new("respell", if sure { Safety::Safe } else { Safety::Unsafe }, edits));
            }
        }
    }
}

/// The tags in the header.
fn header(corpus: &Corpus, bound: Bound<'_>) -> Vec<StatedTag> {
    let tags = corpus.tags(bound.document, bound.contract.tags.as_ref()).into_iter();
    tags.filter(|tag| matches!(tag.form, TagForm::Entry | TagForm::Part)).collect()
}

/// Another spelling in the place of a tag, in quotes where YAML needs them.
fn respell(document: &Document, tag: &StatedTag, proper: &str) -> Option<Edit> {
    let written = document.source.slice(tag.span);
    let is_quoted = written.starts_with(['"', '\'']);
    let needs_quotes = scalar(proper) != proper || proper.contains(['"', '\'', '\\']);
    let replace = |span: Span, text: &str| Some(Edit::replace(document.at(span), text));
    match tag.form {
        TagForm::Link(_) => return None,
        TagForm::Entry if !is_quoted || proper.contains(['"', '\'', '\\']) => {
            return replace(tag.span, &scalar(proper));
        }
        // What ends a part or the text would tear it.
        TagForm::Part if needs_quotes => return None,
        TagForm::Inline if proper.contains(char::is_whitespace) => return None,
        _ => {}
    }
    let mut found = written.match_indices(&tag.name);
    let (at, _) = found.next().filter(|_| found.next().is_none())?;
    let start = tag.span.start as usize + at;
    replace(Span::new(start, start + tag.name.len()), proper)
}

/// Takes a tag out of the header, with what stands between it and its neighbour, if that is nothing but marks of the list.
fn drop_tag(document: &Document, tag: &StatedTag, header: &[StatedTag]) -> Option<Edit> {
    let at = header.iter().position(|own| own.span == tag.span)?;
    let (between, span) = if let Some(before) = at.checked_sub(1) {
        let end = header[before].span.end;
        (Span { start: end, end: tag.span.start }, Span { start: end, end: tag.span.end })
    } else {
        let next = header.get(1)?.span.start;
        (Span { start: tag.span.end, end: next }, Span { start: tag.span.start, end: next })
    };
    let text = document.source.text.get(between.start as usize..between.end as usize)?;
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '-' | ',' | '、' | '，' | ';' | '；');
    (!text.is_empty() && text.chars().all(is_mark)).then(|| Edit::replace(document.at(span), ""))
}
