//! The levels at which the sections of outlines stand in a document, and headings that stand above theirs.

use std::{collections::HashMap, sync::Arc};

use super::{Outline, Section};
use crate::document::{Document, title_heading};

/// At which level the sections of each outline stand: that of most of them.
pub(super) struct Levels {
    /// The level of each heading; of one that stands above its section's level, that one.
    pub(super) own: Vec<u8>,
    /// Sections that can be one heading only, which can be nothing else.
    sure: HashMap<*const Section, usize>,
    of: HashMap<*const Outline, u8>,
}

impl Levels {
    pub(super) fn new(document: &Document, texts: &[String], outline: &Outline) -> Self {
        let own = document.facts.headings.iter().map(|heading| heading.level).collect();
        let mut levels = Self { own, sure: sure(document, texts, outline), of: HashMap::new() };
        levels.settle(document, title_heading(document), outline, 0);
        levels
    }

    /// The level of an outline; `None` where it is not known.
    pub(super) fn of(&self, outline: &Outline) -> Option<u8> {
        self.of.get(&std::ptr::from_ref(outline)).copied()
    }

    /// Whether a section can be one heading only, which can be nothing else.
    pub(super) fn is_sure(&self, section: &Arc<Section>) -> bool {
        self.sure.contains_key(&Arc::as_ptr(section))
    }

    /// Finds the level of an outline and those within, and puts down to it what stands above.
    fn settle(&mut self, document: &Document, title: Option<usize>, outline: &Outline, above: u8) {
        let level = self.level(document, outline).filter(|level| *level > above);
        for section in outline.sections() {
            let heading = self.sure.get(&Arc::as_ptr(section)).copied();
            if let (Some(level), Some(heading)) = (level, heading.filter(|at| title != Some(*at))) {
                self.of.insert(outline, level);
                self.own[heading] = self.own[heading].max(level);
            }
            if let (Some(inner), Some(heading)) = (&section.inner, heading) {
                self.settle(document, title, inner, self.own[heading]);
            }
        }
    }

    /// The level of most of the sections, of several the first; `None` where a heading of another kind parts them.
    fn level(&self, document: &Document, outline: &Outline) -> Option<u8> {
        let headings = &document.facts.headings;
        let own: Vec<usize> =
            outline.sections().filter_map(|section| self.sure.get(&Arc::as_ptr(section)).copied()).collect();
        let mut votes = [0; 7];
        for &at in &own {
            votes[usize::from(headings[at].level)] += 1;
        }
        let level = (1..=6u8).rev().max_by_key(|level| votes[usize::from(*level)])?;
        let parts = |at: usize| headings[at].container == 0 && headings[at].level < level && !own.contains(&at);
        let (first, last) = (*own.iter().min()?, *own.iter().max()?);
        (!(first..last).any(parts)).then_some(level)
    }
}

/// The headings that can be one section only, each of which can be no other one.
fn sure(document: &Document, texts: &[String], outline: &Outline) -> HashMap<*const Section, usize> {
    // A text that stands twice tells nothing.
    let mut by_text: HashMap<&str, Option<usize>> = HashMap::new();
    for (at, _) in document.facts.headings.iter().enumerate().filter(|(_, heading)| heading.container == 0) {
        by_text.entry(&texts[at]).and_modify(|own| *own = None).or_insert(Some(at));
    }
    let mut by_heading: HashMap<usize, Vec<*const Section>> = HashMap::new();
    for section in outline.all_sections() {
        let mut texts = section.title.texts().into_iter().flatten();
        if let Some(heading) = texts.find_map(|text| *by_text.get(text)?) {
            by_heading.entry(heading).or_default().push(Arc::as_ptr(section));
        }
    }
    let only = |(heading, sections): (usize, Vec<*const Section>)| match sections[..] {
        [only] => Some((only, heading)),
        _ => None,
    };
    by_heading.into_iter().filter_map(only).collect()
}
