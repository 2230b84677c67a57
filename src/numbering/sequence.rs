//! What is right in a sequence of numbers.

use std::{collections::BTreeMap, ops::Range};

use super::counting::{Counting, Restart};

/// How a run of wrong numbers is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A number repeats, is out of order or contradicts its parent.
    Misnumbered,
    /// A pure gap: from here to the end the numbers are right among themselves. Either the numbers or something
    /// between them went missing.
    Skipped,
    /// The number is right, but written in another way than those of its neighbours.
    Mixed,
}

/// A stretch of neighbours that should all be other numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Indexes into the numbers judged.
    pub at: Range<usize>,
    /// How it is wrong.
    pub kind: Kind,
    /// Whether at least half of all steps of its sequence are right, and not all of them upward, and nothing speaks against
    /// its first number, so that the rest can be trusted to be slips.
    pub certain: bool,
}

/// What the numbers should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// For each number, what it should be.
    pub expected: Vec<u64>,
    /// The sequences, in order: a return to 1 may have begun a new one.
    pub sequences: Vec<Range<usize>>,
    /// Where `expected` differs.
    pub runs: Vec<Run>,
}

/// Where each number of a judgement's sequences stands.
#[derive(Debug)]
pub struct Places {
    sequences: Vec<Range<usize>>,
    by_number: Vec<BTreeMap<u64, Vec<usize>>>,
}

impl Places {
    /// Looks through the numbers once.
    pub fn new(numbers: &[u64], judgement: &Judgement) -> Self {
        let mut by_number = Vec::new();
        for at in &judgement.sequences {
            let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
            for index in at.clone() {
                places.entry(numbers[index]).or_default().push(index);
            }
            by_number.push(places);
        }
        Self { sequences: judgement.sequences.clone(), by_number }
    }

    /// The sequence an index belongs to: where it begins, and its numbers.
    pub fn around(&self, index: usize) -> (usize, &BTreeMap<u64, Vec<usize>>) {
        let own = self.sequences.partition_point(|at| at.end <= index);
        (self.sequences[own].start, &self.by_number[own])
    }
}

/// Judges the numbers of siblings in order. `None` where they are no sequence: a lone number, identifiers, or one
/// number throughout. `set_off` says before which of them something without a number stands, `begun` that the one before the first stands
/// there in some other form.
pub fn judge(numbers: &[u64], set_off: &[bool], begun: bool, counting: &Counting) -> Option<Judgement> {
    let is_apart = set_off.iter().skip(1).any(|set_off| *set_off);
    if are_shuffled(numbers) && !is_apart && counting.start.is_none_or(|start| start == 1) {
        return Some(shuffled(numbers));
    }
    let (are_identifiers, is_one_slip) = (are_identifiers(numbers), is_one_slip(numbers));
    if numbers.len() < 2 || (are_identifiers && !is_one_slip) || are_steady(numbers) {
        return None;
    }
    let sequences = resumed(numbers, set_off, split(numbers, set_off, counting.restart));
    let mut judgement = Judgement { expected: Vec::with_capacity(numbers.len()), sequences, runs: Vec::new() };
    for at in judgement.sequences.clone() {
        let own = &numbers[at.clone()];
        let expected = expected(own, begun && at.start == 0, counting);
        let are_crossed = are_crossed(own, &expected);
        judgement.runs.extend(runs(own, &expected, counting.start.is_some()).map(|run| Run {
            at: run.at.start + at.start..run.at.end + at.start,
            certain: run.certain && !are_identifiers && !are_crossed,
            ..run
        }));
        judgement.expected.extend(expected);
    }
    Some(judgement)
}

/// What numbers should be that are those from 1 on in another order.
pub fn shuffled(numbers: &[u64]) -> Judgement {
    let expected: Vec<u64> = (1..).take(numbers.len()).collect();
    // What was moved may be anything.
    let runs = runs(numbers, &expected, false);
    let runs = runs.map(|run| Run { kind: Kind::Misnumbered, certain: false, ..run }).collect();
    Judgement { expected, sequences: std::iter::once(0..numbers.len()).collect(), runs }
}

