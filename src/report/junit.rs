//! Test results in the XML of `JUnit`: a suite for each document with findings, a failed case for each finding. A run
//! without findings is one case that passed, since readers take a report without cases for a broken one.

use std::io::{self, Write};

use super::Report;
use crate::source::Untrusted;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let count = report.outcome.findings.len();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="rubrica" tests="{}" failures="{count}" errors="0">"#, count.max(1))?;
    if count == 0 {
        writeln!(out, r#"  <testsuite name="rubrica" tests="1" failures="0" errors="0" skipped="0">"#)?;
        let documents = report.summary.documents;
        writeln!(out, r#"    <testcase classname="rubrica" name="{documents} documents"/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    for findings in report.by_file() {
        let file = findings[0].at.file;
        let source = report.source(file);
        let path = Untrusted::new(report.path_from_top(file).as_str()).xml();
        let count = findings.len();
        writeln!(out, r#"  <testsuite name="{path}" tests="{count}" failures="{count}" errors="0" skipped="0">"#)?;
        for finding in findings {
            let at = source.position(finding.at.span.start);
            let rule = Untrusted::new(&finding.rule).xml();
            let message = Untrusted::new(&report.say(finding, &finding.message)).xml();
            let help = report.help_with_url(finding).map(|help| format!("\nhelp: {}", Untrusted::new(&help).xml()));
            writeln!(out, r#"    <testcase classname="{path}" name="{rule} ({at})">"#)?;
            write!(out, r#"      <failure type="{}" message="{message}">"#, finding.severity.as_str())?;
            writeln!(out, "{path}:{at}: {message}{}</failure>", help.unwrap_or_default())?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}
