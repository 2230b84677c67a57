//! Headings, numbered lines, list items and captions as outlines.

mod captions;
mod headings;
mod lines;
mod lists;

use super::{CONFLICT_BEGINS, Document, PlacedLabel};
use crate::{
    numbering::{Change, Counting, Fault, Item, Label, Scheme, context, label, outline, unmarked},
    source::{
        Span,
        characters::is_cjk,
        hash::{HashMap, HashMapExt, HashSet},
        is_within, lines, merged,
    },
};

/// The places of a document where numbers stand; each is judged by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Numbered {
    /// Headings, by index; behind them those that HTML swallows.
    Headings,
    /// Lines of paragraphs, by index among the numbered lines.
    Lines,
    /// Items of ordered lists, by index.
    ListItems,
    /// Captions, by index.
    Captions,
}

/// Which of its place each item of an outline is. Empty where the items stand as the place has them, which is nearly always.
#[derive(Default)]
struct Order(Vec<usize>);

impl Order {
    /// Which of the place an item is.
    fn own(&self, item: usize) -> usize {
        self.0.get(item).copied().unwrap_or(item)
    }
}

impl Numbered {
    /// Every kind of place.
    pub const ALL: [Self; 4] = [Self::Headings, Self::Lines, Self::ListItems, Self::Captions];
}

/// What is wrong with the numbers of a document, place by place. Those of a licence are as they are, and what follows on a
/// heading in a fence that is not closed is seen once it is.
pub(super) fn faults(document: &Document, counting: &Counting) -> Vec<(Numbered, Fault)> {
    if document.source.path.is_licence() {
        return Vec::new();
    }
    let faults = |place: Numbered| {
        let (items, order) = judged_items(document, place, counting);
        let mut faults = outline::judge(&items, counting);
        // What stands elsewhere only excuses what seems wrong.
        if !faults.is_empty() {
            let items = match place {
                Numbered::Captions => captions::with_strays(document, items),
                Numbered::Headings => headings::apart(document, with_strays(document, place, items, &order), &order),
                _ => with_strays(document, place, items, &order),
            };
            faults = outline::judge(&items, counting);
        }
        faults.into_iter().map(move |fault| (place, reordered(fault, &order)))
    };
    let look = |place: Numbered| {
        let may_be_wrong = may_be_wrong(document, place, counting);
        debug_assert!(may_be_wrong || faults(place).next().is_none(), "a look that costs little says what is true");
        may_be_wrong.then(|| faults(place))
    };
    let mut all: Vec<(Numbered, Fault)> = Numbered::ALL.into_iter().filter_map(look).flatten().collect();
    // Of the two sides of a conflict one goes.
    if all.is_empty() || document.conflict_marks(CONFLICT_BEGINS).next().is_some() {
        return Vec::new();
    }
    if let Some(hidden) = document.unclosed_number() {
        let start = |item| numbered_label(document, Numbered::Headings, item).map_or(0, |placed| placed.span.start);
        all.retain(|(place, fault)| *place != Numbered::Headings || start(fault.run[0].item) < hidden);
    }
    all
}

/// Whether anything can be wrong with the numbers of a place: a look that costs little, since mostly nothing can.
fn may_be_wrong(document: &Document, place: Numbered, counting: &Counting) -> bool {
    let facts = &document.facts;
    match place {
        Numbered::Headings => {
            let has_several = facts.headings.iter().filter(|heading| heading.label.is_some()).nth(1).is_some();
            has_several && (*counting != Counting::default() || !headings::count_plainly(document))
        }
        Numbered::Lines => facts.numbered_lines.len() > 1,
        Numbered::Captions => facts.captions.len() > 1,
        Numbered::ListItems => counting.start.is_some() || !lists::are_plain(&facts.list_items),
    }
}

/// What has to change for the sequences of a document to count on from their first numbers, place by place; or for
/// those that have a label in a span. What is quoted is somebody else's.
pub fn renumbering(
    document: &Document,
    only: Option<Span>,
    counting: &dyn Fn(Numbered) -> Counting,
) -> Vec<(Numbered, Vec<Change>)> {
    let changes = |place: Numbered| {
        let counting = counting(place);
        let (mut items, order) = items(document, place, &counting);
        for (at, item) in items.iter_mut().enumerate() {
            let placed = numbered_label(document, place, order.own(at));
            if placed.is_some_and(|placed| document.is_quoted(placed.span)) {
                item.label = None;
            }
        }
        if place == Numbered::ListItems
            && let Some(only) = only
        {
            lists::count_lazy(document, &mut items, only);
        }
        let is_asked = |&at: &usize| {
            let placed = numbered_label(document, place, order.own(at));
            items[at].label.is_some() && placed.zip(only).is_some_and(|(placed, only)| only.contains(placed.span))
        };
        let mut changes = match only {
            None => outline::renumber(&items, None, &counting),
            Some(_) => (0..items.len())
                .find(is_asked)
                .map(|at| outline::renumber(&items, Some(at), &counting))
                .unwrap_or_default(),
        };
        for change in &mut changes {
            change.item = order.own(change.item);
        }
        (place, changes)
    };
    Numbered::ALL.into_iter().map(changes).filter(|(_, changes)| !changes.is_empty()).collect()
}

