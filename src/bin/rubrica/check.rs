//! `rubrica check`.

use rubrica::engine;

use crate::{CLEAN, FAILED, FINDINGS, Failure, args::Check, setup};

pub(crate) fn run(args: &Check) -> Result<u8, Failure> {
    let run = setup::run(&args.scope)?;
    let outcome = engine::check(&run.job)?;
    setup::account(&run, &outcome, &args.output)?;
    let invalid = outcome.invalid_configuration;
    let fails = setup::report(&run, outcome, &args.output)?;
    Ok(if invalid {
        FAILED
    } else if fails {
        FINDINGS
    } else {
        CLEAN
    })
}
