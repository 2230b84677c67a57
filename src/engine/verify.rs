//! Whether a round of fixes did what it promised, and no harm.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    hash::Hash,
    iter,
    sync::Arc,
};

use super::Outcome;
use crate::{
    corpus::{Corpus, Fragment, Resolution, Target},
    document::{Document, structure},
    finding::{Edit, Finding, Fix, Harm, Markup, Message, Safety, Severity, applied},
    order,
    source::{CorpusPath, FileId, Location, Span},
};

/// The edits of a round, by file, in order.
#[derive(Debug, Default)]
pub(super) struct Edits {
    by_file: HashMap<FileId, Vec<Placed>>,
}

/// An edit, and where what it put in stands afterwards.
#[derive(Debug)]
struct Placed {
    edit: Edit,
    /// Start and end after the round.
    after: (u32, u32),
}

impl Edits {
    /// Collects edits that do not overlap.
    pub(super) fn new<'a>(edits: impl Iterator<Item = &'a Edit>) -> Self {
        let mut all: HashMap<FileId, Vec<Edit>> = HashMap::new();
        for edit in edits {
            all.entry(edit.at.file).or_default().push(edit.clone());
        }
        let placed = |mut edits: Vec<Edit>| {
            order::by_key(&mut edits, |edit| edit.at.span);
            let mut shift = 0i64;
            let place = |edit: Edit| {
                let start = i64::from(edit.at.span.start) + shift;
                let length = i64::try_from(edit.text.len()).unwrap_or(0);
                shift += length - i64::try_from(edit.at.span.len()).unwrap_or(0);
                Placed { after: (offset(start), offset(start + length)), edit }
            };
            edits.into_iter().map(place).collect()
        };
        Self { by_file: all.into_iter().map(|(file, edits)| (file, placed(edits))).collect() }
    }

    /// The files that change.
    pub(super) fn files(&self) -> impl Iterator<Item = FileId> {
        self.by_file.keys().copied()
    }

    /// The texts of the files that change, after the round.
    pub(super) fn texts(&self, corpus: &Corpus) -> HashMap<FileId, Arc<str>> {
        let after = |(&file, edits): (&FileId, &Vec<Placed>)| {
            let text = &corpus.source(file).text;
            (file, applied(text, Span::new(0, text.len()), edits.iter().map(|placed| &placed.edit)).into())
        };
        self.by_file.iter().map(after).collect()
    }

    /// The offset before the round of what stands at an offset after it. What was put in stands where the edit began.
    pub(super) fn back(&self, file: FileId, at: u32) -> u32 {
        let edits = self.by_file.get(&file).map(Vec::as_slice).unwrap_or_default();
        let after = edits.partition_point(|placed| placed.after.0 <= at);
        let Some(Placed { edit, after: (_, end) }) = after.checked_sub(1).map(|last| &edits[last]) else { return at };
        if at < *end {
            edit.at.span.start
        } else {
            offset(i64::from(at) - i64::from(*end) + i64::from(edit.at.span.end))
        }
    }

    /// Where the edits begin, before the round, whose text holds some of a place after it.
    fn making(&self, at: Location) -> impl Iterator<Item = u32> {
        let edits = self.by_file.get(&at.file).map(Vec::as_slice).unwrap_or_default();
        let first = edits.partition_point(|placed| placed.after.1 <= at.span.start);
        let own = edits[first..].iter().take_while(move |placed| placed.after.0 < at.span.end);
        own.filter(|placed| placed.after.0 < placed.after.1).map(|placed| placed.edit.at.span.start)
    }

    /// Where those places are after the round that it does not change.
    pub(super) fn unchanged(&self, places: impl Iterator<Item = Location>) -> impl Iterator<Item = Location> {
        places.filter(|at| !self.change(*at)).map(|at| self.moved(at))
    }

    /// Whether a place is changed.
    fn change(&self, at: Location) -> bool {
        let edits = self.by_file.get(&at.file).map(Vec::as_slice).unwrap_or_default();
        let after = edits.partition_point(|placed| placed.edit.at.span.start < at.span.end);
        after.checked_sub(1).is_some_and(|last| edits[last].edit.at.span.end > at.span.start)
    }

    /// The place after the round of what it does not change.
    fn moved(&self, at: Location) -> Location {
        let start = self.forward(at.file, at.span.start);
        Location { span: Span { start, end: start + (at.span.end - at.span.start) }, ..at }
    }

    /// The offset after the round of what stood at an offset before it.
    pub(super) fn forward(&self, file: FileId, at: u32) -> u32 {
        let edits = self.by_file.get(&file).map(Vec::as_slice).unwrap_or_default();
        // What stands where something is put in stands behind it afterwards.
        let is_before = |span: Span| span.start < at || (span.start == at && span.is_empty());
        let after = edits.partition_point(|placed| is_before(placed.edit.at.span));
        let Some(Placed { edit, after: (_, end) }) = after.checked_sub(1).map(|last| &edits[last]) else { return at };
        offset(i64::from(at) - i64::from(edit.at.span.end) + i64::from(*end))
    }
}

