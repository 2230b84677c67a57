//! Sequences of labels with one number, and the gaps in them.

use std::{
    collections::{BTreeMap, HashSet},
    ops::Range,
};

use super::{Judge, is_plain};
use crate::{
    numbering::{
        counting::{Counting, Restart},
        fault::{Change, Fault, Reason},
        item::{Item, Siblings},
        label::{Label, Scheme},
        numerals::Class,
        repair::{Style, change, reason},
        sequence::{self, Judgement, Kind, Places},
        unmarked,
    },
    source::hash::{HashMap, HashMapExt},
};

/// Nothing stands for more numbers than these.
const LARGEST: u64 = 1_000;

/// What makes labels of siblings look alike.
type Form<'a> = (&'a Scheme, bool);
/// A sequence: whose siblings, the item of the level above among them, and the form.
type GroupKey<'a> = (Siblings, Option<usize>, Form<'a>);
/// What sequences of different sections have in common: group, depth, and the forms of their levels.
type Like<'a> = (u32, usize, Vec<Form<'a>>);

impl Judge<'_> {
    /// Siblings of one scheme, dotted labels aside, in the order of their first member. Where counting goes on through
    /// the document, those of all parents together.
    pub(super) fn simple_sequences(&self) -> Vec<Vec<usize>> {
        let mut levels: HashMap<Siblings, Vec<(Form<'_>, usize)>> = HashMap::new();
        let mut groups: BTreeMap<GroupKey<'_>, Vec<usize>> = BTreeMap::new();
        let mut likes: HashMap<GroupKey<'_>, Like<'_>> = HashMap::new();
        for (at, item) in self.items.iter().enumerate() {
            let Some(label) = item.label.as_ref().filter(|label| label.scheme != Scheme::Dotted) else { continue };
            // Among siblings a scheme that comes later is a level below: 一、 1. 2. 二、 1.
            let open = levels.entry(item.siblings()).or_default();
            let kind = (&label.scheme, item.is_bold);
            let level = open.iter().position(|(known, _)| *known == kind).unwrap_or(open.len());
            open.truncate(level);
            let above = open.last().map(|(_, above)| *above);
            open.push((kind, at));
            let key = (item.siblings(), above, kind);
            groups.entry(key).or_default().push(at);
            likes
                .entry(key)
                .or_insert_with(|| (item.group, self.depth(at), open.iter().map(|(kind, _)| *kind).collect()));
        }
        let mut alike: HashMap<Like<'_>, Vec<Vec<usize>>> = HashMap::new();
        for (key, members) in groups {
            alike.entry(likes.remove(&key).unwrap_or_default()).or_default().push(members);
        }
        let mut out: Vec<Vec<usize>> = Vec::new();
        for mut sections in alike.into_values() {
            sections.sort_unstable();
            if sections.len() > 1 && self.goes_on(&sections) {
                sections = vec![sections.concat()];
            }
            out.extend(sections);
        }
        out.sort_unstable();
        out
    }

    /// How many items enclose an item.
    fn depth(&self, at: usize) -> usize {
        std::iter::successors(self.items[at].parent, |&at| self.items[at].parent).count()
    }

    /// Whether the numbers of one section go on where those of the section before end: as configured, or where that
    /// leaves fewer numbers to change than counting anew in each of them, and most steps are right then.
    fn goes_on(&self, sections: &[Vec<usize>]) -> bool {
        match self.counting.restart {
            Restart::Document => return true,
            Restart::Section => return false,
            Restart::Auto => {}
        }
        // Articles mostly do.
        let are_articles = self.label(sections[0][0]).is_some_and(|label| label.scheme.is_article());
        let sections: Vec<Vec<u64>> = sections.iter().map(|members| self.covered(members).1).collect();
        // One step may be a slip where two sections meet.
        let goes_on = |last: u64, first: u64| first > 1 && (last..=last + 2).contains(&first);
        let joined = sections.windows(2).any(|pair| pair[0].last().is_some_and(|&last| goes_on(last, pair[1][0])));
        if !joined {
            return false;
        }
        if !are_articles && are_branches(&sections) {
            return false;
        }
        // Asked to count on, whatever the numbers are: where each section begins behind the one before.
        if self.is_forced() {
            let follows =
                |before: Option<&u64>, next: Option<&u64>| before < next || (before == next && next > Some(&1));
            return sections.windows(2).all(|pair| follows(pair[0].last(), pair[1].first()));
        }
        let anew = |numbers: &Vec<u64>| (1..).zip(numbers).filter(|(want, is)| want != *is).count();
        let anew: usize = sections.iter().map(anew).sum();
        let all = sections.concat();
        let through = sequence::judge(&all, &[], false, &Counting::default());
        let through = through.map(|judged| judged.runs.iter().map(|run| run.at.len()).sum::<usize>());
        let breaks = all.windows(2).filter(|pair| pair[0] + 1 != pair[1]).count();
        through.is_some_and(|through| through < anew + usize::from(are_articles) && breaks * 3 <= all.len())
    }

    fn last_numbers(&self, members: &[usize]) -> Vec<u64> {
        members.iter().filter_map(|&at| Some(self.label(at)?.number())).collect()
    }

    /// The members with their numbers, one that stands for several once for each, unless those stand behind it by themselves;
    /// and without one that sums up what stands before it or behind.
    fn covered(&self, members: &[usize]) -> (Vec<usize>, Vec<u64>) {
        let numbers = self.last_numbers(members);
        if members.iter().all(|&at| self.items[at].covers.is_none()) {
            return (members.to_vec(), numbers);
        }
        let mut out: (Vec<usize>, Vec<u64>) = (Vec::new(), Vec::new());
        for (index, (&at, &own)) in members.iter().zip(&numbers).enumerate() {
            let (before, next) = (out.1.last().copied(), numbers.get(index + 1).copied());
            let (first, last) = self.items[at].covers.unwrap_or((own, own));
            if own < last && (next == Some(own) || before.is_some_and(|before| before >= last)) {
                continue;
            }
            let first = match before {
                None if first == 1 => first,
                Some(before) if first.checked_sub(1) == Some(before) => first,
                Some(before) if (own..last).contains(&before) => before + 1,
                _ => own,
            };
            let last = if next.is_some_and(|next| next.checked_sub(1) == Some(own)) { own } else { last };
            for number in first..=last.min(first.saturating_add(LARGEST)) {
                out.0.push(at);
                out.1.push(number);
            }
        }
        out
    }

    /// The members with their numbers; and between two of them, where all numbers that are left out stand there in another form
    /// (`Step 2a`, `2、` among `1.`, one level off), those. They are not rewritten, so nothing before them may be wrong.
    /// And whether what stands there leaves it in doubt what the others should be.
    fn with_hinted(&self, members: &[usize]) -> (Vec<usize>, Vec<u64>, bool) {
        let (members, numbers) = self.covered(members);
        let mut out = (vec![members[0]], vec![numbers[0]], false);
        let mut counts_up = true;
        for (pair, number) in members.windows(2).zip(numbers.windows(2)) {
            let missing = number[0] + 1..number[1];
            if !missing.is_empty() {
                let siblings = self.items[pair[0]].siblings();
                let is_bare = |item: &Item| item.label.is_none() && item.part.is_none() && item.unmarked.is_none();
                let between = (pair[0] + 1..pair[1]).filter(|&at| self.items[at].siblings() == siblings);
                let between = between.filter(|&at| is_bare(&self.items[at]));
                let mut hinted: Vec<(usize, u64)> =
                    between.filter_map(|at| Some((at, *self.items[at].hints.first()?))).collect();
                hinted.dedup_by_key(|(_, number)| *number);
                let is_all = |hinted: &[(usize, u64)]| hinted.iter().map(|own| own.1).eq(missing.clone());
                if !counts_up || !is_all(&hinted) {
                    let standing = self.standing_between(pair[0], pair[1], &missing);
                    out.2 |= !standing.is_empty();
                    // They are not written anew, and where a mark is missing, that is the fault.
                    let is_marked = (pair[0] + 1..pair[1]).all(|at| self.items[at].unmarked.is_none());
                    let standing = standing.into_iter().filter(|_| is_marked);
                    hinted = standing.map(|number| (pair[0], number)).collect();
                }
                if counts_up && is_all(&hinted) {
                    out.0.extend(hinted.iter().map(|(at, _)| *at));
                    out.1.extend(hinted.iter().map(|(_, number)| *number));
                }
            }
            counts_up &= out.1.last().map(|last| last + 1) == Some(number[1]);
            out.0.push(pair[1]);
            out.1.push(number[1]);
        }
        out
    }

    pub(super) fn simple(&mut self, members: &[usize]) {
        let (members, numbers, is_in_doubt) = self.with_hinted(members);
        let members = &members[..];
        // Initials and words that begin with a letter and a dot are no sequence; one of letters starts at the first. A
        // Roman number of several letters is none of those.
        let plain = self.label(members[0]).is_some_and(is_plain);
        let class = self.label(members[0]).map(Label::class);
        let roman = matches!(class, Some(Class::RomanUpper | Class::RomanLower))
            && numbers.iter().any(|number| ![1, 5, 10, 50, 100, 500, 1000].contains(number));
        let has_step = numbers.windows(2).any(|pair| pair[0] + 1 == pair[1]);
        let counts_up = plain || (numbers[0] == 1 && has_step) || roman || self.is_forced();
        // What is not asked about may still be the parent of what is.
        if self.is_forced() && members.len() > 1 {
            self.sequenced.extend(members);
        }
        let Some(mut judged) = self.judgement(members, &numbers).filter(|_| counts_up) else { return };
        // Letters may be initials; who repeats one may well mean it. And where counting should begin anew is not
        // certain either.
        let parent = self.items[members[0]].parent;
        let one_section = members.iter().all(|&at| self.items[at].parent == parent);
        let is_bare = self.label(members[0]).is_some_and(|label| label.scheme == Scheme::Bare);
        let is_unclear = is_in_doubt
            || members.iter().any(|&at| self.items[at].is_unclear)
            || self.stands_behind(members, &numbers, &judged);
        judged.runs.iter_mut().for_each(|run| run.certain &= plain && one_section && !is_bare && !is_unclear);
        self.sequenced.extend(members);
        if judged.runs.is_empty() {
            return;
        }
        self.irregular.extend(members);
        let style = Style::of(members.iter().filter_map(|&at| self.label(at)));
        let places = Places::new(&numbers, &judged);
        for run in &judged.runs {
            if run.kind == Kind::Skipped && !self.is_forced() {
                let missing = judged.expected[run.at.start]..numbers[run.at.start];
                if let Some(fault) = self.filled(members, run.at.start, &[], missing, &style) {
                    self.faults.push(fault);
                    continue;
                }
                if self.stands_between(members, run.at.start) || !self.may_have_gaps(members) {
                    continue;
                }
            }
            // As far from its own number as it is from the one that it stands for here.
            let own = |index: usize| self.label(members[index]).map_or(0, Label::number);
            let target =
                |index: usize| vec![own(index).saturating_add(judged.expected[index]).saturating_sub(numbers[index])];
            let mut changes = self.changes(members, run.at.clone(), &style, target);
            // What stands for several numbers is changed once.
            changes.dedup_by_key(|change| change.item);
            let want = judged.expected[run.at.start];
            let reason = reason(&numbers, want, run.at.clone(), &places, self.counting, |number| style.show(number));
            let elsewhere = if run.kind == Kind::Skipped {
                self.unnumbered(members[run.at.start - 1]..members[run.at.start], &[], &(want..numbers[run.at.start]))
            } else {
                None
            };
            let mut fault = self.fault(members, run, &places, numbers[run.at.start], reason, changes);
            fault.show(elsewhere);
            self.faults.push(fault);
        }
    }

    /// Where each number that seems to be missing stands there without its mark, that is the fault.
    pub(super) fn filled(
        &self,
        members: &[usize],
        index: usize,
        prefix: &[u64],
        missing: Range<u64>,
        style: &Style,
    ) -> Option<Fault> {
        let (before, after) = (members[index - 1], members[index]);
        let siblings = self.items[before].siblings();
        let between = (before + 1..after).filter(|&at| {
            let item = &self.items[at];
            item.label.is_none() && item.siblings() == siblings
        });
        let is_missing = |values: &Vec<u64>| {
            values.split_last().is_some_and(|(last, above)| above == prefix && missing.contains(last))
        };
        let bare = between.filter_map(|at| Some((at, self.items[at].unmarked.as_ref()?)));
        let bare = bare.filter(|(_, label)| !unmarked::is_joined(label)).map(|(at, label)| (at, label.values()));
        let bare: Vec<(usize, Vec<u64>)> = bare.filter(|(_, values)| is_missing(values)).collect();
        if !bare.iter().filter_map(|(_, values)| values.last().copied()).eq(missing) {
            return None;
        }
        let example = self.label(before)?;
        let run: Vec<Change> = bare.iter().map(|(at, values)| change(*at, example, values, style)).collect();
        Some(Fault {
            kind: Kind::Skipped,
            certain: false,
            reason: Reason::Unmarked,
            see: vec![before],
            run,
            below: Vec::new(),
        })
    }

    /// Whether what is left out among labels is missing. Without any mark they may be amounts: `1 Month`, `3 Months`; then
    /// sections below have to carry their numbers.
    fn may_have_gaps(&self, members: &[usize]) -> bool {
        let carried = || {
            let carried = self.items.iter().filter_map(|item| {
                let (parent, label) = item.parent.zip(item.label.as_ref())?;
                let own = self.label(parent)?.number();
                (label.scheme == Scheme::Dotted && label.values()[0] == own).then_some(parent)
            });
            carried.collect()
        };
        let is_bare = self.label(members[0]).is_some_and(|label| label.scheme == Scheme::Bare);
        !is_bare || members.iter().any(|at| self.carried.get_or_init(carried).contains(at))
    }

    /// Whether a number that seems to be missing before a label stands there after all.
    fn stands_between(&self, members: &[usize], index: usize) -> bool {
        let (before, after) = (members[index - 1], members[index]);
        let numbers = self.label(before).zip(self.label(after)).map(|(a, b)| a.number() + 1..b.number());
        numbers.is_some_and(|missing| !self.standing_between(before, after, &missing).is_empty())
    }

    /// The numbers of those that seem to be missing between two labels which stand there after all: in another scheme, one
    /// level off, or in a form that makes no label.
    pub(super) fn standing_between(&self, before: usize, after: usize, missing: &Range<u64>) -> Vec<u64> {
        let group = self.items[before].group;
        // What counts on from its own 1 is another sequence and fills no gap.
        let mut begins: HashMap<(Siblings, Form<'_>), u64> = HashMap::new();
        let mut out = Vec::new();
        for item in self.items[before..after].iter().filter(|item| item.group == group) {
            out.extend(item.hints.iter().copied().filter(|hint| missing.contains(hint)));
            let Some(label) = item.label.as_ref().filter(|label| label.scheme != Scheme::Dotted) else { continue };
            let value = label.number();
            let first = *begins.entry((item.siblings(), (&label.scheme, item.is_bold))).or_insert(value);
            if missing.contains(&value) && (first > 1 || first == value) {
                out.push(value);
            }
        }
        out.dedup();
        out
    }

    /// Whether a number that the last member may get stands right behind it in another scheme.
    fn stands_behind(&self, members: &[usize], numbers: &[u64], judged: &Judgement) -> bool {
        /// Further away it is another sequence.
        const NEAR: usize = 16;
        let (Some(&at), Some(&is), Some(&want)) = (members.last(), numbers.last(), judged.expected.last()) else {
            return false;
        };
        let behind = self.items[at + 1..].iter().take(NEAR).filter(|item| item.siblings() == self.items[at].siblings());
        let mut labels = behind.filter_map(|item| item.label.as_ref()).filter(|label| label.scheme != Scheme::Dotted);
        labels.any(|label| (is + 1..=want).contains(&label.number()))
    }
}

/// Whether two sections, one behind the other, go on from one number that a section before them ends with: what is to be
/// done in either case, as step 2 and further behind a step 1 that both have.
fn are_branches(sections: &[Vec<u64>]) -> bool {
    let mut ends: HashSet<u64> = HashSet::new();
    sections.windows(2).any(|pair| {
        let (Some(&first), Some(&last)) = (pair[0].first(), pair[0].last()) else { return false };
        let goes_on = |section: &[u64]| section.len() > 1 && section[0] + 1 == section[1];
        let are_two = first > 1 && pair[1].first() == Some(&first) && goes_on(&pair[0]) && goes_on(&pair[1]);
        let follow = are_two && ends.contains(&(first - 1));
        ends.insert(last);
        follow
    })
}
