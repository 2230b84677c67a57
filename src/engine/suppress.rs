//! Comments that silence findings, and those that silence nothing.

use std::{collections::HashMap, sync::Arc};

use super::{Job, analyse::Snapshot};
use crate::{
    document::{Directive, Document, Scope},
    finding::{Finding, Fix, Message},
    rule::Findings,
    source::{FileId, Span},
};

const STALE: &str = "stale-suppression";

/// Drops what comments silence and adds a finding for each comment that silences nothing. Returns how many were
/// dropped.
pub(super) fn apply(job: &Job, snapshot: &Snapshot, findings: Vec<Finding>) -> (Vec<Finding>, usize) {
    let with_directives = snapshot.analyses.iter().filter(|analysis| !analysis.document.facts.directives.is_empty());
    let mut ledgers: HashMap<FileId, Ledger<'_>> =
        with_directives.map(|analysis| (analysis.document.file, Ledger::new(job, &analysis.document))).collect();
    if ledgers.is_empty() {
        return (findings, 0);
    }
    let before = findings.len();
    let mut kept: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| !ledgers.get_mut(&finding.at.file).is_some_and(|ledger| ledger.silences(finding)))
        .collect();
    let mut silenced = before - kept.len();
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
    for analysis in &snapshot.analyses {
        let Some(ledger) = ledgers.get_mut(&analysis.document.file) else { continue };
        let rules = snapshot.profiles.set(analysis.profile);
        let Some(stale) = rules.rule(STALE) else { continue };
        let is_on = |name: &str| rules.rule(name).is_some();
        for finding in ledger.stale(Findings::new(stale.page.name.clone(), stale.severity), &is_on) {
            if ledger.silences(&finding) {
                silenced += 1;
            } else {
                kept.push(finding);
            }
        }
    }
    (kept, silenced)
}

/// The directives of a document and which of them were of use.
struct Ledger<'a> {
    job: &'a Job,
    document: &'a Document,
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    directive: &'a Directive,
    /// What it silences: for each name, the rules it stands for (none for a name that is not known) and whether it
    /// silenced something.
    rules: Vec<(Vec<Arc<str>>, bool)>,
    /// Whether it silenced anything, for one that names no rule.
    used: bool,
}

impl<'a> Ledger<'a> {
    fn new(job: &'a Job, document: &'a Document) -> Self {
        let entry = |directive: &'a Directive| {
            let rules = directive.rules.iter().map(|(name, _)| (job.catalogue.select(name).unwrap_or_default(), false));
            Entry { directive, rules: rules.collect(), used: false }
        };
        Self { job, document, entries: document.facts.directives.iter().map(entry).collect() }
    }

    fn silences(&mut self, finding: &Finding) -> bool {
        self.covers(&finding.rule, finding.at.span.start)
    }

    /// Whether a comment keeps a rule from a place; the comment is then of use.
    fn covers(&mut self, rule: &Arc<str>, start: u32) -> bool {
        let mut silenced = false;
        for entry in &mut self.entries {
            if entry.directive.scope == Scope::Nothing {
                continue;
            }
            let Span { start: from, end } = entry.directive.covers;
            let covers = entry.directive.scope == Scope::File || from <= start && (start < end || start == from);
            if !covers {
                continue;
            }
            if entry.rules.is_empty() && **rule != *STALE {
                entry.used = true;
                silenced = true;
            }
            for (rules, used) in &mut entry.rules {
                if rules.contains(rule) {
                    *used = true;
                    silenced = true;
                }
            }
        }
        silenced
    }

    /// A group is only of no use if none of its rules was left out of this run.
    fn all_take_part(&self, rules: &[Arc<str>]) -> bool {
        let pages = rules.iter().filter_map(|rule| self.job.catalogue.page(rule));
        pages.into_iter().all(|page| self.job.selection.wants(page))
    }

    /// Findings for what was of no use. A rule that did not run could not be silenced, so that is no fault.
    fn stale(&self, mut sink: Findings, is_on: &dyn Fn(&str) -> bool) -> Vec<Finding> {
        for entry in &self.entries {
            if entry.directive.scope == Scope::Nothing {
                sink.report(self.document.at(entry.directive.span), "ends-nothing");
            } else if entry.rules.is_empty() && !entry.used && self.job.selection.is_everything() {
                sink.report(self.document.at(entry.directive.span), "nothing");
            }
            for ((rules, used), (name, span)) in entry.rules.iter().zip(&entry.directive.rules) {
                let at = self.document.at(*span);
                if name.starts_with("rubrica-") {
                    sink.report(at, Message::new("unknown-comment").with("comment", name));
                } else if rules.is_empty() {
                    sink.report(at, Message::new("unknown").with("rule", name));
                } else if !used && rules.iter().any(|rule| is_on(rule) && **rule != *STALE) && self.all_take_part(rules)
                {
                    sink.report(at, Message::new("unused").with("rule", name));
                }
            }
        }
        sink.into_vec()
    }
}