fn offset(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// Something that a round broke.
#[derive(Debug)]
pub(super) struct Damage {
    pub(super) broken: Broken,
    /// The files that show it, and those that may be why.
    pub(super) files: Vec<FileId>,
}

#[derive(Debug)]
pub(super) enum Broken {
    /// A rule has a finding that it did not have before, at a place of the state after.
    Finding(RuleAt),
    /// A link leads elsewhere.
    Link(Location),
    /// A document is read differently.
    Structure(FileId),
}

/// What is worth saying of damage; places are those of the state before.
pub(super) fn harm<'a>(damage: impl IntoIterator<Item = &'a Damage>, before: &Corpus) -> Harm {
    let (mut rules, mut links, mut reread) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for Damage { broken, .. } in damage {
        match broken {
            Broken::Finding((rule, ..)) => {
                rules.insert(rule.clone());
            }
            Broken::Link(at) => {
                links.insert(*at);
            }
            Broken::Structure(file) => {
                reread.insert(*file);
            }
        }
    }
    match (links.first(), reread.first()) {
        (Some(at), _) if rules.is_empty() => Harm::Link(before.place(*at)),
        (_, Some(file)) if rules.is_empty() => Harm::Structure { path: before.source(*file).path.clone() },
        _ => Harm::Findings(rules.into_iter().collect()),
    }
}

/// The rule of a finding, and where that speaks: what makes two findings the same across a round.
pub(super) type RuleAt = (Arc<str>, FileId, u32);

pub(super) fn rule_at(finding: &Finding) -> RuleAt {
    (finding.rule.clone(), finding.at.file, finding.at.span.start)
}

