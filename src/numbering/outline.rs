//! What is wrong with the labels of an outline, and what they should be.
//!
//! Siblings of one scheme are a sequence. Dotted labels (`2.1`) are judged under the label they belong to: their
//! prefix has to be its number, as it will be once that one is repaired.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    fault::{Change, Fault, Item, Reason},
    label::{Label, Scheme},
    numerals::Class,
    readings,
    repair::{Style, change, reason},
    sequence::{self, Kind, Places, Run},
};

/// Judges all labels of an outline, in the order of their first label.
pub fn judge(items: &[Item]) -> Vec<Fault> {
    let items = &readings::settled(items);
    let mut judge = Judge { items, ..Judge::default() };
    for (_, members) in judge.simple_sequences() {
        judge.simple(&members);
    }
    judge.find_parents();
    for (parent, members) in judge.dotted_sequences() {
        judge.dotted(parent, &members);
    }
    let mut faults = std::mem::take(&mut judge.faults);
    for fault in &mut faults {
        fault.below = fault.run.iter().flat_map(|change| judge.below(change)).collect();
    }
    faults.sort_by_key(|fault| fault.run[0].item);
    faults
}

/// Items with one group and parent.
type Siblings = (u32, Option<usize>);
/// What makes labels of siblings look alike.
type Form<'a> = (&'a Scheme, u8);
/// Dotted labels that are judged together: group, number of components, and the item they belong to or their prefix.
type DottedKey = (u32, usize, Option<usize>, Vec<u64>);

#[derive(Default)]
struct Judge<'a> {
    items: &'a [Item],
    /// The numbers an item will have once what is certain is repaired, where they differ from today's.
    repaired: HashMap<usize, Vec<u64>>,
    /// Items that stand in a sequence of two or more.
    sequenced: HashSet<usize>,
    /// For each dotted label, the item whose numbers its prefix should be.
    parents: HashMap<usize, usize>,
    /// The same the other way.
    children: HashMap<usize, Vec<usize>>,
    /// By number of components: the parents whose number dotted labels carry, and those whose they do not.
    agreement: HashMap<usize, (HashSet<usize>, HashSet<usize>)>,
    faults: Vec<Fault>,
}

