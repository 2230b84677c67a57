//! What people type who know other tools, or do not know this one yet: each is told what to do.

use std::fs;

use crate::support::{folder, rubrica, stderr, stdout, write};

/// A folder with a document that has nothing wrong.
#[test]
fn words_of_other_tools_lead_to_those_of_this_one() {
    let folder = folder(&[("a.md", "# a\n")]);
    for (typed, told) in [
        ("--ignore links", "`--skip RULE`"),
        ("--select=links", "`--only RULE`"),
        ("--severity error", "`--fail-on SEVERITY`"),
        ("check --output-format json", "`--format FORMAT`"),
        ("--fix", "`rubrica fix`"),
        ("--unsafe", "`rubrica fix --unsafe`"),
        ("--diff", "`rubrica fix --diff`, `rubrica mv --diff`, `rubrica rename-heading --diff`"),
        ("check --renumber a.md", "`rubrica fix --renumber`"),
        ("fix --staged", "`rubrica check --staged` says what is new"),
        ("fix --since main", "`rubrica check --since REF` says what is new; `rubrica fix FILE …` repairs files"),
        ("baseline a.md", "a baseline knows what is found in all of the corpus"),
        ("baseline --only links", "a baseline knows what is found in all of the corpus"),
        ("mv --dry-run a.md b.md", "`--diff` behind `fix`, `mv` or `rename-heading`"),
        ("fix --dry-run", "`--diff` behind `fix`, `mv` or `rename-heading`"),
        ("check *.md", "a glob is for the shell"),
        ("check -", "`--stdin --stdin-filename FILE`"),
        ("fix --check a.md", "`rubrica fix --diff`"),
        ("renumber a.md", "`rubrica fix --renumber FILE`"),
        ("renumber --diff a.md", "`rubrica fix --renumber FILE`"),
        ("undo", "`git restore FILE`"),
        ("move a.md b.md", "`rubrica mv OLD NEW`"),
        ("rename a b", "`rubrica rename-heading FILE OLD NEW`"),
        ("--root . fix --diff", "`rubrica fix …`"),
        ("--root . fix", "`rubrica fix …`"),
        ("--root . fix --select links", "`--only RULE`"),
        ("check a.md:3", "a line is for `rubrica fix --renumber` and `rubrica rename-heading`"),
        ("check b.md:3", "paths are files or folders under the root"),
        ("explain MD051", "what markdownlint calls so is `broken-anchor` here"),
        ("--skip no-duplicate-heading", "what markdownlint calls so is `duplicate-heading` here"),
        ("--only md999", "`rubrica rules` lists all"),
        ("explain a.md broken-link", "the rule stands first: `rubrica explain broken-link a.md`"),
        ("explain broken-link b.md", "`b.md` does not exist"),
        ("fix --diff --format json", "'--diff' cannot be used with '--format <FORMAT>'"),
        ("fix --diff --output json=x", "'--diff' cannot be used with '--output <FORMAT=FILE>'"),
    ] {
        let output = rubrica(folder.path(), &typed.split(' ').collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(2), "{typed}");
        assert!(stderr(&output).contains(told), "{typed}: {}", stderr(&output));
    }
    let output = rubrica(folder.path(), &["--ignore", "links"]);
    assert!(!stderr(&output).contains("--since"), "{}", stderr(&output));
}

#[test]
fn a_named_folder_in_which_nothing_is_checked_is_told() {
    let folder = folder(&[("a.md", "# a\n")]);
    for path in ["drafts/x.md", ".own/x.md", "build/x.md", "sub/x.md", "docs/x.md", ".git/HEAD"] {
        write(folder.path(), path, "# x\n");
    }
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    write(folder.path(), ".gitignore", "build/\n");
    write(folder.path(), "rubrica.yaml", "files: {exclude: [drafts/, \"sub/*.md\"]}\n");
    for (named, why) in [
        ("drafts", "it is excluded"),
        (".own", "it is hidden"),
        ("build", "it is ignored"),
        ("empty", "it holds none"),
        ("sub", "each is hidden, excluded or ignored"),
    ] {
        let output = rubrica(folder.path(), &[named]);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stderr(&output), format!("note: no document in `{named}` is checked: {why}\n"));
        assert_eq!(stderr(&rubrica(folder.path(), &["--quiet", named])), "");
    }
    for named in ["docs", "."] {
        assert_eq!(stderr(&rubrica(folder.path(), &[named])), "");
    }
}

#[test]
fn a_configuration_by_another_name_is_told() {
    for name in ["rubrica.yml", ".rubrica.yaml", ".rubrica.yml"] {
        let folder = folder(&[("a.md", "# a\n")]);
        write(folder.path(), name, "{}\n");
        let note = format!("note: `{name}` is not read; the configuration is called `rubrica.yaml`\n");
        assert_eq!(stderr(&rubrica(folder.path(), &["--root", "."])), note);
    }
}

#[test]
fn init_names_the_file_from_where_one_stands() {
    let folder = folder(&[("a.md", "# a\n")]);
    write(folder.path(), ".git/HEAD", "");
    write(folder.path(), "sub/b.md", "# b\n");
    let output = rubrica(&folder.path().join("sub"), &["init"]);
    assert!(stderr(&output).contains("wrote `../rubrica.yaml`"), "{}", stderr(&output));
    assert!(folder.path().join("rubrica.yaml").exists());
}

/// Completions offer the names of the rules, and rules of one's own may be named all the same.
#[test]
fn completions_know_the_rules() {
    let folder = folder(&[("a.md", "# a\n")]);
    for shell in ["bash", "zsh", "fish"] {
        let script = stdout(&rubrica(folder.path(), &["completions", shell]));
        assert!(script.contains("broken-wikilink"), "{shell}");
    }
    write(folder.path(), "rubrica.yaml", "rules: {project-name: {match: {swap: {Foobar: FooBar}}}}\n");
    assert_eq!(rubrica(folder.path(), &["--only", "project-name"]).status.code(), Some(0));
}

#[test]
fn a_comment_that_is_almost_right_is_told() {
    let text = "<!-- rubrica:disable-next-line broken-link -->\n\n<!-- rubrica-disable-line broken-links 待写 -->\n";
    let folder = folder(&[("a.md", text)]);
    let report = stdout(&rubrica(folder.path(), &["check", "--root", "."]));
    let reason = "a reason stands behind `--`";
    for help in ["did you mean `rubrica-disable-next-line`?", "did you mean `broken-link`?", reason] {
        assert!(report.contains(help), "{report}");
    }
}
