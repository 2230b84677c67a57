//! Headings as items of an outline.

use std::cell::LazyCell;

use super::{Order, number_of};
use crate::{
    document::{Document, Heading, title},
    numbering::{
        Item, Label, Scheme, context,
        parts::{self, Gap, Row},
        range, titled, unmarked,
    },
    order,
    source::hash::{HashMap, HashMapExt, HashSet, HashSetExt},
};

/// What siblings have in common: container and parent.
type Place = (u32, Option<usize>);
/// Dotted labels of one place by what stands before their last numbers, each with its title.
type Dotted<'a> = HashMap<(Place, Vec<u64>), Vec<(usize, &'a str)>>;

/// The items of the headings, and between them those that HTML swallows; and which of the place each is.
pub(super) fn items(document: &Document) -> (Vec<Item>, Order) {
    let headings = headings(document);
    let facts = &document.facts;
    if facts.swallowed.is_empty() {
        return (headings, Order::default());
    }
    let count = headings.len();
    let swallowed = facts.swallowed.iter().map(|swallowed| Item {
        parent: swallowed.parent,
        group: swallowed.container,
        unmarked: Some(swallowed.label.label.clone()),
        ..Item::default()
    });
    let start = |at: usize| match facts.headings.get(at) {
        Some(heading) => heading.span.start,
        None => facts.swallowed[at - count].span.start,
    };
    let mut order: Vec<usize> = (0..count + facts.swallowed.len()).collect();
    order::by_key(&mut order, |&at| start(at));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(new, &old)| place[old] = new);
    let all: Vec<Item> = headings.into_iter().chain(swallowed).collect();
    let moved = |&old: &usize| {
        let Item { parent, part, .. } = &all[old];
        let part = part.as_ref().map(|(first, label)| (place[*first], label.clone()));
        Item { parent: parent.map(|parent| place[parent]), part, ..all[old].clone() }
    };
    (order.iter().map(moved).collect(), Order(order))
}

/// The items with those in elements set apart: each panel of a row of tabs may count anew, or go on. What is there all that
/// is left out outside is left where it is, as in `<div>`.
pub(super) fn apart(document: &Document, mut items: Vec<Item>, order: &Order) -> Vec<Item> {
    let around = document.elements_around_headings();
    let element = |at: usize| around.get(order.own(at)).copied().flatten();
    let filling = filling(&items, |at| element(at).is_some());
    let mut known = HashMap::new();
    for (at, item) in items.iter_mut().enumerate() {
        if let Some(element) = element(at).filter(|_| !filling.contains(&at)) {
            item.section = 1 + number_of(&mut known, element);
        }
    }
    doubt_mixed(&mut items);
    items
}

/// Where some labels of a kind stand apart in elements and others outside, nobody can tell which of them count together.
fn doubt_mixed(items: &mut [Item]) {
    let key = |item: &Item| {
        let label = item.label.as_ref()?;
        let mut above = label.values();
        above.pop();
        Some((item.parent, label.scheme.clone(), above))
    };
    let mut known: HashMap<_, [bool; 2]> = HashMap::new();
    if items.iter().all(|item| item.section == 0) {
        return;
    }
    for item in items.iter() {
        if let Some(key) = key(item) {
            known.entry(key).or_default()[usize::from(item.section > 0)] = true;
        }
    }
    for item in items {
        item.is_unclear |= key(item).is_some_and(|key| known.get(&key) == Some(&[true, true]));
    }
}

/// The items within elements that count on from one outside to the next. Other panels may have the same once more.
fn filling(items: &[Item], is_within: impl Fn(usize) -> bool) -> HashSet<usize> {
    // The last number outside, and the items within since; none where they do not count on from it.
    let mut open: HashMap<_, (u64, Option<Vec<usize>>)> = HashMap::new();
    let mut out = HashSet::new();
    for (at, item) in items.iter().enumerate() {
        let Some((label, values)) = item.label.as_ref().map(|label| (label, label.values())) else { continue };
        let number = label.number();
        let key = (item.group, item.parent, &label.scheme, values[..values.len() - 1].to_vec());
        if !is_within(at) {
            if let Some((last, Some(within))) = open.insert(key, (number, Some(Vec::new())))
                && last + within.len() as u64 + 1 == number
            {
                out.extend(within);
            }
        } else if let Some((last, within)) = open.get_mut(&key) {
            let next = *last + within.as_ref().map_or(0, Vec::len) as u64 + 1;
            if let Some(within) = within.as_mut().filter(|_| number == next) {
                within.push(at);
            } else if !(*last + 1..next).contains(&number) {
                *within = None;
            }
        }
    }
    out
}

