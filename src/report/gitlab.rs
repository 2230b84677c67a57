//! GitLab's Code Quality report: lines only, and a fingerprint by which a merge request tells new from known.

use std::io::{self, Write};

use serde_json::json;

use super::{Report, array};
use crate::{
    engine::fingerprint,
    finding::{Finding, Severity},
};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let entry = |finding: &Finding| {
        let [start, end] = report.ends(finding.at);
        json!({
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
                "lines": { "begin": start.line, "end": end.line },
            },
        })
    };
    array(report.outcome.findings.iter().map(entry), out)?;
    writeln!(out)
}
