//! From an outcome to what is printed and written: the reports, the summary, the verdict.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
};

use rubrica::{
    engine::{BASELINE, Changes, Outcome},
    files::{repository_top, within},
    finding::Severity,
    report::{Format, Report, Style, summary_line},
    rule::Language,
    source::CorpusPath,
};

use crate::{
    Failure,
    args::{ColorChoice, FailOn, Lang, Output, OutputFormat},
    baseline,
    setup::{Run, shown},
};

/// Bytes a step summary of GitHub may have; one that has more is dropped whole.
const STEP_SUMMARY: u64 = 1 << 20;

/// Prints findings and the summary; returns whether the run fails by its threshold. With `changes`, only what they
/// caused counts.
pub(crate) fn report(
    run: &Run,
    mut outcome: Outcome,
    output: &Output,
    changes: Option<&Changes>,
) -> Result<bool, Failure> {
    if let Some(known) = baseline::read(run, output)? {
        let hidden = known.hide(&mut outcome, |rule| baseline::took_part(run, rule));
        // A comparison looks at some of the findings only, so it cannot tell what is gone.
        tell(hidden.known, if changes.is_none() { hidden.gone } else { 0 }, output);
    }
    outcome.narrow(&run.narrow);
    if let Some(changes) = changes {
        let corpus = &outcome.corpus;
        outcome.findings.retain(|finding| changes.caused(corpus, finding));
    }
    let fails = output.fail_on.threshold().is_some_and(|threshold| outcome.reaches(threshold));
    let infos = output.verbose || output.fail_on == FailOn::Info || !run.job.selection.only.is_empty();
    let summary = outcome.summary();
    if !infos {
        outcome.findings.retain(|finding| finding.severity > Severity::Info);
    }
    let language = language(output.lang);
    let style = Style {
        color: color(output.color),
        width: width(),
        language,
        root: seen_from_top(&run.root),
        ..Style::default()
    };
    let mut report = Report { outcome: &outcome, summary, catalogue: &run.job.catalogue, style };
    let mut out = BufWriter::new(io::stdout().lock());
    let written = report.write(format(output).into(), &mut out).and_then(|()| out.flush());
    // Whoever reads may have seen enough; the verdict stands.
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })?;
    drop(out);
    report.style.color = output.color == ColorChoice::Always;
    for (format, path) in &output.files {
        to_file(&report, (*format).into(), path)?;
    }
    step_summary(&mut report);
    if !output.quiet {
        let line = summary_line(&summary, infos, language);
        let plural = if summary.documents == 1 { "" } else { "s" };
        let all = format!("no findings in {} document{plural}", summary.documents);
        if let Some(line) = line.or_else(|| output.verbose.then_some(all)) {
            eprintln!("{line}");
        }
        if output.verbose && outcome.silenced > 0 {
            eprintln!("{} silenced by comments", outcome.silenced);
        }
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
        eprintln!("note: {known} known finding{} left out by `{name}`", if known == 1 { "" } else { "s" });
    }
    if gone > 0 {
        let (entries, occur) = if gone == 1 { ("entry", "occurs") } else { ("entries", "occur") };
        eprintln!(
            "note: {gone} {entries} of `{name}` no longer {occur}; `rubrica check --prune-baseline` removes them"
        );
    }
}

fn to_file(report: &Report<'_>, format: Format, path: &Path) -> Result<(), Failure> {
    let written = File::create(path).and_then(|file| {
        let mut out = BufWriter::new(file);
        report.write(format, &mut out)?;
        out.flush()
    });
    written.map_err(|error| Failure::new(format!("`{}`: {error}", shown(path))))
}

/// Adds what was found to the summary of the step, where GitHub Actions asks for one.
fn step_summary(report: &mut Report<'_>) {
    let Some(path) = set("GITHUB_STEP_SUMMARY").map(PathBuf::from) else { return };
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
        eprintln!("note: the step summary was not written: {error}");
    }
}

/// The root as seen from the top of its repository; itself where there is none.
fn seen_from_top(root: &Path) -> CorpusPath {
    repository_top(root).and_then(|top| within(top, root).ok()).unwrap_or_default()
}

/// The format of what goes to standard output. Where the place decides and nobody said it, it is said.
fn format(output: &Output) -> OutputFormat {
    if let Some(format) = output.format {
        return format;
    }
    let (service, format, name, hint) = if set("GITHUB_ACTIONS").is_some() {
        ("GitHub Actions", OutputFormat::Github, "github", "")
    } else if set("GITLAB_CI").is_some() {
        let hint = "; `--output gitlab=gl-code-quality-report.json` makes the report for merge requests";
        ("GitLab CI", OutputFormat::Concise, "concise", hint)
    } else {
        return OutputFormat::Terminal;
    };
    if !output.quiet {
        eprintln!("note: this is {service}, so the format is `{name}` (`--format` chooses another){hint}");
    }
    format
}

/// The given language, or that of the locale.
fn language(given: Option<Lang>) -> Language {
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    match given {
        Some(Lang::Zh) => Language::Chinese,
        None if locale().to_ascii_lowercase().starts_with("zh") => Language::Chinese,
        Some(Lang::En) | None => Language::English,
    }
}

/// The value of a variable, if it has one.
fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The flag counts more than `NO_COLOR`, that more than `CLICOLOR_FORCE`, and that more than the terminal.
fn color(choice: ColorChoice) -> bool {
    let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR").is_some() => false,
        ColorChoice::Auto if set("TERM").is_some_and(|term| term == "dumb") => forced,
        ColorChoice::Auto => forced || io::stdout().is_terminal(),
    }
}

fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let given = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    terminal.or(given).unwrap_or(100).clamp(40, 160)
}
