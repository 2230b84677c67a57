//! The program as people run it: goldens in `fixtures/cli`, and what a golden cannot hold.
//! `TRYCMD=overwrite cargo test goldens` rewrites the goldens.

use std::fs;

use crate::support::{HEEDED, bytes, copy, folder, repository, rubrica, stderr, stdout, write};

#[test]
fn goldens() {
    let cases = trycmd::TestCases::new();
    cases.case("fixtures/cli/*.toml").env("COLUMNS", "100");
    // An empty variable is as good as none.
    for name in HEEDED {
        cases.env(name, "");
    }
    cases.env("NO_COLOR", "1");
}

/// A writable copy of a fixture.
fn fixture(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&repository().join("fixtures").join(name), folder.path());
    folder
}

#[test]
fn a_vault_is_one_though_git_ignores_its_settings() {
    let files = [(".gitignore", ".obsidian/*\n"), (".obsidian/app.json", "{}"), ("a.md", "%%[x](gone.md)%%\n")];
    let folder = folder(&files);
    let output = rubrica(folder.path(), &["check"]);
    assert!(output.status.success(), "{}", stdout(&output));
}

#[test]
fn the_vault_has_one_defect_of_each_rule_and_no_other() {
    let vault = repository().join("fixtures/vault");
    let output = rubrica(&vault, &["check", "--format", "concise", "--verbose"]);
    let mut found: Vec<(String, String)> = stdout(&output)
        .lines()
        .map(|line| {
            let (place, rest) = line.split_once(": ").expect("place: message");
            let mut parts = place.rsplitn(2, ':');
            let rule = rest.split_once('[').and_then(|(_, rest)| rest.split_once(']')).expect("a rule").0;
            (parts.nth(1).expect("path:line").to_owned(), rule.to_owned())
        })
        .collect();
    let list = fs::read_to_string(repository().join("fixtures/vault-defects.txt")).expect("the list");
    let mut planted: Vec<(String, String)> = list
        .lines()
        .map(|line| {
            let mut words = line.split_whitespace();
            (words.next().expect("path:line").to_owned(), words.next().expect("a rule").to_owned())
        })
        .collect();
    found.sort();
    planted.sort();
    assert_eq!(found, planted);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_healthy_corpus_prints_nothing() {
    let output = rubrica(&repository().join("fixtures/clean"), &[]);
    assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn fixing_changes_the_bytes_it_names_and_then_nothing() {
    let vault = fixture("vault");
    let article = "articles/上下文不是越长越好.md";
    let before = bytes(vault.path(), article);
    let first = rubrica(vault.path(), &["fix", "--fail-on", "never"]);
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    assert!(stderr(&first).contains("repaired 11 findings in 7 files"), "{}", stderr(&first));
    let after = bytes(vault.path(), article);
    let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).collect();
    assert_eq!((before.len(), changed), (after.len(), vec![(&b'5', &b'4')]));
    let second = rubrica(vault.path(), &["fix", "--fail-on", "never"]);
    assert!(!stderr(&second).contains("repaired"), "{}", stderr(&second));
    assert_eq!(bytes(vault.path(), article), after);
}

#[test]
fn fix_says_how_many_repairs_somebody_has_to_look_at() {
    // A number that stands twice, and a gap.
    let (safe, doubtful) = ("## 1. a\n\n## 2. b\n\n## 2. c\n\n## 4. d\n\n## 5. e\n", "## 1. b\n\n## 2. c\n\n## 4. d\n");
    let said = |documents: &[(&str, &str)], more: &[&str]| {
        let folder = folder(documents);
        stderr(&rubrica(folder.path(), &[&["fix", "--root", "."], more].concat()))
    };
    assert_eq!(said(&[("a.md", safe)], &["--unsafe"]), "repaired 1 finding in 1 file\n");
    let all = said(&[("b.md", doubtful)], &["--unsafe"]);
    assert!(all.starts_with("repaired 1 finding in 1 file, unsafely: read what changed (`--diff`"), "{all}");
    let some = said(&[("a.md", safe), ("b.md", doubtful)], &["--unsafe"]);
    assert!(
        some.starts_with(
            "repaired 2 findings in 2 files, 1 of them unsafely: read what changed (next time `rubrica fix` first"
        ),
        "{some}"
    );
    let chinese = said(&[("a.md", safe), ("b.md", doubtful)], &["--unsafe", "--lang", "zh"]);
    assert!(chinese.starts_with("修复了 2 个文件中的 2 处问题，其中 1 处为不安全修复，请过目"), "{chinese}");
}

#[test]
fn renumbering_reports_what_concerns_the_numbers() {
    let text = "# A\n\n## 1. b\n\n## 3. c\n\n# B\n\n## 1. d\n\n## 5. e\n\n[x](no.md)\n";
    let folder = folder(&[("a.md", text), ("b.md", "## 1. a\n\n## 3. b\n\n[y](no.md)\n")]);
    let reported = |target: &str| {
        let output = rubrica(folder.path(), &["fix", "--root", ".", "--format", "concise", "--renumber", target]);
        stdout(&output).lines().map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(reported("a.md:11"), Vec::<String>::new());
    assert_eq!(reported("a.md:1"), Vec::<String>::new());
    write(folder.path(), "a.md", text);
    assert_eq!(reported("a.md"), Vec::<String>::new());
    write(folder.path(), "a.md", &text.replace("[x](no.md)", "见第 7 节"));
    assert_eq!(reported("a.md"), ["a.md:13:2:"]);
    write(folder.path(), "a.md", "## 1. a\n\n## 3. b\n\n见第 3 节。见第 2 节。\n");
    let refused = rubrica(folder.path(), &["fix", "--root", ".", "--renumber", "a.md", "--lang", "zh"]);
    assert!(stderr(&refused).contains("`第 3 节` 所指的编号在本文中不存在"), "{}", stderr(&refused));
}

#[test]
fn a_document_that_cannot_be_read_is_one_of_the_documents() {
    let endless = "a".repeat(2_000);
    let folder = folder(&[("a.md", "# A\n"), ("b.md", "\0"), ("not-entered/.gitignore", &endless)]);
    let output = rubrica(folder.path(), &["--root", "."]);
    assert_eq!(stderr(&output), "2 errors in 2 documents\n");
}

#[test]
fn what_is_meant_by_a_key_of_paths_is_said_where_it_is_known() {
    let helps = |paths: &str| {
        let folder = folder(&[("a.md", "# A\n"), ("rubrica.yaml", &format!("paths: {{{paths}}}\n"))]);
        let said = stdout(&rubrica(folder.path(), &["--root", "."]));
        said.split("did you mean `")
            .skip(1)
            .map(|rest| rest.split("`?").next().unwrap_or_default().to_owned())
            .collect()
    };
    for (paths, wanted) in [
        ("docs: /", vec!["/: docs"]),
        ("img: media, ./docs/: /a", vec!["/img: media", "/a: docs"]),
        ("/../x: docs", vec![]),
        ("\"https://example.com/\": docs", vec![]),
        ("docs: [/]", vec![]),
        ("docs: \"https://example.com/\"", vec![]),
    ] {
        let said: Vec<String> = helps(paths);
        assert_eq!(said, wanted, "{paths}");
    }
}

#[test]
fn fix_with_paths_repairs_only_their_findings() {
    let vault = fixture("vault");
    let article = "articles/上下文不是越长越好.md";
    let before = bytes(vault.path(), article);
    rubrica(vault.path(), &["fix", "README.md"]);
    assert_eq!(bytes(vault.path(), article), before);
    assert!(
        String::from_utf8_lossy(&bytes(vault.path(), "README.md")).contains("articles/local-models-on-a-laptop.md")
    );
}

#[test]
fn line_endings_marks_and_permissions_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "\u{FEFF}## 1. a \r\n\r\n## 2. b\t\r\n## 2. c\r\n## 4. d\r\n## 5. e\r\nend without newline ";
    let path = folder.path().join("a.md");
    fs::write(&path, text).expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    }
    let output = rubrica(folder.path(), &["fix"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    assert_eq!(fs::read_to_string(&path).expect("a file"), text.replace("## 2. c", "## 3. c"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().expect("metadata").permissions().mode() & 0o777, 0o640);
    }
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 1, "no temporary file is left");
}

#[test]
fn renumbering_counts_as_configured_and_leaves_quotes_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let renumber = |target: &str| {
        let output = rubrica(folder.path(), &["fix", "--unsafe", "--renumber", target, "--root", "."]);
        (String::from_utf8(bytes(folder.path(), "a.md")).expect("text"), stderr(&output), output.status.code())
    };
    write("rubrica.yaml", "rules:\n  misnumbered-section: {start: 0}\n  skipped-number: off\n");
    let text = "# 甲\n\n## 1. 乙\n\n## 4. 丙\n\n> 5、丁\n>\n> 7、戊\n\n1. 己\n1. 庚\n1. 辛\n";
    write("a.md", text);
    let counted = text.replace("## 1.", "## 0.").replace("## 4.", "## 1.");
    assert_eq!(renumber("a.md"), (counted.clone(), "renumbered 1 file\n".to_owned(), Some(0)));
    let again = "nothing to renumber: every sequence that can be renumbered counts on already\n";
    assert_eq!(renumber("a.md"), (counted.clone(), again.to_owned(), Some(0)));
    // A list with one number throughout is the renderer's, unless it is asked for.
    let listed = counted.replace("1. 庚", "2. 庚").replace("1. 辛", "3. 辛");
    assert_eq!(renumber("a.md:12").0, listed);
    let lines = listed.lines().count();
    for line in [0, lines + 1] {
        let no_line = format!("error: nothing was renumbered: there is no line {line}: `a.md` has {lines} lines\n");
        assert_eq!(renumber(&format!("a.md:{line}")), (listed.clone(), no_line, Some(2)));
    }
}

