//! Sequences of dotted labels: `2.1`, `2.2`.

use std::{collections::BTreeMap, ops::Range};

use super::{Asked, Judge, prefix};
use crate::{
    numbering::{
        counting::Counting,
        fault::Reason,
        item::Siblings,
        label::{Label, Scheme},
        number::Number,
        numerals::Class,
        repair::{Style, reason},
        sequence::{self, Judgement, Kind, Places, Run},
    },
    order,
    source::hash::{HashMap, HashMapExt, HashSet},
};

/// Dotted labels that are judged together: group, section, number of components, and the item they belong to or their
/// prefix.
type DottedKey = (u32, u32, usize, Option<usize>, Vec<u64>);

impl<'a> Judge<'a> {
    /// Dotted labels by the item whose number their prefix should be; where there is none, by prefix. Those with
    /// fewer components come first, so that parents are judged before children.
    pub(super) fn dotted_sequences(&self) -> Vec<(Option<usize>, Vec<usize>)> {
        let adopted = self.adopted();
        let mut groups: BTreeMap<DottedKey, Vec<usize>> = BTreeMap::new();
        for (at, label) in self.dotted_items() {
            let length = label.numbers.len();
            let (group, section, _) = self.items[at].siblings();
            let parent = self.parents.get(&at).copied();
            let prefix = adopted.get(&at).cloned().unwrap_or_else(|| prefix(label));
            if parent.is_none() && length > 2 && self.with_numbers(&prefix).is_none() {
                continue;
            }
            let key = match parent {
                Some(parent) => (group, section, length, Some(parent), Vec::new()),
                None => (group, section, length, self.enclosing(at, length), prefix),
            };
            groups.entry(key).or_default().push(at);
        }
        let mut groups: Vec<_> = groups.into_iter().map(|((_, _, length, ..), members)| (length, members)).collect();
        order::by_key(&mut groups, |(length, members)| (*length, members[0]));
        groups.into_iter().map(|(_, members)| (self.parents.get(&members[0]).copied(), members)).collect()
    }

    /// Labels that belong to nobody by their prefix, but to both of their neighbours by their number (`3.1 2.2 3.3`),
    /// with the prefix of those.
    fn adopted(&self) -> HashMap<usize, Vec<u64>> {
        let mut rows: HashMap<_, Vec<(usize, &Label)>> = HashMap::new();
        for (at, label) in self.dotted_items().filter(|(at, _)| !self.parents.contains_key(at)) {
            let length = label.numbers.len();
            let (group, section, _) = self.items[at].siblings();
            let key = (group, section, length, self.enclosing(at, length));
            rows.entry(key).or_default().push((at, label));
        }
        let mut out = HashMap::new();
        for row in rows.into_values().filter(|row| row.len() > 2) {
            let last = |at: usize| row[at].1.number();
            let fits = |at: usize| {
                let (before, own, after) = (row[at - 1].1, row[at].1, row[at + 1].1);
                let counts_on = last(at - 1) + 1 == last(at) && last(at) + 1 == last(at + 1);
                counts_on && share_prefix(before, after) && !share_prefix(before, own)
            };
            let fitting: Vec<bool> = (0..row.len()).map(|at| (1..row.len() - 1).contains(&at) && fits(at)).collect();
            // Where two prefixes take turns nobody can say which is the odd one.
            let alone = |at: &usize| fitting[*at] && !fitting[*at - 1] && !fitting[*at + 1];
            out.extend((1..row.len() - 1).filter(alone).map(|at| (row[at].0, prefix(row[at - 1].1))));
        }
        out
    }

