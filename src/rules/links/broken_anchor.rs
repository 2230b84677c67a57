//! `broken-anchor`: a link's fragment names nothing in the document it leads to.

use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use serde::Deserialize;

use super::foreign_anchors;
use crate::{
    corpus::{Corpus, Evidence, Form, Fragment, Resolution, Suggestions, Target, letters},
    document::{Anchors, Document, Link, Renderer},
    finding::{Fix, Message, Safety},
    numbering::{label, numerals},
    rule::{CorpusRule, Findings},
    source::{FileId, characters::is_unseen, percent_decode},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BrokenAnchor {}

impl CorpusRule for BrokenAnchor {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        let mut index: HashMap<(FileId, Renderer), Names> = HashMap::new();
        let mut generated: HashMap<FileId, Range<usize>> = HashMap::new();
        let of_site = LazyCell::new(|| names_pages(corpus) || foreign_anchors::are_made(corpus));
        for (document, destination) in corpus.doubtful().filter(|(_, destination)| !destination.is_wiki()) {
            let Resolution::Found(Target { path, file: Some(file), fragment: Fragment::Missing(renderers), .. }) =
                destination.resolution
            else {
                continue;
            };
            let Some(target) = corpus.document(*file) else { continue };
            let generated = generated.entry(document.file).or_insert_with(|| contributors(&document.source.text));
            if generated.contains(&(destination.span.start as usize)) {
                continue;
            }
            let wanted = percent_decode(destination.fragment());
            let is_some = renderers.len() < corpus.settings.renderers_of(&target.source.path).len();
            let key = match (*file == document.file, is_some) {
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
            let renderer = renderers.first().copied().unwrap_or(Renderer::GitHub);
            let known = index.entry((*file, renderer)).or_insert_with(|| Names::of(target, renderer));
            let said = said_number(document, destination.link);
            let sure = known.alike(&wanted).map(|near| (near, Some(Safety::Safe)));
            let sure = sure
                .or_else(|| known.renumbered(corpus, target, &wanted, said.as_deref()))
                .or_else(|| Some((known.unnumbered(target, &wanted)?, Some(Safety::Safe))))
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
            if let (Some(safety), Some(edit)) = (safety, destination.with_anchor(document, &near)) {
                finding.fix(Fix::new(Message::new("fix").with("near", near), safety, vec![edit]));
            }
        }
    }
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

/// What the anchors of a document are made of; each is looked up once, however many links miss it.
struct Names {
    anchors: Arc<Anchors>,
    /// Anchors by their letters; `None` where several have the same.
    by_spelling: HashMap<String, Option<String>>,
    /// Numbered headings by the anchor that their titles alone would have, and by what stands there beside the digits of
    /// their numbers.
    by_title: HashMap<String, HashMap<String, Vec<NumberedAnchor>>>,
    /// What the numbers of headings make of their anchors.
    numbers: HashSet<String>,
}

/// The anchor of a heading with a number.
struct NumberedAnchor {
    /// Which heading.
    heading: usize,
    anchor: String,
}

/// A number at the start of an anchor is not longer than this, in characters.
const LONGEST_NUMBER: usize = 12;

impl Names {
    fn of(target: &Document, renderer: Renderer) -> Self {
        let anchors = target.anchors(renderer);
        let mut by_spelling: HashMap<String, Option<String>> = HashMap::new();
        let mut by_title: HashMap<String, HashMap<String, Vec<NumberedAnchor>>> = HashMap::new();
        let mut numbers = HashSet::new();
        for anchor in anchors.all.iter().chain(target.facts.anchors.iter().map(|anchor| &anchor.id)) {
            let entry = by_spelling.entry(letters(anchor)).or_insert_with(|| Some(anchor.clone()));
            if entry.as_ref() != Some(anchor) {
                *entry = None;
            }
        }
        for (index, (heading, anchor)) in target.facts.headings.iter().zip(&anchors.all).enumerate() {
            let Some(placed) = heading.numbering() else { continue };
            let title = placed.label.behind(&heading.text).trim_start();
            let title = renderer.anchor(heading, title, &target.source.text).base;
            if let Some(number) = anchor.strip_suffix(&*title).filter(|_| title.chars().count() > 1) {
                numbers.insert(number.to_owned());
                let own = by_title.entry(title).or_default().entry(without_digits(number)).or_default();
                own.push(NumberedAnchor { heading: index, anchor: anchor.clone() });
            }
        }
        Self { anchors, by_spelling, by_title, numbers }
    }

    /// The only anchor of the same letters.
    fn alike(&self, wanted: &str) -> Option<String> {
        let letters = letters(wanted);
        self.by_spelling.get(&letters).filter(|_| !letters.is_empty()).cloned().flatten()
    }

    /// The only heading of the same title, behind another number, or behind one where none is named. `said` are the digits
    /// that the text of the link begins with.
    fn renumbered(
        &self,
        corpus: &Corpus,
        target: &Document,
        wanted: &str,
        said: Option<&str>,
    ) -> Option<(String, Option<Safety>)> {
        let splits = wanted.char_indices().take(LONGEST_NUMBER).map(|(at, _)| wanted.split_at(at));
        let fitting = splits.flat_map(|(number, title)| {
            let own = without_digits(number);
            let fits = move |(other, _): &(&String, _)| number.is_empty() || **other == own;
            let headings = self.by_title.get(title).into_iter().flatten().filter(fits);
            headings.flat_map(|(_, headings)| headings).map(move |heading| (number, heading))
        });
        let mut fitting = fitting.take(2);
        let (number, only) = fitting.next().filter(|_| fitting.next().is_none())?;
        let safety = if number.is_empty() {
            Some(Safety::Safe)
        } else {
            let is_led_to = !corpus.references(target.file, only.heading).is_empty();
            let is_taken = self.numbers.contains(number);
            let is_said = said == Some(&*digits(number));
            match (is_led_to, is_taken) {
                // The number means another section, and other links mean this one.
                (true, true) => return None,
                // The link says its number twice, and nothing else has it: it is the heading's that is wrong.
                (_, false) if is_said => None,
                (false, false) => Some(Safety::Safe),
                _ => Some(Safety::Unsafe),
            }
        };
        Some((only.anchor.clone(), safety))
    }

    /// The only heading of the same title where a number stands before it in the link: the heading has lost it.
    fn unnumbered(&self, target: &Document, wanted: &str) -> Option<String> {
        let splits = wanted.char_indices().skip(1).take(LONGEST_NUMBER).map(|(at, _)| wanted.split_at(at));
        let fitting = splits.filter(|(number, title)| is_number(number, title)).find_map(|(_, title)| {
            let heading = &target.facts.headings[self.anchors.find(title)?];
            let is_only = self.anchors.find(&format!("{title}-1")).is_none();
            (heading.numbering().is_none() && is_only).then_some(title)
        });
        fitting.map(str::to_owned)
    }
}

/// Whether an id names a capital by itself where another letter is wanted: `options-X` is about `-X`, and not about `-x`.
fn is_other_letter(wanted: &str, id: &str) -> bool {
    let parts = |id| str::split(id, |c: char| !c.is_alphanumeric());
    parts(wanted).zip(parts(id)).any(|(wanted, own)| own.len() == 1 && wanted != own && wanted == own.to_lowercase())
}

/// Whether a part of an anchor is what a number before a title makes of it: `10-`, `第一章-`, `2`.
fn is_number(part: &str, title: &str) -> bool {
    let is_set_off = part.ends_with(['-', '_']) || title.starts_with(|c: char| !c.is_ascii());
    is_set_off
        && title.chars().count() > 1
        && !title.starts_with(['-', '_'])
        // A year or a day says what the heading is about.
        && part.chars().filter(char::is_ascii_digit).count() <= 3
        && part.chars().any(numerals::is_numeric)
        && part.chars().all(|c| numerals::is_numeric(c) || "第章节篇部回卷课讲-_".contains(c))
}

/// The digits of the number that the text of a link begins with.
fn said_number(document: &Document, link: Option<&Link>) -> Option<String> {
    let text = document.source.slice(link?.span).trim_start_matches(['[', '*', '_', '`']);
    label::parse(text).map(|label| digits(&label.text))
}

fn digits(number: &str) -> String {
    number.chars().filter(|&c| numerals::is_numeric(c)).collect()
}

fn without_digits(number: &str) -> String {
    number.chars().filter(|&c| !numerals::is_numeric(c)).collect()
}
