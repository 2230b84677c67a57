//! Only what is new: baselines, revisions, the index, an unsaved buffer.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
};

use crate::support::{folder, git, program, rubrica, stderr, stdout, write};

/// A repository, deleted at the end.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new(files: &[(&str, &str)]) -> Self {
        let repository = Self { folder: tempfile::tempdir().expect("a folder") };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit(files);
        repository
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, args: &[&str]) {
        let output = git(self.path()).args(args).output().expect("git");
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&self, files: &[(&str, &str)]) {
        for (path, text) in files {
            write(self.path(), path, text);
        }
    }

    fn commit(&self, files: &[(&str, &str)]) {
        self.write(files);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "work"]);
    }

    /// The lines of a report, and the exit status.
    fn check(&self, args: &[&str]) -> (Vec<String>, Option<i32>) {
        let all: Vec<&str> = ["check", "--format", "concise"].iter().chain(args).copied().collect();
        let output = rubrica(self.path(), &all);
        assert!(!stderr(&output).starts_with("error"), "{}", stderr(&output));
        (stdout(&output).lines().map(str::to_owned).collect(), output.status.code())
    }
}

/// A link that leads nowhere, a number that repeats, and a page that others link to.
const OLD: &[(&str, &str)] = &[
    ("old.md", "[x](none.md)\n\n# 1. a\n\n# 2. b\n\n# 2. c\n"),
    ("guide.md", "# Guide\n\n## Set up\n"),
    ("index.md", "# Index\n\n[guide](guide.md#set-up)\n"),
];

#[test]
fn a_configuration_that_changed_is_told() {
    let repository = Repository::new(&[("a.md", "# 甲\n")]);
    let notes = |args: &[&str]| stderr(&rubrica(repository.path(), &[&["check"], args].concat()));
    assert_eq!(notes(&["--since", "main"]), "");
    let config = "rule_pages: [rules]\ncontracts: [{name: n, files: '*.md', schema: s.json}]\n";
    let page = "---\nmatch: {find: 甲}\n---\n\n# own\n";
    let files = [("rubrica.yaml", config), ("rules/own.md", page), ("s.json", "{\"minProperties\": 0}")];
    repository.write(&files);
    let note = "note: `rubrica.yaml` and 2 more files have changed since `main`: \
                what they find in documents as they were is not new\n";
    assert_eq!(notes(&["--since", "main"]), note);
    assert_eq!(notes(&["--since", "main", "-q"]), "");
    assert_eq!(notes(&["--staged"]), "", "what is not staged does not count");
    repository.commit(&files);
    repository.write(&[("rules/own.md", &page.replace('甲', "乙"))]);
    repository.git(&["add", "--all"]);
    let note = "note: `rules/own.md` has changed since `HEAD`: what it finds in documents as they were is not new\n";
    assert_eq!(notes(&["--staged"]), note);
}

#[test]
fn since_reports_what_a_branch_did() {
    let repository = Repository::new(OLD);
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    assert_eq!(repository.check(&["--since", "main"]), (vec![], Some(0)));
    // What was wrong before stays known, wherever it moves to.
    repository.commit(&[("old.md", "# Old\n\nText.\n\n[x](none.md)\n\n# 1. a\n\n# 2. b\n\n# 2. c\n")]);
    assert_eq!(repository.check(&["--since", "main"]), (vec![], Some(0)));
    // A changed line, in the working copy or not yet known to git.
    repository.write(&[("new.md", "[y](gone.md)\n"), ("index.md", "# Index\n\n[guide](guid.md#set-up)\n")]);
    let (found, status) = repository.check(&["--since", "main"]);
    assert_eq!((found.len(), status), (2, Some(1)), "{found:?}");
    assert!(found[0].starts_with("index.md:3:9") && found[1].starts_with("new.md:1:5"), "{found:?}");
    assert_eq!(repository.check(&["--since", "main", "new.md"]).0.len(), 1);
}

