//! What the tests share.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use proptest::test_runner::Config;
use rubrica::{
    engine::{Fixed, Job, Outcome, check, fix},
    files::Tree,
    finding::Safety,
    rule::{Catalogue, Language},
    rules::NATIVE,
    source::CorpusPath,
};
use tempfile::TempDir;

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of real documents; `None`, said aloud, where it is absent.
pub(crate) fn corpora() -> Option<PathBuf> {
    let folder =
        std::env::var_os("RUBRICA_CORPORA").map_or_else(|| repository().join("../shared/corpora"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no corpora at {} (set RUBRICA_CORPORA)", folder.display());
    None
}

pub(crate) fn catalogue() -> Arc<Catalogue> {
    static KNOWN: OnceLock<Arc<Catalogue>> = OnceLock::new();
    KNOWN.get_or_init(|| Arc::new(Catalogue::new(NATIVE))).clone()
}

/// A job over some tree with its own configuration and all rules.
pub(crate) fn job(tree: Tree) -> Job {
    Job::new(tree, None, &catalogue()).expect("readable configuration")
}

/// A job over files in memory.
pub(crate) fn memory<P: AsRef<str>, T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, T)>) -> Job {
    let files = files.into_iter().map(|(path, text)| (CorpusPath::new(path.as_ref()).expect("a path"), text));
    job(Tree::in_memory(files))
}

/// `path:line:column rule message` of each finding.
pub(crate) fn lines(job: &Job, outcome: &Outcome) -> Vec<String> {
    let line = |finding: &rubrica::finding::Finding| {
        let source = outcome.corpus.source(finding.at.file);
        let at = source.position(finding.at.span.start);
        let message = job.catalogue.say(&finding.rule, &finding.message, Language::English);
        format!("{}:{at} {} {message}", source.path.as_str(), finding.rule)
    };
    outcome.findings.iter().map(line).collect()
}

/// The findings over files in memory.
pub(crate) fn findings<P: AsRef<str>, T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, T)>) -> Vec<String> {
    let job = memory(files);
    let outcome = check(&job).expect("a root");
    lines(&job, &outcome)
}

/// A job with all that can be repaired at a level of safety.
pub(crate) fn repaired(job: &Job, at_least: Safety) -> Fixed {
    fix(job, at_least, &|_, _| true).expect("a root")
}

/// What is done in a time far above what any of it should take, and far below a hang; tests are built without full
/// optimisation.
pub(crate) fn in_time<T>(what: &str, run: impl FnOnce() -> T) -> T {
    in_seconds(10, what, run)
}

/// The same for what takes longer.
pub(crate) fn in_seconds<T>(limit: u64, what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = run();
    assert!(start.elapsed() < Duration::from_secs(limit), "{what} took {:?}", start.elapsed());
    out
}

/// How many cases of a law are tried: as many as `RUBRICA_CASES` says.
pub(crate) fn cases(default: u32) -> Config {
    let cases = std::env::var("RUBRICA_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// A text of JSON, read.
pub(crate) fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A folder with some files, deleted at the end.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// git in a folder, without the settings of whoever runs the tests.
pub(crate) fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "a").env(format!("GIT_{role}_EMAIL"), "a@example.com");
    }
    command
}

/// Variables of the surroundings that the program heeds.
pub(crate) const HEEDED: [&str; 9] = [
    "NO_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI", "LC_ALL", "LC_MESSAGES",
    "LANG", "GIT_INDEX_FILE",
];

/// The program, to be run in a folder and away from the surroundings.
pub(crate) fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rubrica"));
    command.args(args).current_dir(folder).env("COLUMNS", "100");
    for name in HEEDED {
        command.env_remove(name);
    }
    command
}

/// Runs the program in a folder.
pub(crate) fn rubrica(folder: &Path, args: &[&str]) -> Output {
    program(folder, args).output().expect("the program starts")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Writes a file below a folder, and the folders on the way to it.
pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// What a file below a folder holds.
pub(crate) fn bytes(folder: &Path, path: &str) -> Vec<u8> {
    std::fs::read(folder.join(path)).expect("a file")
}

/// Copies a folder, files made writable.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in from.read_dir().expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::write(&target, std::fs::read(entry.path()).expect("a file")).expect("a file");
        }
    }
}
