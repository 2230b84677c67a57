//! Snippets for people, rendered by miette.

use std::{
    fmt,
    io::{self, Write},
};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::{
    Report, concise,
    snippet::{CONTEXT, Place, Snippet},
    words,
};
use crate::{
    finding::{Finding, Severity},
    parallel,
    source::{FileId, Untrusted},
};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = &report.outcome.findings;
    let (rendered, rest) = findings.split_at(findings.len().min(report.style.cap));
    let theme = if report.style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(report.style.width)
        .with_links(false)
        .with_wrap_lines(false)
        .with_context_lines(CONTEXT);
    let snippet = |finding| {
        let mut text = String::new();
        render(report, &handler, finding, &mut text).is_ok().then_some(text)
    };
    // All at once in memory, which the cap keeps small.
    let snippets: Vec<Option<String>> = parallel::map(rendered, snippet);
    for (finding, snippet) in rendered.iter().zip(snippets) {
        match snippet {
            Some(text) => writeln!(out, "{}", text.trim_matches('\n'))?,
            None => concise::write(report, [finding], |file| report.name(file), out)?,
        }
        writeln!(out)?;
    }
    if !rest.is_empty() {
        writeln!(out, "{}", words::more(rest.len(), report.style.language))?;
        concise::write(report, rest, |file| report.name(file), out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Shown {
    message: String,
    /// Its rule, and whether it is fixable.
    header: String,
    severity: Severity,
    help: Option<String>,
    snippet: Snippet,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.header))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Info => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.snippet.labels.iter().cloned()))
    }
}

fn render(report: &Report<'_>, handler: &GraphicalReportHandler, finding: &Finding, out: &mut String) -> fmt::Result {
    let harmless = |text: String| Untrusted::new(&text).line();
    let said = |message| harmless(report.say(finding, message));
    let own = finding.related.iter().filter(|related| related.at.file == finding.at.file);
    let mut places = vec![(finding.at.span, None)];
    places.extend(own.map(|related| (related.at.span, Some(said(&related.message)))));
    let help = report.help_with_url(finding).map(harmless);
    // What stands in other files follows as further snippets, with the help behind the last.
    let mut others: Vec<(FileId, Vec<Place>)> = Vec::new();
    for related in finding.related.iter().filter(|related| related.at.file != finding.at.file) {
        let place = (related.at.span, Some(said(&related.message)));
        match others.iter_mut().find(|(file, _)| *file == related.at.file) {
            Some((_, places)) => places.push(place),
            None => others.push((related.at.file, vec![place])),
        }
    }
    let fixable = finding.fix.as_ref().map_or("", |fix| words::fixable(fix.safety, report.style.language));
    let shown = |file: FileId, places: &[Place], help: Option<String>| {
        let source = report.source(file);
        // Line numbers and the frame take some columns.
        let width = report.style.width.saturating_sub(12).max(20);
        Shown {
            message: said(&finding.message),
            header: harmless(finding.rule.to_string()) + fixable,
            severity: finding.severity,
            help,
            snippet: Snippet::new(source, report.name(file), places, width),
        }
    };
    let last = others.len();
    handler.render_report(out, &shown(finding.at.file, &places, help.clone().filter(|_| last == 0)))?;
    for (index, (file, places)) in others.iter().enumerate() {
        let mut part = String::new();
        handler.render_report(&mut part, &shown(*file, places, help.clone().filter(|_| index + 1 == last)))?;
        let frame = part.find("╭─[").and_then(|at| part[..at].rfind('\n')).map_or(0, |at| at + 1);
        out.truncate(out.trim_end_matches('\n').len());
        out.push('\n');
        out.push_str(&part[frame..]);
    }
    Ok(())
}