/// Compares the state before a round with the state after it. `fixed` are the findings whose fixes were applied.
pub(super) fn damage(before: &Outcome, after: &Outcome, fixed: &[&Finding], edits: &Edits) -> Vec<Damage> {
    let mut damage = Vec::new();
    let gone: HashMap<RuleAt, &Finding> = fixed.iter().map(|finding| (rule_at(finding), *finding)).collect();
    // What was wrong with a place that is not repaired itself may be wrong in another way now, as long as that is no worse:
    // a number in the text that stood twice stands nowhere.
    let now: HashSet<RuleAt> = after.findings.iter().map(rule_at).collect();
    let stays = |(rule, file, start): &RuleAt| now.contains(&(rule.clone(), *file, edits.forward(*file, *start)));
    let mut explained: HashMap<RuleAt, usize> = HashMap::new();
    for finding in &before.findings {
        *explained.entry(rule_at(finding)).or_default() += 1;
    }
    let mut changed: HashMap<(FileId, u32), Severity> = HashMap::new();
    for finding in &before.findings {
        let was = rule_at(finding);
        if !gone.contains_key(&was) && !stays(&was) {
            let worst = changed.entry((was.1, was.2)).or_insert(finding.severity);
            *worst = finding.severity.max(*worst);
        }
    }
    let mut moved = moved(before, |was| !gone.contains_key(was) && !stays(was));
    // What was put in and what stood there come from one place; only one of them can have had the finding. Of several at
    // one place those are left that were not repaired.
    for finding in fixed {
        take(&mut explained, &rule_at(finding));
    }
    let mut lacking: HashMap<FileId, Vec<&Finding>> = HashMap::new();
    for finding in fixed.iter().filter(|finding| finding.lacks.is_some()) {
        lacking.entry(finding.at.file).or_default().push(finding);
    }
    // Where mistakes go, and nothing but mistakes, a note of what stood beside them is no harm, nor is one of the text of
    // which only the markup changes.
    let mut mended: HashMap<FileId, bool> = HashMap::new();
    for finding in fixed {
        *mended.entry(finding.at.file).or_insert(true) &= finding.severity > Severity::Info;
    }
    let marked = fixed.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| !fix.adds.is_empty());
    let marked: HashSet<(FileId, u32)> =
        marked.flat_map(Fix::edits).map(|edit| (edit.at.file, edit.at.span.start)).collect();
    let is_made = |at: Location| edits.making(at).any(|start| !marked.contains(&(at.file, start)));
    for finding in &after.findings {
        let (rule, file, start) = rule_at(finding);
        let was = (rule, file, edits.back(file, start));
        let repaired = gone.get(&was);
        // What is lacking may be put in one after the other, and the rest be missing behind what was put in.
        let in_file = lacking.get(&finding.at.file).into_iter().flatten();
        let is_rest = || in_file.clone().any(|fixed| fixed.rule == finding.rule && finding.is_rest_of(fixed));
        if is_rest() || take(&mut explained, &was) {
            continue;
        }
        let is_note = finding.severity == Severity::Info && mended.get(&file) == Some(&true) && !is_made(finding.at);
        let is_known = is_note
            || changed.get(&(was.1, was.2)).is_some_and(|worst| finding.severity <= *worst)
            || take(&mut moved, &unplaced(finding));
        if repaired.is_some() || !is_known {
            let files = iter::once(file).chain(finding.related.iter().map(|related| related.at.file));
            damage.push(Damage { broken: Broken::Finding(rule_at(finding)), files: files.collect() });
        }
    }
    let meant = fixed.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.redirects));
    let meant = meant.map(|finding| (finding.at.file, finding.at.span.start)).collect();
    let links = Links { before, after, edits, meant };
    damage.extend(links.redirected());
    let structure = |file| Damage { broken: Broken::Structure(file), files: vec![file] };
    damage.extend(reread(before, after, fixed).map(structure));
    damage
}

/// Takes one of those that are counted, if one is left.
pub(super) fn take<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: &K) -> bool {
    let left = counts.get_mut(key).filter(|left| **left > 0);
    left.map(|left| *left -= 1).is_some()
}

/// A finding but for its place.
type Unplaced<'a> = (&'a str, FileId, &'a Message);

fn unplaced(finding: &Finding) -> Unplaced<'_> {
    (&finding.rule, finding.at.file, &finding.message)
}

/// How often the findings `left` their places that were not repaired: what lacks in a document may be said of another
/// place where a header has been put in.
fn moved(before: &Outcome, left: impl Fn(&RuleAt) -> bool) -> HashMap<Unplaced<'_>, usize> {
    let mut out = HashMap::new();
    // Of others the place is what they are about.
    let is_of_document = |finding: &&Finding| finding.lacks.is_some() || finding.at.span.start == 0;
    for finding in before.findings.iter().filter(is_of_document).filter(|finding| left(&rule_at(finding))) {
        *out.entry(unplaced(finding)).or_default() += 1;
    }
    out
}