/// The items of the headings.
fn headings(document: &Document) -> Vec<Item> {
    let all = &document.facts.headings;
    let versions = versions(document);
    // Where every heading of a kind has a note for its title (第一条（目的）), those with one number are no parts.
    let mut plain: HashSet<(Place, &Scheme)> = HashSet::new();
    for heading in all {
        if let Some(label) = counted(document, heading).filter(|label| !parts::is_note(label.behind(&heading.text))) {
            plain.insert((place(heading), &label.scheme));
        }
    }
    let come_again = come_again(document);
    let again = again(document);
    // The last number of a place: where it stood first, the title behind it, and the remark before it.
    let mut last: HashMap<Place, (usize, u64, &str, Option<&str>)> = HashMap::new();
    let mut items = Vec::with_capacity(all.len());
    for (at, heading) in all.iter().enumerate() {
        let (parent, group) = (heading.parent, heading.container);
        let own = counted(document, heading).filter(|_| !versions.contains(&at));
        let unmarked = heading.label.as_ref().filter(|placed| placed.label.scheme == Scheme::Bare);
        let unmarked = unmarked.map(|placed| placed.label.clone());
        let covers = own.and_then(|label| covers(label, label.behind(&heading.text)));
        let hints = if covers.is_some() { Vec::new() } else { context::hints(&heading.text, own) };
        let joined = heading.label.as_ref().map(|placed| &placed.label).filter(|label| unmarked::is_joined(label));
        let mut item = Item { parent, group, unmarked, hints, covers, label: own.cloned(), ..Item::default() };
        if let Some(label) = own.or(joined) {
            let (number, title) = (label.number(), label.behind(&heading.text));
            // 第二章（上） and 第二章（下） are one chapter, and count once.
            let before = last.get(&place(heading)).filter(|(_, before, ..)| *before == number);
            let are_notes = |before: &str| {
                parts::is_note(before) && parts::is_note(title) && plain.contains(&(place(heading), &label.scheme))
            };
            let is_again = |title: &str| come_again.contains(&(place(heading), title.trim()));
            // Words that say what is counted are not typed again by mistake as a number is, where counting goes on: there
            // one title is enough.
            let counted_again = again.get(&at);
            let are_again = |before: &str| {
                let (one, other) = (is_again(before), is_again(title));
                (one && other) || (counted_again.is_some() && (one || other))
            };
            let is_about = || counted_again.is_some_and(|&is_joined| is_joined || parts::is_about(title));
            let are_parts = |before: &str| {
                document.is_next_slide(at)
                    || parts::are_parts(label, before, title)
                    || (before.trim() != title.trim() && (are_notes(before) || are_again(before) || is_about()))
            };
            // Parts are counted from the first of them.
            let goes_on = |part: usize| {
                let first = all[part].label.as_ref().map(|placed| placed.label.behind(&all[part].text));
                first.is_some_and(|first| parts::are_parts(label, first, title))
            };
            let mut first = at;
            let remark = titled::remark(label);
            match before {
                // （Windows）第二步 and （Mac）第二步 are two ways to go.
                Some((part, _, before, other)) if remark != *other || are_parts(before) || goes_on(*part) => {
                    first = *part;
                    let label = item.label.take().or_else(|| item.unmarked.take());
                    item.part = label.map(|label| (first, label));
                }
                _ => {
                    let before = last.get(&place(heading)).map(|(_, before, title, _)| (*before == number, *title));
                    item.is_unclear = before.is_some_and(|(same, before)| parts::may_go_with(same, before, title));
                }
            }
            last.insert(place(heading), (first, number, title, remark));
        }
        items.push(item);
    }
    items
}

