//! The command line: what can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use rubrica::{finding::Severity, report::Format};

/// Finds where documents contradict themselves and each other, and repairs it
#[derive(Debug, Parser)]
#[command(name = "rubrica", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) check: Check,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report what is wrong (the default)
    Check(Check),
    /// Repair what can be repaired without harm
    Fix(Fix),
    /// Print the page of a rule
    Explain {
        /// Name of a rule
        rule: String,
    },
    /// List all rules
    Rules,
    /// Show the configuration that applies to a file, and where each value comes from
    Config(Config),
    /// Write a rubrica.yaml with what most documents keep already, and who does not
    Init(Init),
    /// Run the examples on rule pages
    Test(Test),
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) scope: Scope,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub(crate) scope: Scope,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Print the changes and write nothing
    #[arg(long)]
    pub(crate) diff: bool,
    /// Apply fixes that are only plausible, too
    #[arg(long = "unsafe")]
    pub(crate) allow_unsafe: bool,
    /// Make the numbers of a document, or of the sequence at a line, count on from their first one, whatever they are
    #[arg(long, value_name = "PATH[:LINE]", conflicts_with_all = ["paths", "only", "skip"])]
    pub(crate) renumber: Option<String>,
}

/// What is looked at.
#[derive(Clone, Debug, Args)]
pub(crate) struct Scope {
    /// Files or folders to report on; the whole corpus is read all the same
    #[arg(value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,
    /// Run only these rules or groups
    #[arg(long, value_name = "RULE", num_args = 1.., value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Do not run these rules or groups
    #[arg(long, value_name = "RULE", num_args = 1.., value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
    #[command(flatten)]
    pub(crate) place: Place,
    /// Threads to use; as many as there are processors if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
}

/// Where the corpus is.
#[derive(Clone, Debug, Args)]
pub(crate) struct Place {
    /// The folder that holds the corpus [default: found from the first path]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// Read this configuration instead of the root's rubrica.yaml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// How findings are shown.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// Format of the report
    #[arg(long, value_enum, default_value = "terminal")]
    pub(crate) format: OutputFormat,
    /// Least severity that fails the run
    #[arg(long, value_enum, default_value = "warning", value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,
    /// Language of messages
    #[arg(long, value_enum, default_value = "en")]
    pub(crate) lang: Lang,
    /// When to colour the report
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: ColorChoice,
    /// Print findings only: no summary, no notes
    #[arg(long, short, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Show findings of severity info and what was done
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Config {
    /// Print the JSON Schema of rubrica.yaml, for editors, and nothing else
    #[arg(long, conflicts_with_all = ["path", "root", "config"])]
    pub(crate) schema: bool,
    /// A document
    pub(crate) path: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) place: Place,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Write nothing; report the documents that deviate
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Rule pages, or folders of them [default: rules]
    pub(crate) pages: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum OutputFormat {
    /// Snippets, for people
    Terminal,
    /// path:line:column: severity[rule] message
    Concise,
    /// One JSON object
    Json,
}

impl From<OutputFormat> for Format {
    fn from(format: OutputFormat) -> Self {
        match format {
            OutputFormat::Terminal => Self::Terminal,
            OutputFormat::Concise => Self::Concise,
            OutputFormat::Json => Self::Json,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The least severity that fails a run.
    pub(crate) fn threshold(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    En,
    Zh,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}
