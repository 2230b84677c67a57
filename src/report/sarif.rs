//! SARIF 2.1.0, as code scanning takes it. Columns count characters; paths are relative to the repository's top.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde_json::{Value, json};

use super::{Report, array, words};
use crate::{
    engine::fingerprint,
    finding::{Finding, Fix, Severity},
    order,
    rule::{Language, Page},
    source::{FileId, Location, harmless_json, percent_encode_but},
};

/// Results of a run that GitHub keeps.
const MAX_RESULTS: usize = 5_000;

/// Related places of a result that GitHub shows.
const MAX_RELATED: usize = 100;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let all = &report.outcome.findings;
    // Chosen by severity, listed by place.
    let mut kept: Vec<usize> = (0..all.len()).collect();
    order::by_key(&mut kept, |&at| std::cmp::Reverse(all[at].severity));
    let cut = kept.len().saturating_sub(MAX_RESULTS);
    kept.truncate(MAX_RESULTS);
    kept.sort_unstable();
    let kept: Vec<&Finding> = kept.into_iter().map(|at| &all[at]).collect();
    let mut rules: BTreeMap<&str, usize> = order::map(kept.iter().map(|finding| (&*finding.rule, 0)));
    for (index, own) in rules.values_mut().enumerate() {
        *own = index;
    }
    let pages = rules.keys().filter_map(|name| report.catalogue.page(name));
    let driver = json!({
        "name": "rubrica",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": pages.map(|page| rule(page, report.style.language)).collect::<Vec<_>>(),
    });
    let mut invocation = json!({ "executionSuccessful": !report.outcome.invalid_configuration });
    if cut > 0 {
        let said = words::cut(cut, MAX_RESULTS, report.style.language);
        invocation["toolExecutionNotifications"] = json!([{ "level": "warning", "message": { "text": said } }]);
    }
    write!(out, r#"{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"tool":"#)?;
    write!(out, "{}", harmless_json(&json!({ "driver": driver }).to_string()))?;
    write!(out, r#","invocations":[{invocation}],"columnKind":"unicodeCodePoints","results":"#)?;
    array(kept.into_iter().map(|finding| result(report, finding, rules[&*finding.rule])), out)?;
    writeln!(out, "}}]}}")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn rule(page: &Page, language: Language) -> Value {
    let mut out = json!({
        "id": &*page.name,
        "shortDescription": { "text": page.summary(language) },
        "fullDescription": { "text": page.summary(language) },
        "help": { "text": page.body(), "markdown": page.body() },
        "defaultConfiguration": { "level": level(page.severity) },
        "properties": { "tags": [&*page.group] },
    });
    if let Some(url) = &page.url {
        out["helpUri"] = url.as_str().into();
    }
    out
}

fn result(report: &Report<'_>, finding: &Finding, rule: usize) -> Value {
    let mut message = report.say(finding, &finding.message);
    if let Some(help) = report.help(finding) {
        message = format!("{message}\n{help}");
    }
    let related = finding.related.iter().take(MAX_RELATED).enumerate().map(|(id, related)| {
        let mut place = location(report, related.at);
        place["id"] = id.into();
        place["message"] = text(&report.say(finding, &related.message));
        place
    });
    let mut out = json!({
        "ruleId": &*finding.rule,
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": text(&message),
        "locations": [location(report, finding.at)],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": { "rubrica/v1": fingerprint(finding) },
    });
    if let Some(fix) = &finding.fix {
        out["fixes"] = json!([self::fix(report, finding, fix)]);
    }
    out
}

/// A message. `[text](target)` in one is a link (3.11.6 of the standard), which nobody but us may make.
fn text(message: &str) -> Value {
    let mut out = String::with_capacity(message.len());
    let mut backslashes = 0;
    for (at, c) in message.char_indices() {
        // A bracket is escaped by an odd number of backslashes.
        if message[at..].starts_with("](") && backslashes % 2 == 0 {
            out.push('\\');
        }
        out.push(c);
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    json!({ "text": out })
}

fn fix(report: &Report<'_>, finding: &Finding, fix: &Fix) -> Value {
    let changes = fix.edits().chunk_by(|a, b| a.at.file == b.at.file).map(|edits| {
        let replacement = |edit: &crate::finding::Edit| {
            json!({ "deletedRegion": region(report, edit.at), "insertedContent": { "text": edit.text } })
        };
        json!({
            "artifactLocation": artifact(report, edits[0].at.file),
            "replacements": edits.iter().map(replacement).collect::<Vec<_>>(),
        })
    });
    json!({
        "description": text(&report.say(finding, &fix.title)),
        "artifactChanges": changes.collect::<Vec<_>>(),
    })
}

fn location(report: &Report<'_>, at: Location) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(report, at.file), "region": region(report, at) } })
}

fn artifact(report: &Report<'_>, file: FileId) -> Value {
    json!({ "uri": percent_encode_but(report.path_from_top(file).as_str(), b"/"), "uriBaseId": "%SRCROOT%" })
}

fn region(report: &Report<'_>, at: Location) -> Value {
    let [start, end] = report.ends(at);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}