/// From which number to which a label stands, if for more than its own: 第三条至第五条, and `Day 4 (Day 3 was a rest day)`.
fn covers(label: &Label, behind: &str) -> Option<(u64, u64)> {
    let own = label.number();
    let covers = (range::explained(label, behind).unwrap_or(own), range::through(label, behind).unwrap_or(own));
    (covers != (own, own)).then_some(covers)
}

/// The headings with words that say what is counted, of those that [come again](parts::again) behind the one with their
/// number, each with whether it goes on where others have a sign.
fn again(document: &Document) -> HashMap<usize, bool> {
    let mut rows: HashMap<(Place, &Scheme), Row> = HashMap::new();
    for (at, heading) in document.facts.headings.iter().enumerate() {
        let Some(label) = counted(document, heading).filter(|own| matches!(own.scheme, Scheme::Counted(_))) else {
            continue;
        };
        let row = rows.entry((place(heading), &label.scheme)).or_default();
        row.push((at, label.number(), Gap::of(label.behind(&heading.text))));
    }
    rows.into_values().flat_map(|row| parts::again(&row)).collect()
}

/// The titles that stand behind several numbers of a place: 第一周 周一, 第一周 周三, 第二周 周一. Numbers are what tells them
/// apart, and titles tell those with one number apart.
fn come_again(document: &Document) -> HashSet<(Place, &str)> {
    let mut first: HashMap<(Place, &str), u64> = HashMap::new();
    let mut out = HashSet::new();
    for heading in &document.facts.headings {
        let Some(label) = counted(document, heading).filter(|label| label.scheme != Scheme::Dotted) else { continue };
        let (number, title) = (label.number(), label.behind(&heading.text).trim());
        let key = (place(heading), title);
        if title.contains(char::is_alphanumeric) && *first.entry(key).or_insert(number) != number {
            out.insert(key);
        }
    }
    out
}

/// Whether the numbered headings of each place count on from 1 and are written alike, as most are: then nothing is wrong
/// with them, whatever else stands between them.
pub(super) fn count_plainly(document: &Document) -> bool {
    let facts = &document.facts;
    let mut last: HashMap<Place, &Label> = HashMap::new();
    for heading in facts.headings.iter().filter(|heading| heading.label.is_some()) {
        let Some(label) = counted(document, heading) else { return false };
        let [number] = &*label.numbers else { return false };
        let goes_on = match last.insert(place(heading), label) {
            None => number.numeral.value == 1,
            Some(before) => before.number() + 1 == number.numeral.value && are_alike(before, label),
        };
        if !goes_on || label.other.is_some() || label.scheme == Scheme::Dotted || number.numeral.width > 0 {
            return false;
        }
    }
    facts.swallowed.is_empty()
}

/// Whether two labels of one number differ in that number only.
fn are_alike(a: &Label, b: &Label) -> bool {
    let before = |label: &Label| label.last().at.start;
    let behind = |label: &Label| label.last().at.end;
    a.scheme == b.scheme
        && a.last().numeral.system == b.last().numeral.system
        && a.text[..before(a)] == b.text[..before(b)]
        && a.text[behind(a)..] == b.text[behind(b)..]
}

/// The label of a heading that counts: not of one that is struck out, and not where it is only spoken of (①②的区别).
fn counted<'a>(document: &Document, heading: &'a Heading) -> Option<&'a Label> {
    let label = heading.numbering().map(|placed| &placed.label)?;
    let is_struck = document.source.slice(heading.content).starts_with("~~");
    (!is_struck && !context::speaks_of_two(&heading.text, label)).then_some(label)
}

fn place(heading: &Heading) -> Place {
    (heading.container, heading.parent)
}

/// Whether a heading names a month, so that dotted numbers below are days.
pub(super) fn is_month(heading: &Heading) -> bool {
    heading.text.trim_end().ends_with(['月', '월'])
}