    /// The dotted label that has these numbers; one that stands where it belongs before any other.
    pub(super) fn with_numbers(&self, numbers: &[u64]) -> Option<usize> {
        let by_numbers = || {
            let is_at_home = |at: &usize, label: &Label| {
                self.parents.get(at).and_then(|&at| self.label(at)).is_some_and(|above| above.values() == prefix(label))
            };
            let (home, astray): (Vec<_>, Vec<_>) = self.dotted_items().partition(|(at, label)| is_at_home(at, label));
            let mut out = HashMap::new();
            for (at, label) in home.into_iter().chain(astray) {
                out.entry(label.values()).or_insert(at);
            }
            out
        };
        self.by_numbers.get_or_init(by_numbers).get(numbers).copied()
    }

    pub(super) fn dotted_items(&self) -> impl Iterator<Item = (usize, &'a Label)> {
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
    pub(super) fn find_parents(&mut self) {
        let mut latest: HashMap<(Siblings, usize), usize> = HashMap::new();
        for (at, item) in self.items.iter().enumerate() {
            let Some(label) = &item.label else { continue };
            let length = label.numbers.len();
            if label.scheme == Scheme::Dotted {
                let flat = latest.get(&(item.siblings(), length - 1)).copied();
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
            // （1） and ① stand within 1.1, and 1.2 goes on behind them.
            if !matches!(label.scheme, Scheme::Counted(_) | Scheme::Sign(_) | Scheme::Bracketed('(', _)) {
                latest.insert((item.siblings(), length), at);
            }
        }
    }

    fn can_be_prefix(&self, parent: usize, length: usize) -> bool {
        self.label(parent).is_some_and(|label| match label.scheme {
            Scheme::Dotted => label.numbers.len() + 1 == length,
            _ => length == 2 && self.sequenced.contains(&parent),
        })
    }

    /// Judges labels that belong together; whether they are a sequence.
    pub(super) fn dotted(&mut self, parent: Option<usize>, members: &[usize]) -> bool {
        let labels: Vec<&Label> = members.iter().filter_map(|&at| self.label(at)).collect();
        let numbers: Vec<u64> = labels.iter().map(|label| label.number()).collect();
        let wanted = parent.map_or_else(|| prefix(labels[0]), |parent| self.path(parent));
        let today = parent.and_then(|parent| self.label(parent)).map(Label::values);
        // A prefix that is right today follows its parent when that is repaired, in the parent's own fix.
        let agrees = !self.is_forced() || self.prefixes_agree_elsewhere(parent);
        let strays = |label: &&Label| {
            let prefix = prefix(label);
            let follows = today.as_ref() == Some(&prefix);
            let counts = if self.is_forced() { follows || agrees || parent.is_none() } else { !follows };
            prefix != wanted && counts
        };
        let stray: Vec<bool> = labels.iter().map(strays).collect();
        let Some(judged) = self.judged(parent, members, &numbers, &stray) else { return false };
        let belongs = self.belongs_by_number(members[0], labels[0]);
        // Numbers of their own that do not begin at 1 are versions.
        let may_be_dates = labels.iter().any(|label| label.may_be_date());
        let is_own = judged.expected[0] == 1 && (!may_be_dates || belongs);
        if !self.are_counted(parent, &stray, is_own) || parent.is_some_and(|parent| self.are_of_next(parent, members)) {
            return false;
        }
        self.sequenced.extend(members);
        let style = Style::of(labels.iter().copied());
        let places = Places::new(&numbers, &judged);
        let certain = (parent.is_some() || belongs) && self.are_regular(members, &numbers, &judged);
        for run in runs(&numbers, &stray, &judged, certain) {
            let (start, kind) = (run.at.start, run.kind);
            if kind == Kind::Skipped && !self.is_forced() {
                let (own, missing) = (prefix(labels[start]), judged.expected[start]..numbers[start]);
                if let Some(fault) = self.filled(members, start, &own, missing, &style) {
                    self.faults.push(fault);
                    continue;
                }
            }
            let target = |index: usize| {
                let mut numbers = labels[index].values();
                let last = numbers.len() - 1;
                if stray[index] {
                    numbers[..last].clone_from_slice(&wanted);
                }
                numbers[last] = judged.expected[index];
                numbers
            };
            let changes = self.changes(members, run.at.clone(), &style, target);
            let reason = match parent.and_then(|parent| self.label(parent)) {
                Some(parent) if stray[start] => Reason::Prefix(parent.text.clone()),
                // What follows its parent is told as it is today.
                _ => reason(&numbers, judged.expected[start], run.at.clone(), &places, self.counting, |number| {
                    let own = if stray[start] { wanted.clone() } else { prefix(labels[start]) };
                    style.show_dotted(&own, number)
                }),
            };
            let astray = parent.filter(|_| stray[start]);
            let fits = counts_on(&judged.expected, &stray, &run.at);
            let is_in_doubt = |parent| !fits || self.may_be_right(parent, &labels[start..=start]);
            let run = Run { certain: run.certain && !astray.is_some_and(is_in_doubt), ..run };
            let elsewhere = || {
                let between = members[start - 1]..members[start];
                self.elsewhere(between, &wanted, judged.expected[start]..numbers[start])
            };
            let elsewhere = if kind == Kind::Skipped { elsewhere() } else { None };
            let mut fault = self.fault(members, &run, &places, numbers[start], reason, changes);
            fault.show(elsewhere);
            fault.see = astray.map_or(fault.see, |parent| vec![parent]);
            self.faults.push(fault);
        }
        true
    }

    /// Whether most steps between labels are right and nothing about them is in doubt; takes note of those that are not all.
    fn are_regular(&mut self, members: &[usize], numbers: &[u64], judged: &Judgement) -> bool {
        if !judged.runs.is_empty() {
            self.irregular.extend(members);
        }
        let steps = numbers.windows(2).filter(|pair| pair[1] == pair[0] + 1).count();
        let mut gaps = members.windows(2).zip(numbers.windows(2)).filter(|(_, pair)| pair[0] + 1 < pair[1]);
        steps * 2 >= numbers.len() - 1
            // What was moved may be anything.
            && !sequence::are_moved(numbers)
            && !members.iter().any(|&at| self.items[at].is_unclear)
            && gaps.all(|(at, pair)| self.standing_between(at[0], at[1], &(pair[0] + 1..pair[1])).is_empty())
    }

    /// Whether labels are a sequence that counts: some of them carry the number of their parent, or they are numbers of
    /// their own.
    fn are_counted(&self, parent: Option<usize>, stray: &[bool], is_own: bool) -> bool {
        let known = stray.contains(&false) && parent.is_some();
        match self.asked {
            Asked::Faults => (known || is_own) && (stray.contains(&false) || self.prefixes_agree_elsewhere(parent)),
            Asked::All => known || is_own,
            // 1.8 below section 3 is a version, whoever asks.
            Asked::With(_) => known || is_own || parent.is_none(),
        }
    }

    /// What the numbers should be; where those that belong elsewhere make them look like none that count, for those that do
    /// not: `3.1 2.3 3.2`. Below one number they are one sequence, whose last one may stand first.
    fn judged(&self, parent: Option<usize>, members: &[usize], numbers: &[u64], stray: &[bool]) -> Option<Judgement> {
        if !self.is_forced()
            && sequence::are_moved(numbers)
            && parent.is_some_and(|parent| self.count_up_beside(parent))
            && !self.set_off(members).contains(&true)
        {
            return Some(sequence::shuffled(numbers));
        }
        let counts_on = || {
            let own = numbers.iter().zip(stray).filter(|(_, stray)| !**stray).map(|(number, _)| *number);
            stray.contains(&true) && stray.contains(&false) && (1..).zip(own).all(|(want, is)| want == is)
        };
        let anew = || {
            sequence::count_on(numbers, &self.set_off(members), &Counting { start: Some(1), ..self.counting.clone() })
        };
        self.judgement(members, numbers).or_else(|| counts_on().then(anew))
    }

    /// Whether what carries the numbers beside one counts up from 1 there.
    fn count_up_beside(&self, parent: usize) -> bool {
        /// So many tell how they count.
        const LOOK: usize = 8;
        let carried = self.beside(parent).filter_map(|at| self.children.get(&at)).filter(|own| own.len() > 1);
        let mut counts_up = carried.map(|own| {
            let numbers = own.iter().take(LOOK).filter_map(|&at| Some(self.label(at)?.number()));
            (1..).zip(numbers).all(|(want, is)| want == is)
        });
        counts_up.next().is_some_and(|first| first && counts_up.all(|next| next))
    }

    /// Whether labels behind a sibling all belong to the number after it (`0.`, `1.1`, `1.2`, `2.`): it is that one which is
    /// not there.
    fn are_of_next(&self, before: usize, members: &[usize]) -> bool {
        let mut next = self.path(before);
        if let Some(last) = next.last_mut() {
            *last += 1;
        }
        let is_of_next = |&at: &usize| self.label(at).is_some_and(|label| prefix(label) == next);
        self.items[before].siblings() == self.items[members[0]].siblings() && members.iter().all(is_of_next)
    }

    /// Whether the heading above a dotted label has its prefix for a number. One that belongs to no numbered heading may
    /// be a version or a date.
    fn belongs_by_number(&self, at: usize, label: &Label) -> bool {
        let above = self.enclosing(at, label.numbers.len()).and_then(|above| self.label(above));
        above.is_some_and(|above| above.values() == prefix(label))
    }

    /// Whether dotted labels elsewhere mostly carry the number of their parent, or there are none and the parent is
    /// a plain number itself. Prefixes that differ everywhere are another convention.
    pub(super) fn prefixes_agree_elsewhere(&self, parent: Option<usize>) -> bool {
        let Some((at, label)) = parent.and_then(|at| Some((at, self.label(at)?))) else { return false };
        let known = self.agreement.get(&(label.numbers.len() + 1));
        let count = |set: &HashSet<usize>| set.len() - usize::from(set.contains(&at));
        let (agree, differ) = known.map_or((0, 0), |(agree, differ)| (count(agree), count(differ)));
        // A decimal number may as well be the prefix; 二、 or 第二章 takes more to be seen as one.
        if matches!(label.scheme, Scheme::Dotted | Scheme::Marked('.', Class::Arabic)) {
            agree > differ || (agree == 0 && differ == 0)
        } else {
            agree > differ + 1
        }
    }
}

/// Whether what stands below another number counts on from what is beside it, where it stands.
fn counts_on(expected: &[u64], stray: &[bool], run: &Range<usize>) -> bool {
    let steps = run.start.saturating_sub(1)..(run.end + 1).min(expected.len());
    let mut steps = steps.clone().zip(steps.skip(1));
    steps.all(|(at, next)| !(stray[at] || stray[next]) || expected[at] + 1 == expected[next])
}

/// Whether two labels of one length differ in their last numbers at most.
fn share_prefix(a: &Label, b: &Label) -> bool {
    let same = |(a, b): (&Number, &Number)| a.numeral.value == b.numeral.value;
    a.numbers.iter().zip(&b.numbers).rev().skip(1).all(same)
}

/// The runs of dotted labels whose last number or whose prefix is wrong.
fn runs(numbers: &[u64], stray: &[bool], judged: &Judgement, certain: bool) -> Vec<Run> {
    let wrong = |index: usize| stray[index] || judged.expected[index] != numbers[index];
    let mut out = Vec::new();
    let mut index = 0;
    while let Some(start) = (index..numbers.len()).find(|&at| wrong(at)) {
        let end = (start..numbers.len()).find(|&at| !wrong(at)).unwrap_or(numbers.len());
        index = end;
        let strayed = stray[start..end].contains(&true);
        let known = judged.runs.binary_search_by_key(&start, |run| run.at.start).ok().map(|at| &judged.runs[at]);
        let kind = known.filter(|run| run.at.end == end && !strayed).map_or(Kind::Misnumbered, |run| run.kind);
        out.push(Run { at: start..end, kind, certain });
    }
    out
}
