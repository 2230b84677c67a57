//! A summary in Markdown: what a pull request or the page of a CI run shows. It never exceeds its limit, since a
//! service drops one that does, whole.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use super::{Report, clean_line, summary_line, words};
use crate::{
    finding::{Finding, Safety, Severity},
    order,
    source::Untrusted,
};

/// Rows of the table of documents.
const DOCUMENTS: usize = 100;
/// Findings shown with the lines they are about.
const FINDINGS: usize = 50;
/// Characters of a line that are shown.
const LINE: usize = 300;
/// Bytes kept for what ends the three parts, and says what they leave out.
const RESERVE: usize = 400;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { report, text: String::new() };
    page.write();
    out.write_all(page.text.as_bytes())
}

struct Page<'a> {
    report: &'a Report<'a>,
    text: String,
}

impl Page<'_> {
    fn write(&mut self) {
        let (summary, language) = (&self.report.summary, self.report.style.language);
        let line = summary_line(summary, true, language).unwrap_or_else(|| clean_line(summary, language));
        let head = format!("### rubrica: {}\n\n", Untrusted::new(&line).markdown());
        // Without room for the first line there is none for anything.
        if !self.push(&head) || self.report.outcome.findings.is_empty() {
            return;
        }
        self.rules();
        self.documents();
        self.findings();
    }

    /// Whether there is room for a part; it is added if so.
    fn push(&mut self, part: &str) -> bool {
        let fits = self.text.len() + part.len() + RESERVE <= self.report.style.limit;
        if fits {
            self.text.push_str(part);
        }
        fits
    }

    fn rules(&mut self) {
        let mut rules: BTreeMap<&str, Counts> = BTreeMap::new();
        for finding in &self.report.outcome.findings {
            rules.entry(&finding.rule).or_default().add(finding);
        }
        let [head, ..] = words::heads(self.report.style.language);
        self.table(head, rules.into_iter().map(|(rule, counts)| (rule.to_owned(), counts)).collect());
    }

    fn documents(&mut self) {
        let documents = self.report.by_file().map(|findings| {
            let mut counts = Counts::default();
            for finding in findings {
                counts.add(finding);
            }
            (self.report.path_from_top(findings[0].at.file).as_str().to_owned(), counts)
        });
        let documents = documents.collect();
        let [_, head, _] = words::heads(self.report.style.language);
        self.table(head, documents);
    }

    /// A table with a row for each name, those with the most findings first.
    fn table(&mut self, head: &str, mut rows: Vec<(String, Counts)>) {
        order::by(&mut rows, |a, b| b.1.all.cmp(&a.1.all).then_with(|| a.0.cmp(&b.0)));
        let [.., columns] = words::heads(self.report.style.language);
        let mut open = self.push(&format!("| {head} | {columns} |\n|---|--:|--:|--:|--:|\n"));
        let mut shown = 0;
        for (name, counts) in rows.iter().take(DOCUMENTS) {
            let Counts { all, errors, safe, unsafely } = counts;
            let name = Untrusted::new(name).markdown_code();
            open = open && self.push(&format!("| {name} | {all} | {errors} | {safe} | {unsafely} |\n"));
            if !open {
                break;
            }
            shown += 1;
        }
        self.text.push('\n');
        self.left_out(rows.len() - shown);
    }

    fn findings(&mut self) {
        let findings = self.report.by_severity();
        let mut shown = 0;
        for finding in findings.iter().take(FINDINGS) {
            let part = self.finding(finding);
            if !self.push(&part) {
                break;
            }
            shown += 1;
        }
        self.left_out(findings.len() - shown);
    }

    /// A finding with the line it is about.
    fn finding(&self, finding: &Finding) -> String {
        let source = self.report.source(finding.at.file);
        let at = source.position(finding.at.span.start);
        let place = format!("{}:{at}", self.report.path_from_top(finding.at.file).as_str());
        let message = self.report.say(finding, &finding.message);
        let mut out = format!(
            "- {} **{}** {}: {}\n",
            Untrusted::new(&place).markdown_code(),
            finding.severity.as_str(),
            Untrusted::new(&finding.rule).markdown_code(),
            Untrusted::new(&message).markdown(),
        );
        if let Some(help) = self.report.help_with_url(finding) {
            let _ = writeln!(out, "  {}", Untrusted::new(&help).markdown());
        }
        let text = source.slice(source.line(at.line as usize - 1));
        let text = clip(text, (at.column as usize).saturating_sub(1));
        if !text.trim().is_empty() {
            let text = Untrusted::new(&text).line();
            // A fence longer than any run of backticks in what it holds.
            let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(3.max(longest + 1));
            let _ = writeln!(out, "\n  {fence}text\n  {text}\n  {fence}");
        }
        out.push('\n');
        out
    }

    fn left_out(&mut self, count: usize) {
        if count > 0 {
            let _ = writeln!(self.text, "{}\n", words::left_out(count, self.report.style.language));
        }
    }
}

/// The part of a line around a column, from 0.
fn clip(line: &str, column: usize) -> String {
    let start = column.saturating_sub(LINE / 3);
    let mut characters = line.chars().skip(start);
    let body: String = characters.by_ref().take(LINE).collect();
    let (before, after) = (if start > 0 { "…" } else { "" }, if characters.next().is_some() { "…" } else { "" });
    format!("{before}{body}{after}")
}

/// How many findings of something.
#[derive(Clone, Copy, Default)]
struct Counts {
    all: usize,
    errors: usize,
    safe: usize,
    unsafely: usize,
}

impl Counts {
    fn add(&mut self, finding: &Finding) {
        let safety = finding.fix.as_ref().map(|fix| fix.safety);
        self.all += 1;
        self.errors += usize::from(finding.severity == Severity::Error);
        self.safe += usize::from(safety == Some(Safety::Safe));
        self.unsafely += usize::from(safety == Some(Safety::Unsafe));
    }
}