#[test]
fn renumbering_says_why_there_is_nothing_to_do() {
    let folder = folder(&[("a.md", "# A\n\n## 1. b\n\n## 2. c\n")]);
    let said = |target: &str| stderr(&rubrica(folder.path(), &["fix", "--root", ".", "--renumber", target]));
    assert_eq!(said("a.md:1"), "nothing to renumber: line 1 carries no number\n");
    let counts = "nothing to renumber: the sequence of line 3 counts on already, or cannot be renumbered\n";
    assert_eq!(said("a.md:3"), counts);
}

#[test]
fn both_ends_of_a_range_are_told() {
    let captions = ["图 2-1 甲", "图 2-2 乙", "图 2-2 丙", "图 2-3 丁", "如图 2-1～2-3 所示。"];
    let folder = folder(&[("a.md", &(captions.join("\n\n") + "\n"))]);
    let output = rubrica(folder.path(), &["fix", "--unsafe", "--root", "."]);
    let note = "note: a.md:9:2 `图 2-1～2-3` may speak of a number that changes, and stays as it is";
    assert!(stderr(&output).contains(note), "{}", stderr(&output));
}

#[test]
fn renumbering_takes_no_version_for_a_section() {
    let folder = tempfile::tempdir().expect("a folder");
    let renumber = |text: &str, target: &str| {
        fs::write(folder.path().join("a.md"), text).expect("a file");
        rubrica(folder.path(), &["fix", "--unsafe", "--renumber", target, "--root", "."]);
        String::from_utf8(bytes(folder.path(), "a.md")).expect("text")
    };
    let text = "## 1. a\n\n## 3. b\n\n### 1.8\n\n### 1.9\n\n### 1.11\n";
    assert_eq!(renumber(text, "a.md:5"), text);
    assert_eq!(renumber(text, "a.md"), text.replace("## 3.", "## 2."));
    let text = "## 2.1 甲\n\n## 2.2 乙\n\n## 2.4 丙\n";
    assert_eq!(renumber(text, "a.md:1"), text.replace("2.4", "2.3"));
}

