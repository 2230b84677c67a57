//! The program: arguments, commands, exit codes. The only place that prints.

/// Says something on standard error, to whoever listens there: that nobody does stops no work that was begun.
macro_rules! say {
    ($($said:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut std::io::stderr().lock(), format_args!("{}\n", format_args!($($said)*)));
    }};
}

mod account;
mod args;
mod baseline;
mod bindings;
mod check;
mod destinations;
mod explain;
mod fix;
mod habits;
mod init;
mod labels;
mod output;
mod pages;
mod progress;
mod relocate;
mod renumber;
mod setup;
mod shell;
mod show;
mod surroundings;
mod view;
mod words;

use std::{io::Write, process::ExitCode};

use rubrica::{engine::guarded, files::RootError};

/// Documents are made of many small pieces, and two threads make them at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Everything is as it should be.
const CLEAN: u8 = 0;
/// There are findings at or above the threshold.
const FINDINGS: u8 = 1;
/// The tool could not do its work.
const FAILED: u8 = 2;

/// Why the tool could not do its work, and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
    /// Whoever read the output has gone, which is no failure: `rubrica | head`.
    is_broken_pipe: bool,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, is_broken_pipe: false }
    }

    /// Several at once, if there are any.
    pub(crate) fn of_all(failures: Vec<Self>) -> Option<Self> {
        let all: Vec<String> = failures.into_iter().map(|failure| failure.message).collect();
        (!all.is_empty()).then(|| Self::new(all.join("; ")))
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn with_help(self, help: impl Into<String>) -> Self {
        self.with_help_if(Some(help.into()))
    }

    /// With help where there is some.
    pub(crate) fn with_help_if(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }
}

impl From<RootError> for Failure {
    fn from(error: RootError) -> Self {
        Self::new(words::shown(error.to_string()))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self {
            is_broken_pipe: error.kind() == std::io::ErrorKind::BrokenPipe,
            ..Self::new(words::shown(error.to_string()))
        }
    }
}

fn main() -> ExitCode {
    let cli = habits::parse();
    // A panic is reported as a finding where it happened; what gets here is said below.
    std::panic::set_hook(Box::new(|_| {}));
    let result = guarded(|| match cli.command.unwrap_or(args::Command::Check(cli.check)) {
        args::Command::Check(args) => check::run(&args),
        args::Command::Fix(args) => fix::run(&args),
        args::Command::Mv(args) => relocate::mv(&args),
        args::Command::RenameHeading(args) => relocate::rename_heading(&args),
        args::Command::Explain(args) => explain::run(&args),
        args::Command::Rules(args) => pages::list(&args),
        args::Command::Config(args) => show::config(&args),
        args::Command::Init(args) => init::run(&args),
        args::Command::Test(args) => pages::test(&args),
        args::Command::Baseline(args) => baseline::write(&args),
        args::Command::Completions { shell } => shell::completions(shell),
        args::Command::Man { folder } => shell::man(&folder),
    });
    let failure = match result {
        Ok(Ok(code)) => return ExitCode::from(code),
        Ok(Err(failure)) if failure.is_broken_pipe => return ExitCode::from(CLEAN),
        Ok(Err(failure)) => failure,
        Err(why) => Failure::new(words::shown(why)).with_help("this is a defect of rubrica; please report it"),
    };
    // Nobody may be listening there.
    let _ = std::io::stdout().flush();
    say!("error: {}", failure.message);
    if let Some(help) = failure.help {
        say!("  help: {help}");
    }
    ExitCode::from(FAILED)
}
