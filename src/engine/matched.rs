//! Declarative rules in the pipeline: one matcher for all of them, which reports under their names.

use std::sync::Arc;

use crate::{
    declarative::{Hit, Matcher, Vote},
    document::Document,
    finding::{Edit, Finding, Fix, Message},
    order,
    rule::{Check, Rule, RuleSet},
    source::{FileId, Location, Span},
};

/// The declarative rules that are on anywhere in a run.
#[derive(Debug, Default)]
pub(super) struct Matched {
    matcher: Matcher,
    /// For each profile, where each rule of the matcher stands in its set; `None` where it is off.
    on: Vec<Vec<Option<usize>>>,
}

impl Matched {
    /// Compiles the rules of all profiles into one matcher.
    pub(super) fn new(sets: &[RuleSet]) -> Self {
        let declared = |rule: &&Rule| matches!(rule.check, Check::Matched);
        let mut pages: Vec<_> =
            sets.iter().flat_map(|set| set.rules().iter().filter(declared)).map(|rule| &rule.page).collect();
        order::by(&mut pages, |a, b| a.name.cmp(&b.name));
        pages.dedup_by_key(|page| &page.name);
        let on = |set: &RuleSet| pages.iter().map(|page| set.position(&page.name)).collect();
        let on = sets.iter().map(on).collect();
        Self { on, matcher: Matcher::new(pages.iter().filter_map(|page| page.matching.clone()).collect()) }
    }

    /// Makes what documents are looked through with before the first of them asks.
    pub(super) fn prepare(&self) {
        self.matcher.prepare();
    }

    /// What the rules of a profile say of a document, and what it uses of variants that all should agree on.
    pub(super) fn look(
        &self,
        document: &Document,
        profile: usize,
        rules: &RuleSet,
    ) -> (Vec<Finding>, Vec<(Location, Vote)>) {
        let on = &self.on[profile];
        let sightings = self.matcher.look(document, &|rule| on[rule].is_some(), false);
        let rule = |hit: &Hit| on[hit.rule].and_then(|index| rules.rules().get(index));
        let found =
            sightings.hits.iter().filter_map(|hit| Some(findings(rule(hit)?, document, document.at(hit.span), hit)));
        let mut found: Vec<Finding> = found.flatten().collect();
        let unchecked =
            sightings.unchecked.iter().filter_map(|&rule| Some(rules.rules().get(on[rule]?)?.page.name.clone()));
        found.extend(costly(&unchecked.collect::<Vec<_>>(), document, rules));
        (found, sightings.votes)
    }

    /// What the documents do not agree on. A finding is the matter of the settings of the file it stands in.
    /// `file` is the document of a file, its profile, and the rules of that.
    pub(super) fn settle<'f>(
        &self,
        votes: &[(Location, Vote)],
        file: &dyn Fn(FileId) -> Option<(&'f Document, usize, &'f RuleSet)>,
    ) -> Vec<Finding> {
        let said = self.matcher.settle(votes).into_iter().filter_map(|(at, hit)| {
            let (document, profile, rules) = file(at.file)?;
            let rule = rules.rules().get(self.on[profile][hit.rule]?)?;
            Some(findings(rule, document, at, &hit))
        });
        said.flatten().collect()
    }
}

/// That some rules did not look at a document.
fn costly(unchecked: &[Arc<str>], document: &Document, rules: &RuleSet) -> Vec<Finding> {
    /// More of them are not named.
    const MOST: usize = 5;
    let Some(rule) = rules.rule("costly-pattern").filter(|_| !unchecked.is_empty()) else { return Vec::new() };
    let mut sink = rule.sink();
    let named = unchecked[..unchecked.len().min(MOST)].join("`, `");
    let message = match unchecked.len().saturating_sub(MOST) {
        0 => Message::new("unchecked"),
        more => Message::new("unchecked-more").with("more", more.to_string()),
    };
    sink.report(document.at(Span::at(0)), message.with("rules", named)).help("help");
    sink.into_vec()
}

fn findings(rule: &Rule, document: &Document, at: Location, hit: &Hit) -> Vec<Finding> {
    let mut sink = rule.sink();
    let finding = sink.report(at, hit.message.clone());
    if rule.page.has_help {
        finding.help(Message { key: "help".into(), ..hit.message.clone() });
    }
    if let Some(other) = hit.other {
        finding.related(other, Message { key: "other".into(), ..hit.message.clone() });
    }
    let safety = rule.page.fix.map(|most| most.min(hit.safety));
    let replacement = hit.replacement.as_ref().and_then(|(span, text)| document.respelt(*span, text));
    if let (Some(safety), Some((span, text))) = (safety, replacement) {
        let removes = hit.replacement.as_ref().is_some_and(|(_, text)| text.is_empty());
        let key = if removes { "remove" } else { "fix" };
        let title = Message { key: key.into(), ..hit.message.clone() };
        finding.fix(Fix::new(title, safety, vec![Edit::replace(Location::new(at.file, span), text)]));
    }
    sink.into_vec()
}