/// What numbers should be if each sequence is to count on from its first one or from a given one, whatever they look
/// like.
pub fn count_on(numbers: &[u64], set_off: &[bool], counting: &Counting) -> Judgement {
    let sequences = split(numbers, set_off, counting.restart);
    let mut judgement = Judgement { expected: Vec::with_capacity(numbers.len()), sequences, runs: Vec::new() };
    for at in judgement.sequences.clone() {
        judgement.expected.extend((counting.start.unwrap_or(numbers[at.start])..).take(at.len()));
        let wrong = |index: &usize| numbers[*index] != judgement.expected[*index];
        // One step, however far its numbers stand apart: swaps and chains are never two.
        if let (Some(first), Some(last)) = (at.clone().find(wrong), at.clone().rev().find(wrong)) {
            judgement.runs.push(Run { at: first..last + 1, kind: Kind::Misnumbered, certain: true });
        }
    }
    judgement
}

/// Whether three or more numbers are those from 1 on, each of them once, in another order: something was moved. 3, 1, 2 may be
/// the end of one sequence and all of another.
fn are_shuffled(numbers: &[u64]) -> bool {
    // Mostly they simply count on.
    numbers != ENDS_AND_BEGINS && are_moved(numbers)
}

/// The end of one sequence and all of another, or one that was moved.
const ENDS_AND_BEGINS: [u64; 3] = [3, 1, 2];

