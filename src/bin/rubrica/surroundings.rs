//! Where the program runs: the current folder, the locale, the terminal, a service of continuous integration.

use std::{
    io::{self, IsTerminal},
    path::{Component, Path, PathBuf},
};

use clap::ColorChoice;
use rubrica::{
    files::{repository_top, within},
    report::{Format, Here},
    rule::Language,
    source::CorpusPath,
};

use crate::args::Lang;

/// The root as seen from the top of its repository; itself where there is none.
pub(crate) fn seen_from_top(root: &Path) -> CorpusPath {
    repository_top(root).and_then(|top| within(top, root).ok()).unwrap_or_default()
}

/// How the current folder lies to a root.
pub(crate) fn here(root: &Path) -> Here {
    let here = Path::new(".");
    match (within(root, here), within(here, root)) {
        (Ok(folder), _) => Here { folder, way: String::new() },
        (_, Ok(root)) => Here { folder: CorpusPath::default(), way: format!("{}/", root.as_str()) },
        _ => Here { folder: CorpusPath::default(), way: format!("{}/", way(root).display()) },
    }
}

/// The way from the current folder to a root that neither lies in nor holds it; the whole path where they share nothing.
pub(crate) fn way(root: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let shared = here.components().zip(root.components()).take_while(|(own, other)| own == other).count();
    let is_apart = root.components().take(shared).all(|part| !matches!(part, Component::Normal(_)));
    if is_apart {
        return root;
    }
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(root.components().skip(shared)).collect()
}

/// Whether somebody sees what is printed: a log of continuous integration acts on it as a terminal does, a file does not.
pub(crate) fn is_seen(stdout: &io::Stdout) -> bool {
    stdout.is_terminal() || (service().is_some() && !is_file(stdout))
}

/// Whether standard output goes to a file.
#[cfg(unix)]
fn is_file(stdout: &io::Stdout) -> bool {
    use std::os::fd::AsFd;
    let own = stdout.as_fd().try_clone_to_owned().map(std::fs::File::from);
    own.and_then(|file| file.metadata()).is_ok_and(|metadata| metadata.is_file())
}

#[cfg(not(unix))]
fn is_file(_: &io::Stdout) -> bool {
    false
}

/// A service whose log is not only read by people: its name, the format that suits it, and what else it takes.
pub(crate) fn service() -> Option<(&'static str, Format, &'static str)> {
    let hint = "; `--output gitlab=gl-code-quality-report.json` makes the report for merge requests";
    let known =
        [("GITHUB_ACTIONS", "GitHub Actions", Format::Github, ""), ("GITLAB_CI", "GitLab CI", Format::Concise, hint)];
    let (_, name, format, hint) =
        known.into_iter().find(|(variable, ..)| set(variable).is_some_and(|value| value == "true"))?;
    Some((name, format, hint))
}

/// The given language, or that of the locale.
pub(crate) fn language(given: Option<Lang>) -> Language {
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    match given {
        Some(Lang::Zh) => Language::Chinese,
        None if locale().to_ascii_lowercase().starts_with("zh") => Language::Chinese,
        Some(Lang::En) | None => Language::English,
    }
}

/// The value of a variable, if it has one.
pub(crate) fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The flag counts more than `NO_COLOR`, that more than `CLICOLOR_FORCE`, and that more than the terminal.
pub(crate) fn color(choice: ColorChoice) -> bool {
    let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR").is_some() => false,
        ColorChoice::Auto if set("TERM").is_some_and(|term| term == "dumb") => forced,
        ColorChoice::Auto => forced || io::stdout().is_terminal(),
    }
}

/// Columns of the terminal, or as many as are asked for.
pub(crate) fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let given = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    terminal.or(given).unwrap_or(100).clamp(40, 160)
}
