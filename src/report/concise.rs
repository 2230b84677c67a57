//! `path:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::Report;
use crate::{
    finding::Finding,
    source::{FileId, Untrusted},
};

/// Writes a line for each finding. `name` is what a file is called, harmless in one line.
pub(super) fn write<'a>(
    report: &Report<'_>,
    findings: impl IntoIterator<Item = &'a Finding>,
    name: impl Fn(FileId) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in findings {
        let [at, _] = report.ends(finding.at);
        let message = report.say(finding, &finding.message);
        writeln!(
            out,
            "{}:{at}: {}[{}] {}",
            name(finding.at.file),
            finding.severity.as_str(),
            Untrusted::new(&finding.rule).line(),
            Untrusted::new(&message).line(),
        )?;
    }
    Ok(())
}
