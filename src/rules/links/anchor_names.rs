//! What the anchors of a document are made of, and what a link that misses them may mean.

use std::{
    cell::{OnceCell, RefCell},
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    corpus::letters,
    document::{Anchors, Document, Heading, Numbered, Renderer},
    finding::Safety,
    numbering::{Counting, Kind, numerals, outline},
};

/// What the anchors of a document are made of; each is looked up once, however many links miss it.
pub(super) struct Names {
    renderer: Renderer,
    anchors: Arc<Anchors>,
    /// Anchors by their letters; `None` where several have the same.
    by_spelling: HashMap<String, Option<String>>,
    /// Numbered headings by the anchor that their titles alone would have, and by what stands there beside the digits of
    /// their numbers.
    by_title: HashMap<String, HashMap<String, Vec<NumberedAnchor>>>,
    /// What the numbers of headings make of their anchors, and in which sections.
    numbers: HashMap<String, HashSet<Option<usize>>>,
    /// For each heading the last one with a number before it, of its level and in the same section.
    before: Vec<Option<usize>>,
    /// The labels that headings should have, of those whose numbers are wrong.
    wrong: OnceCell<HashMap<usize, String>>,
    /// The anchors that headings would have with the numbers that they should have, of those that were asked for.
    mended: RefCell<HashMap<usize, Vec<String>>>,
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
        let mut numbers: HashMap<String, HashSet<Option<usize>>> = HashMap::new();
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
                numbers.entry(number.to_owned()).or_default().insert(heading.parent);
                let own = by_title.entry(title).or_default().entry(without_digits(number)).or_default();
                own.push(NumberedAnchor { heading: index, anchor: anchor.clone() });
            }
        }
        let before = siblings(&target.facts.headings);
        Self {
            renderer,
            anchors,
            by_spelling,
            by_title,
            numbers,
            before,
            wrong: OnceCell::new(),
            mended: RefCell::default(),
        }
    }

    /// The only anchor of the same letters, and how sure it is to be meant.
    pub(super) fn alike(&self, wanted: &str) -> Option<(String, Safety)> {
        let letters = letters(wanted);
        let near = self.by_spelling.get(&letters).filter(|_| !letters.is_empty()).cloned().flatten()?;
        // `MkDocs` counts headings without letters of ASCII, so that `_1` says nothing of one.
        let is_counted = self.renderer.is_mkdocs() && !wanted.contains(char::is_alphabetic);
        // The title of one heading and the number of another.
        let is_contested = || self.renumbered(wanted).is_some_and(|(_, other)| other.anchor != near);
        let safety = if is_counted || is_contested() { Safety::Unsafe } else { Safety::Safe };
        Some((near, safety))
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
        self.numbers.contains_key(number)
    }

    /// Whether a number that a link has still stands in another section than a heading: it is not that one which has been
    /// numbered otherwise then, but its own that says something else now.
    fn is_kept(&self, number: &str, heading: &Heading) -> bool {
        self.numbers.get(number).is_some_and(|sections| sections.iter().any(|section| *section != heading.parent))
    }

    /// How safe it is to lead a link with some number to a heading with another one; `None` where it is the heading's that is
    /// wrong, as far as anybody can see: nothing has the number of the link, and the heading would where its siblings count
    /// on. Of a heading that `is_contested` other links say otherwise.
    pub(super) fn safety(
        &self,
        target: &Document,
        wanted: &str,
        (number, only): (&str, &NumberedAnchor),
        is_contested: bool,
    ) -> Option<Safety> {
        if number.is_empty() {
            return Some(Safety::Safe);
        }
        if !self.has_number(number) && self.should_make(target, only.heading, wanted) {
            return None;
        }
        let is_wrong = self.wrong(target).contains_key(&only.heading);
        // 2.1 is no other number for 4, but another place.
        let own = &only.anchor[..only.anchor.len().saturating_sub(wanted.len() - number.len())];
        let is_other_depth = parts(own) != parts(number);
        let is_kept = || self.is_kept(number, &target.facts.headings[only.heading]);
        let is_doubtful = is_contested || is_wrong || is_other_depth || is_kept();
        Some(if is_doubtful { Safety::Unsafe } else { Safety::Safe })
    }

    /// The labels that the headings of a document should have whose numbers are wrong.
    fn wrong(&self, target: &Document) -> &HashMap<usize, String> {
        self.wrong.get_or_init(|| {
            let faults = target.numbering_faults(&Counting::default());
            let own = faults.iter().filter(|(place, fault)| *place == Numbered::Headings && fault.kind != Kind::Mixed);
            let changes = own.flat_map(|(_, fault)| fault.run.iter().chain(&fault.below));
            changes.map(|change| (change.item, change.label.clone())).collect()
        })
    }

    /// What a heading would say if it counted on from the sibling before it; one without a number has the label of that.
    fn going_on(&self, target: &Document, at: usize) -> Option<String> {
        let headings = &target.facts.headings;
        let numbered = |at: usize| Some((&headings[at].numbering()?.label, &*headings[at].text));
        let (own, before) = (numbered(at), self.before[at].and_then(numbered));
        let (label, text) = own.or(before)?;
        let number = before.filter(|(other, _)| other.scheme == label.scheme).map_or(0, |(other, _)| other.number());
        let mut values = label.values();
        *values.last_mut()? = number.saturating_add(1);
        let behind = label.behind(text);
        let blank = &behind[..behind.len() - behind.trim_start().len()];
        let title = if own.is_some() { behind.trim_start() } else { headings[at].text.trim_start() };
        Some([outline::changed(at, label, &values).label.as_str(), blank, title].concat())
    }

    /// Whether a heading would have an anchor if it had the number that it should have.
    fn should_make(&self, target: &Document, at: usize, wanted: &str) -> bool {
        let mut known = self.mended.borrow_mut();
        let anchors = known.entry(at).or_insert_with(|| {
            let heading = &target.facts.headings[at];
            let renumbered = |label: &String| Some(label.clone() + heading.numbering()?.label.behind(&heading.text));
            let mended = self.wrong(target).get(&at).and_then(renumbered).into_iter().chain(self.going_on(target, at));
            mended.map(|text| self.renderer.anchor(heading, &text, &target.source.text).base).collect()
        });
        anchors.iter().any(|anchor| anchor == wanted)
    }

    /// The only heading of the same title where a number stands before it in the link: the heading has lost it, and is
    /// asked to have it back where its siblings still count with it.
    pub(super) fn unnumbered(&self, target: &Document, wanted: &str) -> Option<(String, Option<Safety>)> {
        let splits = wanted.char_indices().skip(1).take(LONGEST_NUMBER).map(|(at, _)| wanted.split_at(at));
        let is_number = |(number, title): &(&str, &str)| is_number(self.renderer, number, title);
        let (headings, text) = (&target.facts.headings, &target.source.text);
        let fitting = splits.filter(is_number).find_map(|(number, title)| {
            let at = self.anchors.find(title)?;
            let heading = &headings[at];
            let is_only = self.anchors.families(self.renderer, headings, text).count(title) == 1;
            (heading.numbering().is_none() && is_only).then_some((at, heading, number, title))
        });
        let (at, heading, number, title) = fitting?;
        let is_missed = self.should_make(target, at, wanted);
        // 12.5 may be a day or a version, which says what the heading was about.
        let is_doubtful = parts(number) > 1 || self.is_kept(number, heading);
        let safety = if is_doubtful { Safety::Unsafe } else { Safety::Safe };
        Some((title.to_owned(), (!is_missed).then_some(safety)))
    }
}

