//! Items of ordered lists as items of an outline.

use std::collections::hash_map::Entry;

use super::{Order, number_of};
use crate::{
    document::{Document, ListItem},
    numbering::{Counting, Item, Restart, Scheme, label::YEARS},
    source::{
        Span,
        hash::{HashMap, HashMapExt},
    },
};

/// Where lists go on from each other: the heading above, and the container.
type Place = (Option<usize>, u32);

/// The lists that go on from each other, while they are gathered.
#[derive(Default)]
struct Sequences {
    groups: HashMap<(Place, u32), u32>,
    /// How often a place has begun anew.
    dividers: HashMap<Place, u32>,
    /// The last number of each group.
    last: HashMap<u32, u64>,
}

impl Sequences {
    fn group(&mut self, place: Place) -> u32 {
        let divider = self.dividers.get(&place).copied().unwrap_or_default();
        number_of(&mut self.groups, (place, divider))
    }

    /// The same, where nothing goes on from what stands before.
    fn anew(&mut self, place: Place) -> u32 {
        *self.dividers.entry(place).or_default() += 1;
        self.group(place)
    }

    /// The group of a place, if its last number stands before another one.
    fn before(&self, place: Place, number: u64) -> Option<u32> {
        let divider = self.dividers.get(&place).copied().unwrap_or_default();
        let group = *self.groups.get(&(place, divider))?;
        let last = *self.last.get(&group)?;
        (number.checked_sub(1) == Some(last)).then_some(group)
    }
}

/// The lists under one heading go on from each other, or those of the document where that is configured. A list that has
/// one number throughout is counted by the renderer; what follows it is another sequence.
pub(super) fn items(document: &Document, counting: &Counting) -> Vec<Item> {
    let all = &document.facts.list_items;
    // Of each list its first number, whether all are that one, and how many there are.
    let mut lists: HashMap<u32, (u64, bool, usize)> = HashMap::new();
    for item in all {
        let (first, is_same, size) = lists.entry(item.list).or_insert((value(item), true, 0));
        *is_same &= value(item) == *first;
        *size += 1;
    }
    let mut sequences = Sequences::default();
    let mut groups: HashMap<u32, u32> = HashMap::new();
    let mut before: Option<&ListItem> = None;
    let mut items = Vec::with_capacity(all.len());
    for item in all {
        let is_bare = item.label.label.scheme == Scheme::Bare;
        let is_lazy = lists.get(&item.list).is_some_and(|&(_, is_same, size)| is_same && size > 1);
        let place = (item.heading.filter(|_| counting.restart != Restart::Document), item.container);
        let group = *groups.entry(item.list).or_insert_with(|| {
            if is_lazy { sequences.anew(place) } else { group_of(document, item, before, place, &mut sequences) }
        });
        // `2019. I started`
        let is_year = YEARS.contains(&value(item));
        let label = (!is_lazy && !is_bare && !is_year).then(|| item.label.label.clone());
        let unmarked = is_bare.then(|| item.label.label.clone());
        let is_set_off = before.is_none_or(|before| before.list != item.list);
        if label.is_some() {
            sequences.last.insert(group, value(item));
        }
        before = Some(item);
        items.push(Item { group, label, unmarked, is_set_off, ..Item::default() });
    }
    items
}

/// The group of a list, by its first item. Mostly it is that of its heading; but where a heading with lists of its own was
/// put between the items of a list, what goes on behind them may be the list above; and where HTML swallows the item
/// before, it is a sequence of its own.
fn group_of(
    document: &Document,
    first: &ListItem,
    before: Option<&ListItem>,
    place: Place,
    sequences: &mut Sequences,
) -> u32 {
    let number = value(first);
    if number < 2 || sequences.before(place, number).is_some() {
        return sequences.group(place);
    }
    let facts = &document.facts;
    let above = std::iter::successors(place.0, |&heading| facts.headings[heading].parent).skip(1);
    if let Some(group) = above.into_iter().find_map(|above| sequences.before((Some(above), place.1), number)) {
        return group;
    }
    let end = facts.html_labels.partition_point(|placed| placed.span.start < first.label.span.start);
    let begin = before.map_or(0, |before| before.label.span.start);
    let mut swallowed = facts.html_labels[..end].iter().rev().take_while(|placed| placed.span.start > begin);
    let is_before = swallowed
        .any(|placed| placed.label.scheme == first.label.label.scheme && placed.label.values() == [number - 1]);
    if is_before { sequences.anew(place) } else { sequences.group(place) }
}

fn value(item: &ListItem) -> u64 {
    item.label.label.number()
}

/// A list that has one number throughout is counted by the renderer, unless its author asks for it by a line.
pub(super) fn count_lazy(document: &Document, items: &mut [Item], only: Span) {
    let all = &document.facts.list_items;
    let Some(asked) = all.iter().find(|item| only.contains(item.label.span)).map(|item| item.list) else { return };
    for (item, own) in items.iter_mut().zip(all).filter(|(item, own)| own.list == asked && item.label.is_none()) {
        item.label = Some(own.label.label.clone()).filter(|label| label.scheme != Scheme::Bare);
        item.group = u32::MAX;
        item.is_set_off = false;
    }
}

/// The items that are not alone in their group, and which each was. Lists in lists may be many.
pub(super) fn without_lone(items: Vec<Item>) -> (Vec<Item>, Order) {
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    for item in &items {
        *sizes.entry(item.group).or_default() += 1;
    }
    let places = items.into_iter().enumerate().filter(|(_, item)| sizes.get(&item.group) > Some(&1));
    let (items, own) = places.map(|(at, item)| (item, at)).unzip();
    (items, Order(own))
}

/// Whether all lists count on from 1 or have 1 throughout, as most do.
pub(super) fn are_plain(items: &[ListItem]) -> bool {
    struct List {
        first: u64,
        last: u64,
        counts_on: bool,
        is_same: bool,
    }
    let mut lists: HashMap<u32, List> = HashMap::new();
    for item in items {
        let label = &item.label.label;
        let value = value(item);
        if label.scheme == Scheme::Bare {
            return false;
        }
        match lists.entry(item.list) {
            Entry::Vacant(entry) => {
                entry.insert(List { first: value, last: value, counts_on: value == 1, is_same: value == 1 });
            }
            Entry::Occupied(mut entry) => {
                let list = entry.get_mut();
                list.counts_on &= value == list.last + 1;
                list.is_same &= value == list.first;
                list.last = value;
                if !list.counts_on && !list.is_same {
                    return false;
                }
            }
        }
    }
    lists.values().all(|list| list.counts_on || list.is_same)
}
