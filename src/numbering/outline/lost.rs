//! Dotted labels whose section is not there: its heading is spoilt, or stands there as something else.

use super::{Judge, prefix};
use crate::{
    numbering::{
        item::Siblings,
        label::{Label, Scheme},
    },
    source::hash::{HashMap, HashMapExt},
};

/// The labels of one scheme that siblings carry, by what stands before their last number.
pub(super) type Rows<'a> = HashMap<(Siblings, &'a Scheme, Vec<u64>), Row>;

/// Labels in the order in which they stand: items, and their last numbers.
#[derive(Default)]
pub(super) struct Row {
    labels: Vec<(usize, u64)>,
    /// Which item has a number first.
    by_number: HashMap<u64, usize>,
}

/// So many sections below another number tell what all of them carry.
const LOOK: usize = 32;

impl Judge<'_> {
    /// Those of the labels under a number that are its own. The ones at their end are not that carry a number which no section
    /// has, if it is left out behind this one (`1. 1.1 2.1 3.`), would come next where they count anew from 1 (`2. 2.1 3.1`),
    /// or stands between in a form that makes no label. None is where all carry the number that is left out before this one
    /// (`2. 4. 3.1 3.2`), or all carry that of a sibling whose own carry this one's (`2. 1.1 1.2 1. 2.1`): then this one is wrong.
    pub(super) fn own<'m>(&self, parent: Option<usize>, members: &'m [usize]) -> &'m [usize] {
        let own = parent.filter(|_| !self.is_forced()).map(|parent| self.count_own(parent, members));
        &members[..own.unwrap_or(members.len())]
    }

    fn count_own(&self, parent: usize, members: &[usize]) -> usize {
        let today = self.label(parent).map(Label::values).unwrap_or_default();
        let all_carry = |members: &[usize], numbers: &[u64]| {
            members.iter().all(|member| self.label(*member).is_some_and(|label| prefix(label) == numbers))
        };
        if all_carry(members, &today) {
            return members.len();
        }
        let Some((own, above, row)) = self.row(parent) else { return members.len() };
        let at = row.labels.partition_point(|(item, _)| *item < parent);
        let number = |at: Option<usize>| at.and_then(|at| row.labels.get(at)).map(|(_, number)| *number);
        let (before, next) = (number(at.checked_sub(1)), number(Some(at + 1)));
        // The number of the section that a member belongs to, if none has it.
        let missing = |member: &usize| {
            let prefix = prefix(self.label(*member)?);
            let (number, own_above) = prefix.split_last()?;
            (own_above == above && !row.by_number.contains_key(number)).then_some(*number)
        };
        let is_left_out = |number: u64| before.map_or(next.is_some_and(|next| number < next), |before| before < number);
        let is_before = |number: u64| is_left_out(number) && number < own;
        if members.iter().all(|member| missing(member).is_some_and(is_before)) {
            return 0;
        }
        let carried = self.label(members[0]).map(prefix).unwrap_or_default();
        let twin = carried.split_last().filter(|(_, own_above)| *own_above == above);
        let twin = twin.and_then(|(number, _)| self.children.get(row.by_number.get(number)?));
        let is_swapped = |twin: &Vec<usize>| all_carry(&twin[..twin.len().min(LOOK)], &today);
        if all_carry(members, &carried) && twin.is_some_and(is_swapped) {
            return 0;
        }
        let is_behind = |number: u64| own < number && number < next.unwrap_or(own + 2);
        let lost = members.iter().rev().take_while(|member| missing(member).is_some_and(is_behind)).count();
        let count = members.len() - lost;
        let Some(first) = members.get(count) else { return count };
        let counts_anew = || count > 0 && self.label(*first).is_some_and(|label| label.number() == 1);
        let stands_there = || {
            let number = missing(first);
            self.items[parent..*first].iter().flat_map(|item| &item.hints).any(|hint| Some(*hint) == number)
        };
        if next.is_some() || counts_anew() || stands_there() { count } else { members.len() }
    }

    /// The label beside another one that has some numbers, and whether it is the one before.
    pub(super) fn sibling_with(&self, item: usize, numbers: &[u64]) -> Option<(usize, bool)> {
        let (_, above, row) = self.row(item)?;
        let (last, own_above) = numbers.split_last()?;
        let sibling = *row.by_number.get(last).filter(|sibling| own_above == above && **sibling != item)?;
        let at = row.labels.partition_point(|(other, _)| *other < item);
        Some((sibling, at.checked_sub(1).is_some_and(|before| row.labels[before].0 == sibling)))
    }

    /// The labels before and behind one among those that it stands among.
    pub(super) fn beside(&self, item: usize) -> impl Iterator<Item = usize> {
        let beside = self.row(item).map(|(_, _, row)| {
            let at = row.labels.partition_point(|(other, _)| *other < item);
            [at.checked_sub(1), Some(at + 1)].map(|at| Some(row.labels.get(at?)?.0))
        });
        beside.into_iter().flatten().flatten()
    }

    /// The last number of a label, those before it, and the labels that it stands among.
    fn row(&self, item: usize) -> Option<(u64, Vec<u64>, &Row)> {
        let rows = self.rows.get_or_init(|| {
            let mut rows = Rows::new();
            for (at, item) in self.items.iter().enumerate() {
                let Some(label) = &item.label else { continue };
                let row = rows.entry((item.siblings(), &label.scheme, prefix(label))).or_default();
                row.labels.push((at, label.number()));
                row.by_number.entry(label.number()).or_insert(at);
            }
            rows
        });
        let label = self.label(item)?;
        let above = prefix(label);
        let row = rows.get(&(self.items[item].siblings(), &label.scheme, above.clone()))?;
        Some((label.number(), above, row))
    }
}