/// The label of an item of a place, or its number where that makes none.
pub fn numbered_label(document: &Document, place: Numbered, item: usize) -> Option<&PlacedLabel> {
    let facts = &document.facts;
    match place {
        Numbered::Headings => match facts.headings.get(item) {
            Some(heading) => heading.label.as_deref(),
            None => facts.swallowed.get(item - facts.headings.len()).map(|swallowed| &swallowed.label),
        },
        Numbered::Lines => facts.numbered_lines.get(item).map(|line| &line.label),
        Numbered::ListItems => facts.list_items.get(item).map(|item| &item.label),
        Numbered::Captions => facts.captions.get(item).map(|caption| &caption.label),
    }
}

/// The labels of a place that count, each as its neighbours say it is read, and whether it stands in a sequence that is
/// judged.
pub fn counted_labels(document: &Document, place: Numbered, counting: &Counting) -> Vec<(PlacedLabel, bool)> {
    let (items, order) = judged_items(document, place, counting);
    let placed = |(item, label, is_in_sequence): (usize, Label, bool)| {
        let placed = numbered_label(document, place, order.own(item))?;
        Some((PlacedLabel { label, ..placed.clone() }, is_in_sequence))
    };
    outline::counted_labels(&items, counting).into_iter().filter_map(placed).collect()
}

/// The items of a place among which something may be wrong, and which of the place each is.
fn judged_items(document: &Document, place: Numbered, counting: &Counting) -> (Vec<Item>, Order) {
    match place {
        Numbered::ListItems => lists::without_lone(lists::items(document, counting)),
        _ => items(document, place, counting),
    }
}

/// The items of a place as they stand, and which of the place each is.
fn items(document: &Document, place: Numbered, counting: &Counting) -> (Vec<Item>, Order) {
    match place {
        Numbered::Headings => {
            let (mut items, order) = headings::items(document);
            let differ = |at: &[usize]| {
                let words: Vec<&str> = at.iter().filter_map(|&at| word_behind(document, order.own(at))).collect();
                words.iter().collect::<HashSet<_>>().len() == words.len()
            };
            unmarked::promote(&mut items, differ);
            (items, order)
        }
        Numbered::Lines => {
            let mut items = lines::items(document);
            unmarked::promote(&mut items, |_| false);
            (items, Order::default())
        }
        Numbered::ListItems => (lists::items(document, counting), Order::default()),
        Numbered::Captions => (captions::items(document, counting), Order::default()),
    }
}

/// The word behind the number of a heading: `1 Month`, `2 Months` and `1 May`, `2 May` are amounts and dates, and it comes
/// again. A title that a dotted number runs into is looked at so far as it may be a word of Chinese (`1.1版本`), and what is
/// no title is always the same.
fn word_behind(document: &Document, heading: usize) -> Option<&str> {
    let all = &document.facts.headings;
    let heading = all.get(heading)?;
    let label = &heading.label.as_ref()?.label;
    let behind = label.behind(&heading.text);
    if label.numbers.len() == 1 {
        return behind.split_whitespace().next();
    }
    let is_title = behind.starts_with(is_cjk) && !heading.parent.is_some_and(|at| headings::is_month(&all[at]));
    let end = behind.char_indices().nth(2).map_or(behind.len(), |(end, _)| end);
    Some(if is_title { &behind[..end] } else { "" })
}

/// A fault with its items as a place counts them.
fn reordered(mut fault: Fault, order: &Order) -> Fault {
    let set = |change: &mut Change| change.item = order.own(change.item);
    fault.run.iter_mut().for_each(set);
    fault.below.iter_mut().for_each(set);
    for see in &mut fault.see {
        *see = order.own(*see);
    }
    fault
}

