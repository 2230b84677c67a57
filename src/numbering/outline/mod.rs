//! What is wrong with the labels of an outline, and what they should be.
//!
//! Siblings of one scheme are a sequence. Dotted labels (`2.1`) are judged under the label they belong to: their
//! prefix has to be its number, as it will be once that one is repaired.

mod astray;
mod beheaded;
mod dotted;
mod lost;
mod simple;

use std::{cell::OnceCell, ops::Range};

use super::{
    counting::{Counting, Restart},
    fault::{Change, Fault, Reason},
    item::{Item, Siblings},
    label::Label,
    mixed,
    numerals::Class,
    readings,
    repair::{Style, change},
    sequence::{self, Judgement, Kind, Places, Run},
};
use crate::{
    order,
    source::hash::{HashMap, HashMapExt, HashSet, HashSetExt},
};

/// Judges all labels of an outline, in the order of their first label.
pub fn judge(items: &[Item], counting: &Counting) -> Vec<Fault> {
    let items = counted(items, counting);
    let mut judge = Judge::new(&items, counting);
    let mut faults = judge.faults();
    faults.extend(mixed::judge(&items, &judge.repaired));
    order::by_key(&mut faults, |fault| fault.run[0].item);
    faults
}

/// The labels that count, by item, each read as its neighbours say, and whether it stands in a sequence that is judged.
pub fn counted_labels(items: &[Item], counting: &Counting) -> Vec<(usize, Label, bool)> {
    let items = counted(items, counting);
    let mut judge = Judge::new(&items, counting);
    judge.faults();
    let label = |(at, item): (usize, &Item)| Some((at, item.label.clone()?, judge.sequenced.contains(&at)));
    items.iter().enumerate().filter_map(label).collect()
}

/// The items with the labels that count, each read as its neighbours say.
fn counted(items: &[Item], counting: &Counting) -> Vec<Item> {
    let mut items = readings::settled(items);
    let counts = counting.counts();
    for item in &mut items {
        item.label = item.label.take().filter(&counts);
    }
    items
}

/// What has to change for every sequence to count on from its first number or the configured one, whatever it looks like
/// now; or for the one that an item belongs to. Every item is named once.
pub fn renumber(items: &[Item], only: Option<usize>, counting: &Counting) -> Vec<Change> {
    let items = counted(items, counting);
    let asked = only.map_or(Asked::All, Asked::With);
    let faults = Judge { asked, ..Judge::new(&items, counting) }.faults();
    let own = faults.iter().flat_map(|fault| &fault.run);
    // What follows its parent has been given both of its numbers where its own sequence was gone through as well.
    let below = faults.iter().flat_map(|fault| &fault.below);
    let mut seen = HashSet::new();
    own.chain(below).filter(|change| change.is_written && seen.insert(change.item)).cloned().collect()
}

/// A label with other values, each number written as it was.
pub fn changed(item: usize, label: &Label, values: &[u64]) -> Change {
    change(item, label, values, &Style::of([label].into_iter()))
}

/// What is asked of the sequences.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// What is wrong with them.
    Faults,
    /// That all of them count on from their first number.
    All,
    /// That the one with an item does.
    With(usize),
}

struct Judge<'a> {
    items: &'a [Item],
    counting: &'a Counting,
    asked: Asked,
    /// For each item, the sibling before it.
    before: Vec<Option<usize>>,
    /// The numbers an item will have once what is certain is repaired, where they differ from today's.
    repaired: HashMap<usize, Vec<u64>>,
    /// Items that stand in a sequence of two or more.
    sequenced: HashSet<usize>,
    /// Those of which something is wrong or left out in their sequence.
    irregular: HashSet<usize>,
    /// For each dotted label, the item whose numbers its prefix should be.
    parents: HashMap<usize, usize>,
    /// The same the other way.
    children: HashMap<usize, Vec<usize>>,
    /// For each item with further parts, those, and their labels.
    parts: HashMap<usize, Vec<(usize, &'a Label)>>,
    /// Items whose number dotted labels right below them carry; looked up where it is in doubt whether it is one.
    carried: OnceCell<HashSet<usize>>,
    /// All dotted labels by their numbers; looked up where something may be missing.
    by_numbers: OnceCell<HashMap<Vec<u64>, usize>>,
    /// The lengths of dotted labels of which some begin with 1; looked up where a first one may be missing.
    from_one: OnceCell<HashSet<usize>>,
    /// What stands beside the labels that others belong to; looked up where that is in doubt.
    rows: OnceCell<lost::Rows<'a>>,
    /// By number of components: the parents whose number dotted labels carry, and those whose they do not.
    agreement: HashMap<usize, (HashSet<usize>, HashSet<usize>)>,
    faults: Vec<Fault>,
}

