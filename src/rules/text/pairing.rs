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

/// `（a) b (c）`: pairs have been made across pairs that differ in width. Where brackets open and close in turn, each closes the
/// one before it, if all that differ in width are plainly the ends of one pair.
pub(super) fn uncrossed(
    all: &[Placed],
    mut partners: Vec<Option<usize>>,
    are_ends: impl Fn(&Placed, &Placed) -> bool,
) -> Vec<Option<usize>> {
    let round: Vec<usize> = (0..all.len()).filter(|&at| matches!(all[at].kind, 0 | NARROW)).collect();
    for turns in round.chunk_by(|&a, &b| all[a].opens != all[b].opens) {
        let (pairs, _) = turns[usize::from(!all[turns[0]].opens)..].as_chunks::<2>();
        let (Some([first, _]), Some([_, last])) = (pairs.first(), pairs.last()) else { continue };
        let differ = |&&[open, close]: &&[usize; 2]| all[open].kind != all[close].kind;
        let are_own =
            pairs.as_flattened().iter().all(|&at| partners[at].is_none_or(|at| (first..=last).contains(&&at)));
        if are_own && pairs.iter().filter(differ).all(|&[open, close]| are_ends(&all[open], &all[close])) {
            for pair @ &[open, close] in pairs {
                let are_alike = !differ(&pair);
                (partners[open], partners[close]) = (are_alike.then_some(close), are_alike.then_some(open));
            }
        }
    }
    partners
}
