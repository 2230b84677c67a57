//! What is new: the findings of a corpus that a state before did not have, or that stand in lines it did not have.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant},
};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::Outcome;
use crate::{
    corpus::Corpus,
    finding::Finding,
    source::{CorpusPath, FileId, Location, Source},
};

/// After this long, lines are compared only roughly: more of them count as changed.
const PATIENCE: Duration = Duration::from_secs(5);

/// The rule of a finding of the state before, and where that speaks: path, line and column.
type Known = (Arc<str>, CorpusPath, u32, u32);

/// What changed between two checks.
#[derive(Debug)]
pub struct Changes {
    known: HashSet<Known>,
    files: HashMap<FileId, Lines>,
}

/// Where the lines of a file were before.
#[derive(Debug)]
struct Lines {
    path: CorpusPath,
    /// For each line now, from 0, its index then; `None` for the whole file where nothing changed.
    were: Option<Vec<Option<u32>>>,
}

impl Changes {
    /// Compares two checks. `renamed` leads from paths now to paths then, for files that moved.
    pub fn new(before: &Outcome, after: &Outcome, renamed: &HashMap<CorpusPath, CorpusPath>) -> Self {
        let then: HashMap<&CorpusPath, &Arc<Source>> =
            before.corpus.sources.iter().map(|source| (&source.path, source)).collect();
        let deadline = Instant::now() + PATIENCE;
        let mut files = HashMap::new();
        for (index, now) in after.corpus.sources.iter().enumerate() {
            let moved = renamed.get(&now.path).filter(|_| !then.contains_key(&now.path));
            let Some(was) = then.get(moved.unwrap_or(&now.path)) else { continue };
            let were = (was.text != now.text).then(|| lines_before(was, now, deadline));
            files.insert(FileId::from_index(index), Lines { path: was.path.clone(), were });
        }
        let place = |finding: &Finding| {
            let source = before.corpus.source(finding.at.file);
            let at = source.position(finding.at.span.start);
            (finding.rule.clone(), source.path.clone(), at.line, at.column)
        };
        Self { known: before.findings.iter().map(place).collect(), files }
    }

    /// Whether a finding of the check after is new: it stands in a changed line, or points at one, or was not there.
    pub fn caused(&self, after: &Corpus, finding: &Finding) -> bool {
        let mut places = [finding.at].into_iter().chain(finding.related.iter().map(|related| related.at));
        finding.is_failure() || places.any(|at| self.is_changed(after, at)) || !self.was_there(after, finding)
    }

    fn is_changed(&self, after: &Corpus, at: Location) -> bool {
        let Some(Lines { were, .. }) = self.files.get(&at.file) else { return true };
        let Some(were) = were else { return false };
        let (first, last) = after.source(at.file).lines_of(at.span).into_inner();
        were[first..=last.min(were.len() - 1)].iter().any(Option::is_none)
    }

    /// Whether the same rule spoke of the same place before. The line is unchanged, so its columns are.
    fn was_there(&self, after: &Corpus, finding: &Finding) -> bool {
        let Some(Lines { path, were }) = self.files.get(&finding.at.file) else { return false };
        let at = after.source(finding.at.file).position(finding.at.span.start);
        let line = match were {
            None => at.line,
            Some(were) => match were.get(at.line as usize - 1) {
                Some(Some(line)) => line + 1,
                _ => return false,
            },
        };
        self.known.contains(&(finding.rule.clone(), path.clone(), line, at.column))
    }
}

/// For each line of a file now, which line it was. Line endings do not count: a checkout may have changed them.
fn lines_before(was: &Source, now: &Source, deadline: Instant) -> Vec<Option<u32>> {
    let (old, new) = (split(was), split(now));
    let mut out = vec![None; new.len()];
    for op in capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(deadline)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for step in 0..len {
                out[new_index + step] = u32::try_from(old_index + step).ok();
            }
        }
    }
    out
}

fn split(source: &Source) -> Vec<&str> {
    (0..source.lines().count()).map(|at| source.slice(source.line(at))).collect()
}