impl<'a> Judge<'a> {
    fn new(items: &'a [Item], counting: &'a Counting) -> Self {
        let mut parts: HashMap<usize, Vec<(usize, &Label)>> = HashMap::new();
        for (at, item) in items.iter().enumerate() {
            if let Some((first, label)) = &item.part {
                parts.entry(*first).or_default().push((at, label));
            }
        }
        let mut last: HashMap<Siblings, usize> = HashMap::new();
        let before = items.iter().enumerate().map(|(at, item)| last.insert(item.siblings(), at)).collect();
        Self {
            parts,
            before,
            items,
            counting,
            asked: Asked::Faults,
            repaired: HashMap::new(),
            sequenced: HashSet::new(),
            irregular: HashSet::new(),
            parents: HashMap::new(),
            children: HashMap::new(),
            agreement: HashMap::new(),
            carried: OnceCell::new(),
            by_numbers: OnceCell::new(),
            from_one: OnceCell::new(),
            rows: OnceCell::new(),
            faults: Vec::new(),
        }
    }

    /// What is wrong.
    fn faults(&mut self) -> Vec<Fault> {
        for members in self.simple_sequences() {
            self.simple(&members);
        }
        self.find_parents();
        for (parent, members) in self.dotted_sequences() {
            let own = self.own(parent, &members);
            let is_judged = !own.is_empty() && self.dotted(parent, own);
            if let Some(parent) = parent.filter(|_| !self.is_forced()) {
                let fault = if is_judged { self.beheaded(parent, own) } else { self.astray(parent, &members) };
                self.faults.extend(fault);
            }
        }
        let mut faults = std::mem::take(&mut self.faults);
        for fault in &mut faults {
            fault.below = fault.run.iter().flat_map(|change| self.below(change)).collect();
        }
        faults
    }

    /// What the numbers of a sequence should be.
    fn judgement(&self, members: &[usize], numbers: &[u64]) -> Option<Judgement> {
        let set_off = self.set_off(members);
        match self.asked {
            Asked::Faults => {
                let begun = self.has_begun(members[0], numbers[0]);
                sequence::judge(numbers, &set_off, begun, self.counting)
            }
            Asked::With(item) if !members.contains(&item) => None,
            Asked::All | Asked::With(_) => Some(sequence::count_on(numbers, &set_off, self.counting)),
        }
    }

    /// Whether the sequences are to count on, whatever they look like.
    fn is_forced(&self) -> bool {
        self.asked != Asked::Faults
    }