/// What a list of versions is called.
const VERSIONS: &[&str] = &[
    "changelog", "change log", "release notes", "release history", "version history", "更新日志", "更新日誌",
    "更新记录", "更新記錄", "变更日志", "變更日誌", "变更记录", "變更記錄", "版本历史", "版本歷史", "版本记录",
    "版本記錄", "发布说明", "發布說明", "变更历史", "変更履歴", "更新履歴", "リリースノート", "변경 이력", "변경 내역",
    "릴리스 노트",
];

/// Words that may be those of one.
const MAY_BE_VERSIONS: &[&str] =
    &["release", "version", "history", "版本", "变更", "變更", "发布", "發布", "リリース", "변경"];

/// Whether a title has one of some words.
fn says(title: &str, words: &[&str]) -> bool {
    /// A longer one says more than that, in bytes.
    const LONGEST: usize = 200;
    if title.len() > LONGEST {
        return false;
    }
    let title = title.to_lowercase();
    words.iter().any(|word| title.contains(word))
}

/// Whether a document is a list of versions, by its title or name.
fn is_of_versions(document: &Document) -> bool {
    let name = document.source.path.file_name().replace(['-', '_'], " ");
    says(&name, VERSIONS) || title(document).is_some_and(|(title, _)| says(title, VERSIONS))
}

/// Headings with numbers of versions (`1.4 - 2020-03-02`, `4.4 LTS`) or of days (`3.2 周二` below 三月): dotted ones whose
/// first numbers belong to no heading, and whose titles come again or are mostly no words; or that stand below another number
/// with nothing but remarks behind them, or in what may be a list of versions; or below no number, in what surely is one.
fn versions(document: &Document) -> HashSet<usize> {
    let all = &document.facts.headings;
    let mut groups: Dotted<'_> = HashMap::new();
    let mut known: HashSet<Vec<u64>> = HashSet::new();
    for (at, heading) in all.iter().enumerate() {
        let Some(label) = heading.label.as_ref().map(|placed| &placed.label) else { continue };
        let mut values = label.values();
        known.insert(values.clone());
        if label.scheme == Scheme::Dotted {
            values.pop();
            groups.entry((place(heading), values)).or_default().push((at, label.behind(&heading.text)));
        }
    }
    let is_set_off = |(_, title): &(usize, &str)| !title.trim_start().starts_with(char::is_alphanumeric);
    let set_off: HashSet<_> =
        groups.iter().filter(|(_, members)| members.iter().all(is_set_off)).map(|(key, _)| key).collect();
    let is_whole = LazyCell::new(|| is_of_versions(document));
    let are_listed = |parent: Option<&Heading>| parent.is_some_and(|own| says(&own.text, VERSIONS)) || *is_whole;
    let are_versions = |key: &(Place, Vec<u64>), members: &[(usize, &str)]| {
        let (place, prefix) = key;
        let is_word = |(_, title): &&(usize, &str)| title.contains(char::is_alphabetic);
        let titles: Vec<&str> = members.iter().filter(is_word).map(|(_, title)| title.trim()).collect();
        let come_again = titles.iter().collect::<HashSet<_>>().len() < titles.len();
        let are_few = titles.len() * 2 <= members.len();
        let parent = place.1.map(|at| &all[at]);
        let of_parent = parent.and_then(|parent| parent.numbering()).map(|placed| placed.label.values());
        // `--output` is a title where those that belong here have such titles as well.
        let are_titles = || of_parent.clone().is_some_and(|own| set_off.contains(&(*place, own)));
        let are_remarks = || {
            (set_off.contains(key) && !are_titles())
                || parent.is_some_and(|parent| says(&parent.text, VERSIONS) || says(&parent.text, MAY_BE_VERSIONS))
        };
        of_parent.as_ref().is_some_and(|own| own != prefix) && are_remarks()
            || !known.contains(prefix) && (come_again || are_few || parent.is_some_and(is_month) || are_listed(parent))
    };
    let versions = groups.iter().filter(|(key, members)| are_versions(key, members));
    versions.flat_map(|(_, members)| members.iter().map(|(at, _)| *at)).collect()
}
