//! The findings that a repository has accepted for now: a file that lists them, and what it hides.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    Outcome,
    fingerprint::{excerpt, fingerprint},
};
use crate::{
    corpus::Corpus,
    finding::Finding,
    order,
    source::{CorpusPath, harmless_json},
};

/// The file a baseline is read from, at the root.
pub const BASELINE: &str = ".rubrica-baseline.json";

/// The format of the file.
const VERSION: u32 = 1;

/// Characters of an excerpt that the file shows; the fingerprint knows the rest.
const SHOWN: usize = 60;

/// Known findings, by path, rule and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

/// One known finding. The first three are for people, the last is what counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    text: String,
    fingerprint: String,
}

/// The file's version, which is read before the rest: what a later one holds besides is not known.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// The rest of the file.
#[derive(Deserialize)]
struct File {
    findings: Vec<Entry>,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is not the JSON it should be.
    #[error("not a baseline: {0}")]
    Syntax(#[from] serde_json::Error),
    /// It is a list, as other programs have it.
    #[error("not a baseline: it is a list, and should be an object with `version` and `findings`")]
    List,
    /// A version of rubrica wrote it that knows more than this one.
    #[error("its version is {0}, and this rubrica knows {VERSION}")]
    Version(u32),
}

/// What a baseline did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Findings it left out.
    pub known: usize,
    /// Entries whose finding no longer occurs.
    pub gone: usize,
}

impl Baseline {
    /// Everything that a check found. What says that the run itself went wrong is never accepted.
    pub fn of(outcome: &Outcome) -> Self {
        let accepted = outcome.findings.iter().filter(|finding| !finding.is_failure());
        let mut entries: Vec<Entry> = accepted.map(|finding| entry(&outcome.corpus, finding)).collect();
        order::plain(&mut entries);
        Self { entries }
    }

    /// Reads the file.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        // Its first value would be read as the version.
        if text.trim_start().starts_with('[') {
            return Err(BaselineError::List);
        }
        let Version { version } = serde_json::from_str(text)?;
        if version != VERSION {
            return Err(BaselineError::Version(version));
        }
        let File { findings } = serde_json::from_str(text)?;
        Ok(Self { entries: findings })
    }

    /// The file's text: one line per finding, sorted, so that a change to one is one line of a diff.
    pub fn to_text(&self) -> String {
        // As text, since a value of JSON would put its keys in another order. Texts alone cannot fail to be written.
        let line = |entry| harmless_json(&serde_json::to_string(entry).unwrap_or_default());
        let lines: Vec<String> = self.entries.iter().map(line).collect();
        let (open, close) = if lines.is_empty() { ("", "") } else { ("\n    ", "\n  ") };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [{open}{}{close}]\n}}\n", lines.join(",\n    "))
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Leaves out what is known. `ran` says which rules took part: an entry of another one is not gone.
    pub fn hide(&self, outcome: &mut Outcome, ran: impl Fn(&str) -> bool) -> Hidden {
        let known: HashSet<&str> = self.entries.iter().map(|entry| &*entry.fingerprint).collect();
        let mut met: HashSet<String> = HashSet::new();
        let before = outcome.findings.len();
        outcome.findings.retain(|finding| {
            let own = fingerprint(finding);
            let hidden = !finding.is_failure() && known.contains(&*own);
            if hidden {
                met.insert(own);
            }
            !hidden
        });
        let unread = unread(outcome);
        let gone = self.entries.iter().filter(|entry| entry.is_gone(&met, &unread, &ran)).count();
        Hidden { known: before - outcome.findings.len(), gone }
    }

    /// Whether it has a finding in one of some files, or in one below such a folder.
    pub fn has_any_in(&self, places: &HashSet<&CorpusPath>) -> bool {
        let paths: HashSet<&str> = self.entries.iter().map(|entry| &*entry.path).collect();
        let mut paths = paths.into_iter().filter_map(CorpusPath::new);
        paths.any(|path| path.ancestors().any(|above| places.contains(&above)))
    }

    /// The entries whose finding a check still made, and those of rules that did not take part or files that it could
    /// not read.
    #[must_use]
    pub fn pruned(&self, outcome: &Outcome, ran: impl Fn(&str) -> bool) -> Self {
        let found: HashSet<String> = outcome.findings.iter().map(fingerprint).collect();
        let unread = unread(outcome);
        let entries = self.entries.iter().filter(|entry| !entry.is_gone(&found, &unread, &ran));
        Self { entries: entries.cloned().collect() }
    }
}

impl Entry {
    /// Whether a run that found so much shows that the finding no longer occurs.
    fn is_gone(&self, found: &HashSet<String>, unread: &HashSet<CorpusPath>, ran: impl Fn(&str) -> bool) -> bool {
        let is_unread = || {
            let path = CorpusPath::new(&self.path);
            path.is_some_and(|path| path.ancestors().any(|above| unread.contains(&above)))
        };
        ran(&self.rule) && !found.contains(&self.fingerprint) && (unread.is_empty() || !is_unread())
    }
}

/// Files and folders that could not be read: what stands in them is not known.
fn unread(outcome: &Outcome) -> HashSet<CorpusPath> {
    let of_files = outcome.findings.iter().filter(|finding| &*finding.rule == "unreadable-file");
    of_files.map(|finding| outcome.corpus.source(finding.at.file).path.clone()).collect()
}

fn entry(corpus: &Corpus, finding: &Finding) -> Entry {
    let text = finding.lacks.clone().unwrap_or_else(|| excerpt(corpus, finding));
    let shown: String = text.chars().take(SHOWN).collect();
    Entry {
        path: corpus.source(finding.at.file).path.as_str().to_owned(),
        rule: finding.rule.to_string(),
        text: if shown.len() < text.len() { shown + "…" } else { shown },
        fingerprint: fingerprint(finding),
    }
}