/// Files in which safe fixes change more of how the document is read than they say.
fn reread(before: &Outcome, after: &Outcome, fixed: &[&Finding]) -> impl Iterator<Item = FileId> {
    let mut rewritten: HashMap<FileId, Vec<Markup>> = HashMap::new();
    let safe = fixed.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safety == Safety::Safe);
    for fix in safe {
        for file in fix.edits().iter().map(|edit| edit.at.file) {
            rewritten.entry(file).or_default();
        }
        // What a fix adds, it adds where it begins.
        if let Some(file) = fix.edits().first().map(|edit| edit.at.file) {
            rewritten.entry(file).or_default().extend(&fix.adds);
        }
    }
    let shape = |outcome: &Outcome, file: FileId, adds: &[Markup]| {
        let source = outcome.corpus.source(file);
        structure(&source.text, outcome.corpus.settings.flavor_of(&source.path), adds)
    };
    let differs = move |(file, adds): &(FileId, Vec<Markup>)| {
        let (was, had) = shape(before, *file, adds);
        let (now, has) = shape(after, *file, adds);
        let count = |counts: &BTreeMap<Markup, usize>, markup| counts.get(&markup).copied().unwrap_or(0);
        was != now || adds.iter().any(|&markup| count(&has, markup) < count(&had, markup))
    };
    rewritten.into_iter().filter(differs).map(|(file, _)| file)
}

/// The links of two states.
struct Links<'a> {
    before: &'a Outcome,
    after: &'a Outcome,
    edits: &'a Edits,
    /// Those that are to lead elsewhere afterwards, which still has to be somewhere.
    meant: HashSet<(FileId, u32)>,
}

/// Where a link leads, in offsets of the state before.
#[derive(PartialEq)]
struct Goal {
    path: CorpusPath,
    file: Option<FileId>,
    places: Vec<u32>,
}

impl Links<'_> {
    /// The first link of each document that led somewhere and now leads elsewhere. Only a document that was edited, or
    /// that links to one, can have any.
    fn redirected(&self) -> Vec<Damage> {
        let edited: HashSet<FileId> = self.edits.files().collect();
        let documents = self.before.corpus.documents.iter().zip(&self.after.corpus.documents);
        let first = |(before, after): (&Arc<Document>, &Arc<Document>)| {
            let own = edited.contains(&before.file);
            let now: HashMap<u32, Option<Goal>> = self.goals(self.after, after, &edited, own, true).collect();
            let mut all = self.goals(self.before, before, &edited, own, false).filter(|(_, goal)| goal.is_some());
            let differs = |(start, goal): &(u32, Option<Goal>)| match now.get(start) {
                Some(Some(_)) if self.meant.contains(&(before.file, *start)) => false,
                now => now != Some(goal),
            };
            let (start, goal) = all.find(differs)?;
            let target = goal.and_then(|goal| goal.file);
            let files = iter::once(before.file).chain(target).collect();
            Some(Damage { broken: Broken::Link(before.at(Span::at(start as usize))), files })
        };
        documents.filter_map(first).collect()
    }

    /// The links of a document that matter: where each stands and leads, in offsets of the state before.
    fn goals<'a>(
        &'a self,
        outcome: &'a Outcome,
        document: &'a Document,
        edited: &'a HashSet<FileId>,
        own: bool,
        map: bool,
    ) -> impl Iterator<Item = (u32, Option<Goal>)> + 'a {
        let back = move |file, offset| if map { self.edits.back(file, offset) } else { offset };
        outcome.corpus.destinations(document).filter_map(move |destination| {
            let start = back(document.file, destination.span.start);
            let Resolution::Found(target) = destination.resolution else { return Some((start, None)) };
            let matters = own || target.file.is_some_and(|file| edited.contains(&file));
            matters.then(|| (start, goal(outcome, target, back)))
        })
    }
}

fn goal(outcome: &Outcome, target: &Target, back: impl Fn(FileId, u32) -> u32) -> Option<Goal> {
    let document = target.file.and_then(|file| outcome.corpus.document(file));
    let heading = |document: &Document, at: usize| document.facts.headings.get(at).map_or(Span::at(0), |h| h.span);
    let places = match (document, &target.fragment) {
        (Some(document), Fragment::Headings(path)) => {
            path.iter().map(|&at| back(document.file, heading(document, at).start)).collect()
        }
        (Some(document), Fragment::Anchor(at)) => {
            vec![back(document.file, document.facts.anchors.get(*at).map_or(0, |anchor| anchor.span.start))]
        }
        // A link whose fragment leads nowhere did not resolve before, and is a finding of its own.
        (_, Fragment::Missing(_)) => return None,
        _ => Vec::new(),
    };
    Some(Goal { path: target.path.clone(), file: target.file, places })
}
