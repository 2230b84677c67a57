//! What a wrong label should be: the numbers in the form of their sequence, and the reason.

use std::ops::Range;

use super::{
    counting::Counting,
    fault::{Change, Reason},
    label::Label,
    numerals::{Class, Numeral, System},
    sequence::Places,
};

/// How the numbers of a sequence are written, by majority; ties go to what stands first.
pub(super) struct Style {
    system: System,
    width: usize,
    /// What stands between the numbers of dotted labels.
    joint: String,
}

impl Style {
    pub(super) fn of<'a>(labels: impl Iterator<Item = &'a Label>) -> Self {
        let labels: Vec<&Label> = labels.collect();
        let written: Vec<_> = labels.iter().map(|label| label.last().numeral).collect();
        let system = majority(written.iter().flat_map(|n| n.systems())).unwrap_or(System::Ascii);
        // `10` is what it is with padding and without.
        let shows = |n: &&Numeral| n.value < 10 || n.width > 0;
        let width = majority(written.iter().filter(shows).map(|n| n.width)).unwrap_or(0);
        Self { system, width, joint: labels.first().map_or(".", |label| label.joint()).to_owned() }
    }

    /// A number as the sequence writes it.
    pub(super) fn show(&self, number: u64) -> String {
        self.system.print(number, self.width).unwrap_or_else(|| number.to_string())
    }

    /// The same behind the components above it.
    pub(super) fn show_dotted(&self, prefix: &[u64], number: u64) -> String {
        let parts = prefix.iter().map(u64::to_string).chain([self.show(number)]);
        parts.collect::<Vec<_>>().join(&self.joint)
    }
}

fn majority<T: PartialEq + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for item in items {
        match counts.iter_mut().find(|(known, _)| *known == item) {
            Some((_, count)) => *count += 1,
            None => counts.push((item, 1)),
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map(|(item, _)| *item)
}

/// The label with other values. A value that its system has no form for stands there in digits, and cannot be written.
pub(super) fn change(item: usize, label: &Label, target: &[u64], style: &Style) -> Change {
    let written = label.numbers.iter().zip(target).enumerate().map(|(index, (number, &value))| {
        let as_is = number.numeral;
        let last = index + 1 == label.numbers.len();
        // Between blanks stand digits: `第 4 步` among `第一步`.
        let is_own = style.system.class().is_han()
            && as_is.system.class() == Class::Arabic
            && label.text[..number.at.start].ends_with(char::is_whitespace);
        let (system, width) = if last && !is_own { (style.system, style.width) } else { (as_is.system, as_is.width) };
        system.print(value, width)
    });
    let printed: Vec<Option<String>> = written.collect();
    let is_written = printed.iter().all(Option::is_some);
    let shown = printed.into_iter().zip(target).map(|(text, value)| text.unwrap_or_else(|| value.to_string()));
    let numbers: Vec<String> = shown.collect();
    Change { item, values: target.to_vec(), label: label.with_numbers(&numbers), numbers, is_written }
}

/// So many gaps are named; of more, the first ones say enough.
const NAMED: usize = 4;

/// Why the first label of a run is wrong. Numbers are shown by `show`, as the sequence writes them.
pub(super) fn reason(
    numbers: &[u64],
    want: u64,
    run: Range<usize>,
    places: &Places,
    counting: &Counting,
    show: impl Fn(u64) -> String,
) -> Reason {
    let first = run.start;
    let is = numbers[first];
    let (start, known) = places.around(first);
    let repeated = known.get(&is).is_some_and(|places| places.len() > 1);
    let missing = !known.contains_key(&want);
    let moved =
        known.get(&want).and_then(|places| places.first()).filter(|_| first == start && counting.start.is_none());
    if let Some(&moved) = moved.filter(|moved| **moved > first) {
        Reason::Moved { moved: show(want), previous: show(numbers[moved - 1]) }
    } else if first == start {
        Reason::Start { configured: counting.start.map(show) }
    } else if repeated && missing {
        Reason::MissingAndRepeated { missing: show(want), repeated: show(is) }
    } else if repeated {
        Reason::Repeated(show(is))
    } else if missing && is > want {
        // Each gap of the run is named, since the numbers that are wanted close all of them.
        let first = want..known.range(want + 1..).next().map_or(is, |(&next, _)| next);
        let further = numbers[run].windows(2).map(|pair| pair[0] + 1..pair[1]);
        let further = further.filter(|gap| !gap.is_empty() && known.range(gap.clone()).next().is_none());
        let gaps = [first].into_iter().chain(further).take(NAMED);
        let span = |gap: Range<u64>| match gap.end - 1 {
            last if last > gap.start => format!("{}–{}", show(gap.start), show(last)),
            _ => show(gap.start),
        };
        Reason::Missing(gaps.map(span).collect::<Vec<_>>().join(", "))
    } else {
        Reason::OutOfOrder(show(numbers[first - 1]))
    }
}
