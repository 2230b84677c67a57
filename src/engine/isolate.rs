//! Which of the fixes of a round did harm.

use std::collections::{HashMap, HashSet};

use super::verify::Damage;
use crate::source::FileId;

/// A fix of the round, and the files it changes.
pub(super) type Tried = (usize, Vec<FileId>);

/// What follows from a round that did harm.
#[derive(Debug, Default)]
pub(super) struct Isolated<'a> {
    /// The fixes to try next, in order.
    pub(super) left: Vec<usize>,
    /// Those that did harm, and which.
    pub(super) harmful: Vec<(usize, Vec<&'a Damage>)>,
}

/// Fixes that share no file, directly or through what was damaged, are judged apart, all in one trial: a group without
/// damage stays whole, and in each of the others those are left that have nothing to do with it, else the first half.
/// A fix that is alone in a damaged group did it.
pub(super) fn isolate<'a>(chosen: &[Tried], damage: &'a [Damage]) -> Isolated<'a> {
    let connected: Vec<Vec<FileId>> =
        chosen.iter().map(|(_, files)| files.clone()).chain(damage.iter().map(|damage| damage.files.clone())).collect();
    let edited: HashSet<FileId> = chosen.iter().flat_map(|(_, files)| files).copied().collect();
    let mut groups = units(&connected);
    if groups.iter().any(|files| !files.iter().any(|file| edited.contains(file))) {
        // What nobody touched may have been damaged by anyone.
        groups = vec![groups.concat()];
    }
    let group = by_file(&groups);
    let of = |files: &[FileId]| files.first().and_then(|file| group.get(file)).copied();

    let mut by_group: Vec<(Vec<&Tried>, Vec<&Damage>)> = vec![Default::default(); groups.len()];
    for fix in chosen {
        if let Some(group) = of(&fix.1) {
            by_group[group].0.push(fix);
        }
    }
    for damage in damage {
        if let Some(group) = of(&damage.files) {
            by_group[group].1.push(damage);
        }
    }
    let mut out = Isolated::default();
    for (fixes, done) in by_group {
        match fixes[..] {
            _ if done.is_empty() => out.left.extend(fixes.iter().map(|(index, _)| index)),
            [(only, _)] => out.harmful.push((*only, done)),
            _ => out.left.extend(promising(&fixes, &done)),
        }
    }
    out.left.sort_unstable();
    out
}

/// Of fixes of which some did harm, those that touch no damaged file; where all do or none, the first half.
fn promising(fixes: &[&Tried], damage: &[&Damage]) -> Vec<usize> {
    let damaged: HashSet<FileId> = damage.iter().flat_map(|damage| &damage.files).copied().collect();
    let is_innocent = |(_, files): &Tried| !files.iter().any(|file| damaged.contains(file));
    let innocent: Vec<usize> = fixes.iter().filter(|fix| is_innocent(fix)).map(|(index, _)| *index).collect();
    if innocent.is_empty() || innocent.len() == fixes.len() {
        return fixes[..fixes.len() / 2].iter().map(|(index, _)| *index).collect();
    }
    innocent
}

/// Groups files that a fix connects, directly or through others.
pub(super) fn units(connected: &[Vec<FileId>]) -> Vec<Vec<FileId>> {
    let mut leader: HashMap<FileId, FileId> = HashMap::new();
    for files in connected {
        let Some((&first, rest)) = files.split_first() else { continue };
        for &file in rest {
            let (a, b) = (leader_of(&mut leader, first), leader_of(&mut leader, file));
            leader.insert(a.max(b), a.min(b));
        }
        leader_of(&mut leader, first);
    }
    let mut groups: HashMap<FileId, Vec<FileId>> = HashMap::new();
    for file in leader.keys().copied().collect::<Vec<_>>() {
        groups.entry(leader_of(&mut leader, file)).or_default().push(file);
    }
    let mut groups: Vec<Vec<FileId>> = groups.into_values().collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

/// The file that stands for a group.
fn leader_of(leader: &mut HashMap<FileId, FileId>, file: FileId) -> FileId {
    let mut at = file;
    while let Some(&next) = leader.get(&at).filter(|&&next| next != at) {
        at = next;
    }
    leader.insert(file, at);
    at
}

/// For each file, its group.
pub(super) fn by_file(groups: &[Vec<FileId>]) -> HashMap<FileId, usize> {
    groups.iter().enumerate().flat_map(|(group, files)| files.iter().map(move |&file| (file, group))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::verify::Broken;

    fn files(ids: &[usize]) -> Vec<FileId> {
        ids.iter().map(|&id| FileId::from_index(id)).collect()
    }

    fn damage(ids: &[usize]) -> Damage {
        Damage { broken: Broken::Finding(("rule".into(), FileId(0), 0)), files: files(ids) }
    }

    /// What is left of fixes, each by the files it changes, and which did harm.
    fn isolated(fixes: &[&[usize]], damage: &[Damage]) -> (Vec<usize>, Vec<usize>) {
        let chosen: Vec<_> = fixes.iter().map(|ids| files(ids)).enumerate().collect();
        let Isolated { left, harmful } = isolate(&chosen, damage);
        (left, harmful.into_iter().map(|(index, _)| index).collect())
    }

    #[test]
    fn files_are_judged_apart() {
        let fixes: &[&[usize]] = &[&[0], &[1], &[1], &[1], &[1], &[2], &[3]];
        // 0 and 3 are alone, of the four in 1 the first half is tried again, and nothing happened to 2.
        assert_eq!(isolated(fixes, &[damage(&[0]), damage(&[1]), damage(&[3])]), (vec![1, 2, 5], vec![0, 6]));
    }

    #[test]
    fn what_touches_no_damaged_file_comes_first() {
        // The second connects both files, but the damage is in one of them.
        assert_eq!(isolated(&[&[0], &[0, 1], &[1]], &[damage(&[1])]), (vec![0], vec![]));
    }

    #[test]
    fn damage_connects_the_files_that_may_be_why() {
        assert_eq!(isolated(&[&[0], &[1], &[2]], &[damage(&[9, 0]), damage(&[9, 1])]), (vec![0, 2], vec![]));
    }

    #[test]
    fn what_nobody_touched_may_be_due_to_anyone() {
        assert_eq!(isolated(&[&[0], &[1], &[2]], &[damage(&[9])]), (vec![0], vec![]));
        assert_eq!(isolated(&[&[0]], &[damage(&[9])]), (vec![], vec![0]));
    }
}
