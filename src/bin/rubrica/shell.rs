//! `rubrica completions` and `rubrica man`.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::{CLEAN, Failure, args::Cli, setup::shown};

pub(crate) fn completions(shell: Shell) -> Result<u8, Failure> {
    // Through a buffer, because the generator takes a closed pipe for a defect.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "rubrica", &mut text);
    std::io::Write::write_all(&mut std::io::stdout().lock(), &text)?;
    Ok(CLEAN)
}

/// A page for the program and one for each command.
pub(crate) fn man(folder: &Path) -> Result<u8, Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("`{}`: {error}", shown(folder)));
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(Cli::command(), folder).map_err(failed)?;
    Ok(CLEAN)
}
