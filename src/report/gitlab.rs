//! GitLab's Code Quality report: lines only, and a fingerprint by which a merge request tells new from known.

use std::io::{self, Write};

use serde_json::json;

use super::Report;
use crate::{engine::fingerprint, finding::Severity, source::harmless_json};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "[")?;
    for (index, finding) in report.outcome.findings.iter().enumerate() {
        let source = report.outcome.corpus.source(finding.at.file);
        let entry = json!({
            "description": report.say(finding, &finding.message),
            "check_name": &*finding.rule,
            "fingerprint": fingerprint(finding),
            "severity": match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            "location": {
                "path": report.path_from_top(finding.at.file).as_str(),
                "lines": {
                    "begin": source.position(finding.at.span.start).line,
                    "end": source.position(finding.at.span.end).line,
                },
            },
        });
        write!(out, "{}{}", if index > 0 { "," } else { "" }, harmless_json(&entry.to_string()))?;
    }
    writeln!(out, "]")
}
