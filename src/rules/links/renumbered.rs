//! The heading that a link means with another number, and how sure that is.

use std::collections::{HashMap, HashSet};

use super::anchor_names::{Names, NumberedAnchor};
use crate::{
    corpus::Corpus,
    document::{Document, Heading},
    finding::Safety,
    numbering::numerals::is_numeral_character,
    source::FileId,
};

/// The numbers that links which miss a heading say it has.
#[derive(Default)]
pub(super) struct Claims(HashMap<(FileId, usize), HashSet<String>>);

impl Claims {
    /// Takes note of what a link says. One without a number says nothing else than one with another.
    pub(super) fn add(&mut self, names: &Names, target: &Document, wanted: &str) {
        if let Some((number, only)) = names.renumbered(wanted).filter(|(number, _)| !number.is_empty()) {
            self.0.entry((target.file, only.heading)).or_default().insert(number.to_owned());
        }
    }

    /// Whether they say several numbers of a heading.
    fn are_several(&self, target: &Document, only: &NumberedAnchor) -> bool {
        self.0.get(&(target.file, only.heading)).is_some_and(|numbers| numbers.len() > 1)
    }

    /// The anchor of the heading that a link means with another number, and how safe it is to lead it there; `None` where the
    /// number means another section, and other links mean this one. The link `is_stale` where its text says another number.
    pub(super) fn renumbered(
        &self,
        (corpus, target): (&Corpus, &Document),
        names: &Names,
        wanted: &str,
        is_stale: impl FnOnce(&Heading) -> bool,
    ) -> Option<(String, Option<Safety>)> {
        let (number, only) = names.renumbered(wanted)?;
        let is_led_to = !corpus.references(target.file, only.heading).is_empty();
        if is_led_to && !number.is_empty() && names.has_number(number) {
            return None;
        }
        let is_contested =
            is_led_to || self.are_several(target, only) || is_stale(&target.facts.headings[only.heading]);
        Some((only.anchor.clone(), names.safety(target, wanted, (number, only), is_contested)))
    }
}

/// Whether a text that is shown for a heading says a number, and not the one that the heading says first.
pub(super) fn says_other_number(shown: &str, heading: &Heading) -> bool {
    first_number(shown).is_some_and(|number| first_number(&heading.text) != Some(number))
}

/// The number that a text says first.
fn first_number(text: &str) -> Option<&str> {
    let is_of_number = |c: char| c == '.' || is_numeral_character(c);
    let number = &text[text.find(is_numeral_character)?..];
    Some(number[..number.find(|c| !is_of_number(c)).unwrap_or(number.len())].trim_end_matches('.'))
}
