//! Siblings that count on together, but are not written alike.

use std::collections::BTreeMap;

use super::{
    fault::{Change, Fault, Reason},
    item::{Item, Siblings},
    label::{Label, Scheme},
    numerals::System,
    sequence::Kind,
};
use crate::source::hash::{HashMap, HashMapExt};

/// How a label is written: its signs, or what it counts; the systems that its number can be of, and whether it is padded;
/// `None` where it has enough digits not to show.
type Look = (String, Vec<System>, Option<bool>);

/// Labels that are not written as most of their siblings are. Only where all siblings with a label count on without a
/// break, so that they surely are one sequence, and where those of one look are at least twice as many as the others.
/// They have to count on once the numbers are `repaired`: a repair that brought this to light would look like its cause.
pub(super) fn judge(items: &[Item], repaired: &HashMap<usize, Vec<u64>>) -> Vec<Fault> {
    let mut siblings: BTreeMap<(Siblings, bool), Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        if item.label.as_ref().is_some_and(|label| label.scheme != Scheme::Dotted) {
            siblings.entry((item.siblings(), item.is_bold)).or_default().push(at);
        }
    }
    let numbers = numbers(items);
    let rows = siblings.iter().filter(|(_, members)| members.len() > 2);
    let rows = rows.filter(|((_, form), members)| {
        // Behind `第二步`, **1、**, **2、** and before **第三步** the points are those of the second step.
        let counts_on = |at: &usize| {
            let before =
                number(&items[*at]).and_then(|(own, scheme, value)| Some((own, scheme, value.checked_sub(1)?)));
            before.and_then(|key| numbers.get(&key)).is_some_and(|forms| forms.iter().any(|other| other != form))
        };
        !members[1..].iter().any(counts_on)
    });
    rows.flat_map(|(_, members)| among(items, repaired, members)).collect()
}

/// Whose siblings count something, how, and what number stands there.
type Counted<'a> = (Siblings, &'a Scheme, u64);

fn number(item: &Item) -> Option<Counted<'_>> {
    let label = item.label.as_ref()?;
    Some((item.siblings(), &label.scheme, label.number()))
}

/// The numbers that stand anywhere, and in which forms.
fn numbers(items: &[Item]) -> HashMap<Counted<'_>, Vec<bool>> {
    let mut out: HashMap<Counted<'_>, Vec<bool>> = HashMap::new();
    for item in items {
        if let Some(key) = number(item) {
            let forms = out.entry(key).or_default();
            if !forms.contains(&item.is_bold) {
                forms.push(item.is_bold);
            }
        }
    }
    out
}

fn among(items: &[Item], repaired: &HashMap<usize, Vec<u64>>, members: &[usize]) -> Vec<Fault> {
    let labels: Vec<(usize, &Label)> = members.iter().filter_map(|&at| Some((at, items[at].label.as_ref()?))).collect();
    let value = |(at, label): &(usize, &Label)| {
        repaired.get(at).and_then(|values| values.last()).copied().unwrap_or(label.number())
    };
    let values: Vec<u64> = labels.iter().map(value).collect();
    if !values.windows(2).all(|pair| pair[1] == pair[0] + 1) {
        return Vec::new();
    }
    let looks: Vec<Look> = labels.iter().map(|(_, label)| look(label)).collect();
    // Two labels look alike if one system can write both. What a system comes first with wins a tie.
    let mut counts: BTreeMap<(&str, System), usize> = BTreeMap::new();
    for (affix, systems, _) in &looks {
        for &system in systems {
            *counts.entry((affix, system)).or_default() += 1;
        }
    }
    let Some((&(affix, system), _)) = counts.iter().rev().max_by_key(|(_, count)| **count) else { return Vec::new() };
    let is_alike = |look: &Look| look.0 == affix && look.1.contains(&system);
    let pads = |wanted: bool| looks.iter().filter(|look| is_alike(look) && look.2 == Some(wanted)).count();
    let padded = pads(true) > pads(false);
    let fits = |look: &Look| is_alike(look) && look.2.is_none_or(|own| own == padded);
    let fitting = looks.iter().filter(|look| fits(look)).count();
    let Some(example) = looks.iter().position(|look| fits(look) && look.2.is_some()).or(looks.iter().position(fits))
    else {
        return Vec::new();
    };
    if fitting < 2 * (looks.len() - fitting) {
        return Vec::new();
    }
    let (see, model) = labels[example];
    let width = if padded { model.last().numeral.width } else { 0 };
    let fault = |(index, (at, label)): (usize, &(usize, &Label))| {
        let printed = system.print(label.number(), width).filter(|_| !fits(&looks[index]))?;
        // What counts the same in words of its own keeps them.
        let is_own = looks[index].0 == affix && label.affix() != model.affix();
        let printed = [printed];
        let text = if is_own { label } else { model }.with_numbers(&printed);
        let change =
            Change { item: *at, values: label.values(), label: text, numbers: printed.into(), is_written: true };
        let reason = Reason::Mixed(model.text.clone());
        Some(Fault { kind: Kind::Mixed, certain: false, reason, see: vec![see], run: vec![change], below: Vec::new() })
    };
    labels.iter().enumerate().filter_map(fault).collect()
}

fn look(label: &Label) -> Look {
    let number = label.last().numeral;
    let shows = number.value < 10 || number.width > 0;
    // 步骤 1 and 第 2 步 both say what they count; to say it in two ways is a matter of style.
    let affix = if let Scheme::Counted(word) = &label.scheme { word.clone() } else { label.affix() };
    (affix, number.systems().collect(), shows.then_some(number.width > 0))
}
