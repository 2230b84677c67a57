//! `inconsistent-tag`: a tag is written in another way than its vocabulary writes it.

use std::collections::{HashMap, HashSet};

use crate::{
    corpus::{Bound, Corpus, Objection, StatedTag, TagForm, Verdict},
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    order,
    rule::{CorpusRule, Findings},
    source::{Span, yaml::scalar},
};

#[derive(Debug)]
pub(crate) struct InconsistentTag;

impl CorpusRule for InconsistentTag {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let all: Vec<Misspelt<'_>> = corpus.objections().filter_map(Misspelt::of).collect();
        let is_beside = |own: &Misspelt<'_>, next: &Misspelt<'_>| {
            (own.bound.document.file, own.bound.index) == (next.bound.document.file, next.bound.index)
        };
        for of_document in all.chunk_by(is_beside) {
            report(corpus, of_document, out);
        }
    }
}

/// Reports the tags of one document.
fn report(corpus: &Corpus, misspelt: &[Misspelt<'_>], out: &mut Findings) {
    let Some(bound) = misspelt.first().map(|own| own.bound) else { return };
    let header = Header::of(corpus, bound);
    // Those that become the same tag are repaired together, so that it stands there once. The first finding offers that
    // for all: a header may hold very many, and each would repeat all edits.
    let mut alike: HashMap<&str, Vec<&Misspelt<'_>>> = HashMap::new();
    for own in misspelt {
        alike.entry(own.proper).or_default().push(own);
    }
    for own in misspelt {
        let Some(first) = own.places.first() else { continue };
        let message = if own.sure { "spelling" } else { "slip" };
        let message = Message::new(message).with("tag", &first.name).with("proper", own.proper);
        let finding = out.report(bound.document.at(first.span), message);
        let Some(alike) = alike.remove(own.proper) else { continue };
        let safety = if alike.iter().all(|own| own.sure) { Safety::Safe } else { Safety::Unsafe };
        if let Some(edits) = edits(bound.document, &header, &alike, own.proper) {
            finding.fix(Fix::new("respell", safety, edits));
        }
    }
}

/// A tag of a document that should be another, with all of its places there.
struct Misspelt<'a> {
    bound: Bound<'a>,
    places: &'a [StatedTag],
    proper: &'a str,
    sure: bool,
}

impl<'a> Misspelt<'a> {
    fn of((bound, own): (Bound<'a>, &'a Objection)) -> Option<Self> {
        match &own.verdict {
            Verdict::Misspelt { proper, sure } => Some(Self { bound, places: &own.places, proper, sure: *sure }),
            _ => None,
        }
    }
}

/// The tags in the header.
struct Header {
    tags: Vec<StatedTag>,
    by_name: HashSet<String>,
    by_span: HashMap<Span, usize>,
}

impl Header {
    fn of(corpus: &Corpus, bound: Bound<'_>) -> Self {
        let tags = corpus.tags(bound.document, bound.contract.tags.as_ref()).into_iter();
        let tags: Vec<StatedTag> = tags.filter(|tag| matches!(tag.form, TagForm::Entry | TagForm::Part)).collect();
        let by_name = tags.iter().map(|tag| tag.name.clone()).collect();
        let by_span = tags.iter().enumerate().map(|(at, tag)| (tag.span, at)).collect();
        Self { tags, by_name, by_span }
    }
}

/// One of the header becomes the proper tag, unless that stands there, and the others are dropped; in the text all become
/// it.
fn edits(document: &Document, header: &Header, alike: &[&Misspelt<'_>], proper: &str) -> Option<Vec<Edit>> {
    let mut is_stated = header.by_name.contains(proper);
    let mut places: Vec<&StatedTag> = alike.iter().flat_map(|own| own.places).collect();
    order::by_key(&mut places, |tag| tag.span);
    let mut dropped = HashSet::new();
    let mut edits = Vec::new();
    for tag in places {
        let is_in_text = matches!(tag.form, TagForm::Inline | TagForm::Link(_));
        if !is_in_text && std::mem::replace(&mut is_stated, true) {
            dropped.insert(*header.by_span.get(&tag.span)?);
        } else {
            edits.push(respell(document, tag, proper)?);
        }
    }
    if !dropped.is_empty() {
        let first_kept = (0..header.tags.len()).find(|at| !dropped.contains(at))?;
        for at in dropped {
            edits.push(drop_tag(document, &header.tags, at, first_kept)?);
        }
    }
    order::by_key(&mut edits, |edit| edit.at.span);
    Some(edits)
}

/// Another spelling in the place of a tag.
fn respell(document: &Document, tag: &StatedTag, proper: &str) -> Option<Edit> {
    let may_stand = match tag.form {
        TagForm::Entry => true,
        TagForm::Link(_) => false,
        // What ends a part or the text would tear it.
        TagForm::Part => scalar(proper) == proper && !proper.contains(['"', '\'', '\\']),
        TagForm::Inline => !proper.contains(char::is_whitespace),
    };
    let written = document.source.slice(tag.span);
    let mut found = written.match_indices(&tag.name).filter(|_| may_stand);
    let (at, _) = found.next().filter(|_| found.next().is_none())?;
    let start = tag.span.start as usize + at;
    let (span, text) = document.respelt(Span::new(start, start + tag.name.len()), proper)?;
    Some(Edit::replace(document.at(span), text))
}

/// Takes a tag out of the header, with what stands between it and its neighbour, if that is nothing but marks of the list.
fn drop_tag(document: &Document, header: &[StatedTag], at: usize, first_kept: usize) -> Option<Edit> {
    let own = header[at].span;
    // Behind one that stays, all that are dropped go with what stands before them.
    let (between, span) = if first_kept < at {
        let end = header[at - 1].span.end;
        (Span { start: end, end: own.start }, Span { start: end, end: own.end })
    } else {
        let next = header.get(at + 1)?.span.start;
        (Span { start: own.end, end: next }, Span { start: own.start, end: next })
    };
    let text = document.source.text.get(between.start as usize..between.end as usize)?;
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '-' | ',' | '、' | '，' | ';' | '；');
    (!text.is_empty() && text.chars().all(is_mark)).then(|| Edit::replace(document.at(span), ""))
}
