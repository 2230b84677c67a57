//! `rubrica fix`.

use rubrica::{
    corpus::Corpus,
    engine::{self, Fixed},
    finding::{Finding, Safety, Withheld},
    source::Location,
};

use crate::{
    CLEAN, FAILED, FINDINGS, Failure,
    args::{Fix, Scope},
    output, progress, renumber,
    setup::{self, Run, count},
};

/// Characters of a text that may speak of a number.
const LONGEST: usize = 40;

pub(crate) fn run(args: &Fix) -> Result<u8, Failure> {
    if let Some(target) = &args.renumber {
        let (path, line) = renumber::target(target);
        let run = setup::run(&Scope { paths: vec![path], ..args.scope.clone() })?;
        let fixed = renumber::run(&run, line, args.allow_unsafe, !args.output.quiet)?;
        return finish(args, &run, fixed);
    }
    let run = setup::run(&args.scope)?;
    let at_least = if args.allow_unsafe { Safety::Unsafe } else { Safety::Safe };
    let progress = progress::start(&args.output);
    let fixed = engine::fix(&run.job, at_least, &|corpus, finding| run.narrow.covers(corpus, finding))?;
    drop(progress);
    finish(args, &run, fixed)
}

/// Writes what was repaired, or shows it, and reports what is left.
fn finish(args: &Fix, run: &Run, fixed: Fixed) -> Result<u8, Failure> {
    setup::account(run, &fixed.outcome, &args.output, false)?;
    if fixed.outcome.invalid_configuration {
        // What was asked for is not known, so nothing is changed.
        let outcome = engine::check(&run.job)?;
        output::finish(run, outcome, &args.output, None)?;
        eprintln!("nothing was repaired: the configuration has mistakes");
        return Ok(FAILED);
    }
    if !args.output.quiet {
        name_left(&fixed.outcome.corpus, &fixed.left);
    }
    if args.diff {
        output::diff(fixed.units.iter().flat_map(|unit| &unit.files))?;
        let left = fixed.outcome.summary().unsafely_fixable;
        if left > 0 && !args.allow_unsafe && args.renumber.is_none() && !args.output.quiet {
            eprintln!("{left} more with `--unsafe`");
        }
        return Ok(if fixed.units.is_empty() { CLEAN } else { FINDINGS });
    }
    let (mut written, mut repaired, mut refused) = (0, 0, false);
    for unit in &fixed.units {
        match run.job.tree.write(&unit.files) {
            Ok(()) => {
                written += unit.files.len();
                repaired += unit.repaired;
            }
            Err(error) => {
                refused = true;
                eprintln!("error: `{}` {}", setup::shown(error.path().as_str()), setup::shown(error.to_string()));
            }
        }
    }
    if !args.output.quiet && repaired > 0 {
        let what = match args.renumber {
            Some(_) => "renumbered".to_owned(),
            None => format!("repaired {} in", count(repaired, "finding")),
        };
        eprintln!("{what} {}", count(written, "file"));
    }
    let harmful = |finding: &&Finding| matches!(finding.withheld, Some(Withheld::WouldCause(_)));
    let undone = fixed.outcome.findings.iter().filter(harmful).count();
    if !args.output.quiet && undone > 0 {
        eprintln!("note: {} not made, since it would do harm: what is reported says which", count(undone, "repair"));
    }
    // What was not written is still wrong.
    let outcome = if refused { engine::check(&run.job)? } else { fixed.outcome };
    let code = output::finish(run, outcome, &args.output, None)?;
    Ok(if refused { FAILED } else { code })
}

/// Names places that may speak of numbers that were changed.
fn name_left(corpus: &Corpus, left: &[Location]) {
    for &Location { file, span } in left {
        let source = corpus.source(file);
        let at = source.position(span.start);
        let text: String = source.slice(span).chars().take(LONGEST).collect();
        eprintln!(
            "note: {}:{}:{} `{}` may speak of a number that changes, and stays as it is",
            setup::shown(source.path.as_str()),
            at.line,
            at.column,
            setup::shown(text.lines().next().unwrap_or_default())
        );
    }
}