/// Which of them lead out of the root is not looked at, so it is not said either.
#[cfg(unix)]
#[test]
fn a_symbolic_link_to_nothing_is_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let link = |target: &str, name: &str| std::os::unix::fs::symlink(target, folder.path().join(name)).expect("a link");
    fs::write(folder.path().join("a.md"), "[1](dead.md) [2](own.md) [3](out.md) [4](sub/out.md)\n").expect("a file");
    link("gone.md", "dead.md");
    link("a.md", "own.md");
    link("/etc/none", "out.md");
    link("/etc", "etc");
    fs::create_dir(folder.path().join("sub")).expect("a folder");
    link("../etc/none", "sub/out.md");
    let output = rubrica(folder.path(), &["check", "--format", "concise", "--root", "."]);
    assert_eq!(stdout(&output), "a.md:1:5: error[broken-link] `dead.md` does not exist\n");
}

/// What is on and can find nothing, what a path would be, what the globs of a configuration match.
#[test]
fn what_is_idle_is_said() {
    let folder = folder(&[("a.md", "# A\n\n[a](#a) [b](none.md) [c](https://example.org)\n")]);
    write(
        folder.path(),
        "rubrica.yaml",
        "rules:\n  absolute-self-link: warning\nfiles:\n  exclude: [x/, \"!a.md\", \"!y.md\"]\npaths:\n  /g: gone\noverrides:\n  - files: \
         [a.md, b.md]\n    rules: {broken-link: info}\n",
    );
    let run = |args: &[&str]| rubrica(folder.path(), args);
    assert!(stderr(&run(&["check"])).starts_with("note: `absolute-self-link` finds nothing without its option"));
    assert!(!stderr(&run(&["check", "--only", "broken-link"])).contains("absolute-self-link"));
    let output = run(&["config", "b.md"]);
    assert_eq!(stderr(&output), "note: `b.md` does not exist; these are the settings it would have\n");
    let shown = stdout(&output);
    for line in [
        r#"files.exclude: ["x/" (matches nothing), "!a.md", "!y.md" (matches nothing)]"#,
        r#"overrides: ["a.md", "b.md" (matches nothing)] (rubrica.yaml:9)"#,
        "paths: /g leads to gone/ (no such folder)",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
    assert_eq!(
        stdout(&run(&["explain", "broken-link", "a.md"])),
        "broken-link in a.md: info (rubrica.yaml:9)\n\
         3:5 `#a` leads to `a.md`, to the heading `A`\n\
         3:13 reported: `none.md` does not exist\n\
         3:26 `https://example.org` not looked at: it has a scheme or a host, or is of a kind that is not checked\n"
    );
}

#[test]
fn explain_shows_what_counts() {
    let folder = folder(&[("a.md", "# 甲\n\n## 2.1 乙\n\n（三）丙\n\n图 4：丁\n")]);
    let explain = |rule: &str| stdout(&rubrica(folder.path(), &["explain", rule, "a.md"]));
    let headings = "1:3 `甲` has no number\n3:4 `2.1` counts as 2.1, but belongs to no sequence\n";
    assert_eq!(explain("misnumbered-section"), format!("misnumbered-section in a.md: error (its page)\n{headings}"));
    let rest = "5:1 `（三）` counts as 3, but belongs to no sequence\n\
         7:1 `图 4` counts as 4, but belongs to no sequence\n";
    assert_eq!(explain("skipped-number"), format!("skipped-number in a.md: warning (its page)\n{headings}{rest}"));
    fs::write(folder.path().join("a.md"), "## 附录 A 甲\n\n## 附录 B 乙\n\n## 附录 C 丙\n").expect("a file");
    let letters = "1:4 `附录 A` counts as 1\n3:4 `附录 B` counts as 2\n5:4 `附录 C` counts as 3\n";
    assert_eq!(explain("misnumbered-section"), format!("misnumbered-section in a.md: error (its page)\n{letters}"));
}

#[test]
fn what_changes_itself_is_not_said_to_stay() {
    let text = "# T\n\n## 一、甲\n\n## 二、乙\n\n## 四、丙\n\n步骤 1：x\n\n步骤 2：y\n\n步骤 4：z\n";
    let folder = folder(&[("a.md", text)]);
    let output = rubrica(folder.path(), &["fix", "--unsafe", "--diff"]);
    assert!(stdout(&output).contains("+步骤 3：z"), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_an_alias_and_stays_one() {
    let folder = folder(&[
        ("docs/a.md", "## 1. a\n## 1. b\n## 2. c\n"),
        ("b.md", "[a](alias.md#1-a) [b](sub/a.md#2-c) [c](alias.md#none)\n"),
    ]);
    std::os::unix::fs::symlink("docs/a.md", folder.path().join("alias.md")).expect("a link");
    std::os::unix::fs::symlink("docs", folder.path().join("sub")).expect("a link");
    let output = rubrica(folder.path(), &["check", "--format", "concise", "--root", "."]);
    let report = stdout(&output);
    assert_eq!(report.lines().filter(|line| line.contains("misnumbered-section")).count(), 1, "{report}");
    assert_eq!(report.lines().filter(|line| line.contains("broken-anchor")).count(), 1, "{report}");
    assert_eq!(report.lines().count(), 2, "{report}");
}

#[test]
fn naming_files_narrows_the_report_and_not_the_knowledge() {
    let folder = folder(&[("a.md", "# New name\n"), ("b.md", "[a](a.md#old-name)\n"), ("c.md", "[x](none.md)\n")]);
    let named = |path: &str| stdout(&rubrica(folder.path(), &["check", "--format", "concise", "--root", ".", path]));
    assert!(named("a.md").starts_with("b.md:1:5: error[broken-anchor]"), "{}", named("a.md"));
    assert!(named("b.md").starts_with("b.md:1:5: error[broken-anchor]"), "{}", named("b.md"));
    assert_eq!(named("c.md").lines().count(), 1);
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let vault = repository().join("fixtures/vault");
    let run =
        |threads: &str| stdout(&rubrica(&vault, &["check", "--format", "json", "--verbose", "--threads", threads]));
    assert_eq!(run("1"), run("8"));
}

#[test]
fn an_invalid_configuration_ends_with_2() {
    let folder = folder(&[("a.md", "# a\n"), ("rubrica.yaml", "rules:\n  brokn-link: off\n")]);
    let output = rubrica(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stdout(&output),
        "rubrica.yaml:2:3: error[invalid-configuration] no rule or group is called `brokn-link`\n"
    );
}

#[test]
fn nothing_is_written_with_an_invalid_configuration() {
    let folder = folder(&[
        ("rubrica.yaml", "pathz: {/: docs}\n"),
        ("a.md", "# 甲\n\n[b](b.md)\n\n**注意：**这里\n"),
        ("b.md", "# 乙\n"),
    ]);
    for args in [
        &["mv", "b.md", "c.md"][..],
        &["rename-heading", "a.md", "甲", "丙"],
        &["baseline"],
        &["fix"],
        &["fix", "--renumber", "a.md"],
    ] {
        let output = rubrica(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("the configuration has mistakes"), "{args:?}: {}", stderr(&output));
    }
    assert_eq!(bytes(folder.path(), "a.md"), "# 甲\n\n[b](b.md)\n\n**注意：**这里\n".as_bytes());
    assert!(folder.path().join("b.md").exists() && !folder.path().join(".rubrica-baseline.json").exists());
}

/// A configuration that is named is read wherever it is, and findings in it are at its own path.
#[cfg(unix)]
#[test]
fn a_configuration_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("docs");
    write(folder.path(), "common/r.yaml", "rules: {links: off}\n");
    write(&root, "a.md", "[x](none.md)\n");
    write(&root, "sub/rubrica.yaml", "rulez: {}\n");
    std::os::unix::fs::symlink("../common/r.yaml", root.join("cfg.yaml")).expect("a link");
    let output = rubrica(&root, &["--config", "cfg.yaml", "--root", "."]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), String::new()), "{}", stderr(&output));
    let output = rubrica(&root, &["--config", "sub/rubrica.yaml", "--root", ".", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("sub/rubrica.yaml:1:1: error[invalid-configuration]"), "{}", stdout(&output));
    assert!(!stderr(&output).contains("is not read"), "{}", stderr(&output));
}

#[test]
fn an_empty_corpus_ends_with_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = rubrica(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: no documents under"), "{}", stderr(&output));
}

#[test]
fn ignored_files_are_not_known_but_said_to_exist() {
    let folder = folder(&[
        (".gitignore", "private/\n"),
        ("private/x.md", "[y](none.md)\n"),
        ("a.md", "[x](private/x.md) [y](private/y.md)\n"),
    ]);
    let output = rubrica(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(
        stdout(&output),
        "a.md:1:5: error[broken-link] `private/x.md` exists but is ignored, so it is no part of the corpus\n\
         a.md:1:23: error[broken-link] `private/y.md` does not exist\n"
    );
}

#[test]
fn overrides_and_suppressions_apply_where_a_finding_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("old")).expect("a folder");
    let config = "files:\n  exclude: [drafts]\nrules:\n  broken-link: warning\noverrides:\n  - files: [old]\n    rules: {broken-link: off}\n";
    fs::write(folder.path().join("rubrica.yaml"), config).expect("a file");
    fs::write(folder.path().join("a.md"), "[x](none.md)\n\n<!-- rubrica-disable-next-line links -->\n[x](none.md)\n")
        .expect("a file");
    fs::write(folder.path().join("old/b.md"), "[x](none.md)\n").expect("a file");
    fs::create_dir(folder.path().join("drafts")).expect("a folder");
    fs::write(folder.path().join("drafts/c.md"), "[x](none.md)\n").expect("a file");
    let output = rubrica(folder.path(), &["check", "--format", "concise", "--fail-on", "error"]);
    assert_eq!(stdout(&output), "a.md:1:5: warning[broken-link] `none.md` does not exist\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_repository_passes_its_own_check() {
    let output = rubrica(&repository(), &["check", "--format", "concise"]);
    assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
}

#[test]
fn the_root_does_not_depend_on_the_order_of_the_paths() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| write(folder.path(), path, text);
    write(".git/HEAD", "");
    write("docs/rubrica.yaml", "rules: {links: off}\n");
    write("docs/a.md", "[x](none.md)\n");
    write("docs/more/b.md", "[x](none.md)\n");
    write("guide/c.md", "[x](none.md)\n");
    let found = |paths: &[&str]| {
        let output = rubrica(folder.path(), &[&["check", "--format", "concise"], paths].concat());
        (stdout(&output).lines().count(), output.status.code())
    };
    assert_eq!(found(&["docs/more/b.md", "docs/a.md"]), (0, Some(0)));
    assert_eq!(found(&["docs/a.md", "guide/c.md"]), (2, Some(1)));
    assert_eq!(found(&["guide/c.md", "docs/a.md"]), (2, Some(1)));
}