/// The same where they are known to be one sequence.
pub fn are_moved(numbers: &[u64]) -> bool {
    if numbers.len() < 3 || numbers.is_sorted() || descends(numbers) {
        return false;
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    (1..).zip(&sorted).all(|(want, is)| want == *is)
}

/// Of which less than one in so many is there is an extract.
const EXTRACT: u64 = 4;

/// Problem numbers, ticket numbers: more than a third of the steps are none of +1, 0, +2 or a return to 1, or most leave
/// something out.
fn are_identifiers(numbers: &[u64]) -> bool {
    if descends(numbers) {
        return false;
    }
    let odd = numbers.windows(2).filter(|pair| !(pair[1] == 1 || (pair[0]..=pair[0] + 2).contains(&pair[1]))).count();
    // Where numbers only rise, and with more gaps than steps, they are chosen and not counted.
    let rises = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    let gaps = numbers.windows(2).filter(|pair| pair[0] + 1 < pair[1]).count();
    // What is left out in several places, and much more than is there, was left out by choice: an extract of a law.
    let left_out =
        || numbers.last().zip(numbers.first()).map_or(0, |(last, first)| last - first) / numbers.len() as u64;
    odd * 3 > numbers.len() - 1 || (rises && gaps > 1 && (gaps * 2 > numbers.len() - 1 || left_out() >= EXTRACT))
}

/// Whether one number alone is not what those on both sides of it say, and may have been typed for it: `1 2 3 44 5`,
/// `1 2 5 4 5`. Among problems of a collection (`1 2 3 15 5`) anything may stand between.
fn is_one_slip(numbers: &[u64]) -> bool {
    let want = |at: usize| numbers[0].saturating_add(at as u64);
    let mut wrong = (0..numbers.len()).filter(|&at| numbers[at] != want(at));
    let Some(at) = wrong.next().filter(|at| wrong.next().is_none() && at + 1 < numbers.len()) else { return false };
    let is_typed = numbers[at].to_string().contains(&want(at).to_string()) || numbers[at] <= want(numbers.len());
    numbers.len() > 3 && is_typed
}

/// Three or more that all take the same step, and it is not one: every number is 1, or every second one is there; or each
/// stands there twice.
fn are_steady(numbers: &[u64]) -> bool {
    let steady = |by: u64| numbers.windows(2).all(|pair| pair[1] == pair[0] + by);
    numbers.len() > 2 && (steady(0) || steady(2) || are_pairs(numbers))
}

/// Whether every number stands there twice, one behind the other, as in two languages.
fn are_pairs(numbers: &[u64]) -> bool {
    let counts_on = numbers.chunks(2).zip(numbers.chunks(2).skip(1)).all(|(one, next)| next[0] == one[0] + 1);
    numbers.len() > 3 && counts_on && numbers.chunks(2).all(|pair| pair.len() == 2 && pair[0] == pair[1])
}

/// A return to 1, or to the 0 that the numbers began with, begins a new sequence if the next number follows, or something
/// else sets it off. Where counting is to go on through the document, the latter alone does.
fn split(numbers: &[u64], set_off: &[bool], restart: Restart) -> Vec<Range<usize>> {
    let returns = (1..numbers.len()).filter(|&at| {
        let set_off = set_off.get(at).copied().unwrap_or_default();
        let (before, own, next) = (numbers[at - 1], numbers[at], numbers.get(at + 1));
        (own == 1 || (own == 0 && numbers[0] == 0))
            && (set_off || (restart != Restart::Document && before > own && next == Some(&(own + 1))))
            && !is_counted(numbers, at)
    });
    let starts: Vec<usize> = [0].into_iter().chain(returns).collect();
    let ends = starts.iter().skip(1).copied().chain([numbers.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The sequences, each parted where its numbers go on from the sequence before it: in 1 2 3 4 1 2 5 6, what was put in between
/// ends before the 5. Where something sets the return off, it is a sequence of its own that leaves numbers out.
fn resumed(numbers: &[u64], set_off: &[bool], sequences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::with_capacity(sequences.len());
    for at in sequences {
        let is_set_off = set_off.get(at.start).copied().unwrap_or_default();
        let last = out.last().filter(|_| !is_set_off).map(|before| numbers[before.end - 1]);
        let reaches = last.and_then(|last| at.clone().find(|&index| numbers[index] >= last));
        match reaches.filter(|&index| index > at.start && last.map(|last| last + 1) == Some(numbers[index])) {
            Some(index) => out.extend([at.start..index, index..at.end]),
            None => out.push(at),
        }
    }
    out
}

/// Whether a number that one run should have is that of another one today, beyond numbers that are right: what was moved so
/// far may be anything, and half of such a repair would make a number stand twice.
fn are_crossed(numbers: &[u64], expected: &[u64]) -> bool {
    let right = |at: &usize| numbers[*at] == expected[*at];
    let before: Vec<usize> = (0..numbers.len())
        .scan(0, |count, at| {
            *count += usize::from(right(&at));
            Some(*count)
        })
        .collect();
    (0..numbers.len()).filter(|at| !right(at)).any(|at| {
        let wanted = expected.binary_search(&numbers[at]);
        wanted.is_ok_and(|wanted| !right(&wanted) && before[wanted] != before[at])
    })
}

/// Whether a 1 behind another 1 is counted by what comes after: in 1, 1, 1, 4 the 4 is right and the ones are not.
fn is_counted(numbers: &[u64], at: usize) -> bool {
    const LOOK: usize = 32;
    let is_one = |number: &&u64| **number == 1;
    let before = numbers[..at].iter().rev().take(LOOK).take_while(is_one).count();
    let behind = numbers[at..].iter().take(LOOK).take_while(is_one).count();
    before > 0 && numbers.get(at + behind) == Some(&((before + behind + 1) as u64))
}

fn descends(numbers: &[u64]) -> bool {
    numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0] == pair[1] + 1)
}

/// A sequence starts at its first number, or at 1 if that leaves as many numbers as they are. Behind a 0 the 1 is missing.
/// Looking for the start that changes fewest numbers would be wrong: on real documents it makes sequences start at 0 or 2.
fn expected(numbers: &[u64], begun: bool, counting: &Counting) -> Vec<u64> {
    if descends(numbers) {
        return numbers.to_vec();
    }
    let is_first_wrong = !begun && numbers[0] > 1 && right_from(numbers, 1) >= right_from(numbers, numbers[0]);
    let start = counting.start.unwrap_or(if is_first_wrong { 1 } else { numbers[0] });
    let unbroken: Vec<u64> = (start..).take(numbers.len()).collect();
    if !counting.allow_gaps {
        return unbroken;
    }
    let rising = numbers.iter().skip(1).scan(start, |last, &number| {
        *last = number.max(*last + 1);
        Some(*last)
    });
    let rising: Vec<u64> = [start].into_iter().chain(rising).collect();
    let changes = |expected: &[u64]| expected.iter().zip(numbers).filter(|(want, is)| want != is).count();
    if changes(&unbroken) < changes(&rising) { unbroken } else { rising }
}

/// How many numbers are right if the first one is to be this.
fn right_from(numbers: &[u64], first: u64) -> usize {
    (first..).zip(numbers).filter(|(want, is)| want == *is).count()
}

/// Where numbers are not as expected. `is_given` says that the first one is, because somebody said so.
fn runs<'a>(numbers: &'a [u64], expected: &'a [u64], is_given: bool) -> impl Iterator<Item = Run> + use<'a> {
    let step = |at: usize| numbers[at].checked_sub(numbers[at - 1]);
    let right = (1..numbers.len()).filter(|&at| step(at) == Some(1)).count();
    // Where the numbers only ever rise there are gaps and nothing else, and only the author knows about those.
    let rises = expected.first() == numbers.first() && (1..numbers.len()).all(|at| step(at).is_some_and(|by| by > 0));
    // Everything rests on the first number: what comes below it speaks against it, and so does what makes it another one.
    let is_first_sure = || {
        let is_kept = expected.first() == numbers.first();
        if is_kept { numbers.get(1) >= numbers.first() } else { expected.get(1..) == numbers.get(1..) }
    };
    let certain = right * 2 >= numbers.len() - 1 && !rises && (is_given || is_first_sure());
    let wrong = |at: usize| numbers[at] != expected[at];
    let mut next = 0;
    std::iter::from_fn(move || {
        let start = (next..numbers.len()).find(|&at| wrong(at))?;
        let end = (start..numbers.len()).find(|&at| !wrong(at)).unwrap_or(numbers.len());
        next = end;
        let pure = start > 0
            && end == numbers.len()
            && step(start).is_some_and(|by| by > 1)
            && (start + 1..end).all(|at| step(at) == Some(1))
            // What seems to be missing may stand elsewhere: then nothing is missing, and the order is at fault.
            && !numbers.iter().any(|&number| (numbers[start - 1] + 1..numbers[start]).contains(&number));
        let kind = if pure { Kind::Skipped } else { Kind::Misnumbered };
        Some(Run { at: start..end, kind, certain })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected numbers, and `start..end kind` of each run.
    fn say(numbers: &[u64]) -> String {
        let Some(judged) = judge(numbers, &[], false, &Counting::default()) else { return "no sequence".into() };
        let runs: Vec<String> = judged
            .runs
            .iter()
            .map(|run| {
                let expected = &judged.expected[run.at.clone()];
                let kind = if run.kind == Kind::Skipped { "skipped" } else { "misnumbered" };
                format!(
                    "{kind} {:?} to {expected:?}{}",
                    &numbers[run.at.clone()],
                    if run.certain { " safe" } else { "" }
                )
            })
            .collect();
        if runs.is_empty() { "silence".into() } else { runs.join("; ") }
    }

    #[test]
    fn the_table() {
        for (numbers, verdict) in [
            (&[1, 2, 3, 4, 5, 6, 7, 9, 9, 10, 11, 12][..], "misnumbered [9] to [8] safe"),
            (&[1, 2, 3, 3, 4, 5], "misnumbered [3, 4, 5] to [4, 5, 6] safe"),
            (&[1, 2, 4, 5, 6], "skipped [4, 5, 6] to [3, 4, 5]"),
            (&[1, 2, 2, 4], "misnumbered [2] to [3]"),
            (&[5, 6, 7], "silence"),
            (&[3, 2, 1], "silence"),
            (&[1, 3, 2], "misnumbered [3, 2] to [2, 3]"),
            (&[2, 3, 1], "misnumbered [2, 3, 1] to [1, 2, 3]"),
            (&[3, 1, 2], "silence"),
            (&[3, 2, 3, 4], "misnumbered [3] to [1] safe"),
            (&[1, 2, 4], "skipped [4] to [3]"),
            (&[1, 2, 4, 4, 5], "misnumbered [4] to [3] safe"),
            (&[1, 2, 1, 2, 3], "silence"),
            (&[1, 2, 1], "misnumbered [1] to [3] safe"),
            (&[595, 627, 620, 601], "no sequence"),
            (&[1], "no sequence"),
            (&[1, 2, 4, 3, 5], "misnumbered [4, 3] to [3, 4]"),
            (&[0, 1, 2], "silence"),
            (&[0, 2, 3, 4], "skipped [2, 3, 4] to [1, 2, 3]"),
            (&[1, 1, 1], "no sequence"),
            (&[8, 10, 12, 14], "no sequence"),
            (&[1, 1, 2, 2, 3, 3], "no sequence"),
            (&[1, 1], "misnumbered [1] to [2]"),
            (&[1, 4, 3, 5, 6, 7, 8, 9], "misnumbered [4] to [2]; misnumbered [5, 6, 7, 8, 9] to [4, 5, 6, 7, 8]"),
            (&[1, 1, 1, 4], "misnumbered [1, 1] to [2, 3]"),
            (&[1, 2, 3, 5, 7, 9, 15], "no sequence"),
            (&[1, 2, 3, 44, 5], "misnumbered [44] to [4]"),
            (&[1, 2, 5, 4, 5], "misnumbered [5] to [3]"),
            (&[1, 2, 3, 15, 5], "no sequence"),
            (&[595, 596, 597, 1084, 599], "no sequence"),
            (&[1, 2, 3, 44], "skipped [44] to [4]"),
            (&[1, 2, 3, 4, 5, 33, 175], "no sequence"),
            (&[0, 1, 2, 0, 1], "silence"),
            (&[2, 1, 3, 4], "misnumbered [2, 1] to [1, 2]"),
            (&[2, 3, 1, 4, 5], "misnumbered [2, 3, 1] to [1, 2, 3]"),
            (&[4, 1, 2, 3, 5], "misnumbered [4, 1, 2, 3] to [1, 2, 3, 4]"),
            (&[1, 4, 2, 3, 5], "misnumbered [4, 2, 3] to [2, 3, 4]"),
            (&[5, 1, 2, 3, 4], "misnumbered [5, 1, 2, 3, 4] to [1, 2, 3, 4, 5]"),
            (&[4, 3, 2, 1], "silence"),
            (&[1, 2, 4, 5, 7, 8], "misnumbered [4, 5, 7, 8] to [3, 4, 5, 6]"),
            (&[9, 1, 3, 4, 5], "misnumbered [9, 1] to [1, 2]"),
            (&[2, 2, 3, 4, 4], "misnumbered [2] to [1]; misnumbered [4] to [5]"),
            (&[3, 2, 2, 3, 4], "misnumbered [3] to [1]; misnumbered [2, 3, 4] to [3, 4, 5]"),
            (&[5, 5, 6, 7], "misnumbered [5, 6, 7] to [6, 7, 8] safe"),
            (&[1, 2, 3, 4, 1, 2, 5, 6, 6, 7], "misnumbered [6, 7] to [7, 8] safe"),
            (&[1, 2, 3, 4, 1, 2, 5, 6], "silence"),
            (&[1, 2, 3, 4, 1, 2, 4, 5], "skipped [4, 5] to [3, 4]"),
            (&[1, 2, 2, 3, 5, 4, 6, 7], "misnumbered [2, 3] to [3, 4]; misnumbered [4, 6, 7] to [6, 7, 8]"),
            (&[1, 2, 3, 8, 5, 6, 7], "misnumbered [8] to [4] safe"),
        ] {
            assert_eq!(say(numbers), verdict, "{numbers:?}");
        }
    }

    #[test]
    fn counting_as_configured() {
        let expected = |numbers: &[u64], counting: &Counting| {
            judge(numbers, &[], false, counting).map(|judged| judged.expected).unwrap_or_default()
        };
        let gaps = Counting { allow_gaps: true, ..Counting::default() };
        assert_eq!(expected(&[1, 2, 4, 5], &gaps), [1, 2, 4, 5]);
        assert_eq!(expected(&[1, 2, 5, 5, 7], &gaps), [1, 2, 5, 6, 7]);
        assert_eq!(expected(&[6, 7, 9, 9, 10], &gaps), [6, 7, 8, 9, 10]);
        let start = Counting { start: Some(0), ..Counting::default() };
        assert_eq!(expected(&[1, 2, 3], &start), [0, 1, 2]);
    }
}
