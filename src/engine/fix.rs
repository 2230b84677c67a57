//! Repairs: rounds of fixes, each tried in memory before it counts.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io,
    sync::Arc,
};

use super::{
    Job, Outcome, Selection,
    analyse::Snapshot,
    fingerprint,
    isolate::{Isolated, Tried, by_file, isolate, units},
    run::judge,
    verify::{self, Edits, RuleAt, rule_at},
};
use crate::{
    corpus::Corpus,
    document::Renderer,
    files::Rewrite,
    finding::{Finding, Fix, Harm, Safety, Withheld, touches},
    source::{FileId, Location, Place, Source, Span},
};

/// Trials after which fixing stops, whatever is left: each is a check of the whole corpus. Every round repairs a
/// finding or withdraws a fix, so fixing ends by itself; only very many harmful fixes get here.
const MAX_TRIALS: usize = 2_000;

/// So many bytes are checked in all trials, if the first few leave any: whoever sends a text chooses how many of its
/// fixes do harm or stand in each other's way.
const MAX_BYTES: usize = 8 << 20;
const FEW_TRIALS: usize = 96;

/// After so many fixes of a rule did harm in a document, its others there are not tried.
const MOST_HARMFUL: usize = 32;

/// What fixing came to, in memory: nothing is written yet.
#[derive(Debug)]
pub struct Fixed {
    /// The state after all rounds. A finding whose fix was tried and did harm says so.
    pub outcome: Outcome,
    /// The files to be rewritten.
    pub units: Vec<Unit>,
    /// Places that the repairs left as they are and that may have to follow, in order.
    pub left: Vec<Place>,
    /// Where a heading was renamed, and no link to it could work for all that may show the document: for which it does.
    pub only_for: Option<Renderer>,
    /// Whether fixing stopped though another run might find more to repair.
    pub is_unfinished: bool,
}

/// Files that fixes connect: they are written together or not at all.
#[derive(Debug)]
pub struct Unit {
    /// By path.
    pub files: Vec<Rewrite>,
    /// How many findings they repair.
    pub repaired: usize,
    /// How many of these repairs are only plausible.
    pub doubtful: usize,
}

/// The files that a fix changes that was applied, and how safe it is.
pub(super) type Applied = (Vec<FileId>, Safety);

/// Repairs what is fixable at a level of safety and `wanted`, until nothing is left that can be.
pub fn fix(job: &Job, at_least: Safety, wanted: &dyn Fn(&Corpus, &Finding) -> bool) -> io::Result<Fixed> {
    let wanted = |corpus: &Corpus, finding: &Finding| is_selected(job, finding) && wanted(corpus, finding);
    let all = &with_all_rules(job);
    let snapshot = Snapshot::take(all)?;
    let outcome = judge(all, &snapshot);
    let original = outcome.corpus.sources.clone();
    let bytes: usize = original.iter().map(|source| source.text.len()).sum();
    let most = (MAX_BYTES / bytes.max(1)).clamp(FEW_TRIALS, MAX_TRIALS);
    let mut state = State {
        job: all,
        at_least,
        wanted: &wanted,
        snapshot,
        outcome,
        withdrawn: Withdrawn::default(),
        connected: Vec::new(),
        left: BTreeSet::new(),
        trials: 0,
    };
    loop {
        let before = state.connected.len();
        while state.trials < most && state.round() {}
        // What did harm before other repairs may do none after them; a second run would find out, so this one does.
        if state.connected.len() == before || state.withdrawn.places.is_empty() || state.trials >= most {
            break;
        }
        state.withdrawn.places.clear();
        // Two that do harm alone may do none together.
        state.withdrawn.tallies.values_mut().for_each(|tally| tally.width = usize::MAX);
    }
    let is_unfinished = state.trials >= most && !state.choose().is_empty();
    let State { mut outcome, connected, withdrawn, left, .. } = state;
    for finding in &mut outcome.findings {
        if let Some(harm) = withdrawn.why(finding).filter(|_| finding.fix.is_some()) {
            finding.fix = None;
            finding.withheld = Some(Withheld::WouldCause(harm.clone()));
        }
    }
    let fixed = finish(job, outcome, connected, left, &original);
    Ok(Fixed { is_unfinished, ..fixed })
}

/// A job with every rule that is on: what a repair is verified against does not depend on what is selected.
pub(super) fn with_all_rules(job: &Job) -> Job {
    job.selecting(Selection::default())
}

