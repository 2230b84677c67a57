//! Which heading is which item of an outline: the cheapest way through both.

use super::{Item, Outline};

/// Which item each heading is; and for each item, how many headings have passed where it was left behind.
pub(super) type Alignment = (Vec<Option<usize>>, Vec<usize>);

/// Each heading by itself, where the order does not matter.
pub(super) fn each(outline: &Outline, fits: &[Vec<bool>]) -> Alignment {
    let free = outline.items.iter().position(|item| item.section().is_none());
    let mut used = vec![false; outline.items.len()];
    let mut own = |fits: &Vec<bool>| {
        let at = outline.placed().find(|(at, section)| fits[*at] && (section.repeated || !used[*at]))?.0;
        used[at] = true;
        Some(at)
    };
    // A section that stands twice is no free one.
    let taken = fits.iter().map(|fits| own(fits).or(free.filter(|_| !fits.contains(&true)))).collect();
    (taken, vec![fits.len(); outline.items.len()])
}

/// What a difference costs: a section that is missing, a heading that nothing knows.
const DIFFERS: u32 = 1000;
/// What a section costs that is missing here and stands elsewhere: that is one difference, and not two.
const MOVED: u32 = 900;
/// Better a section that is known than a free one.
const FREE: u32 = 1;

/// What each heading costs that is passed as no section, where `...` has a place for it and where not. One that is a
/// section with one title costs as one that is somewhere else: where that is required, it is missing in its place, which
/// costs already.
fn prices(outline: &Outline, fits: &[Vec<bool>]) -> Vec<[u32; 2]> {
    let only = |at: usize| fits.iter().filter(|fits| fits[at]).count() == 1;
    let single: Vec<_> = outline
        .placed()
        .filter(|(_, own)| own.title.literal().is_some() && !own.repeated)
        .map(|(at, own)| (at, own.optional, only(at)))
        .collect();
    let price = |fits: &Vec<bool>| match single.iter().find(|(at, ..)| fits[*at]) {
        Some((_, true, _)) => [MOVED, DIFFERS],
        Some((_, false, true)) => [FREE, DIFFERS - MOVED + FREE],
        _ => [FREE, DIFFERS],
    };
    fits.iter().map(price).collect()
}

/// The cheapest alignment in order, by dynamic programming from the end: `cost[open][item][heading]` is the least cost of
/// what is left, where `open` says whether the item has been found and, if it may repeat, goes on.
pub(super) fn in_order(outline: &Outline, fits: &[Vec<bool>]) -> Alignment {
    let (items, headings) = (outline.items.len(), fits.len());
    let width = headings + 1;
    let lack = |at: usize| if fits.iter().any(|fits| fits[at]) { MOVED } else { DIFFERS };
    let lacks: Vec<u32> = (0..items).map(lack).collect();
    let prices = prices(outline, fits);
    let mut cost = [vec![0u32; (items + 1) * width], vec![0u32; (items + 1) * width]];
    for item in (0..=items).rev() {
        for heading in (0..=headings).rev() {
            for open in [true, false] {
                if let Some((least, ..)) =
                    steps(outline, (fits, &lacks, &prices), &cost, (item, heading, open)).into_iter().flatten().min()
                {
                    cost[usize::from(open)][item * width + heading] = least;
                }
            }
        }
    }
    let mut taken = Vec::with_capacity(headings);
    let mut left = vec![headings; items];
    let mut state = (0, 0, false);
    while let Some((_, _, next, took)) =
        steps(outline, (fits, &lacks, &prices), &cost, state).into_iter().flatten().min()
    {
        if next.0 > state.0 {
            left[state.0] = state.1;
        }
        taken.extend(took);
        state = next;
    }
    (taken, left)
}

type State = (usize, usize, bool);
/// Cost, rank among equals, the state it leads to, and what the heading it passes is.
type Step = (u32, u8, State, Option<Option<usize>>);

/// The steps from a state; none from the last. Beside what fits stands what each section costs that is
/// left behind, and each heading that is passed.
fn steps(
    outline: &Outline,
    (fits, lacks, prices): (&[Vec<bool>], &[u32], &[[u32; 2]]),
    cost: &[Vec<u32>; 2],
    state: State,
) -> [Option<Step>; 3] {
    let (item, heading, open) = state;
    let (items, headings) = (outline.items.len(), fits.len());
    let rest = |(item, heading, open): State| cost[usize::from(open)][item * (headings + 1) + heading];
    let step =
        |own: u32, rank: u8, next: State, took: Option<Option<usize>>| Some((own + rest(next), rank, next, took));
    let section = outline.items.get(item).map(Item::section);
    // A match costs nothing; leaving an item behind costs where it was required; a heading that nothing knows costs.
    let may_match =
        heading < headings && section.flatten().is_some_and(|own| fits[heading][item] && (!open || own.repeated));
    let matched = may_match.then(|| step(0, 0, (item, heading + 1, true), Some(Some(item)))).flatten();
    let is_free = matches!(section, Some(None));
    let required = section.flatten().is_some_and(|own| !own.optional) && !open;
    let lack = if required { lacks[item] } else { 0 };
    let left = (item < items).then(|| step(lack, 1, (item + 1, heading, false), None)).flatten();
    let took = is_free.then_some(item);
    let price = |heading: usize| prices[heading][usize::from(!is_free)];
    let passed = (heading < headings).then(|| step(price(heading), 2, (item, heading + 1, open), Some(took))).flatten();
    [matched, left, passed]
}
