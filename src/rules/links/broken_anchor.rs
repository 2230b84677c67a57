//! `broken-anchor`: a link's fragment names nothing in the document it leads to.

use std::{cell::LazyCell, collections::HashMap, ops::Range};

use super::{
    anchor_names::Names,
    foreign_anchors,
    renumbered::{Claims, says_other_number},
};
use crate::{
    corpus::{Corpus, Destination, Evidence, Form, Fragment, Resolution, Target, difference},
    document::{Document, Heading, Renderer},
    finding::{Edit, Fix, Message, Safety},
    numbering::numerals::is_numeral_character,
    rule::{CorpusRule, Findings},
    source::{CorpusPath, FileId, Span, characters::is_unseen, percent_decode},
    suggest::Suggestions,
};

#[derive(Debug)]
pub(crate) struct BrokenAnchor;

impl CorpusRule for BrokenAnchor {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        let mut index: HashMap<(FileId, Renderer), Names> = HashMap::new();
        let mut generated: HashMap<FileId, Range<usize>> = HashMap::new();
        let of_site = LazyCell::new(|| names_pages(corpus) || foreign_anchors::are_made(corpus));
        let mut claims = Claims::default();
        for Broken { destination, target, renderer, .. } in broken(corpus) {
            let known = index.entry((target.file, renderer)).or_insert_with(|| Names::of(target, renderer));
            claims.add(known, target, &percent_decode(destination.fragment()));
        }
        for Broken { document, destination, path, target, renderers, renderer } in broken(corpus) {
            let generated = generated.entry(document.file).or_insert_with(|| contributors(&document.source.text));
            if generated.contains(&(destination.span.start as usize)) {
                continue;
            }
            let wanted = percent_decode(destination.fragment());
            let is_some = renderers.len() < corpus.settings.renderers_of(&target.source.path).len();
            let key = match (target.file == document.file, is_some) {
                (true, false) => "here",
                (false, false) => "there",
                (true, true) => "here-for-some",
                (false, true) => "there-for-some",
            };
            let names: Vec<&str> = renderers.iter().map(|renderer| renderer.name()).collect();
            // The root has no name of its own.
            let shown = if path.as_str().is_empty() { &target.source.path } else { path };
            let message = Message::new(key)
                .with("renderers", names.join(", "))
                .with("fragment", &*wanted)
                .with("path", shown.as_str());
            let finding = out.report(document.at(destination.span), message).concerns(path.clone());
            let known = index.entry((target.file, renderer)).or_insert_with(|| Names::of(target, renderer));
            let is_stale = |heading: &Heading| is_stale(document, &destination, heading);
            let renumbered = || claims.renumbered((corpus, target), known, &wanted, is_stale);
            let alike = known.alike(&wanted).map(|(near, safety)| (near, Some(safety)));
            let sure = alike
                .or_else(renumbered)
                .or_else(|| known.unnumbered(target, &wanted))
                .map(|(near, safety)| (near, safety.map(|safety| if *of_site { Safety::Unsafe } else { safety })));
            let closest = || {
                let anchors = target.anchors(renderer);
                let all = anchors.all.iter().chain(target.facts.anchors.iter().map(|anchor| &anchor.id));
                let (near, is_slip) = suggestions.near(&wanted, all.map(String::as_str))?;
                Some((near.to_owned(), is_slip.then_some(Safety::Unsafe)))
            };
            // An id with a character that nobody sees is wrong itself, and no link should have it.
            let is_possible = |near: &str| !is_other_letter(&wanted, near) && !near.contains(is_unseen);
            let near = sure.or_else(closest).filter(|(near, _)| is_possible(near));
            let Some((near, safety)) = near else { continue };
            finding.help(Message::new("did-you-mean").with("near", &near));
            let edits = safety.and_then(|_| edits(document, &destination, (target, renderer), &near));
            if let (Some(safety), Some(edits)) = (safety, edits) {
                finding.fix(Fix::new(Message::new("fix").with("near", near), safety, edits));
            }
        }
    }
}