#[test]
fn since_reports_what_a_change_caused_elsewhere() {
    let repository = Repository::new(OLD);
    // main goes on; what it does is not the branch's doing.
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.commit(&[("guide.md", "# Guide\n\n## Installation\n")]);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.commit(&[("other.md", "[z](nowhere.md)\n")]);
    repository.git(&["checkout", "--quiet", "work"]);
    let (found, _) = repository.check(&["--since", "main"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("index.md:3:9: error[broken-anchor]"), "{found:?}");
    fs::remove_file(repository.path().join("guide.md")).expect("a file");
    let (found, _) = repository.check(&["--since", "main"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("index.md:3:9: error[broken-link]"), "{found:?}");
}

#[test]
fn a_moved_file_brings_nothing_new() {
    let repository = Repository::new(OLD);
    repository.git(&["mv", "old.md", "moved.md"]);
    assert_eq!(repository.check(&["--since", "HEAD"]), (vec![], Some(0)));
    assert_eq!(repository.check(&["--staged"]), (vec![], Some(0)));
    repository.git(&["mv", "guide.md", "manual.md"]);
    assert_eq!(repository.check(&["--staged"]).0.len(), 1);
}

#[test]
fn one_more_of_what_was_there_is_the_only_one_reported() {
    let repository = Repository::new(&[("a.md", "[x](none.md)\n\n[x](none.md)\n\n## a\n\n## b\n")]);
    repository.write(&[("a.md", "[x](none.md)\n\n[y](none.md)\n\n[x](none.md)\n\n## a\n\n## a\n\n## b\n")]);
    let (found, _) = repository.check(&["--since", "HEAD"]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("a.md:3:5") && found[1].contains("duplicate-heading"), "{found:?}");
}

#[test]
fn staged_reads_the_index_and_not_the_working_copy() {
    let repository = Repository::new(OLD);
    repository.write(&[("index.md", "# Index\n\n[guide](guide.md#nothing)\n")]);
    assert_eq!(repository.check(&["--staged"]), (vec![], Some(0)), "what is not staged does not count");
    repository.git(&["add", "index.md"]);
    repository.write(&[("index.md", "# Index\n")]);
    let (found, status) = repository.check(&["--staged"]);
    assert_eq!((found.len(), status), (1, Some(1)), "{found:?}");
    assert!(found[0].starts_with("index.md:3:9: error[broken-anchor]"), "{found:?}");
    // A file that exists but is not part of the commit.
    repository.write(&[("index.md", "# Index\n\n[p](picture.md)\n"), ("picture.md", "# p\n")]);
    repository.git(&["add", "index.md"]);
    let (found, _) = repository.check(&["--staged"]);
    assert!(found[0].contains("`picture.md` does not exist"), "{found:?}");
}

#[test]
fn staged_deletions_count() {
    let repository = Repository::new(OLD);
    repository.git(&["rm", "--quiet", "guide.md"]);
    let (found, _) = repository.check(&["--staged"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("index.md:3:9: error[broken-link]"), "{found:?}");
}

#[test]
fn a_note_that_is_removed_was_written() {
    let vault =
        [(".obsidian/app.json", "{}"), ("a.md", "[[概念]] [[notes/概念#x|y]] [[新]]\n"), ("notes/概念.md", "x\n")];
    let repository = Repository::new(&vault);
    repository.git(&["rm", "-q", "notes/概念.md"]);
    let (found, status) = repository.check(&["--staged"]);
    let gone =
        |column| format!("a.md:1:{column}: error[broken-link] `notes/概念.md` was removed, and this leads to it");
    assert_eq!((found, status), (vec![gone(3), gone(10)], Some(1)));
}

#[test]
fn a_note_that_is_removed_is_not_its_namesake() {
    let vault = [(".obsidian/app.json", "{}"), ("a.md", "[[N/Plan]]\n"), ("N/Plan.md", "x\n"), ("M/Plan.md", "x\n")];
    let repository = Repository::new(&vault);
    repository.git(&["rm", "-q", "N/Plan.md"]);
    let gone = "a.md:1:3: error[broken-link] `N/Plan.md` was removed, and this leads to it".to_owned();
    assert_eq!(repository.check(&["--staged"]), (vec![gone], Some(1)));
}

#[test]
fn what_stood_beside_a_file_in_the_last_commit_has_not_moved() {
    let files = [
        ("a.md", "[[N/Plan]] [p](N/Plan.md) [s](guide/setting-up.md) [r](N/Road.md)\n"),
        ("pkg/a.md", "![f](img/flow.png)\n"),
        ("N/Plan.md", "x\n"),
        ("N/x/Plan.md", "y\n"),
        ("guide/setting-up.md", "s\n"),
        ("guide/linux/setting-up.md", "t\n"),
        ("img/flow.png", "a"),
        ("pkg/img/flow.png", "b"),
        ("N/Road.md", "z\n"),
    ];
    let repository = Repository::new(&files);
    let diff = |args: &[&str]| added(repository.path(), args);
    repository.git(&["rm", "-q", "N/Plan.md", "pkg/img/flow.png"]);
    repository.git(&["mv", "guide/setting-up.md", "guide/installation.md"]);
    repository.write(&[("N/y/Road.md", "z\n")]);
    fs::remove_file(repository.path().join("N/Road.md")).expect("a file");
    let right = "+[[N/Plan]] [p](N/Plan.md) [s](guide/installation.md) [r](N/y/Road.md)";
    assert_eq!(diff(&[]), [right]);
    let possible = "+[[N/Plan]] [p](N/x/Plan.md) [s](guide/installation.md) [r](N/y/Road.md)";
    assert_eq!(diff(&["--unsafe"]), [possible, "+![f](../img/flow.png)"]);
    let found = repository.check(&[]).0;
    assert_eq!(found[0], "a.md:1:3: error[broken-link] `N/Plan.md` was removed, and this leads to it");
}

#[test]
fn the_links_of_a_document_that_moved_are_read_from_where_it_stood() {
    let files = [
        ("README.md", "# Main\n"),
        ("lib/README.md", "# Library\n"),
        ("lib/x/README.md", "# X\n\n[b](../README.md)\n"),
        ("pkg/README.md", "# Package\n\nIt holds much.\n"),
        ("pkg/x.md", "# Other\n\n[a](../README.md) [b](README.md) [c](gone.md)\n"),
        ("pkg/gone.md", "# Gone\n"),
        ("old/gone.md", "# Another\n"),
    ];
    let repository = Repository::new(&files);
    for folder in ["lib/x/docs", "pkg/docs", "lib/pkg"] {
        fs::create_dir_all(repository.path().join(folder)).expect("a folder");
    }
    repository.git(&["mv", "lib/x/README.md", "lib/x/docs/README.md"]);
    repository.git(&["mv", "pkg/README.md", "lib/pkg/README.md"]);
    repository.git(&["mv", "pkg/x.md", "pkg/docs/x.md"]);
    repository.git(&["rm", "-q", "pkg/gone.md"]);
    let diff = |args: &[&str]| added(repository.path(), args);
    // Neither was the first one the document itself, nor `[a]` the `README.md` that moved.
    let right = "+[b](../../README.md)";
    let other = "+[a](../../README.md) [b](../../lib/pkg/README.md) [c](gone.md)";
    assert_eq!(diff(&[]), [right, other]);
    // Where the document was edited since, it may have been written for where it stands.
    repository.write(&[("lib/x/docs/README.md", "# X\n\n[b](../README.md)\n\nMore.\n")]);
    repository.git(&["add", "--all"]);
    assert_eq!(diff(&[]), [other]);
    assert_eq!(diff(&["--unsafe"])[0], right);
}

/// The lines that a repair would write.
fn added(folder: &Path, args: &[&str]) -> Vec<String> {
    let all = [&["fix", "--diff", "-q", "--root", "."], args].concat();
    let text = stdout(&rubrica(folder, &all));
    let is_own = |line: &&str| line.starts_with('+') && !line.starts_with("+++");
    text.lines().filter(is_own).map(str::to_owned).collect()
}

#[test]
fn staged_before_the_first_commit_and_in_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let repository = Repository { folder };
    repository.git(&["init", "--quiet", "--initial-branch=main"]);
    repository.write(&[("docs/a.md", "[x](none.md)\n"), ("docs/rubrica.yaml", "{}\n"), ("b.md", "[y](none.md)\n")]);
    repository.git(&["add", "--all"]);
    let output = rubrica(&repository.path().join("docs"), &["check", "--staged", "--format", "concise"]);
    assert_eq!(stdout(&output), "a.md:1:5: error[broken-link] `none.md` does not exist\n");
    // As a hook is started.
    let mut hook = program(repository.path(), &["check", "--staged", "--format", "concise", "docs"]);
    let output = hook.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index").output().expect("the program");
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stderr(&output));
}

#[test]
fn staged_leaves_out_what_the_working_copy_leaves_out() {
    let repository =
        Repository::new(&[(".ignore", "archive/\n"), ("archive/a.md", "[x](none.md)\n"), ("b.md", "# b\n")]);
    repository.write(&[
        ("archive/a.md", "[x](none.md)\n\n[y](none.md)\n"),
        ("b.md", "# b\n\n[a](archive/a.md) [c](none.md)\n"),
    ]);
    repository.git(&["add", "--all", "--force"]);
    // Nothing is said of the archive, nor of links to it: git keeps it, so whoever has the repository has the file.
    let (found, _) = repository.check(&["--staged"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("b.md:3:23: error[broken-link]"), "{found:?}");
}

#[test]
fn links_submodules_and_odd_names_in_the_index() {
    let repository = Repository::new(&[("a.md", "# a\n"), ("目录/中 文.md", "[x](none.md) [a](../alias.md#a)\n")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("a.md", repository.path().join("alias.md")).expect("a link");
    let inner = "160000,0123456789abcdef0123456789abcdef01234567,module";
    repository.git(&["update-index", "--add", "--cacheinfo", inner]);
    repository.write(&[("b.md", "[m](module/x.md)\n\n[l](alias.md#b)\n")]);
    repository.git(&["add", "alias.md", "b.md"]);
    let (found, _) = repository.check(&["--staged"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("b.md:3:5: error[broken-anchor]"), "{found:?}");
}

#[test]
fn what_git_cannot_say_is_an_error() {
    let repository = Repository::new(OLD);
    let failure = |folder: &Path, args: &[&str]| {
        let output = rubrica(folder, &[&["check"], args].concat());
        assert_eq!(output.status.code(), Some(2));
        stderr(&output)
    };
    assert!(failure(repository.path(), &["--since", "nothing"]).contains("no revision `nothing`"));
    assert!(failure(repository.path(), &["--since=--output=x"]).contains("no revision `--output=x`"));
    let plain = folder(&[("a.md", "# a\n")]);
    let unborn = folder(&[("a.md", "# a\n")]);
    assert!(git(unborn.path()).args(["init", "--quiet"]).status().expect("git").success());
    assert!(failure(unborn.path(), &["--since", "HEAD"]).contains("no commit yet"));
    assert!(failure(plain.path(), &["--staged"]).contains("in no git repository"));
    let output = program(repository.path(), &["check", "--staged"]).env("PATH", "").output().expect("the program");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("the `git` program was not found"), "{}", stderr(&output));
}

#[test]
fn a_shallow_clone_is_told_to_fetch_more() {
    let repository = Repository::new(OLD);
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.commit(&[("a.md", "# a\n")]);
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", repository.path().display());
    let clone = folder.path().join("clone");
    let args = ["clone", "--quiet", "--depth=1", "--branch=work", &url];
    assert!(git(folder.path()).args(args).arg(&clone).status().expect("git").success());
    let output = rubrica(&clone, &["check", "--since", "origin/main"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("shallow") && stderr(&output).contains("fetch-depth: 0"), "{}", stderr(&output));
}

#[test]
fn a_baseline_hides_what_is_known_and_nothing_else() {
    let repository = Repository::new(OLD);
    let output = rubrica(repository.path(), &["baseline"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("knows 2 findings"), "{}", stderr(&output));
    let file: PathBuf = repository.path().join(".rubrica-baseline.json");
    let first = fs::read_to_string(&file).expect("the baseline");
    assert_eq!(first.lines().count(), 7, "{first}");
    assert_eq!(repository.check(&[]), (vec![], Some(0)));
    assert_eq!(repository.check(&["--no-baseline"]).0.len(), 2);
    // Moved lines stay known, and the file does not change by being written again.
    repository.write(&[("old.md", "Text.\n\n[x](none.md)\n\n# 1. a\n\n# 2. b\n\n# 2. c\n")]);
    assert_eq!(repository.check(&[]), (vec![], Some(0)));
    rubrica(repository.path(), &["baseline"]);
    assert_eq!(fs::read_to_string(&file).expect("the baseline"), first);
    repository.write(&[("old.md", "[x](none.md) [y](none.md)\n\n# 1. a\n\n# 2. b\n\n# 3. c\n")]);
    let output = rubrica(repository.path(), &["check", "--format", "concise"]);
    assert_eq!(stdout(&output), "old.md:1:18: error[broken-link] `none.md` does not exist\n");
    assert!(stderr(&output).contains("note: 1 known finding left out"), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("note: 1 entry of `.rubrica-baseline.json` no longer occurs"),
        "{}",
        stderr(&output)
    );
    // A run of one rule says nothing of the others.
    assert!(!stderr(&rubrica(repository.path(), &["check", "--only", "links"])).contains("no longer"));
    let output = rubrica(repository.path(), &["check", "--prune-baseline"]);
    assert!(stderr(&output).contains("removed 1 entry"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&file).expect("the baseline").lines().count(), 6);
}

#[test]
fn a_baseline_that_cannot_be_read_is_written_by_the_name_it_has() {
    let repository = Repository::new(OLD);
    let output = rubrica(repository.path(), &["check", "--baseline", "no\u{202E}pe.json"]);
    assert_eq!(output.status.code(), Some(2));
    let help = "`rubrica baseline --baseline no<U+202E>pe.json` writes it anew";
    assert!(stderr(&output).contains(help), "{}", stderr(&output));
}

#[test]
fn a_baseline_turns_nothing_around_where_it_is_read() {
    let repository = Repository::new(&[("a.md", "[x](\u{202E}none\u{200B}.md) ##[error] [y](##[error].md)\n")]);
    rubrica(repository.path(), &["baseline"]);
    let text = fs::read_to_string(repository.path().join(".rubrica-baseline.json")).expect("the baseline");
    assert!(text.contains(r"\u202enone"), "{text}");
    assert!(!text.contains(['\u{202E}', '\u{200B}']) && !text.contains("##["), "{text}");
    assert_eq!(repository.check(&[]), (vec![], Some(0)));
}

#[test]
fn a_broken_baseline_is_an_error() {
    let repository = Repository::new(OLD);
    for (text, said) in
        [("<<<<<<< ours\n", "not a baseline"), ("{\"version\": 2}", "its version is 2"), ("[]", "it is a list")]
    {
        repository.write(&[(".rubrica-baseline.json", text)]);
        let output = rubrica(repository.path(), &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    let output = rubrica(repository.path(), &["check", "--baseline", "none.json"]);
    assert_eq!(output.status.code(), Some(2));
}

/// Runs a command over a text in the place of a file.
fn over_buffer(repository: &Repository, args: &[&str], name: &str, text: &str) -> std::process::Output {
    let mut child = program(repository.path(), &[args, &["--stdin", "--stdin-filename", name]].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    // It may end before it reads: a name that is no document is refused at once.
    let _ = child.stdin.take().expect("a pipe").write_all(text.as_bytes());
    child.wait_with_output().expect("the program")
}

#[test]
fn a_buffer_is_checked_in_its_corpus() {
    let repository = Repository::new(OLD);
    let run = |name: &str, text: &str| over_buffer(&repository, &["check", "--format", "concise"], name, text);
    let output = run("guide.md", "# Guide\n\n[i](index.md) [j](none.md)\n");
    let found = stdout(&output);
    assert_eq!(found.lines().count(), 2, "{found}{}", stderr(&output));
    assert!(
        found.contains("guide.md:3:19: error[broken-link]") && found.contains("index.md:3:9: error[broken-anchor]")
    );
    assert_eq!(stdout(&run("new/page.md", "[up](../guide.md#set-up)\n")), "");
    assert_eq!(run("notes.txt", "x").status.code(), Some(2));
    // A folder that is not there says nothing of a root, and what lies around it is not gone through.
    assert!(stderr(&run("/none/at/all.md", "x")).contains("is outside the root"));
    assert_eq!(fs::read_to_string(repository.path().join("guide.md")).expect("a file"), OLD[1].1);
}

#[test]
fn a_buffer_is_repaired_and_no_other_file() {
    let repository = Repository::new(&[("a.md", "# old\n"), ("b.md", "[c](a.md#2-c)\n")]);
    let run = |args: &[&str], text: &str| over_buffer(&repository, &[&["fix"], args].concat(), "a.md", text);
    let twice = "# 1. a\r\n\r\n# 2. b\r\n\r\n# 2. d\r\n";
    let output = run(&[], twice);
    assert_eq!((&*stdout(&output), &*stderr(&output)), (&*twice.replace("2. d", "3. d"), ""));
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&run(&["--diff"], twice)).contains("+# 3. d"));
    // The link of another document would have to follow.
    let linked = "# 1. a\n\n# 2. b\n\n# 2. c\n";
    let output = run(&[], linked);
    assert_eq!((stdout(&output), output.status.code()), (linked.to_owned(), Some(0)));
    // Nobody takes a report for the text.
    repository.write(&[("rubrica.yaml", "nothing: 1\n")]);
    let output = run(&[], twice);
    assert_eq!((stdout(&output), output.status.code()), (String::new(), Some(2)));
    assert_eq!(fs::read_to_string(repository.path().join("a.md")).expect("a file"), "# old\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_looks_like_a_repository_is_not_asked() {
    let repository = Repository::new(&[("docs/rubrica.yaml", "{}\n"), ("docs/a.md", "# a\n")]);
    let docs = repository.path().join("docs");
    let pwned = repository.path().join("pwned");
    let inner = |args: &[&str]| {
        let all = [&["--git-dir=.", "--work-tree=."], args].concat();
        assert!(git(&docs).args(all).output().expect("git").status.success(), "{args:?}");
    };
    assert!(git(&docs).args(["init", "--quiet", "--bare", "."]).status().expect("git").success());
    inner(&["config", "core.bare", "false"]);
    inner(&["config", "core.worktree", "."]);
    inner(&["config", "filter.x.clean", &format!("touch {}; cat", pwned.display())]);
    fs::write(docs.join(".gitattributes"), "*.md filter=x\n").expect("a file");
    inner(&["add", "a.md"]);
    inner(&["commit", "--quiet", "--message", "work"]);
    fs::remove_file(&pwned).expect("the filter runs where it should");
    fs::write(docs.join("a.md"), "# b\n").expect("a file");
    for args in [&["check", "--since", "HEAD"][..], &["check", "--staged"], &["check", "gone.md"]] {
        rubrica(&docs, args);
        assert!(!pwned.exists(), "{args:?}");
    }
}

#[test]
fn the_index_is_not_touched() {
    let repository = Repository::new(OLD);
    let index = repository.path().join(".git/index");
    let before = fs::read(&index).expect("the index");
    // The same text at another time: git has to look again, and would like to note what it saw.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    repository.write(OLD);
    let head = git(repository.path()).args(["rev-parse", "HEAD"]).output().expect("git").stdout;
    repository.write(&[(String::from_utf8_lossy(&head).trim(), "a file that is called as a commit\n")]);
    assert_eq!(repository.check(&["--since", "HEAD"]), (vec![], Some(0)));
    assert_eq!(fs::read(&index).expect("the index"), before);
}

#[test]
fn a_large_document_is_read_from_the_index_as_from_disk() {
    let text = "# a\n".to_owned() + &"x\n".repeat(2_500_000);
    let config = "files: {max_bytes: 16777216}\nrule_pages: [pages]\n";
    let page = "---\nmatch: {find: nothing of the kind}\n---\n";
    let repository = Repository::new(&[("rubrica.yaml", config), ("pages/own.md", page)]);
    repository.write(&[("a.md", &text)]);
    repository.git(&["add", "a.md"]);
    assert_eq!(repository.check(&["--staged"]), (vec![], Some(0)));
}

#[cfg(unix)]
#[test]
fn a_configuration_behind_a_link_is_read_from_the_index_as_from_disk() {
    let repository = Repository::new(&[("shared/rubrica.yaml", "rules: {links: off}\n"), ("a.md", "# a\n")]);
    std::os::unix::fs::symlink("shared/rubrica.yaml", repository.path().join("rubrica.yaml")).expect("a link");
    repository.write(&[("a.md", "[x](none.md)\n")]);
    repository.git(&["add", "--all"]);
    assert_eq!(repository.check(&[]), (vec![], Some(0)));
    assert_eq!(repository.check(&["--staged"]), (vec![], Some(0)));
}

#[test]
fn a_path_that_was_deleted_is_a_note_and_one_that_never_was_a_failure() {
    let repository = Repository::new(&[("a.md", "# a\n"), ("b.md", "# b\n"), ("docs/c.md", "# c\n")]);
    let named = |path: &str| {
        let output = rubrica(repository.path(), &["check", "a.md", path]);
        (output.status.code(), stderr(&output))
    };
    repository.git(&["rm", "--quiet", "b.md", "docs/c.md"]);
    for path in ["b.md", "docs"] {
        let (status, said) = named(path);
        assert!(status == Some(0) && said.contains(&format!("`{path}` is deleted")), "{said}");
    }
    repository.commit(&[]);
    assert_eq!(named("docs/c.md").0, Some(0));
    let (status, said) = named("d.md");
    assert!(status == Some(2) && said.contains("`d.md` does not exist"), "{said}");
}

#[test]
fn a_commit_without_documents_passes() {
    let repository = Repository::new(&[("a.rs", "fn main() {}\n"), ("a.md", "# a\n")]);
    repository.git(&["rm", "--quiet", "a.md"]);
    for args in [&["--staged"][..], &["--since", "HEAD"]] {
        assert_eq!(repository.check(args), (vec![], Some(0)));
    }
    assert_eq!(rubrica(repository.path(), &["check"]).status.code(), Some(2));
}

#[test]
fn ignore_files_count_up_to_the_top_of_the_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| write(folder.path(), path, text);
    // What stands above the repository is nobody's business in it, whatever it is called.
    write(".gitignore", "*\n");
    write(".ignore", "a.md\n");
    write("repo/a.md", "[x](none.md)\n");
    write("repo/.gitignore", "draft.md\nhidden/\n");
    write("repo/docs/rubrica.yaml", "{}\n");
    write("repo/docs/b.md", "[x](none.md)\n");
    write("repo/docs/draft.md", "[x](none.md)\n");
    write("repo/docs/kept/.gitignore", "!draft.md\n");
    write("repo/docs/kept/draft.md", "[x](none.md)\n");
    write("repo/hidden/c.md", "[x](none.md)\n");
    assert!(git(&folder.path().join("repo")).args(["init", "--quiet"]).status().expect("git").success());
    let found = |root: &str| -> Vec<String> {
        let output = rubrica(&folder.path().join(root), &["check", "--format", "concise", "--root", "."]);
        stdout(&output).lines().map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(found("repo"), ["a.md", "docs/b.md", "docs/kept/draft.md"]);
    assert_eq!(found("repo/docs"), ["b.md", "kept/draft.md"]);
    // Who asks for what is ignored gets it.
    assert_eq!(found("repo/hidden"), ["c.md"]);
}

#[test]
fn a_submodule_is_seen_from_a_root_below_the_top() {
    let modules = "[submodule \"vendor\"]\n\tpath = docs/vendor\n\turl = x\n";
    let repository = Repository::new(&[
        (".gitmodules", modules),
        ("docs/rubrica.yaml", "{}\n"),
        ("docs/a.md", "[x](vendor/a.md) [y](none.md)\n"),
    ]);
    let output = rubrica(&repository.path().join("docs"), &["check", "--format", "concise"]);
    assert_eq!(stdout(&output), "a.md:1:22: error[broken-link] `none.md` does not exist\n");
}

#[test]
fn pruning_keeps_what_the_run_could_not_see() {
    let repository = Repository::new(OLD);
    repository.write(&[("lost.md", "[x](none.md)\n")]);
    rubrica(repository.path(), &["baseline"]);
    let entries = || fs::read_to_string(repository.path().join(".rubrica-baseline.json")).expect("it").lines().count();
    assert_eq!(entries(), 8);
    let prune = || stderr(&rubrica(repository.path(), &["check", "--prune-baseline", "--quiet"]));
    repository.write(&[("lost.md", "\0"), ("rubrica.yaml", "rule: {}\n")]);
    assert!(prune().contains("the baseline was not pruned"), "{}", prune());
    assert_eq!(entries(), 8);
    fs::remove_file(repository.path().join("rubrica.yaml")).expect("a file");
    let said = stderr(&rubrica(repository.path(), &["check"]));
    assert!(!said.contains("no longer"), "{said}");
    prune();
    assert_eq!(entries(), 8, "the file could not be read, which says nothing of its findings");
    repository.write(&[("lost.md", "# lost\n")]);
    prune();
    assert_eq!(entries(), 7);
}

#[test]
fn a_baseline_tells_apart_what_is_missing_at_one_place() {
    let config = "contracts: [{name: all, files: [a.md], metadata: [front-matter], fields: {title: {required: true}, date: {required: true}}}]\n";
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("rubrica.yaml", config);
    write("a.md", "---\ntitle: a\n---\n");
    assert!(stderr(&rubrica(folder.path(), &["baseline"])).contains("knows 1 finding"));
    assert_eq!(rubrica(folder.path(), &["check"]).status.code(), Some(0));
    write("a.md", "---\ndate: 2024-01-01\n---\n");
    let output = rubrica(folder.path(), &["check", "--format", "concise"]);
    assert!(stdout(&output).contains("missing-field"), "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn a_buffer_says_nothing_of_a_baseline() {
    let repository = Repository::new(OLD);
    rubrica(repository.path(), &["baseline"]);
    let output = over_buffer(&repository, &["check"], "old.md", "# Old\n");
    assert!(!stderr(&output).contains("no longer"), "{}", stderr(&output));
}