    fn label(&self, item: usize) -> Option<&'a Label> {
        self.items[item].label.as_ref()
    }

    /// For each member, whether it is set off from the one before, so that counting may begin anew: by what it is, by a
    /// sibling without a label directly before it, or because another section begins with it. Where counting is to go on
    /// through the document, only the first counts.
    fn set_off(&self, members: &[usize]) -> Vec<bool> {
        let is_bare = |before: usize| self.items[before].label.is_none();
        let siblings = |index: usize| self.items[members[index]].siblings();
        let begins = |index: usize| index.checked_sub(1).is_some_and(|before| siblings(before) != siblings(index));
        let is_set_off = |(index, &at): (usize, &usize)| {
            let may_restart = self.counting.restart != Restart::Document;
            let is_between = || begins(index) || self.before[at].is_some_and(is_bare);
            self.items[at].is_set_off || (may_restart && is_between())
        };
        members.iter().enumerate().map(is_set_off).collect()
    }

    /// Whether a sibling before the first member has the number before it, in a form that makes no label.
    fn has_begun(&self, first: usize, number: u64) -> bool {
        let siblings = std::iter::successors(self.before[first], |&at| self.before[at]).take(1_000);
        siblings.flat_map(|at| &self.items[at].hints).any(|hint| hint + 1 == number)
    }

    /// The numbers of an item once what is certain is repaired.
    fn path(&self, item: usize) -> Vec<u64> {
        self.repaired.get(&item).cloned().or_else(|| self.label(item).map(Label::values)).unwrap_or_default()
    }

    /// The labels of a run as they should be. Of one that stands for several numbers the last is not rewritten.
    fn changes(
        &self,
        members: &[usize],
        at: Range<usize>,
        style: &Style,
        target: impl Fn(usize) -> Vec<u64>,
    ) -> Vec<Change> {
        let label = |index: usize| Some((index, self.label(members[index])?));
        let changed = |(index, label): (usize, &Label)| {
            let change = change(members[index], label, &target(index), style);
            let is_one = self.items[members[index]].covers.is_none();
            let is_written = change.is_written && (is_one || change.values == label.values());
            Change { is_written, ..change }
        };
        at.filter_map(label).map(changed).collect()
    }

    fn fault(
        &mut self,
        members: &[usize],
        run: &Run,
        places: &Places,
        number: u64,
        reason: Reason,
        changes: Vec<Change>,
    ) -> Fault {
        // Only what is certainly repaired sets the prefix of what stands below; a gap may be closed otherwise.
        if run.kind == Kind::Misnumbered {
            self.repaired.extend(changes.iter().map(|change| (change.item, change.values.clone())));
        }
        let first = run.at.start;
        let (start, known) = places.around(first);
        let same = known.get(&number).map(Vec::as_slice).unwrap_or_default();
        let twin = [same.first(), same.last()].into_iter().flatten().find(|at| !run.at.contains(at));
        let before = first.checked_sub(1).filter(|before| *before >= start);
        let see = twin.copied().or(before).map(|at| members[at]).into_iter().collect();
        Fault { kind: run.kind, certain: run.certain, reason, see, run: changes, below: Vec::new() }
    }

    /// Labels below a changed one that carry its number, and those of its further parts.
    fn below(&self, change: &Change) -> Vec<Change> {
        let Some(today) = self.label(change.item).map(Label::values).filter(|today| change.values != *today) else {
            return Vec::new();
        };
        let parts = self.parts.get(&change.item).into_iter().flatten();
        let parts = parts.map(|(at, label)| changed(*at, label, &change.values));
        parts.chain(self.follow(change.item, &today, &change.values)).collect()
    }

    /// Dotted labels below an item whose prefix is its number: they follow when it changes.
    fn follow(&self, item: usize, today: &[u64], target: &[u64]) -> Vec<Change> {
        let mut out = Vec::new();
        for &at in self.children.get(&item).into_iter().flatten() {
            let Some(label) = self.label(at) else { continue };
            let mut numbers = label.values();
            if numbers[..today.len()] != *today {
                continue;
            }
            let before = numbers.clone();
            numbers[..today.len()].copy_from_slice(target);
            out.push(changed(at, label, &numbers));
            out.extend(self.follow(at, &before, &numbers));
        }
        out
    }
}

/// Whether a label counts with numbers and not with letters: ⓘ and 🅿 are signs of many kinds.
fn is_plain(label: &Label) -> bool {
    match label.class() {
        Class::Sign(system) => !system.is_lettered(),
        class => class.is_plain(),
    }
}

/// All components of a dotted label but the last.
fn prefix(label: &Label) -> Vec<u64> {
    let mut values = label.values();
    values.pop();
    values
}
