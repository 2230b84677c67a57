//! The command line: what can be typed.

use std::path::{Path, PathBuf};

use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use clap_complete::Shell;
use rubrica::{finding::Severity, report::Format};

/// The version, the commit it was built from where that is known, and what it was built for.
const LONG_VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION"), " (", env!("RUBRICA_COMMIT"), ", ", env!("RUBRICA_TARGET"), ")");

/// Finds where documents contradict themselves and each other, and repairs it
#[derive(Debug, Parser)]
#[command(name = "rubrica", version, long_version = LONG_VERSION, args_conflicts_with_subcommands = true, max_term_width = 100)]
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
    /// Move documents, images or folders, and rewrite every link to them and from them
    Mv(Move),
    /// Give a heading another text, and rewrite every link to it
    RenameHeading(RenameHeading),
    /// Print the page of a rule, or say what it sees in a file and why it reports it or does not
    Explain(Explain),
    /// List all rules
    Rules(Rules),
    /// Show the configuration that applies to a file, and where each value comes from
    Config(Config),
    /// Write a rubrica.yaml with what most documents keep already, and who does not
    Init(Init),
    /// Run the examples on rule pages
    Test(Test),
    /// Accept what is found now: later checks report only what is new
    Baseline(Baseline),
    /// Print the completions for a shell
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Write the manual pages
    Man {
        /// The folder they are put into
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) scope: Scope,
    #[command(flatten)]
    pub(crate) view: View,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Remove the entries of the baseline that no longer occur
    #[arg(long, conflicts_with_all = ["no_baseline", "since", "staged", "stdin"])]
    pub(crate) prune_baseline: bool,
}

/// Which state of the corpus is checked, and which findings of it are wanted.
#[derive(Debug, Args)]
pub(crate) struct View {
    /// Report what is new since the work parted from this revision
    #[arg(long, value_name = "REV", conflicts_with = "stdin")]
    pub(crate) since: Option<String>,
    /// Check what is staged for the next commit, and report what is new in it
    #[arg(long, conflicts_with_all = ["since", "stdin"])]
    pub(crate) staged: bool,
    #[command(flatten)]
    pub(crate) buffer: Buffer,
}

/// The text of an editor.
#[derive(Debug, Args)]
pub(crate) struct Buffer {
    /// Take a text from standard input in the place of a file
    #[arg(long, requires = "stdin_filename", conflicts_with = "paths")]
    pub(crate) stdin: bool,
    /// The file that the text from standard input stands for
    #[arg(long, value_name = "PATH", requires = "stdin")]
    pub(crate) stdin_filename: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Baseline {
    #[command(flatten)]
    pub(crate) place: Root,
    /// Write this file instead of the root's .rubrica-baseline.json
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub(crate) scope: Scope,
    #[command(flatten)]
    pub(crate) buffer: Buffer,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Print the changes and write nothing
    #[arg(long, conflicts_with_all = ["format", "files"])]
    pub(crate) diff: bool,
    /// Apply fixes that are only plausible, too
    #[arg(long = "unsafe")]
    pub(crate) allow_unsafe: bool,
    /// Make the numbers of a document, or of the sequence at a line, count on from their first one, whatever they are
    #[arg(long, value_name = "PATH[:LINE[:COLUMN]]", conflicts_with_all = ["paths", "only", "skip", "stdin"])]
    pub(crate) renumber: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Move {
    /// Files or folders of the corpus
    #[arg(required = true, value_name = "OLD")]
    pub(crate) old: Vec<PathBuf>,
    /// The new path, or a folder to move them into
    pub(crate) new: PathBuf,
    /// Print the changes and write nothing
    #[arg(long)]
    pub(crate) diff: bool,
    /// Say nothing of what was done or is left
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) place: Root,
}

#[derive(Debug, Args)]
#[command(override_usage = "rubrica rename-heading [OPTIONS] <FILE> <OLD> <NEW>
       rubrica rename-heading [OPTIONS] <FILE:LINE[:COLUMN]> <NEW>")]
pub(crate) struct RenameHeading {
    /// The document, or the place of the heading in it
    #[arg(value_name = "FILE[:LINE[:COLUMN]]")]
    pub(crate) file: String,
    /// The text of the heading, as it reads or as it is written, and its new text in Markdown; the new one alone where a
    /// line is given
    #[arg(value_name = "TEXT", required = true, num_args = 1..=2)]
    pub(crate) texts: Vec<String>,
    /// Print the changes and write nothing
    #[arg(long)]
    pub(crate) diff: bool,
    /// Say nothing of what was done or is left
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) place: Root,
}

/// What is looked at.
#[derive(Clone, Debug, Default, Args)]
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
    pub(crate) place: Root,
    /// Threads to use; as many as there are processors if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
}

/// Where the corpus is.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Root {
    /// The folder that holds the corpus [default: found from all paths that are named]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// Read this configuration instead of the root's rubrica.yaml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// How findings are shown.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// Format of the report [default: terminal; github under GitHub Actions, concise under GitLab CI]
    #[arg(long, value_parser = formats())]
    pub(crate) format: Option<Format>,
    /// Write a report to a file as well; may be given several times
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = format_file)]
    pub(crate) files: Vec<(Format, PathBuf)>,
    /// Leave out of the report what this baseline knows [default: .rubrica-baseline.json at the root, if there is one]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Report what a baseline knows, too
    #[arg(long, conflicts_with = "baseline")]
    pub(crate) no_baseline: bool,
    /// Least severity that fails the run
    #[arg(long, value_enum, default_value = "warning", value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,
    /// Language of messages [default: that of the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<Lang>,
    /// When to colour the report
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: clap::ColorChoice,
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
    pub(crate) place: Root,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) place: Root,
    /// Write nothing; report the documents that deviate
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten, next_help_heading = "Report of --check")]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Name of a rule
    pub(crate) rule: String,
    /// A document
    pub(crate) path: Option<PathBuf>,
    /// Language of what it says [default: that of the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<Lang>,
    #[command(flatten)]
    pub(crate) place: Root,
}

#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// Language of what they say [default: that of the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<Lang>,
    #[command(flatten)]
    pub(crate) place: Root,
}

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Rule pages, or folders of them [default: those that `rule_pages` names, else rules]
    pub(crate) pages: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) place: Root,
}

/// The formats by their names.
fn formats() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.iter().map(|(_, name, what)| PossibleValue::new(*name).help(*what));
    PossibleValuesParser::new(values).try_map(|name| Format::named(&name).ok_or("there is no such format"))
}

/// `FORMAT=FILE`.
fn format_file(text: &str) -> Result<(Format, PathBuf), String> {
    let (name, file) = text.split_once('=').ok_or("write it as FORMAT=FILE, as in sarif=rubrica.sarif")?;
    let names = || Format::ALL.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", ");
    let format = Format::named(name).ok_or_else(|| format!("there is no such format; there are {}", names()))?;
    match file {
        "" => Err("the file is missing".to_owned()),
        "-" => Err("standard output is what `--format` is for".to_owned()),
        file => Ok((format, file.into())),
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

/// A path, and a line behind a colon; a column behind that says no more. What exists as it stands is a path.
pub(crate) fn target(text: &str) -> (PathBuf, Option<u32>) {
    let split = |text: &'_ str| -> Option<(String, u32)> {
        let (path, number) = text.rsplit_once(':').filter(|_| !Path::new(text).exists())?;
        Some((path.to_owned(), number.parse().ok()?))
    };
    match split(text).map(|(path, line)| split(&path).unwrap_or((path, line))) {
        Some((path, line)) => (path.into(), Some(line)),
        None => (text.into(), None),
    }
}
