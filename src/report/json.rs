//! One JSON object. Lines and columns count from 1, columns in characters; `byte` is an offset into the file.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Report, array};
use crate::{
    finding::Finding,
    source::{Location, harmless_json},
};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, r#"{{"version":1,"findings":"#)?;
    array(report.outcome.findings.iter().map(|finding| entry(report, finding)), out)?;
    let summary = json!({
        "documents": report.summary.documents,
        "errors": report.summary.errors,
        "warnings": report.summary.warnings,
        "infos": report.summary.infos,
        "fixable": report.summary.fixable,
    });
    writeln!(out, r#","summary":{summary}}}"#)
}

/// The findings, one object per line, and nothing else.
pub(super) fn write_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.outcome.findings {
        writeln!(out, "{}", harmless_json(&entry(report, finding).to_string()))?;
    }
    Ok(())
}

fn entry(report: &Report<'_>, finding: &Finding) -> Value {
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| place(report, related.at, json!({ "message": report.say(finding, &related.message) })))
        .collect();
    let fix = finding.fix.as_ref().map(|fix| {
        let edits: Vec<Value> = fix
            .edits()
            .iter()
            .map(|edit| {
                json!({
                    "path": report.source(edit.at.file).path.as_str(),
                    "start_byte": edit.at.span.start,
                    "end_byte": edit.at.span.end,
                    "text": edit.text,
                })
            })
            .collect();
        json!({ "title": report.say(finding, &fix.title), "safety": fix.safety, "edits": edits })
    });
    let mut own = json!({
        "rule": &*finding.rule,
        "severity": finding.severity,
        "message": report.say(finding, &finding.message),
        "related": related,
        "help": report.help(finding),
        "fix": fix,
    });
    if let Some(url) = report.url(finding) {
        own["url"] = url.into();
    }
    place(report, finding.at, own)
}

/// Adds the path and the two ends of a place to an object.
fn place(report: &Report<'_>, at: Location, mut object: Value) -> Value {
    let source = report.source(at.file);
    let end = |byte: u32| {
        let position = source.position(byte);
        json!({ "line": position.line, "column": position.column, "byte": byte })
    };
    object["path"] = source.path.as_str().into();
    object["start"] = end(at.span.start);
    object["end"] = end(at.span.end);
    object
}
