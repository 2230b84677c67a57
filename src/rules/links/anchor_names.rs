//! What the anchors of a document are made of, and what a link that misses them may mean.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    corpus::letters,
    document::{Anchors, Document, Numbered, Renderer},
    finding::Safety,
    numbering::{Counting, Fault, numerals},
};

/// What the anchors of a document are made of; each is looked up once, however many links miss it.
pub(super) struct Names {
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
pub(super) struct NumberedAnchor {
    /// Which heading.
    pub(super) heading: usize,
    pub(super) anchor: String,
}

/// A number at the start of an anchor is not longer than this, in characters.
const LONGEST_NUMBER: usize = 12;

impl Names {
    pub(super) fn of(target: &Document, renderer: Renderer) -> Self {
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
    pub(super) fn alike(&self, wanted: &str) -> Option<String> {
        let letters = letters(wanted);
        self.by_spelling.get(&letters).filter(|_| !letters.is_empty()).cloned().flatten()
    }

    /// The only heading of the same title, behind another number, or behind one where none is named; with the number that is.
    pub(super) fn renumbered<'n>(&'n self, wanted: &'n str) -> Option<(&'n str, &'n NumberedAnchor)> {
        let splits = wanted.char_indices().take(LONGEST_NUMBER).map(|(at, _)| wanted.split_at(at));
        let fitting = splits.flat_map(|(number, title)| {
            let own = without_digits(number);
            let fits = move |(other, _): &(&String, _)| number.is_empty() || **other == own;
            let headings = self.by_title.get(title).into_iter().flatten().filter(fits);
            headings.flat_map(|(_, headings)| headings).map(move |heading| (number, heading))
        });
        let mut fitting = fitting.take(2);
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// Whether the anchor of a heading has a number before its title.
    pub(super) fn has_number(&self, number: &str) -> bool {
        self.numbers.contains(number)
    }

    /// How safe it is to lead a link with some number to a heading with another one; `None` where it may be the heading's that
    /// is wrong. `said` are the digits that the text of the link begins with, and of a heading that `is_contested` other links
    /// say otherwise.
    pub(super) fn safety(
        &self,
        target: &Document,
        (number, only): (&str, &NumberedAnchor),
        said: Option<&str>,
        is_contested: bool,
    ) -> Option<Safety> {
        let is_slip = || {
            let faults = target.numbering_faults(&Counting::default());
            let own = |fault: &Fault| fault.run.iter().any(|change| change.item == only.heading);
            faults.iter().any(|(place, fault)| *place == Numbered::Headings && own(fault))
        };
        // The link says its number twice, and nothing else has it.
        let is_right = || said == Some(&*digits(number)) && !self.has_number(number) && is_slip();
        if number.is_empty() {
            return Some(Safety::Safe);
        }
        (!is_right()).then_some(if is_contested { Safety::Unsafe } else { Safety::Safe })
    }

    /// The only heading of the same title where a number stands before it in the link: the heading has lost it.
    pub(super) fn unnumbered(&self, target: &Document, wanted: &str) -> Option<String> {
        let splits = wanted.char_indices().skip(1).take(LONGEST_NUMBER).map(|(at, _)| wanted.split_at(at));
        let fitting = splits.filter(|(number, title)| is_number(number, title)).find_map(|(_, title)| {
            let heading = &target.facts.headings[self.anchors.find(title)?];
            let is_only = self.anchors.find(&format!("{title}-1")).is_none();
            (heading.numbering().is_none() && is_only).then_some(title)
        });
        fitting.map(str::to_owned)
    }
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

/// The digits of a number.
pub(super) fn digits(number: &str) -> String {
    number.chars().filter(|&c| numerals::is_numeric(c)).collect()
}

fn without_digits(number: &str) -> String {
    number.chars().filter(|&c| !numerals::is_numeric(c)).collect()
}
