//! The sink a rule reports into.

use std::sync::Arc;

use crate::{
    finding::{Finding, Message, Severity},
    source::Location,
};

/// Findings of one rule. The rule's name and severity are set here, so that no rule can speak for another. The name is
/// lent: each rule has a sink for each document, and threads that count the owners of a name wait for each other.
#[derive(Debug)]
pub struct Findings<'r> {
    rule: &'r Arc<str>,
    severity: Severity,
    found: Vec<Finding>,
}

impl<'r> Findings<'r> {
    /// An empty sink for a rule.
    pub fn new(rule: &'r Arc<str>, severity: Severity) -> Self {
        Self { rule, severity, found: Vec::new() }
    }

    /// An empty sink for the same rule.
    #[must_use]
    pub fn empty_like(&self) -> Self {
        Self::new(self.rule, self.severity)
    }

    /// Reports a place; related places, help and a fix are added to what is returned.
    pub fn report(&mut self, at: Location, message: impl Into<Message>) -> &mut Finding {
        let index = self.found.len();
        self.found.push(Finding {
            rule: self.rule.clone(),
            severity: self.severity,
            at,
            message: message.into(),
            related: Vec::new(),
            help: None,
            fix: None,
            withheld: None,
            concerns: Vec::new(),
            lacks: None,
            told_at: None,
            fingerprint: 0,
        });
        &mut self.found[index]
    }

    /// Adds what was reported to a sink for the same rule.
    pub fn append(&mut self, mut found: Vec<Finding>) {
        self.found.append(&mut found);
    }

    /// What was reported, to be seen together.
    pub fn as_mut_slice(&mut self) -> &mut [Finding] {
        &mut self.found
    }

    /// What was reported.
    pub fn into_vec(self) -> Vec<Finding> {
        self.found
    }
}