impl<'a> Judge<'a> {
    fn label(&self, item: usize) -> Option<&'a Label> {
        self.items[item].label.as_ref()
    }

    /// Siblings of one scheme, dotted labels aside, in the order of their first member.
    fn simple_sequences(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut levels: HashMap<Siblings, Vec<(Form<'_>, usize)>> = HashMap::new();
        let mut groups: HashMap<(Siblings, Option<usize>, Form<'_>), Vec<usize>> = HashMap::new();
        for (at, item) in self.items.iter().enumerate() {
            let Some(label) = item.label.as_ref().filter(|label| label.scheme != Scheme::Dotted) else { continue };
            // Among siblings a scheme that comes later is a level below: 一、 1. 2. 二、 1.
            let open = levels.entry((item.group, item.parent)).or_default();
            let kind = (&label.scheme, item.form);
            let level = open.iter().position(|(known, _)| *known == kind).unwrap_or(open.len());
            open.truncate(level);
            let above = open.last().map(|(_, above)| *above);
            open.push((kind, at));
            groups.entry(((item.group, item.parent), above, kind)).or_default().push(at);
        }
        groups.into_values().map(|members| (members[0], members)).collect()
    }

    fn simple(&mut self, members: &[usize]) {
        let numbers: Vec<u64> = members.iter().filter_map(|&at| Some(self.label(at)?.last().numeral.value)).collect();
        // Initials and words that begin with a letter and a dot are no sequence; one of letters starts at the first.
        let counts_up =
            members.first().and_then(|&at| self.label(at)).is_some_and(|label| is_plain(label) || numbers[0] == 1);
        let begun = self.has_begun(members[0], numbers[0]);
        let Some(mut judged) = sequence::judge(&numbers, &self.set_off(members), begun).filter(|_| counts_up) else {
            return;
        };
        // Letters may be initials; who repeats one may well mean it.
        let plain = self.label(members[0]).is_some_and(is_plain);
        judged.runs.iter_mut().for_each(|run| run.certain &= plain);
        self.sequenced.extend(members);
        let style = Style::of(members.iter().filter_map(|&at| self.label(at)));
        let places = Places::new(&numbers, &judged);
        for run in &judged.runs {
            if run.kind == Kind::Skipped && self.stands_between(members, run.at.start) {
                continue;
            }
            let target = |index: usize| vec![judged.expected[index]];
            let Some(changes) = self.changes(members, run, &style, target) else { continue };
            let want = judged.expected[run.at.start];
            let reason = reason(&numbers, want, run.at.start, &places, |number| style.show(number));
            let fault = self.fault(members, run, &places, numbers[run.at.start], reason, changes);
            self.faults.push(fault);
        }
    }

    /// For each member, whether a sibling without a label stands directly before it.
    fn set_off(&self, members: &[usize]) -> Vec<bool> {
        let is_sibling = |a: usize, b: usize| {
            (self.items[a].parent, self.items[a].group) == (self.items[b].parent, self.items[b].group)
        };
        let bare = |&at: &usize| {
            let before = (0..at).rev().take(1_000).find(|&before| is_sibling(before, at));
            self.items[at].is_set_off || before.is_some_and(|before| self.items[before].label.is_none())
        };
        members.iter().map(bare).collect()
    }

    /// Whether a sibling before the first member has the number before it, in a form that makes no label.
    fn has_begun(&self, first: usize, number: u64) -> bool {
        let place = |item: &Item| (item.parent, item.group);
        let siblings =
            self.items[..first].iter().rev().take(1_000).filter(|item| place(item) == place(&self.items[first]));
        siblings.flat_map(|item| &item.hints).any(|hint| hint + 1 == number)
    }

    /// Whether a number that seems to be missing before a label stands there after all: in another scheme, one level
    /// off, or in a form that makes no label.
    fn stands_between(&self, members: &[usize], index: usize) -> bool {
        let (before, after) = (members[index - 1], members[index]);
        let Some((low, high)) =
            self.label(before).zip(self.label(after)).map(|(a, b)| (a.last().numeral.value, b.last().numeral.value))
        else {
            return false;
        };
        let group = self.items[before].group;
        let between = self.items[before..after].iter().filter(|item| item.group == group);
        between
            .flat_map(|item| {
                item.label.iter().map(|label| label.last().numeral.value).chain(item.hints.iter().copied())
            })
            .any(|value| value > low && value < high)
    }

    /// Dotted labels by the item whose number their prefix should be; where there is none, by prefix. Those with
    /// fewer components come first, so that parents are judged before children.
    fn dotted_sequences(&self) -> Vec<(Option<usize>, Vec<usize>)> {
        let known: HashSet<Vec<u64>> = self.dotted_items().map(|(_, label)| label.values()).collect();
        let mut groups: BTreeMap<DottedKey, Vec<usize>> = BTreeMap::new();
        for (at, label) in self.dotted_items() {
            let length = label.numbers.len();
            let group = self.items[at].group;
            let parent = self.parents.get(&at).copied();
            let prefix = prefix(label);
            if parent.is_none() && length > 2 && !known.contains(&prefix) {
                continue;
            }
            let key = match parent {
                Some(parent) => (group, length, Some(parent), Vec::new()),
                None => (group, length, self.enclosing(at, length), prefix),
            };
            groups.entry(key).or_default().push(at);
        }
        let mut groups: Vec<_> = groups.into_iter().map(|((_, length, ..), members)| (length, members)).collect();
        groups.sort_by_key(|(length, members)| (*length, members[0]));
        groups.into_iter().map(|(_, members)| (self.parents.get(&members[0]).copied(), members)).collect()
    }

    fn dotted_items(&self) -> impl Iterator<Item = (usize, &'a Label)> {
        let labels = self.items.iter().enumerate().filter_map(|(at, item)| Some((at, item.label.as_ref()?)));
        labels.filter(|(_, label)| label.scheme == Scheme::Dotted)
    }

    /// The nearest enclosing item that is not itself a dotted label of this length or longer.
    fn enclosing(&self, at: usize, length: usize) -> Option<usize> {
        let is_peer = |at: usize| {
            self.label(at).is_some_and(|label| label.scheme == Scheme::Dotted && label.numbers.len() >= length)
        };
        std::iter::successors(self.items[at].parent, |&at| self.items[at].parent).find(|&at| !is_peer(at))
    }

    /// Finds, for each dotted label, the item whose numbers should be its prefix: a sibling before it in an outline
    /// that is flat, else the enclosing item. A plain number only counts if it stands in a sequence itself.
    fn find_parents(&mut self) {
        let mut latest: HashMap<(u32, Option<usize>, usize), usize> = HashMap::new();
        for (at, item) in self.items.iter().enumerate() {
            let Some(label) = &item.label else { continue };
            let length = label.numbers.len();
            if label.scheme == Scheme::Dotted {
                let flat = latest.get(&(item.group, item.parent, length - 1)).copied();
                let parent =
                    flat.or_else(|| self.enclosing(at, length)).filter(|&parent| self.can_be_prefix(parent, length));
                if let Some(parent) = parent {
                    self.parents.insert(at, parent);
                    self.children.entry(parent).or_default().push(at);
                    let agrees = prefix(label) == self.path(parent);
                    let (agree, differ) = self.agreement.entry(length).or_default();
                    (if agrees { agree } else { differ }).insert(parent);
                }
            }
            if !matches!(label.scheme, Scheme::Counted(_)) {
                latest.insert((item.group, item.parent, length), at);
            }
        }
    }

    fn can_be_prefix(&self, parent: usize, length: usize) -> bool {
        self.label(parent).is_some_and(|label| match label.scheme {
            Scheme::Dotted => label.numbers.len() + 1 == length,
            _ => length == 2 && self.sequenced.contains(&parent),
        })
    }

    fn dotted(&mut self, parent: Option<usize>, members: &[usize]) {
        let labels: Vec<&Label> = members.iter().filter_map(|&at| self.label(at)).collect();
        let numbers: Vec<u64> = labels.iter().map(|label| label.last().numeral.value).collect();
        let wanted = parent.map(|parent| self.path(parent));
        let today = parent.and_then(|parent| self.label(parent)).map(Label::values);
        // A prefix that is right today follows its parent when that is repaired, in the parent's own fix.
        let strays = |label: &&Label| {
            let prefix = Some(prefix(label));
            parent.is_some() && prefix != wanted && prefix != today
        };
        let stray: Vec<bool> = labels.iter().map(strays).collect();
        let Some(judged) = sequence::judge(&numbers, &self.set_off(members), false) else { return };
        // Numbers of their own that do not begin at 1 are versions.
        let known = stray.iter().any(|stray| !stray) && parent.is_some();
        if !known && judged.expected[0] != 1 {
            return;
        }
        if stray.iter().all(|&stray| stray) && !self.prefixes_agree_elsewhere(parent) {
            return;
        }
        self.sequenced.extend(members);
        let style = Style::of(labels.iter().copied());
        let places = Places::new(&numbers, &judged);
        let steps = numbers.windows(2).filter(|pair| pair[1] == pair[0] + 1).count();
        let belongs = parent.is_some() || self.belongs_by_number(members[0], labels[0]);
        let certain = belongs && steps * 2 >= numbers.len() - 1;
        let wrong = |index: usize| stray[index] || judged.expected[index] != numbers[index];
        let mut index = 0;
        while let Some(start) = (index..members.len()).find(|&at| wrong(at)) {
            let end = (start..members.len()).find(|&at| !wrong(at)).unwrap_or(members.len());
            index = end;
            let strayed = stray[start..end].contains(&true);
            let known = judged.runs.binary_search_by_key(&start, |run| run.at.start).ok().map(|at| &judged.runs[at]);
            let kind = known.filter(|run| run.at.end == end).map_or(Kind::Misnumbered, |run| run.kind);
            let kind = if strayed { Kind::Misnumbered } else { kind };
            let run = Run { at: start..end, kind, certain };
            let target = |index: usize| {
                let mut numbers = labels[index].values();
                let last = numbers.len() - 1;
                if stray[index]
                    && let Some(wanted) = &wanted
                {
                    numbers[..last].clone_from_slice(wanted);
                }
                numbers[last] = judged.expected[index];
                numbers
            };
            let Some(changes) = self.changes(members, &run, &style, target) else { continue };
            let reason = match parent.and_then(|parent| self.label(parent)) {
                Some(parent) if stray[start] => Reason::Prefix(parent.text.clone()),
                _ => {
                    let prefix = wanted.clone().unwrap_or_else(|| prefix(labels[start]));
                    reason(&numbers, judged.expected[start], start, &places, |number| {
                        style.show_dotted(&prefix, number)
                    })
                }
            };
            let mut fault = self.fault(members, &run, &places, numbers[start], reason, changes);
            if stray[start]
                && let Some(parent) = parent
            {
                fault.see = vec![parent];
            }
            self.faults.push(fault);
        }
    }

    /// Whether the heading above a dotted label has its prefix for a number. One that belongs to no numbered heading may
    /// be a version or a date.
    fn belongs_by_number(&self, at: usize, label: &Label) -> bool {
        let above = self.enclosing(at, label.numbers.len()).and_then(|above| self.label(above));
        above.is_some_and(|above| above.values() == prefix(label))
    }

    /// Whether dotted labels elsewhere mostly carry the number of their parent, or there are none and the parent is
    /// a plain number itself. Prefixes that differ everywhere are another convention.
    fn prefixes_agree_elsewhere(&self, parent: Option<usize>) -> bool {
        let Some((at, label)) = parent.and_then(|at| Some((at, self.label(at)?))) else { return false };
        let known = self.agreement.get(&(label.numbers.len() + 1));
        let count = |set: &HashSet<usize>| set.iter().filter(|&&other| other != at).count();
        let (agree, differ) = known.map_or((0, 0), |(agree, differ)| (count(agree), count(differ)));
        // A decimal number may as well be the prefix; 二、 or 第二章 takes more to be seen as one.
        if matches!(label.scheme, Scheme::Dotted | Scheme::Marked('.', Class::Arabic)) {
            agree > differ || (agree == 0 && differ == 0)
        } else {
            agree > differ + 1
        }
    }

    /// The numbers of an item once what is certain is repaired.
    fn path(&self, item: usize) -> Vec<u64> {
        self.repaired.get(&item).cloned().or_else(|| self.label(item).map(Label::values)).unwrap_or_default()
    }

    fn changes(
        &self,
        members: &[usize],
        run: &Run,
        style: &Style,
        target: impl Fn(usize) -> Vec<u64>,
    ) -> Option<Vec<Change>> {
        run.at.clone().map(|index| change(members[index], self.label(members[index])?, &target(index), style)).collect()
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

    /// Labels below a changed one that carry its number.
    fn below(&self, change: &Change) -> Vec<Change> {
        let Some(today) = self.label(change.item).map(Label::values) else { return Vec::new() };
        if change.values == today { Vec::new() } else { self.follow(change.item, &today, &change.values) }
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
            out.extend(change(at, label, &numbers, &Style::of([label].into_iter())));
            out.extend(self.follow(at, &before, &numbers));
        }
        out
    }
}

/// Whether a label counts with numbers and not with letters.
fn is_plain(label: &Label) -> bool {
    matches!(label.last().numeral.system.class(), Class::Arabic | Class::Han | Class::Sign(_))
}

/// All components of a dotted label but the last.
fn prefix(label: &Label) -> Vec<u64> {
    let mut values = label.values();
    values.pop();
    values
}
