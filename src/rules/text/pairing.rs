//! Which brackets of a block belong together.

/// The brackets of Chinese and Japanese text, and the one of ASCII that is confused with theirs.
pub(super) const KINDS: &[(&str, &str)] =
    &[("（", "）"), ("【", "】"), ("《", "》"), ("「", "」"), ("『", "』"), ("〈", "〉"), ("〔", "〕"), ("(", ")")];
pub(super) const NARROW: usize = KINDS.len() - 1;

/// A bracket and where it begins in the text that is read.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub(super) at: usize,
    pub(super) kind: usize,
    pub(super) opens: bool,
    pub(super) mark: &'static str,
}

/// For each bracket its partner: an opening bracket and the next closing one of its kind that has no other, if the one
/// reaches as far as the other. `of` is the kind of a bracket and whether it opens. Where the last open one of a kind is
/// too far away, all are.
pub(super) fn partners<T>(
    all: &[T],
    of: impl Fn(&T) -> (usize, bool),
    reaches: impl Fn(&T, &T) -> bool,
) -> Vec<Option<usize>> {
    let mut partners: Vec<Option<usize>> = vec![None; all.len()];
    let mut open: [Vec<usize>; KINDS.len()] = Default::default();
    for (at, bracket) in all.iter().enumerate() {
        let (kind, opens) = of(bracket);
        if opens {
            open[kind].push(at);
        } else if let Some(partner) = open[kind].pop_if(|opener| reaches(&all[*opener], bracket)) {
            (partners[partner], partners[at]) = (Some(at), Some(partner));
        }
    }
    partners
}

/// `（甲：1）乙；2）丙）`: the first label has been taken for the end of what is open. The others show that it is one.
pub(super) fn close_behind_labels(
    text: &str,
    all: &[Placed],
    partners: &mut [Option<usize>],
    is_label: impl Fn(&Placed) -> bool,
) {
    /// A bracket that may end a label, and whether labels go on behind it.
    struct Closed {
        at: usize,
        /// What a label has to end with to go on, if it matters.
        next: Option<u8>,
        goes_on: bool,
    }
    let sign = |at: usize| text.as_bytes()[..all[at].at].last().copied().unwrap_or_default();
    let mut last: [Vec<Closed>; KINDS.len()] = Default::default();
    for at in 0..all.len() {
        let closed = &mut last[all[at].kind];
        match partners[at] {
            _ if all[at].opens => {}
            Some(_) if is_label(&all[at]) => closed.push(Closed { at, next: None, goes_on: false }),
            // `（1）甲；2）乙）`
            Some(open) if all[open].at + all[open].mark.len() + 1 == all[at].at => {
                closed.push(Closed { at, next: sign(at).checked_add(1), goes_on: false });
            }
            Some(_) => {}
            None if is_label(&all[at]) => {
                if let Some(first) = closed.last_mut() {
                    first.goes_on |= first.next.is_none_or(|next| next == sign(at));
                }
            }
            None => {
                if let Some(first) = closed.pop_if(|first| first.goes_on) {
                    partners[at] = partners[first.at];
                }
            }
        }
    }
}

/// Whether a bracket is a parenthesis, of either width.
fn is_round(bracket: &Placed) -> bool {
    matches!(bracket.kind, 0 | NARROW)
}

/// `（a) b (c）`, `（a f(b）c）`: pairs have been made across pairs that differ in width. Where parentheses of either width leave
/// none alone, each closes the last one that is open, if all that differ in width are plainly the ends of one pair.
pub(super) fn uncrossed(
    all: &[Placed],
    mut partners: Vec<Option<usize>>,
    are_ends: impl Fn(&Placed, &Placed) -> bool,
) -> Vec<Option<usize>> {
    let of = |bracket: &Placed| (if is_round(bracket) { 0 } else { bracket.kind }, bracket.opens);
    let nested = self::partners(all, of, |_, _| true);
    let (mut start, mut reach) = (0, 0);
    for at in 0..all.len() {
        reach = [partners[at], nested[at]].into_iter().flatten().fold(reach.max(at), usize::max);
        if reach > at {
            continue;
        }
        // No pair leads out of these, in either way to make them.
        let group = start..=at;
        start = at + 1;
        let round = || group.clone().filter(|&at| is_round(&all[at]));
        let is_right = |at: usize| {
            nested[at].is_some_and(|other| {
                all[at].kind == all[other].kind || !all[at].opens || are_ends(&all[at], &all[other])
            })
        };
        if round().any(|at| partners[at].is_none()) && round().all(is_right) {
            for at in round() {
                partners[at] = nested[at].filter(|&other| all[at].kind == all[other].kind);
            }
        }
    }
    partners
}