/// Whether a finding is one of those that were asked for. Nothing hides that the run itself went wrong.
fn is_selected(job: &Job, finding: &Finding) -> bool {
    finding.is_failure() || job.catalogue.page(&finding.rule).is_none_or(|page| job.selection.wants(page))
}

struct State<'a> {
    job: &'a Job,
    at_least: Safety,
    wanted: &'a dyn Fn(&Corpus, &Finding) -> bool,
    snapshot: Snapshot,
    outcome: Outcome,
    withdrawn: Withdrawn,
    connected: Vec<Applied>,
    /// What those fixes left as it is.
    left: BTreeSet<Location>,
    trials: usize,
}

/// Fixes that did harm when they were tried.
#[derive(Default)]
struct Withdrawn {
    /// By the place of the finding.
    places: HashMap<RuleAt, Harm>,
    /// By the rule and the document.
    tallies: HashMap<(Arc<str>, FileId), Tally>,
}

/// Of one rule in one document.
struct Tally {
    /// How many fixes did harm.
    harmful: usize,
    /// What the last one did.
    last: Harm,
    /// How many are tried at once: one after a harmful one, and twice as many after each round that did none. Where most
    /// do harm, to look for each among all would take a trial for each halving.
    width: usize,
}

impl Withdrawn {
    fn note(&mut self, place: RuleAt, harm: Harm) {
        let (rule, file, _) = place.clone();
        let tally = self.tallies.entry((rule, file));
        let tally = tally.or_insert_with(|| Tally { harmful: 0, last: harm.clone(), width: 1 });
        *tally = Tally { harmful: tally.harmful + 1, last: harm.clone(), width: 1 };
        self.places.insert(place, harm);
    }

    /// Why the fix of a finding is not to be tried.
    fn why(&self, finding: &Finding) -> Option<&Harm> {
        let tally = || self.tallies.get(&(finding.rule.clone(), finding.at.file));
        let given_up = || tally().filter(|tally| tally.harmful >= MOST_HARMFUL).map(|tally| &tally.last);
        self.places.get(&rule_at(finding)).or_else(given_up)
    }

    /// Some fixes did no harm together.
    fn widen(&mut self, fixed: &[&Finding]) {
        let of: BTreeSet<_> = fixed.iter().map(|finding| (finding.rule.clone(), finding.at.file)).collect();
        for key in of {
            self.tallies.entry(key).and_modify(|tally| tally.width = tally.width.saturating_mul(2));
        }
    }

    /// Moves the places along with what was edited.
    fn go_along(&mut self, edits: &Edits) {
        let moved = std::mem::take(&mut self.places).into_iter();
        self.places = moved.map(|((rule, file, at), why)| ((rule, file, edits.forward(file, at)), why)).collect();
    }
}

