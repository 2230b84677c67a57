//! Checkstyle's XML: a `file` with its `error`s. What Jenkins and other readers take.

use std::io::{self, Write};

use super::Report;
use crate::source::Untrusted;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<checkstyle version="8.0">"#)?;
    for findings in report.by_file() {
        let file = findings[0].at.file;
        let source = report.source(file);
        writeln!(out, r#"  <file name="{}">"#, Untrusted::new(report.path_from_top(file).as_str()).xml())?;
        for finding in findings {
            let at = source.position(finding.at.span.start);
            let message = report.say(finding, &finding.message);
            writeln!(
                out,
                r#"    <error line="{}" column="{}" severity="{}" message="{}" source="rubrica.{}"/>"#,
                at.line,
                at.column,
                finding.severity.as_str(),
                Untrusted::new(&message).xml(),
                Untrusted::new(&finding.rule).xml(),
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
