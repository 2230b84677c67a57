//! reviewdog's Diagnostic Format. Columns count bytes of UTF-8 from 1, and the end is behind the last.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Report, array};
use crate::{
    finding::{Finding, Severity, applied},
    source::{Location, Source, Span},
};

/// A suggestion over more lines than this is no longer read.
const MAX_LINES: u32 = 20;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, r#"{{"source":{{"name":"rubrica"}},"diagnostics":"#)?;
    array(report.outcome.findings.iter().map(|finding| diagnostic(report, finding)), out)?;
    writeln!(out, "}}")
}

fn diagnostic(report: &Report<'_>, finding: &Finding) -> Value {
    let related = finding.related.iter().map(
        |related| json!({ "message": report.say(finding, &related.message), "location": location(report, related.at) }),
    );
    let mut message = report.say(finding, &finding.message);
    if let Some(help) = report.help(finding) {
        message = format!("{message}\n{help}");
    }
    let mut out = json!({
        "message": message,
        "location": location(report, finding.at),
        "severity": match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        "code": { "value": &*finding.rule },
        "relatedLocations": related.collect::<Vec<_>>(),
    });
    if let Some(url) = report.url(finding) {
        out["code"]["url"] = url.into();
    }
    if let Some(suggestion) = suggestion(report, finding) {
        out["suggestions"] = json!([suggestion]);
    }
    out
}

/// The fix as one replacement. A fix is applied whole or not at all, and a suggestion changes one place of one file.
fn suggestion(report: &Report<'_>, finding: &Finding) -> Option<Value> {
    let edits = finding.fix.as_ref()?.edits();
    if edits.iter().any(|edit| edit.at.file != finding.at.file) {
        return None;
    }
    let source = report.source(finding.at.file);
    let whole = edits.first()?.at.span.to(edits.last()?.at.span);
    let (start, end) = (source.position(whole.start), source.position(whole.end));
    if end.line - start.line >= MAX_LINES {
        return None;
    }
    Some(json!({ "range": range(source, whole), "text": applied(&source.text, whole, edits) }))
}

fn location(report: &Report<'_>, at: Location) -> Value {
    let source = report.source(at.file);
    json!({ "path": report.path_from_top(at.file).as_str(), "range": range(source, at.span) })
}

fn range(source: &Source, span: Span) -> Value {
    let position = |at: u32| {
        let line = source.lines().line_of(at);
        json!({ "line": line + 1, "column": at - source.lines().start_of(line) + 1 })
    };
    json!({ "start": position(span.start), "end": position(span.end) })
}
