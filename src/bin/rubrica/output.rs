//! From an outcome to what is printed and written: the reports, the summary, the verdict.

use std::{
    collections::HashSet,
    fs::OpenOptions,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use rubrica::{
    engine::{BASELINE, Changes, Outcome},
    files::{self, Rewrite},
    finding::Severity,
    report::{Format, Report, Style, clean_line, summary_line, write_diff},
};

use crate::{
    CLEAN, FAILED, FINDINGS, Failure,
    args::{FailOn, Output},
    baseline,
    setup::{self, Run},
    surroundings,
    words::{count, shown},
};

/// Bytes a step summary of GitHub may have; one that has more is dropped whole.
const STEP_SUMMARY: u64 = 1 << 20;

/// Reports an outcome, and returns the exit status that it deserves. With `changes`, only what they caused counts.
pub(crate) fn finish(run: &Run, outcome: Outcome, output: &Output, changes: Option<&Changes>) -> Result<u8, Failure> {
    let invalid = outcome.invalid_configuration;
    let fails = report(run, outcome, output, changes)?;
    Ok(match (invalid, fails) {
        (true, _) => FAILED,
        (false, true) => FINDINGS,
        (false, false) => CLEAN,
    })
}

/// Prints findings and the summary; returns whether the run fails by its threshold.
fn report(run: &Run, mut outcome: Outcome, output: &Output, changes: Option<&Changes>) -> Result<bool, Failure> {
    let mut named = HashSet::new();
    if let Some((_, twice)) = output.files.iter().find(|(_, path)| !named.insert(path)) {
        return Err(Failure::new(format!("`{}` is named twice, and holds one report", shown(twice))));
    }
    if let Some(known) = baseline::read(run, output)? {
        let hidden = known.hide(&mut outcome, |rule| baseline::took_part(run, rule));
        // A comparison looks at some of the findings only, and a buffer may be half written: neither tells what is gone.
        let is_whole = changes.is_none() && run.job.tree.is_stored();
        tell(hidden.known, if is_whole { hidden.gone } else { 0 }, output);
    }
    outcome.narrow(&run.narrow);
    if let Some(changes) = changes {
        let corpus = &outcome.corpus;
        outcome.findings.retain(|finding| changes.caused(corpus, finding));
    }
    let fails = output.fail_on.threshold().is_some_and(|threshold| outcome.reaches(threshold));
    let infos = output.verbose || output.fail_on == FailOn::Info || run.job.selection.only.is_some();
    let summary = outcome.summary();
    if !infos {
        outcome.findings.retain(|finding| finding.severity > Severity::Info);
    }
    let language = surroundings::language(output.lang);
    let style = Style {
        color: surroundings::color(output.color),
        width: surroundings::width(),
        language,
        root: surroundings::seen_from_top(&run.root),
        here: surroundings::here(&run.root),
        ..Style::default()
    };
    let mut report = Report { outcome: &outcome, summary, catalogue: &run.job.catalogue, style };
    let mut out = BufWriter::new(io::stdout().lock());
    let written = report.write(format(output), &mut out).and_then(|()| out.flush());
    // Whoever reads may have seen enough; the verdict stands.
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })?;
    drop(out);
    report.style.color = output.color == clap::ColorChoice::Always;
    // One that cannot be written is no reason to go without the others.
    let failures: Vec<Failure> =
        output.files.iter().filter_map(|(format, path)| to_file(&report, *format, path, run).err()).collect();
    step_summary(&mut report);
    if !output.quiet {
        let line = summary_line(&summary, infos, language);
        if let Some(line) = line.or_else(|| output.verbose.then(|| clean_line(&summary, language))) {
            say!("{line}");
        }
        // Among many findings nobody sees it.
        if let Some(first) = setup::mistakes(&run.job, output.lang).next() {
            say!("error: the configuration has mistakes: {first}");
        }
        if output.verbose && !outcome.silenced.is_empty() {
            say!("{} silenced by comments", outcome.silenced.len());
        }
    }
    if let Some(failure) = Failure::of_all(failures) {
        return Err(failure);
    }
    // The process ends; taking a large corpus apart first would only cost time.
    std::mem::forget(outcome);
    Ok(fails)
}

/// What a baseline did.
fn tell(known: usize, gone: usize, output: &Output) {
    if output.quiet {
        return;
    }
    let name = output.baseline.as_ref().map_or_else(|| BASELINE.to_owned(), shown);
    if known > 0 {
        say!("note: {} left out by `{name}`", count(known, "known finding"));
    }
    if gone > 0 {
        let (occur, them) = if gone == 1 { ("occurs", "it") } else { ("occur", "them") };
        let entries = count(gone, "entry");
        say!("note: {entries} of `{name}` no longer {occur}; `rubrica check --prune-baseline` removes {them}");
    }
}

/// Writes a report, but over no part of the corpus that is none itself.
fn to_file(report: &Report<'_>, format: Format, path: &Path, run: &Run) -> Result<(), Failure> {
    let is_report = || std::fs::read(path).is_ok_and(|text| text.starts_with(b"### rubrica"));
    if setup::is_part(run, &report.outcome.corpus, path) && !is_report() {
        return Err(Failure::new(format!("`{}` is part of the corpus, and no report takes its place", shown(path))));
    }
    let mut bytes = Vec::new();
    let written = report.write(format, &mut bytes).and_then(|()| files::replace(path, &bytes));
    written.map_err(|error| Failure::new(format!("`{}`: {error}", shown(path))))
}

/// Adds what was found to the summary of the step, where GitHub Actions asks for one.
fn step_summary(report: &mut Report<'_>) {
    let Some(path) = surroundings::set("GITHUB_STEP_SUMMARY").map(PathBuf::from) else { return };
    if report.outcome.findings.is_empty() {
        return;
    }
    // Another run in the same step may have written there.
    let written = path.metadata().map_or(0, |metadata| metadata.len());
    report.style.limit = usize::try_from(STEP_SUMMARY.saturating_sub(written + 1)).unwrap_or(0);
    let appended = OpenOptions::new().append(true).create(true).open(&path).and_then(|file| {
        let mut out = BufWriter::new(file);
        report.write(Format::Markdown, &mut out)?;
        out.flush()
    });
    if let Err(error) = appended {
        say!("note: the step summary was not written: {error}");
    }
}

/// Prints changes as a diff: raw where it is to be applied, harmless where it is only to be seen. Whoever reads may have
/// seen enough.
pub(crate) fn diff<'a>(rewrites: impl IntoIterator<Item = &'a Rewrite>) -> Result<(), Failure> {
    let stdout = io::stdout();
    let is_seen = surroundings::is_seen(&stdout);
    let mut out = BufWriter::new(stdout.lock());
    let written = rewrites.into_iter().try_for_each(|rewrite| write_diff(rewrite, is_seen, &mut out));
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The format of what goes to standard output. Where the place decides and nobody said it, it is said.
fn format(output: &Output) -> Format {
    if let Some(format) = output.format {
        return format;
    }
    let Some((service, format, hint)) = surroundings::service() else { return Format::Terminal };
    if !output.quiet {
        let name = format.name();
        say!("note: this is {service}, so the format is `{name}` (`--format` chooses another){hint}");
    }
    format
}
