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
        line(report, finding, &report.name(finding.at.file), out)?;
    }
    Ok(())
}

/// The same with files named as services name them.
pub(super) fn write_from_top<'a>(
    report: &Report<'_>,
    findings: impl IntoIterator<Item = &'a Finding>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in findings {
        let path = Untrusted::new(report.path_from_top(finding.at.file).as_str()).line();
        line(report, finding, &path, out)?;
    }
    Ok(())
}

fn line(report: &Report<'_>, finding: &Finding, path: &str, out: &mut dyn Write) -> io::Result<()> {
    let at = report.outcome.corpus.source(finding.at.file).position(finding.at.span.start);
    let message = report.say(finding, &finding.message);
    writeln!(
        out,
        "{path}:{}:{}: {}[{}] {}",
        at.line,
        at.column,
        finding.severity.as_str(),
        Untrusted::new(&finding.rule).line(),
        Untrusted::new(&message).line(),
    )
}