/// The items of a place, each with the numbers that stand between it and the next one at other places: `3. 丙` among
/// `2、乙` and `4、丁` is no line to the parser, but nothing is missing.
fn with_strays(document: &Document, place: Numbered, mut items: Vec<Item>, order: &Order) -> Vec<Item> {
    let facts = &document.facts;
    let start = |at: usize| match facts.headings.get(at).filter(|_| place == Numbered::Headings) {
        Some(heading) => Some(heading.span.start),
        None => numbered_label(document, place, at).map(|placed| placed.span.start),
    };
    let starts: Vec<u32> = (0..items.len()).filter_map(|at| start(order.own(at))).collect();
    let lines = facts.numbered_lines.iter().map(|line| (&line.label, line.heading));
    let lists = facts.list_items.iter().map(|item| (&item.label, item.heading));
    for (start, value) in commented(document).filter(|_| place == Numbered::Headings) {
        if let Some(before) = starts.partition_point(|own| *own < start).checked_sub(1) {
            items[before].hints.push(value);
        }
    }
    let html = facts.html_labels.iter().map(|placed| (placed, document.section_at(placed.span.start as usize)));
    for (start, value) in lettered(document) {
        if let Some(before) = starts.partition_point(|own| *own < start).checked_sub(1) {
            items[before].hints.push(value);
        }
    }
    if place == Numbered::Headings {
        with_other_words(&mut items);
    }
    let mut others = vec![html.collect::<Vec<_>>()];
    if place != Numbered::Lines {
        others.push(lines.collect());
    }
    if place != Numbered::ListItems {
        others.push(lists.collect());
    }
    for others in &others {
        let mut last: HashMap<(Option<usize>, &Scheme), (u64, u64)> = HashMap::new();
        for &(placed, heading) in others.iter().filter(|(placed, _)| placed.label.numbers.len() == 1) {
            let value = placed.label.number();
            // What counts on from another of its kind, or began with 1, is a sequence of its own.
            let (first, before) = last.get(&(heading, &placed.label.scheme)).copied().unwrap_or((value, 0));
            last.insert((heading, &placed.label.scheme), (if value == 1 { 1 } else { first }, value));
            let counts_on = first == 1 || before + 1 == value;
            let before = starts.partition_point(|start| *start < placed.span.start);
            if let Some(before) = before.checked_sub(1).filter(|_| !counts_on && value > 1) {
                items[before].hints.push(value);
            }
        }
    }
    items
}

/// Notes numbers that stand among others behind another word: `Step 3` between `2단계` and `4단계`.
fn with_other_words(items: &mut [Item]) {
    for at in 1..items.len() {
        let (before, own) = (&items[at - 1], &items[at]);
        let is_beside = (before.group, before.parent) == (own.group, own.parent);
        let (Some(Scheme::Counted(word)), Some(label)) =
            (before.label.as_ref().map(|label| &label.scheme), own.label.as_ref())
        else {
            continue;
        };
        let is_other = matches!(&label.scheme, Scheme::Counted(own) if own != word);
        let value = label.number();
        if is_beside && is_other {
            items[at - 1].hints.push(value);
            items[at - 1].is_unclear = true;
        }
    }
}

/// The lines of the text that begin with a number in a form that makes no label, and what it is worth.
fn lettered(document: &Document) -> impl Iterator<Item = (u32, u64)> {
    let verbatim = merged(document.facts.verbatim());
    let found = lines(&document.source.text).filter_map(|(start, line)| {
        let line = line.trim_end_matches(['\n', '\r']);
        Some((start, context::stands_for(line).or_else(|| context::spoilt(line))?))
    });
    let shown = found.filter(move |(start, _)| !is_within(&verbatim, *start));
    shown.filter_map(|(start, value)| Some((u32::try_from(start).ok()?, value)))
}

/// The headings in comments that stand by themselves, and what their numbers are worth: who takes one out for a while keeps
/// its number.
fn commented(document: &Document) -> impl Iterator<Item = (u32, u64)> {
    let comments = document.facts.html.iter().map(|html| (html.start, document.source.slice(*html)));
    let comments = comments.filter(|(_, text)| text.starts_with("<!--"));
    comments.flat_map(|(start, text)| {
        let titles = text.lines().filter(|line| line.starts_with('#'));
        titles.filter_map(move |line| Some((start, label::parse(context::without_signs(line))?.number())))
    })
}

/// A number for each key, in the order in which they come.
fn number_of<K: std::hash::Hash + Eq>(known: &mut HashMap<K, u32>, key: K) -> u32 {
    let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
    *known.entry(key).or_insert(next)
}
