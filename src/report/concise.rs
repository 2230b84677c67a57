//! `path:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::Report;
use crate::{
    finding::Finding,
    parallel,
    source::{FileId, Untrusted},
};

/// Writes a line for each finding. `name` is what a file is called, harmless in one line.
pub(super) fn write<'a>(
    report: &Report<'_>,
    findings: impl IntoIterator<Item = &'a Finding>,
    name: impl Fn(FileId) -> String + Sync,
    out: &mut dyn Write,
) -> io::Result<()> {
    /// So many are put into words together: each file is looked through for its lines when the first of them is.
    const MANY: usize = 4_096;
    let line = |finding: &&Finding| {
        let at = report.source(finding.at.file).position(finding.at.span.start);
        let message = report.say(finding, &finding.message);
        format!(
            "{}:{at}: {}[{}] {}",
            name(finding.at.file),
            finding.severity.as_str(),
            Untrusted::new(&finding.rule).line(),
            Untrusted::new(&message).line(),
        )
    };
    let findings: Vec<&Finding> = findings.into_iter().collect();
    for many in findings.chunks(MANY) {
        for line in parallel::map(many, line) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
