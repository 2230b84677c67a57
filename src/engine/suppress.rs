//! Comments that silence findings, and those that silence nothing.

use std::{collections::HashMap, sync::Arc};

use super::{Job, analyse::Snapshot};
use crate::{
    document::{Directive, Document, Scope, directive},
    finding::{Finding, Fix, Message},
    rule::{Catalogue, Findings},
    source::{FileId, Span, is_within, merged},
    suggest::Suggestions,
};

const STALE: &str = "stale-suppression";

/// Takes out what comments silence and adds a finding for each comment that silences nothing. Returns as well what was
/// taken out.
pub(super) fn apply(job: &Job, snapshot: &Snapshot, findings: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
    let with_directives = snapshot.analyses.iter().filter(|analysis| !analysis.document.facts.directives.is_empty());
    let mut ledgers: HashMap<FileId, Ledger<'_>> =
        with_directives.map(|analysis| (analysis.document.file, Ledger::new(job, &analysis.document))).collect();
    if ledgers.is_empty() {
        return (findings, Vec::new());
    }
    let is_silenced =
        |finding: &Finding| ledgers.get_mut(&finding.at.file).is_some_and(|ledger| ledger.silences(finding));
    let (mut silenced, mut kept): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(is_silenced);
    // A repair does not reach into what a comment protects from its rule.
    for finding in &mut kept {
        let mut is_covered = false;
        for edit in finding.fix.iter().flat_map(Fix::edits) {
            let ledger = ledgers.get_mut(&edit.at.file);
            is_covered |= ledger.is_some_and(|ledger| ledger.covers(&finding.rule, edit.at.span.start));
        }
        if is_covered {
            finding.fix = None;
        }
    }
    let mut suggestions = Suggestions::default();
    for analysis in &snapshot.analyses {
        let Some(ledger) = ledgers.get_mut(&analysis.document.file) else { continue };
        let rules = snapshot.profiles.set(analysis.profile);
        let Some(stale) = rules.rule(STALE) else { continue };
        let is_on = |name: &str| rules.rule(name).is_some();
        for finding in ledger.stale(stale.sink(), &is_on, &mut suggestions) {
            if ledger.silences(&finding) {
                silenced.push(finding);
            } else {
                kept.push(finding);
            }
        }
    }
    (kept, silenced)
}

/// The directives of a document, by what they silence, and what they were asked about: each is answered by looking into
/// what is sorted, since whoever sends a document chooses how many directives and findings it has.
struct Ledger<'a> {
    job: &'a Job,
    document: &'a Document,
    /// For each name in the directives, the rules that it stands for: none for one that is not known.
    rules_of: HashMap<&'a str, Vec<Arc<str>>>,
    /// Where each rule is silenced by its name or its group, and where all are.
    named: HashMap<Arc<str>, Vec<Span>>,
    all: Vec<Span>,
    /// Where rules had something to say, in order once it is asked what was of no use.
    asked: HashMap<Arc<str>, Vec<u32>>,
}

impl<'a> Ledger<'a> {
    fn new(job: &'a Job, document: &'a Document) -> Self {
        let mut rules_of: HashMap<&str, Vec<Arc<str>>> = HashMap::new();
        let mut named: HashMap<Arc<str>, Vec<Span>> = HashMap::new();
        let mut all = Vec::new();
        for directive in document.facts.directives.iter().filter(|directive| directive.scope != Scope::Nothing) {
            let reach = reach(directive);
            if directive.rules.is_empty() {
                all.push(reach);
            }
            for (name, _) in &directive.rules {
                let rules = rules_of.entry(name).or_insert_with(|| job.catalogue.named(name));
                for rule in rules {
                    named.entry(rule.clone()).or_default().push(reach);
                }
            }
        }
        let named = named.into_iter().map(|(rule, spans)| (rule, merged(spans.into_iter()))).collect();
        Self { job, document, rules_of, named, all: merged(all.into_iter()), asked: HashMap::new() }
    }

    fn silences(&mut self, finding: &Finding) -> bool {
        // Nothing hides that the run itself went wrong.
        !finding.is_failure() && self.covers(&finding.rule, finding.at.span.start)
    }

    /// Whether a comment keeps a rule from a place; the comment is then of use.
    fn covers(&mut self, rule: &Arc<str>, start: u32) -> bool {
        let holds = |spans: &[Span]| is_within(spans, start as usize);
        let by_all = **rule != *STALE && holds(&self.all);
        let is_silenced = by_all || self.named.get(rule).is_some_and(|spans| holds(spans));
        if is_silenced {
            self.asked.entry(rule.clone()).or_default().push(start);
        }
        is_silenced
    }

    /// A group is only of no use if none of its rules was left out of this run.
    fn all_take_part(&self, rules: &[Arc<str>]) -> bool {
        let pages = rules.iter().filter_map(|rule| self.job.catalogue.page(rule));
        pages.into_iter().all(|page| self.job.selection.wants(page))
    }

