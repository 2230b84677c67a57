//! Dotted labels that stand below another section than the one whose number they carry, as text that was moved does.

use std::ops::Range;

use super::{Judge, prefix};
use crate::numbering::{
    fault::{Fault, Reason},
    label::{Label, Scheme},
    repair::{Style, change},
    sequence::Kind,
};

impl Judge<'_> {
    /// Whether labels under a number, which count on, belong to a sibling of it whose number all of them carry: they are what
    /// is left out there (`3.1 3.3`, and 3.2 stands below 4), or go on behind the last ones of the section before
    /// (`1. 1.1 2. 1.2`).
    pub(super) fn belong_elsewhere(&self, parent: usize, labels: &[&Label]) -> bool {
        let (Some(first), Some(last)) = (labels.first(), labels.last()) else { return false };
        let carried = prefix(first);
        let counts_on = |pair: &[&Label]| pair[0].number() + 1 == pair[1].number();
        if labels.iter().any(|label| prefix(label) != carried) || !labels.windows(2).all(counts_on) {
            return false;
        }
        let Some((home, is_before)) = self.sibling_with(parent, &carried) else { return false };
        let is_own = |number: u64| {
            let at = self.with_numbers(&[carried.as_slice(), &[number]].concat());
            at.is_some_and(|at| self.parents.get(&at) == Some(&home))
        };
        let (first, last) = (first.number(), last.number());
        if (first..=last).any(is_own) {
            return false;
        }
        let follows = first > 1 && is_own(first - 1);
        (follows && is_before) || ((follows || first == 1) && is_own(last + 1))
    }

    /// Whether the prefix of labels under a number may be right and their place or that number wrong: they are what is left out
    /// elsewhere or go on there, or among its siblings a number is wrong or left out.
    pub(super) fn may_be_right(&self, parent: usize, labels: &[&Label]) -> bool {
        self.irregular.contains(&parent) || self.belong_elsewhere(parent, labels)
    }

    /// The item that shows numbers to be there which are missing between two items, behind `above`.
    pub(super) fn elsewhere(&self, between: Range<usize>, above: &[u64], missing: Range<u64>) -> Option<usize> {
        /// More numbers are not looked for.
        const MOST: usize = 16;
        let labelled = || missing.clone().take(MOST).find_map(|own| self.with_numbers(&[above, &[own]].concat()));
        self.unnumbered(between, above, &missing).or_else(labelled)
    }

    /// A sibling without a label between two items, if sections below it carry a number that is missing there behind `above`.
    pub(super) fn unnumbered(&self, between: Range<usize>, above: &[u64], missing: &Range<u64>) -> Option<usize> {
        let siblings = self.items[between.start].siblings();
        let carries = |label: &Label| {
            let prefix = prefix(label);
            prefix.split_last().is_some_and(|(last, before)| before == above && missing.contains(last))
        };
        between.skip(1).find_map(|at| {
            self.label(at).filter(|label| label.scheme == Scheme::Dotted && carries(label))?;
            let parent = self.items[at].parent?;
            (self.label(parent).is_none() && self.items[parent].siblings() == siblings).then_some(parent)
        })
    }

    /// What is wrong with all the labels under a number if they belong to another section. Where none of them is its own they
    /// are no sequence that is judged: they might be versions.
    pub(super) fn astray(&self, parent: usize, members: &[usize]) -> Option<Fault> {
        let labels: Vec<&Label> = members.iter().filter_map(|&at| self.label(at)).collect();
        if !self.belong_elsewhere(parent, &labels) || !self.prefixes_agree_elsewhere(Some(parent)) {
            return None;
        }
        let (above, style) = (self.path(parent), Style::of(labels.iter().copied()));
        let wanted = |(number, (&at, label)): (u64, (&usize, &&Label))| {
            change(at, label, &[above.as_slice(), &[number]].concat(), &style)
        };
        let run = (1..).zip(members.iter().zip(&labels)).map(wanted).collect();
        // Whether they are to be called otherwise or to stand elsewhere, only their author knows.
        let (kind, certain, reason) = (Kind::Misnumbered, false, Reason::Prefix(self.label(parent)?.text.clone()));
        Some(Fault { kind, certain, reason, see: vec![parent], run, below: Vec::new() })
    }
}
