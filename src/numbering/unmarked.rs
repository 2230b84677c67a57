//! Numbers that lack the mark of a label, but number all the same: `1 Introduction`, `1.打开`.

use std::collections::{HashMap, HashSet};

use super::{
    fault::{Item, Siblings},
    label::{Scheme, unmarked_scheme},
};

/// Fewer are no sequence, but amounts and dates.
const ENOUGH: usize = 4;

/// Makes labels of them where all siblings that begin with a number have it so, and the numbers count from 1 to about
/// as many as there are. Those without any mark count if they are `titles` and no amounts.
pub fn promote(items: &mut [Item], titles: impl Fn(&[usize]) -> bool) {
    let mut groups: HashMap<(Siblings, u8, Scheme), Vec<(usize, u64)>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        let Some(bare) = &item.unmarked else { continue };
        let Some(scheme) = unmarked_scheme(bare) else { continue };
        groups.entry((item.siblings(), item.form, scheme)).or_default().push((at, bare.last().numeral.value));
    }
    groups.retain(|(.., scheme), members| {
        let places = || members.iter().map(|(at, _)| *at).collect::<Vec<_>>();
        is_sequence(members) && (*scheme != Scheme::Bare || titles(&places()))
    });
    if groups.is_empty() {
        return;
    }
    let is_plain = |item: &&Item| item.label.as_ref().is_some_and(|label| label.scheme != Scheme::Dotted);
    let labelled: HashSet<Siblings> = items.iter().filter(is_plain).map(Item::siblings).collect();
    for ((siblings, _, scheme), members) in groups {
        for (at, _) in members.into_iter().filter(|_| !labelled.contains(&siblings)) {
            let label = items[at].unmarked.take();
            items[at].label = label.map(|label| super::Label { scheme: scheme.clone(), ..label });
        }
    }
}

fn is_sequence(members: &[(usize, u64)]) -> bool {
    let steps = || members.windows(2).map(|pair| pair[1].1.checked_sub(pair[0].1));
    let right = steps().filter(|step| *step == Some(1)).count();
    let ends_well = members.last().is_some_and(|(_, last)| last.abs_diff(members.len() as u64) <= 1);
    members.len() >= ENOUGH
        && members[0].1 == 1
        && ends_well
        && steps().all(|step| step.is_some_and(|by| by <= 2))
        && right * 2 + 1 >= members.len() - 1
}
