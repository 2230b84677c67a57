//! `rubrica fix`.

use std::io::Write;

use rubrica::{
    corpus::Corpus,
    engine::{self, Fixed, Outcome},
    files::WriteError,
    finding::{Finding, Safety, Withheld},
    source::Place,
};

use crate::{
    CLEAN, FAILED, FINDINGS, Failure, account,
    args::{self, Fix, Scope},
    output, progress, renumber,
    setup::{self, Run},
    surroundings, view,
    words::{self, refusal, shown},
};

/// Characters of a text that may speak of a number.
const LONGEST: usize = 40;

pub(crate) fn run(args: &Fix) -> Result<u8, Failure> {
    if let Some(target) = &args.renumber {
        let (path, line) = args::target(target);
        let run = setup::run(&Scope { paths: vec![path], ..args.scope.clone() })?;
        if run.job.config.is_invalid() {
            return refuse(args, &run);
        }
        let fixed = renumber::run(&run, line, args)?;
        return finish(args, &run, fixed);
    }
    let scope = view::scope(&args.scope, &args.buffer);
    let run = setup::run_over(&scope, |root| view::with_buffer(root, &args.buffer))?;
    if run.job.config.is_invalid() {
        return refuse(args, &run);
    }
    let at_least = if args.allow_unsafe { Safety::Unsafe } else { Safety::Safe };
    let progress = progress::start(&args.output);
    // An editor takes back the text that it gave, and no other file.
    let is_possible = |corpus: &Corpus, finding: &Finding| {
        let is_own = |file| !args.buffer.stdin || run.narrow.contains(&corpus.source(file).path);
        finding.fix.iter().flat_map(rubrica::finding::Fix::edits).all(|edit| is_own(edit.at.file))
    };
    let fixed = engine::fix(&run.job, at_least, &|corpus, finding| {
        engine::is_about(corpus, finding, &run.narrow) && is_possible(corpus, finding)
    })?;
    drop(progress);
    if args.buffer.stdin && !args.diff { hand_back(args, &run, &fixed) } else { finish(args, &run, fixed) }
}

/// Reports everything and repairs nothing, where the configuration has mistakes: what was asked for is not known.
fn refuse(args: &Fix, run: &Run) -> Result<u8, Failure> {
    if args.buffer.stdin && !args.diff {
        setup::refuse_mistakes(&run.job, args.output.lang, "nothing was repaired")?;
    }
    let outcome = engine::check(&run.job)?;
    account::tell(run, &outcome, &args.output, false)?;
    output::finish(run, outcome, &args.output, None)?;
    say!("nothing was repaired: the configuration has mistakes");
    Ok(FAILED)
}

/// Prints the text that came from standard input as it is now, whether or not it was changed; what is wrong with it is for
/// `check` to say.
fn hand_back(args: &Fix, run: &Run, fixed: &Fixed) -> Result<u8, Failure> {
    let path = &run.narrow[0];
    let rewritten = fixed.units.iter().flat_map(|unit| &unit.files).find(|rewrite| rewrite.path == *path);
    let text = match rewritten {
        Some(rewrite) => rewrite.after.clone(),
        None => run.job.tree.read(path, u64::MAX).map_err(|error| Failure::new(shown(error.to_string())))?,
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush())?;
    if !args.output.quiet {
        name_left(&fixed.left);
    }
    Ok(CLEAN)
}

/// Writes what was repaired, or shows it, and reports what is left.
fn finish(args: &Fix, run: &Run, mut fixed: Fixed) -> Result<u8, Failure> {
    account::tell(run, &fixed.outcome, &args.output, false)?;
    if !args.output.quiet {
        name_left(&fixed.left);
    }
    if args.diff {
        output::diff(fixed.units.iter().flat_map(|unit| &unit.files))?;
        fixed.outcome.narrow(&run.narrow);
        let left = fixed.outcome.summary().unsafely_fixable;
        if left > 0 && !args.allow_unsafe && args.renumber.is_none() && !args.output.quiet {
            say!("{left} more with `--unsafe`");
        }
        if !args.output.quiet {
            name_undone(&fixed.outcome);
        }
        return Ok(if fixed.units.is_empty() { CLEAN } else { FINDINGS });
    }
    let (mut written, mut repaired, mut doubtful, mut refused) = (0, 0, 0, false);
    for unit in &fixed.units {
        match run.job.tree.write(&unit.files) {
            Ok(()) => {
                written += unit.files.len();
                repaired += unit.repaired;
                doubtful += unit.doubtful;
            }
            Err(error) => {
                refused = true;
                say!("error: {}", refusal(&error));
                if matches!(error, WriteError::Interrupted) {
                    break;
                }
            }
        }
    }
    if !args.output.quiet && repaired > 0 {
        let language = surroundings::language(args.output.lang);
        let said = match args.renumber {
            Some(_) => words::renumbered(written, language),
            None => words::repaired([repaired, doubtful, written], language),
        };
        say!("{said}");
    }
    if !args.output.quiet {
        name_undone(&fixed.outcome);
    }
    if !args.output.quiet && fixed.is_unfinished {
        let next = match repaired {
            0 => "repairs that would do harm stand in the way",
            _ => "`rubrica fix` goes on with it",
        };
        say!("note: there may be more to repair; {next}");
    }
    // What was not written is still wrong.
    let outcome = if refused { engine::check(&run.job)? } else { fixed.outcome };
    let code = output::finish(run, outcome, &args.output, None)?;
    Ok(if refused { FAILED } else { code })
}

/// Names repairs that were not made because they would do harm; of many, the first ones.
fn name_undone(outcome: &Outcome) {
    const MANY: usize = 5;
    let harmful = |finding: &&Finding| matches!(finding.withheld, Some(Withheld::WouldCause(_)));
    let undone = outcome.findings.iter().filter(harmful);
    for finding in undone.clone().take(MANY) {
        let place = shown(outcome.corpus.place(finding.at).to_string());
        say!("note: {place}: the repair of `{}` is not made, since it would do harm", shown(&*finding.rule));
    }
    let more = undone.count().saturating_sub(MANY);
    if more > 0 {
        say!("note: nor are {more} more");
    }
}

/// Names places that may speak of numbers that were changed.
fn name_left(left: &[Place]) {
    for place in left {
        let text: String = place.text.chars().take(LONGEST).collect();
        say!(
            "note: {} `{}` may speak of a number that changes, and stays as it is",
            shown(place.to_string()),
            shown(text.lines().next().unwrap_or_default())
        );
    }
}
