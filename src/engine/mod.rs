//! The pipeline: from a tree of files to findings, and from findings to repaired files.

mod analyse;
mod baseline;
mod builds;
mod changes;
mod dialect;
mod docusaurus;
mod fingerprint;
mod fix;
mod follow;
mod guarded;
mod isolate;
mod job;
mod leftover;
mod matched;
mod mdx;
mod mkdocs;
mod moved;
mod moves;
mod notes;
mod outcome;
mod part;
mod profiles;
mod relocate;
mod rename;
mod request;
mod rerouted;
mod routes;
mod run;
mod shortcodes;
mod stated;
mod suppress;
mod verify;

use std::io;

pub use baseline::{BASELINE, Baseline, BaselineError, Hidden};
pub use changes::Changes;
pub use dialect::settings;
pub use fingerprint::fingerprint;
pub use fix::{Fixed, Unit, fix};
pub use guarded::guarded;
pub use job::{ConfigError, Job, Selection};
pub use leftover::Leftover;
pub use outcome::{Outcome, Summary, is_about};
pub use part::{Part, parts};
pub use relocate::{Relocation, relocate};
pub use rename::{Named, rename_heading};
pub use request::{Refused, Said, request};
pub use suppress::silencing;

use crate::corpus::Corpus;

/// Checks a corpus. Fails only where the root cannot be read at all.
pub fn check(job: &Job) -> io::Result<Outcome> {
    let snapshot = analyse::Snapshot::take(job)?;
    let mut outcome = run::judge_last(job, snapshot);
    fingerprint::number(&outcome.corpus, &mut outcome.findings);
    Ok(outcome)
}

/// The corpus alone, without what rules say of it. Fails only where the root cannot be read at all.
pub(crate) fn corpus(job: &Job) -> io::Result<Corpus> {
    let job = job.selecting(Selection::none());
    Ok(run::corpus(&job, &analyse::Snapshot::take(&job)?))
}

/// Sets how many threads a run uses. Only the first call counts, and only before any work.
pub fn set_threads(threads: usize) {
    // A pool that stands already is as good.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
}