#[test]
fn what_cannot_be_meant_is_said() {
    let folder = folder(&[("a.md", "# a\n")]);
    let failure = |args: &[&str]| {
        let output = rubrica(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        stderr(&output)
    };
    assert!(failure(&["--lang", "zh", "fix"]).contains("`rubrica fix …`"));
    assert!(failure(&["chekc"]).contains("did you mean `check`?"));
    assert!(failure(&["--only", "links", "--skip", "links"]).contains("leave no rule to run"));
    assert!(failure(&["test"]).contains("there are no rule pages"));
}

#[test]
fn a_rule_that_is_named_runs_or_is_said_to_be_off() {
    let folder = folder(&[("a.md", "# a\n\nTODO\n")]);
    let check = |name: &str| rubrica(folder.path(), &["check", "--root", ".", "--only", name]);
    assert_eq!(check("placeholder-text").status.code(), Some(1));
    // A group is not meant with all that it has.
    assert_eq!(check("text").status.code(), Some(0));
    assert!(stderr(&check("missing-tags")).contains("note: `missing-tags` is off: on once `tags` is configured"));
    fs::write(folder.path().join("rubrica.yaml"), "rules: {placeholder-text: off}\n").expect("a file");
    let output = check("placeholder-text");
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("note: `placeholder-text` is off: `rubrica.yaml` says so"));
}