    /// Findings for what was of no use. A rule that did not run could not be silenced, so that is no fault.
    fn stale(
        &mut self,
        mut sink: Findings,
        is_on: &dyn Fn(&str) -> bool,
        suggestions: &mut Suggestions,
    ) -> Vec<Finding> {
        self.asked.values_mut().for_each(|starts| starts.sort_unstable());
        let others = self.asked.iter().filter(|(rule, _)| ***rule != *STALE);
        let mut any: Vec<u32> = others.flat_map(|(_, starts)| starts).copied().collect();
        any.sort_unstable();
        let has_one = |starts: &[u32], reach: Span| {
            let first = starts.partition_point(|&start| start < reach.start);
            starts.get(first).is_some_and(|&start| start < reach.end)
        };
        let (document, catalogue) = (self.document, &self.job.catalogue);
        let mut meant: HashMap<&str, Option<&str>> = HashMap::new();
        let mut near = |name: &'a str| {
            let closest = || {
                if directive::is_command(name) {
                    return suggestions.closest(name, directive::commands()).or_else(|| directive::begun(name));
                }
                suggestions.closest(name, catalogue.names())
            };
            *meant.entry(name).or_insert_with(closest)
        };
        let mut reason = Span::default();
        for (at, directive) in document.facts.directives.iter().enumerate() {
            let reach = reach(directive);
            if directive.scope == Scope::Nothing {
                sink.report(document.at(directive.span), "ends-nothing");
            } else if directive.rules.is_empty() && !has_one(&any, reach) && self.job.selection.is_everything() {
                sink.report(document.at(directive.span), "nothing");
            }
            // A region of several rules is a directive for each.
            if at.checked_sub(1).is_none_or(|last| document.facts.directives[last].span != directive.span) {
                reason = self.reason(&document.facts.directives[at..], &mut near).unwrap_or_default();
            }
            for (name, span) in &directive.rules {
                let rules = self.rules_of.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
                let is_used = |rule| self.asked.get(rule).is_some_and(|starts| has_one(starts, reach));
                if reason.contains(*span) {
                    if reason.start == span.start {
                        sink.report(document.at(reason), Message::new("unknown").with("rule", name)).help("reason");
                    }
                } else if directive::is_command(name) {
                    let finding =
                        sink.report(document.at(*span), Message::new("unknown-comment").with("comment", name));
                    finding.help = near(name).map(suggestion);
                } else if rules.is_empty() {
                    let finding = sink.report(document.at(*span), Message::new("unknown").with("rule", name));
                    finding.help(near(name).map_or_else(|| "reason".into(), suggestion));
                } else if rules.iter().any(|rule| is_on(rule) && **rule != *STALE)
                    && !rules.iter().any(is_used)
                    && self.all_take_part(rules)
                {
                    sink.report(document.at(*span), Message::new("unused").with("rule", name));
                }
            }
        }
        sink.into_vec()
    }

    /// The reason that stands in the first comment of some behind its rules, without a `--` before it: several words, from
    /// the first on that is like no rule.
    fn reason(&self, directives: &'a [Directive], near: &mut dyn FnMut(&'a str) -> Option<&'a str>) -> Option<Span> {
        let comment = directives.chunk_by(|one, next| one.span == next.span).next()?;
        let words: Vec<&(String, Span)> = comment.iter().flat_map(|directive| &directive.rules).collect();
        let is_known = |name: &str| self.rules_of.get(name).is_some_and(|rules| !rules.is_empty());
        words.first().filter(|(name, _)| is_known(name))?;
        // The names of groups are words of every day as well.
        let last = words.iter().rposition(|(name, _)| self.job.catalogue.page(name).is_some()).unwrap_or_default();
        let mut behind = words[last..].iter();
        let (_, first) = behind.find(|(name, _)| !is_known(name) && near(name).is_none())?;
        let (_, end) = behind.last()?;
        Some(first.to(*end))
    }
}

/// What was probably meant.
fn suggestion(near: &str) -> Message {
    Message::new("did-you-mean").with("name", near)
}

/// The comment that silences a rule in a document where something begins.
pub fn silencing<'d>(catalogue: &Catalogue, document: &'d Document, rule: &str, start: u32) -> Option<&'d Directive> {
    let names = |directive: &Directive| {
        let is_named = |name: &String| catalogue.named(name).iter().any(|own| **own == *rule);
        directive.rules.is_empty() || directive.rules.iter().any(|(name, _)| is_named(name))
    };
    let directives = document.facts.directives.iter().filter(|directive| directive.scope != Scope::Nothing);
    let holds = |directive: &Directive| reach(directive).start <= start && start < reach(directive).end;
    directives.into_iter().find(|directive| holds(directive) && names(directive))
}

/// Where a directive silences what begins there. One without a length does so where it stands.
fn reach(directive: &Directive) -> Span {
    let Span { start, end } = directive.covers;
    if directive.scope == Scope::File {
        Span { start: 0, end: u32::MAX }
    } else {
        Span { start, end: end.max(start + 1) }
    }
}
