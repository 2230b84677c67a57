//! `rubrica completions` and `rubrica man`.

use std::path::Path;

use clap::{CommandFactory, builder::PossibleValuesParser};
use clap_complete::Shell;

use crate::{CLEAN, Failure, args::Cli, setup, words::shown};

pub(crate) fn completions(shell: Shell) -> Result<u8, Failure> {
    // Through a buffer, because the generator takes a closed pipe for a defect.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut with_rules(Cli::command()), "rubrica", &mut text);
    std::io::Write::write_all(&mut std::io::stdout().lock(), &text)?;
    Ok(CLEAN)
}

/// The command line as completions know it: with the names of the rules, which an argument does not ask for, since there
/// may be rules of one's own.
fn with_rules(command: clap::Command) -> clap::Command {
    let names: Vec<&'static str> = setup::catalogue().pages().map(|page| &*page.name).collect();
    let is_rule = |arg: &clap::Arg| matches!(arg.get_id().as_str(), "rule" | "only" | "skip");
    let named = |arg: clap::Arg| {
        if is_rule(&arg) { arg.value_parser(PossibleValuesParser::new(names.clone())) } else { arg }
    };
    command.mut_args(&named).mut_subcommands(|own| own.mut_args(&named))
}

/// A page for the program and one for each command.
pub(crate) fn man(folder: &Path) -> Result<u8, Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("`{}`: {error}", shown(folder)));
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(Cli::command(), folder).map_err(failed)?;
    Ok(CLEAN)
}