impl State<'_> {
    /// Applies what can be applied together. Returns whether another round may find more.
    fn round(&mut self) -> bool {
        let mut chosen = self.choose();
        let mut found_harmful = false;
        while !chosen.is_empty() {
            self.trials += 1;
            let fixed: Vec<&Finding> = chosen.iter().map(|&index| &self.outcome.findings[index]).collect();
            let edits = Edits::new(fixed.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(Fix::edits));
            let snapshot = self.snapshot.again(None, &edits.texts(&self.outcome.corpus));
            let outcome = judge(self.job, &snapshot);
            let damage = verify::damage(&self.outcome, &outcome, &fixed, &edits);
            if damage.is_empty() {
                self.connected.extend(changed_by(&fixed));
                let left = leaves(fixed.iter().copied()).chain(std::mem::take(&mut self.left));
                self.left = edits.unchanged(left).collect();
                self.withdrawn.widen(&fixed);
                self.withdrawn.go_along(&edits);
                (self.snapshot, self.outcome) = (snapshot, outcome);
                return true;
            }
            let files = fixed.iter().map(|finding| changes(finding));
            let tried: Vec<Tried> = chosen.iter().copied().zip(files).collect();
            let Isolated { left, harmful } = isolate(&tried, &damage);
            found_harmful |= !harmful.is_empty();
            for (index, damage) in harmful {
                let harm = verify::harm(damage, &self.outcome.corpus);
                self.withdrawn.note(rule_at(&self.outcome.findings[index]), harm);
            }
            chosen = left;
        }
        found_harmful
    }

    /// The fixes that can be applied together, in output order: allowed, wanted, not known to do harm, and not
    /// overlapping one before. Where rules have done harm in a document, the others come first: their fixes are not held up
    /// by looking for the harmful ones among all.
    fn choose(&self) -> Vec<usize> {
        let mut taken: HashMap<FileId, BTreeMap<u32, Span>> = HashMap::new();
        let tallies = self.withdrawn.tallies.iter();
        let mut widths: HashMap<_, usize> = tallies.map(|(key, tally)| (key.clone(), tally.width)).collect();
        let mut chosen = Vec::new();
        for (index, finding) in self.outcome.findings.iter().enumerate() {
            let Some(fix) = finding.fix.as_ref().filter(|fix| fix.safety >= self.at_least) else { continue };
            if self.withdrawn.why(finding).is_some() || !(self.wanted)(&self.outcome.corpus, finding) {
                continue;
            }
            let is_free = |spans: &BTreeMap<u32, Span>, own: Span| {
                // Those taken are disjoint, so only the neighbours can be in the way.
                let before = spans.range(..=own.start).next_back().map(|(_, span)| *span);
                let after = spans.range(own.start..).next().map(|(_, span)| *span);
                !before.into_iter().chain(after).any(|span| touches(span, own))
            };
            let free = fix
                .edits()
                .iter()
                .all(|edit| taken.get(&edit.at.file).is_none_or(|spans| is_free(spans, edit.at.span)));
            let kind = (finding.rule.clone(), finding.at.file);
            if free && (!widths.contains_key(&kind) || verify::take(&mut widths, &kind)) {
                for edit in fix.edits() {
                    taken.entry(edit.at.file).or_default().insert(edit.at.span.start, edit.at.span);
                }
                chosen.push(index);
            }
        }
        let findings = &self.outcome.findings;
        let is_proven = |index: &usize| {
            let finding = &findings[*index];
            !self.withdrawn.tallies.contains_key(&(finding.rule.clone(), finding.at.file))
        };
        let ahead: BTreeSet<FileId> =
            chosen.iter().filter(|index| is_proven(index)).flat_map(|&index| changes(&findings[index])).collect();
        chosen.retain(|index| is_proven(index) || !changes(&findings[*index]).iter().any(|file| ahead.contains(file)));
        chosen
    }
}

/// What was done to the files as they were, by units, and the findings that were asked for.
pub(super) fn finish(
    job: &Job,
    mut outcome: Outcome,
    connected: Vec<Applied>,
    left: BTreeSet<Location>,
    original: &[Arc<Source>],
) -> Fixed {
    outcome.findings.retain(|finding| is_selected(job, finding));
    fingerprint::number(&outcome.corpus, &mut outcome.findings);
    let rewrite = |&file: &FileId| {
        let source = outcome.corpus.source(file);
        let (before, after) = (original[file.index()].text.clone(), source.text.clone());
        (before != after).then(|| Rewrite { path: source.path.clone(), before, after })
    };
    let mut out = Vec::new();
    let (connected, safety): (Vec<_>, Vec<_>) = connected.into_iter().unzip();
    let units = units(&connected);
    let unit_of = by_file(&units);
    let mut counts = vec![(0, 0); units.len()];
    for (files, safety) in connected.iter().zip(safety) {
        let Some(&unit) = files.first().and_then(|file| unit_of.get(file)) else { continue };
        let (repaired, doubtful) = &mut counts[unit];
        *repaired += 1;
        *doubtful += usize::from(safety == Safety::Unsafe);
    }
    for (files, (repaired, doubtful)) in units.iter().zip(counts) {
        let files: Vec<Rewrite> = files.iter().filter_map(rewrite).collect();
        if !files.is_empty() {
            out.push(Unit { files, repaired, doubtful });
        }
    }
    let left = left.into_iter().map(|at| outcome.corpus.place(at)).collect();
    Fixed { units: out, outcome, left, only_for: None, is_unfinished: false }
}

/// The files that a finding's fix changes.
fn changes(finding: &Finding) -> Vec<FileId> {
    finding.fix.iter().flat_map(Fix::edits).map(|edit| edit.at.file).collect()
}

/// The fixes of some findings, as they are applied.
fn changed_by(fixed: &[&Finding]) -> Vec<Applied> {
    let safety = |finding: &Finding| finding.fix.as_ref().map_or(Safety::Unsafe, |fix| fix.safety);
    fixed.iter().map(|finding| (changes(finding), safety(finding))).collect()
}

/// What the fixes of some findings leave as it is.
pub(super) fn leaves<'a>(fixed: impl IntoIterator<Item = &'a Finding>) -> impl Iterator<Item = Location> {
    fixed.into_iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.leaves).copied()
}
