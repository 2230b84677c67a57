//! `path:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::Report;
use crate::{finding::Finding, source::Untrusted};

pub(super) fn write<'a>(
    report: &Report<'_>,
    findings: impl IntoIterator<Item = &'a Finding>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in findings {
        let source = report.outcome.corpus.source(finding.at.file);
        let at = source.position(finding.at.span.start);
        let message = report.say(finding, &finding.message);
        writeln!(
            out,
            "{}:{}:{}: {}[{}] {}",
            Untrusted::new(source.path.as_str()).line(),
            at.line,
            at.column,
            finding.severity.as_str(),
            Untrusted::new(&finding.rule).line(),
            Untrusted::new(&message).line(),
        )?;
    }
    Ok(())
}
