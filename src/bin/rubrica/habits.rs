//! What other tools call otherwise, and what is typed in another order.

use std::path::Path;

use clap::{
    CommandFactory, Parser,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::args::Cli;

/// Words of other tools, and what does the same here.
const HABITS: [(&str, &str); 20] = [
    ("-", "`--stdin --stdin-filename FILE` reads a document from standard input"),
    ("--check", "`rubrica check` changes nothing, and `rubrica fix --diff` shows what would change"),
    ("--disable", "`--skip RULE` leaves rules out"),
    ("--dry-run", "`--diff` behind `fix`, `mv` or `rename-heading` shows what would change, and nothing is written"),
    ("--enable", "`--only RULE` runs some rules only"),
    ("--exclude", "`--skip RULE` leaves rules out, and `files: exclude` in `rubrica.yaml` leaves files out"),
    ("--fix", "`rubrica fix` repairs"),
    ("--ignore", "`--skip RULE` leaves rules out, and `files: exclude` in `rubrica.yaml` leaves files out"),
    ("--output-format", "`--format FORMAT` says how findings are shown"),
    ("--reporter", "`--format FORMAT` says how findings are shown"),
    ("--rule", "`--only RULE` runs some rules only"),
    ("--select", "`--only RULE` runs some rules only"),
    ("--severity", "`--fail-on SEVERITY` says what fails the run"),
    ("--write", "`rubrica fix` repairs"),
    ("lint", "`rubrica check` does it"),
    ("move", "`rubrica mv OLD NEW` moves documents, images and folders"),
    ("rename", "`rubrica rename-heading FILE OLD NEW` is for headings, `rubrica mv OLD NEW` for files"),
    ("renumber", "`rubrica fix --renumber FILE` does it"),
    ("revert", "git takes back what was written, `git restore FILE`; `rubrica mv NEW OLD` a move"),
    ("undo", "git takes back what was written, `git restore FILE`; `rubrica mv NEW OLD` a move"),
];

/// What does here what a word of another tool does there.
pub(crate) fn of(word: &str) -> Option<&'static str> {
    HABITS.iter().find(|(own, _)| *own == word).map(|(_, here)| *here)
}

/// The rule that does what one of markdownlint does, by its number or its name: the first one that our page on moving names
/// in its row.
pub(crate) fn rule(name: &str) -> Option<&'static str> {
    let rows = include_str!("../../../docs/migrate.md").lines().filter_map(|line| line.strip_prefix("| MD"));
    let cells = rows.filter_map(|row| Some((row.split_once(" |")?.0.split_once(' ')?, row.split('`').nth(1)?)));
    let is_own = |number: &str, own: &str| {
        let digits = name.get(2..).filter(|_| name.get(..2).is_some_and(|lead| lead.eq_ignore_ascii_case("MD")));
        digits == Some(number) || name.eq_ignore_ascii_case(own)
    };
    cells.into_iter().find(|((number, own), _)| is_own(number, own)).map(|(_, here)| here)
}

/// That a command was typed behind something else.
pub(crate) fn late(command: &str) -> String {
    format!("the command stands first, and its options behind it: `rubrica {command} …`")
}

/// Reads the arguments, or says what is wrong with them and ends.
pub(crate) fn parse() -> Cli {
    Cli::try_parse().unwrap_or_else(|error| with_tip(error).exit())
}

/// Where an option is not known, what was meant is told, and not what is spelled alike.
fn with_tip(mut error: clap::Error) -> clap::Error {
    let words: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let tip = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) if error.kind() == ErrorKind::UnknownArgument => tip(option, &words),
        _ => None,
    };
    if let Some(tip) = tip {
        error.remove(ContextKind::SuggestedArg);
        error.remove(ContextKind::Usage);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

fn tip(option: &str, words: &[String]) -> Option<String> {
    let program = Cli::command();
    let (first, rest) = words.split_first()?;
    let has = |command: &clap::Command, long| command.get_arguments().any(|own| own.get_long() == Some(long));
    let is_own = |command: &clap::Command| option.strip_prefix("--").is_some_and(|long| has(command, long));
    let behind = || rest.iter().find(|word| program.find_subcommand(word).is_some_and(is_own));
    if program.find_subcommand(first).is_none()
        && let Some(command) = behind()
    {
        return Some(late(command));
    }
    let command = || of(first).filter(|_| !Path::new(first).exists());
    let owners = || {
        let own = program.get_subcommands().filter(|command| is_own(command));
        let own: Vec<String> = own.map(|command| format!("`rubrica {} {option}`", command.get_name())).collect();
        (!own.is_empty()).then(|| format!("another command has it: {}", own.join(", ")))
    };
    elsewhere(first, option).or_else(|| of(option)).or_else(command).map(str::to_owned).or_else(owners)
}

/// What does here what an option of one command would do for another, or a path behind one that takes none.
fn elsewhere(command: &str, option: &str) -> Option<&'static str> {
    match (command, option) {
        ("fix", "--staged") => Some(
            "`rubrica check --staged` says what is new; `rubrica fix FILE …` repairs files as they lie there, and \
             `git add` takes that into the commit",
        ),
        ("fix", "--since") => Some("`rubrica check --since REF` says what is new; `rubrica fix FILE …` repairs files"),
        ("baseline", option) if matches!(option, "--only" | "--skip") || !option.starts_with('-') => Some(
            "a baseline knows what is found in all of the corpus; `rubrica check PATHS --only RULE` reports a part of \
             what is not in it",
        ),
        _ => None,
    }
}
