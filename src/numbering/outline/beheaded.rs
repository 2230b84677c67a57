//! Dotted labels of which the first is missing: `3.1`, and right below it `3.1.2` and `3.1.3`.

use super::{Judge, prefix};
use crate::{
    numbering::{
        fault::{Fault, Reason},
        label::Label,
        repair::Style,
        sequence::Kind,
    },
    source::hash::HashSet,
};

impl Judge<'_> {
    /// What is missing before labels that count on from 2 right behind the number that they carry, where others of their
    /// length begin with 1. A single one, or those that leave several out, may be versions.
    pub(super) fn beheaded(&self, parent: usize, members: &[usize]) -> Option<Fault> {
        let labels: Vec<&Label> = members.iter().filter_map(|&at| self.label(at)).collect();
        let above = self.label(parent)?.values();
        let counts_on = |(number, label): (u64, &&Label)| label.number() == number && prefix(label) == above;
        let is_missing = labels.len() > 1
            && members[0] == parent + 1
            && (2..).zip(&labels).all(counts_on)
            && self.sequenced.contains(&parent)
            && !self.irregular.contains(&parent)
            && self.counting.start.is_none()
            && !self.counting.allow_gaps
            && !self.items[parent].hints.contains(&1)
            && self.begin_with_one(labels[0].numbers.len())
            && self.with_numbers(&[above.as_slice(), &[1]].concat()).is_none();
        if !is_missing {
            return None;
        }
        let style = Style::of(labels.iter().copied());
        let target = |index: usize| [above.as_slice(), &[labels[index].number() - 1]].concat();
        Some(Fault {
            kind: Kind::Skipped,
            certain: false,
            reason: Reason::First(style.show_dotted(&above, 1)),
            see: vec![parent],
            run: self.changes(members, 0..members.len(), &style, target),
            below: Vec::new(),
        })
    }

    /// Whether some dotted labels of a length begin with 1 below the number that they carry.
    fn begin_with_one(&self, length: usize) -> bool {
        let lengths = || -> HashSet<usize> {
            let first = self.dotted_items().filter(|(_, label)| label.number() == 1);
            let above = |at: &usize| self.label(*self.parents.get(at)?).map(Label::values);
            first.filter(|(at, label)| above(at) == Some(prefix(label))).map(|(_, label)| label.numbers.len()).collect()
        };
        self.from_one.get_or_init(lengths).contains(&length)
    }
}
