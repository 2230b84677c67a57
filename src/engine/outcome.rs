//! What a check found.

use crate::{
    corpus::Corpus,
    finding::{Finding, Safety, Severity},
    source::CorpusPath,
};

/// Everything a check found, and the corpus it speaks of.
#[derive(Debug)]
pub struct Outcome {
    /// The documents, for the text at a place.
    pub corpus: Corpus,
    /// Sorted by path, place and rule.
    pub findings: Vec<Finding>,
    /// What comments in the documents silenced.
    pub silenced: Vec<Finding>,
    /// The documents that could not be read, and what could not be entered.
    pub unread: Vec<CorpusPath>,
    /// Whether the configuration has mistakes: the run did not do what was asked for.
    pub invalid_configuration: bool,
}

/// How many of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents, those that could not be read among them.
    pub documents: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Findings with a fix that is not safe.
    pub unsafely_fixable: usize,
}

impl Outcome {
    /// Counts the findings.
    pub fn summary(&self) -> Summary {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let fixable =
            |safety| self.findings.iter().filter(|f| f.fix.as_ref().is_some_and(|fix| fix.safety == safety)).count();
        let unread = self.unread.iter().filter(|path| self.corpus.paths.is_file(path));
        Summary {
            documents: self.corpus.documents.len() + unread.count(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            fixable: fixable(Safety::Safe),
            unsafely_fixable: fixable(Safety::Unsafe),
        }
    }

    /// Whether a finding is at least this severe.
    pub fn reaches(&self, threshold: Severity) -> bool {
        self.findings.iter().any(|finding| finding.severity >= threshold)
    }

    /// Keeps the findings that are about some paths.
    pub fn narrow(&mut self, paths: &[CorpusPath]) {
        let corpus = &self.corpus;
        self.findings.retain(|finding| is_about(corpus, finding, paths));
    }
}

/// Whether a finding is about one of some files and folders: its primary place, a related one, or the target of its link.
/// Without any, everything is; a mistake in the configuration always is, and so is a failure of the tool.
pub fn is_about(corpus: &Corpus, finding: &Finding, paths: &[CorpusPath]) -> bool {
    let named = |path: &CorpusPath| paths.iter().any(|named| path.is_within(named));
    let places = [finding.at].into_iter().chain(finding.related.iter().map(|related| related.at));
    paths.is_empty()
        || finding.is_failure()
        || places.map(|at| &corpus.source(at.file).path).chain(&finding.concerns).any(named)
}