/// For each heading the last one with a number before it, of its level and in the same section.
fn siblings(headings: &[Heading]) -> Vec<Option<usize>> {
    let mut last = [None; 7];
    let before = headings.iter().enumerate().map(|(at, heading)| {
        let level = usize::from(heading.level).min(6);
        last[level + 1..].fill(None);
        let numbered = heading.numbering().map(|_| at);
        let before = last[level];
        last[level] = numbered.or(before);
        before
    });
    before.collect()
}

/// Whether a part of an anchor is what a number before a title makes of it: `10-`, `第一章-`, `2`, in Obsidian `10. `.
fn is_number(renderer: Renderer, part: &str, title: &str) -> bool {
    let is_mark = |c: char| "-_".contains(c) || renderer == Renderer::Obsidian && ".、 ".contains(c);
    let is_set_off = part.ends_with(is_mark) || title.starts_with(|c: char| !c.is_ascii());
    is_set_off
        && title.chars().count() > 1
        && !title.starts_with(is_mark)
        // A year or a day says what the heading is about.
        && part.chars().filter(char::is_ascii_digit).count() <= 3
        && part.chars().any(numerals::is_numeric)
        && part.chars().all(|c| numerals::is_numeric(c) || is_mark(c) || "第章节篇部回卷课讲".contains(c))
}

/// How many numbers stand in a part of an anchor.
fn parts(number: &str) -> usize {
    number.split(|c| !numerals::is_numeric(c)).filter(|part| !part.is_empty()).count()
}

fn without_digits(number: &str) -> String {
    number.chars().filter(|&c| !numerals::is_numeric(c)).collect()
}
