//! Workflow commands of GitHub Actions. A step shows ten annotations of each kind and drops the rest without a word, so
//! the most severe come first, and those beyond are counted and listed in the log.

use std::io::{self, Write};

use super::{Report, concise, words};
use crate::{
    finding::{Finding, Severity},
    source::{Untrusted, floor},
};

/// Annotations of one kind that a step shows.
const SHOWN: usize = 10;

/// Bytes of a message that the runner surely keeps.
const MESSAGE: usize = 4_000;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = Vec::new();
    for group in report.by_severity().chunk_by(|a, b| a.severity == b.severity) {
        // The notice that there are more is an annotation of the last kind itself.
        let has_notice = group[0].severity == Severity::Info && (!rest.is_empty() || group.len() > SHOWN);
        let (shown, left) = group.split_at(group.len().min(SHOWN - usize::from(has_notice)));
        for finding in shown {
            command(report, finding, out)?;
        }
        rest.extend_from_slice(left);
    }
    if rest.is_empty() {
        return Ok(());
    }
    let count = rest.len();
    let said = words::in_log(count, report.style.language);
    writeln!(out, "::notice title=rubrica::{}", Untrusted::new(&said).workflow_value())?;
    writeln!(out, "::group::rubrica ({count})")?;
    concise::write(report, rest, |file| Untrusted::new(report.path_from_top(file).as_str()).line(), out)?;
    writeln!(out, "::endgroup::")
}

fn command(report: &Report<'_>, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let [start, end] = report.ends(finding.at);
    let path = report.path_from_top(finding.at.file);
    write!(
        out,
        "::{kind} file={},line={},endLine={}",
        Untrusted::new(path.as_str()).workflow_property(),
        start.line,
        end.line
    )?;
    // Columns of two lines would be shown as those of the first.
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column)?;
    }
    let mut parts = vec![report.say(finding, &finding.message)];
    for related in &finding.related {
        let [at, _] = report.ends(related.at);
        let path = report.path_from_top(related.at.file);
        parts.push(format!("{}:{}: {}", path.as_str(), at.line, report.say(finding, &related.message)));
    }
    parts.extend(report.help_with_url(finding));
    let mut message = String::new();
    for part in parts {
        let part = Untrusted::new(&part).workflow_value();
        if !message.is_empty() {
            message.push_str("%0A");
        }
        let room = MESSAGE.saturating_sub(message.len());
        if part.len() > room {
            let part = &part[..floor(&part, room)];
            // A `%` begins an escape of three characters, which is kept whole or not at all.
            let whole = part.rfind('%').filter(|at| part.len() - at < 3).unwrap_or(part.len());
            message.extend([&part[..whole], "…"]);
            break;
        }
        message.push_str(&part);
    }
    writeln!(out, ",title={}::{message}", Untrusted::new(&finding.rule).workflow_property())
}