#[cfg(unix)]
#[test]
fn a_repaired_file_keeps_its_owner() {
    use std::os::unix::fs::{MetadataExt, chown};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.md");
    fs::write(&path, "# 1. a\n# 2. b\n# 2. c\n").expect("a file");
    if chown(&path, Some(12_345), Some(12_345)).is_err() {
        eprintln!("skipped: only root gives files away");
        return;
    }
    assert_eq!(rubrica(folder.path(), &["fix"]).status.code(), Some(0));
    let metadata = path.metadata().expect("a file");
    assert_eq!((metadata.uid(), metadata.gid()), (12_345, 12_345));
    assert!(fs::read_to_string(&path).expect("a file").contains("# 3. c"));
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_said_to_be_none() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"bad\xFF.md")), "# a\n").expect("a file");
    let output = rubrica(folder.path(), &["check", "--format", "concise", "--root", "."]);
    assert!(stdout(&output).contains("its name is not UTF-8"), "{output:?}");
}

/// A symbolic link is named where it stands, whatever it leads to.
#[cfg(unix)]
#[test]
fn a_symbolic_link_does_not_move_the_root() {
    let folder = folder(&[
        ("README.md", "[x](none.md)\n"),
        ("docs/rubrica.yaml", "rules: {links: off}\n"),
        ("docs/index.md", "[x](none.md)\n"),
    ]);
    std::os::unix::fs::symlink("../README.md", folder.path().join("docs/contributing.md")).expect("a link");
    let output = rubrica(&folder.path().join("docs"), &["check", "index.md", "contributing.md"]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), String::new()));
    let note = "note: `contributing.md` is a symbolic link that leads to no document of the corpus";
    assert!(stderr(&output).starts_with(note), "{}", stderr(&output));
}
