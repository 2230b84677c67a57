//! Where the program is run: which folder is the root, and how files are named from there.

use std::fs;

use crate::support::{folder, repository, rubrica, stderr, stdout, write};

/// A document with a number that stands twice, and one that links behind it.
fn two_documents() -> tempfile::TempDir {
    folder(&[("README.md", "[c](docs/a.md#2-c)\n"), ("docs/a.md", "# 1. a\n\nx\n\n# 2. b\n\nx\n\n# 2. c\n\nx\n")])
}

#[test]
fn outside_a_repository_what_stands_beside_a_named_path_is_known() {
    let folder = two_documents();
    let output = rubrica(folder.path(), &["fix", "docs/a.md"]);
    assert!(stderr(&output).contains("repaired 1 finding in 2 files"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.path().join("README.md")).expect("a file"), "[c](docs/a.md#3-c)\n");

    rubrica(folder.path(), &["rename-heading", "docs/a.md", "3. c", "3. d"]);
    rubrica(folder.path(), &["mv", "docs/a.md", "docs/b.md"]);
    assert_eq!(fs::read_to_string(folder.path().join("README.md")).expect("a file"), "[c](docs/b.md#3-d)\n");
}

#[test]
fn a_path_beside_the_current_folder_has_a_root_of_its_own() {
    let folder = two_documents();
    write(folder.path(), "else/b.md", "# b\n");
    let output = rubrica(&folder.path().join("else"), &["check", "../docs", "--format", "concise"]);
    assert!(stdout(&output).starts_with("../docs/a.md:9:3"), "{output:?}");
}

#[test]
fn people_read_names_from_where_they_stand() {
    let folder = two_documents();
    write(folder.path(), ".git/HEAD", "");
    write(folder.path(), "docs/sub/x.md", "");
    let first = |from: &str, args: &[&str]| {
        let output = rubrica(&folder.path().join(from), args);
        stdout(&output).lines().find(|line| line.contains("a.md:")).unwrap_or_default().trim().to_owned()
    };
    let concise = ["check", "--format", "concise"];
    assert!(first("", &concise).starts_with("docs/a.md:9:3: error"));
    assert!(first("docs", &concise).starts_with("a.md:9:3: error"));
    assert!(first("docs/sub", &concise).starts_with("../a.md:9:3: error"));
    assert!(first("", &["check", "--format", "concise", "--root", "docs"]).starts_with("docs/a.md:9:3: error"));
    assert!(first("docs", &["check"]).starts_with("╭─[a.md:"));
    // Programs are told the same wherever they stand.
    let output = rubrica(&folder.path().join("docs"), &["check", "--format", "json-lines"]);
    assert!(stdout(&output).contains(r#""docs/a.md""#), "{output:?}");
}

#[test]
fn a_configuration_that_does_not_count_is_named() {
    let folder = folder(&[
        (".git/HEAD", ""),
        ("a/rubrica.yaml", "rules: {links: off}\n"),
        ("b/rubrica.yaml", "rules: {links: off}\n"),
        ("a/x.md", "# x\n"),
    ]);
    let said = |args: &[&str]| stderr(&rubrica(folder.path(), args));
    let note = "note: `a/rubrica.yaml` is not read, nor 1 more, since the root is";
    assert!(said(&[]).starts_with(note), "{}", said(&[]));
    assert!(said(&[]).contains("`--root a`"), "{}", said(&[]));
    assert_eq!(said(&["--quiet"]), "");
    write(folder.path(), "rubrica.yaml", "files: {exclude: [/a, /b]}\n");
    write(folder.path(), "x.md", "# x\n");
    assert_eq!(said(&[]), "");
    // Another one is named, or the root lies below it.
    write(folder.path(), "other.yaml", "{}\n");
    let note = "note: `rubrica.yaml` is not read, since `other.yaml` is named\n";
    assert_eq!(said(&["--config", "other.yaml"]), note);
    write(folder.path(), "c/x.md", "# x\n");
    let note =
        "note: `rubrica.yaml` is not read, since the root is the folder `c`; `--root .` makes its folder the root\n";
    assert_eq!(said(&["--root", "c"]), note);
    assert_eq!(said(&["--root", "a"]), "");
    assert_eq!(said(&["--root", "c", "--config", "rubrica.yaml"]), "");
}

#[test]
fn a_configuration_says_what_shows_the_documents() {
    let folder =
        folder(&[(".git/HEAD", ""), ("mkdocs.yml", "docs_dir: docs\n"), ("docs/a.md", "# a\n"), ("assets/x.png", "")]);
    let said = || stdout(&rubrica(folder.path(), &["config", "docs/a.md"]));
    assert!(said().contains("renderers: [mkdocs] (seen from what the repository holds)\n"), "{}", said());
    write(folder.path(), "rubrica.yaml", "renderers: [hugo]\npaths: {/img: assets}\nlink_fields: [cover]\n");
    let own = ["renderers: [hugo]\n", "paths: /img leads to assets/\n", "link_fields: [cover]\n"];
    assert!(own.iter().all(|line| said().contains(line)), "{}", said());
    write(folder.path(), "rubrica.yaml", "renderers: [vuepress]\n");
    assert!(said().contains("renderers: [vuepress]\n"), "{}", said());
    let missing = rubrica(folder.path(), &["config", "none/b.md"]);
    assert_eq!((missing.status.code(), &*stderr(&missing)), (Some(2), "error: `none/b.md` does not exist\n"));
}

#[test]
fn what_cannot_be_written_or_compared_is_said_plainly() {
    let vault = repository().join("fixtures/clean");
    let output = rubrica(&vault, &["check", "--output", "sarif=none/here/x.sarif"]);
    assert_eq!(stderr(&output), "error: `none/here/x.sarif`: its folder does not exist\n");
    let folder = two_documents();
    let output = rubrica(folder.path(), &["check", "--output", "sarif=docs/a.md", "--output", "markdown=report.md"]);
    assert_eq!(
        stderr(&output).lines().last(),
        Some("error: `docs/a.md` is part of the corpus, and no report takes its place")
    );
    assert!(fs::read_to_string(folder.path().join("docs/a.md")).expect("a file").starts_with("# 1. a"));
    fs::write(folder.path().join("rubrica.yaml"), "rules: {}\n").expect("a file");
    let output = rubrica(folder.path(), &["check", "--output", "json=rubrica.yaml"]);
    assert_eq!(
        stderr(&output).lines().last(),
        Some("error: `rubrica.yaml` is part of the corpus, and no report takes its place")
    );
    let empty = tempfile::tempdir().expect("a folder");
    let output = rubrica(empty.path(), &["baseline"]);
    assert!(output.status.code() == Some(2) && stderr(&output).starts_with("error: no documents under"), "{output:?}");
    // A report of the run before is no such document.
    let again = rubrica(folder.path(), &["check", "--output", "markdown=report.md"]);
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    let output = rubrica(&vault, &["check", "--since", ""]);
    assert!(stderr(&output).starts_with("error: `--since` names no revision\n"), "{output:?}");
    let output = rubrica(&vault, &["test", "none"]);
    assert!(stderr(&output).starts_with("error: `fixtures/clean/none` does not exist\n"), "{output:?}");
}