/// The edits that lead a link to an anchor, and its text along, if they can be made.
fn edits(
    document: &Document,
    destination: &Destination<'_>,
    (target, renderer): (&Document, Renderer),
    anchor: &str,
) -> Option<Vec<Edit>> {
    let heading = target.anchors(renderer).find(anchor).and_then(|at| target.facts.headings.get(at));
    let number = heading.and_then(|heading| with_number(document, destination, heading));
    Some([destination.with_anchor(document, anchor)?].into_iter().chain(number).collect())
}

/// What the text of a link shows.
fn shown(document: &Document, destination: &Destination<'_>) -> Option<Span> {
    destination.link?.shown(&document.source.text)
}

/// The edit that makes the text of a link say the number of a heading, where that is all in which they differ: not the one
/// in a name, `JDK 8`.
fn with_number(document: &Document, destination: &Destination<'_>, heading: &Heading) -> Option<Edit> {
    let shown = shown(document, destination)?;
    let text = document.source.slice(shown);
    let (at, number) = difference(text, &heading.text);
    let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c == '.' || is_numeral_character(c));
    let place = Span::new(at.start, at.end).shifted(shown.start as usize);
    let is_of_label = at.start < heading.label.as_ref()?.label.text.len();
    (is_of_label && is_number(&text[at]) && is_number(number)).then(|| Edit::replace(document.at(place), number))
}

/// Whether the text of a link says a number that is not the one which a heading says first, and not only in the number:
/// `第 2 节` and `3. 配置`.
fn is_stale(document: &Document, destination: &Destination<'_>, heading: &Heading) -> bool {
    shown(document, destination).is_some_and(|shown| says_other_number(document.source.slice(shown), heading))
        && with_number(document, destination, heading).is_none()
}

/// A link whose fragment is missing.
struct Broken<'a> {
    document: &'a Document,
    destination: Destination<'a>,
    /// What it leads to.
    path: &'a CorpusPath,
    target: &'a Document,
    /// Who does not find the fragment there, and the first of them.
    renderers: &'a [Renderer],
    renderer: Renderer,
}

fn broken(corpus: &Corpus) -> impl Iterator<Item = Broken<'_>> {
    let all = corpus.doubtful().filter(|(_, destination)| !destination.is_wiki());
    all.filter_map(|(document, destination)| {
        let Resolution::Found(Target { path, file: Some(file), fragment: Fragment::Missing(renderers), .. }) =
            destination.resolution
        else {
            return None;
        };
        let renderer = renderers.first().copied().unwrap_or(Renderer::GitHub);
        Some(Broken { document, destination, path, target: corpus.document(*file)?, renderers, renderer })
    })
}

/// Whether links show that documents are pages of some site that is not seen: they lead there as `x.html`. Then it is not
/// known how anchors are made.
fn names_pages(corpus: &Corpus) -> bool {
    let is_page = |resolution: &Resolution| matches!(resolution, Resolution::Found(Target { file: Some(_), .. }));
    let all = corpus.documents.iter().flat_map(|document| corpus.destinations(document));
    corpus.settings.evidence == Evidence::None
        && all.into_iter().any(|own| is_page(own.resolution) && Form::of(own.target) == Some(Form::Html))
}

/// Where the all-contributors robot writes its table, whose links lead to no place on purpose.
fn contributors(text: &str) -> Range<usize> {
    let start = text.find("ALL-CONTRIBUTORS-LIST:START").unwrap_or(text.len());
    let end = text[start..].find("ALL-CONTRIBUTORS-LIST:END").unwrap_or(0);
    start..start + end
}

/// Whether an id names a capital by itself where another letter is wanted: `options-X` is about `-X`, and not about `-x`.
fn is_other_letter(wanted: &str, id: &str) -> bool {
    let parts = |id| str::split(id, |c: char| !c.is_alphanumeric());
    parts(wanted).zip(parts(id)).any(|(wanted, own)| own.len() == 1 && wanted != own && wanted == own.to_lowercase())
}
