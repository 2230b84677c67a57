//! What is written, and where: never outside the root, and all of it or nothing.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use crate::support::{bytes, folder, program, rubrica, stderr, stdout, write};

/// Nothing that a stranger's link names, or what lies on the way of it, becomes the root.
#[test]
fn a_link_out_of_the_repository_moves_no_root() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, other) = (folder.path().join("root"), folder.path().join("other"));
    write(&other, "sub/s.md", "# S\n\n**注意：**这里\n\n[key](secret)\n");
    write(&root, "rubrica.yaml", "{}\n");
    write(&root, "a.md", "# A\n");
    write(&root, "here/s.md", "# S\n");
    symlink("../other", root.join("docs")).expect("a link");
    symlink("here", root.join("alias")).expect("a link");
    let before = bytes(&other, "sub/s.md");
    for args in [
        &["check", "docs"][..],
        &["check", "docs/sub/s.md"],
        &["check", "--root", "docs"],
        &["fix", "docs/sub"],
        &["mv", "docs/sub/s.md", "docs/sub/t.md"],
        &["rename-heading", "docs/sub/s.md", "S", "T"],
        &["baseline", "--root", "docs"],
        &["check", "--config", "docs/sub/s.md"],
    ] {
        let output = rubrica(&root, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = stderr(&output);
        assert!(said.starts_with("error: `docs` is a symbolic link that leads out of"), "{args:?} {said}");
        assert!(!said.contains("secret") && stdout(&output).is_empty(), "{args:?} {said}");
    }
    assert_eq!((bytes(&other, "sub/s.md"), fs::read_dir(&other).expect("a folder").count()), (before, 1));
    // One that stays within is what it leads to.
    assert_eq!(rubrica(&root, &["check", "alias", "--format", "concise"]).status.code(), Some(0));
}

/// A baseline that somebody made a link is replaced, and what it leads to is not written.
#[test]
fn a_baseline_that_is_a_link_is_replaced() {
    let folder = folder(&[("a.md", "[x](no.md)\n")]);
    let baseline = folder.path().join(".rubrica-baseline.json");
    symlink("/dev/null", &baseline).expect("a link");
    assert_eq!(rubrica(folder.path(), &["baseline"]).status.code(), Some(0));
    assert!(baseline.symlink_metadata().is_ok_and(|own| own.is_file()));
    for name in ["a.md", "rubrica.yaml"] {
        write(folder.path(), "rubrica.yaml", "{}\n");
        let before = bytes(folder.path(), name);
        let output = rubrica(folder.path(), &["baseline", "--baseline", name]);
        assert_eq!((output.status.code(), bytes(folder.path(), name)), (Some(2), before), "{}", stderr(&output));
    }
}

/// A pipe in the place of a file is no reason to wait for ever.
#[test]
fn a_pipe_is_no_file() {
    for name in ["rubrica.yaml", ".rubrica-baseline.json", ".gitmodules", "mkdocs.yml", "a.md"] {
        let folder = folder(&[("b.md", "# B\n")]);
        let made = Command::new("mkfifo").arg(folder.path().join(name)).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo");
        let mut child =
            program(folder.path(), &["check"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut tenths = 0;
        while child.try_wait().expect("a state").is_none() {
            tenths += 1;
            if tenths == 200 {
                child.kill().expect("it ends");
                panic!("{name} is waited for");
            }
            sleep(Duration::from_millis(100));
        }
    }
}

/// A corpus in which many documents link to one.
fn hub(root: &Path, count: usize) {
    write(root, "a.md", "# A\n");
    for index in 0..count {
        write(root, &format!("d/{index}.md"), "[a](../a.md#a)\n");
    }
}

#[test]
fn more_documents_are_written_than_files_may_be_open() {
    let folder = tempfile::tempdir().expect("a folder");
    hub(folder.path(), 300);
    let program = program(folder.path(), &[]).get_program().to_owned();
    let limited = |args: &str| {
        let script = format!("ulimit -n 128; {} {args}", program.display());
        Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().expect("a shell")
    };
    for args in ["mv a.md b.md", "rename-heading b.md A B"] {
        let output = limited(args);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert_eq!(bytes(folder.path(), "d/299.md"), b"[a](../b.md#b)\n");
}

/// Whenever the signal comes: everything is as it was, or everything is done.
#[test]
fn an_interrupted_move_is_done_or_is_not() {
    for (wait, signal) in [(0, "-TERM"), (20, "-HUP"), (40, "-INT"), (80, "-TERM"), (160, "-HUP")] {
        let folder = tempfile::tempdir().expect("a folder");
        hub(folder.path(), 400);
        let mut command = program(folder.path(), &["mv", "a.md", "b/c.md"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        // From the first temporary file on.
        let is_temporary = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(".rubrica-");
        let files =
            || fs::read_dir(folder.path().join("d")).expect("a folder").flatten().map(|entry| entry.file_name());
        while child.try_wait().expect("a state").is_none() && !files().any(|name| is_temporary(&name)) {}
        sleep(Duration::from_millis(wait));
        if child.try_wait().expect("a state").is_none() {
            let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        }
        child.wait().expect("it ends");
        assert!(!files().any(|name| is_temporary(&name)), "after {wait} ms");
        let is_done = folder.path().join("b/c.md").exists();
        assert_ne!(is_done, folder.path().join("a.md").exists(), "after {wait} ms");
        let expected: &[u8] = if is_done { b"[a](../b/c.md#a)\n" } else { b"[a](../a.md#a)\n" };
        for index in 0..400 {
            assert_eq!(bytes(folder.path(), &format!("d/{index}.md")), expected, "after {wait} ms");
        }
    }
}

/// What links lead through is either kept or named.
#[test]
fn a_move_names_what_it_cannot_keep() {
    let folder = folder(&[("d/a.md", "# A\n"), ("i.md", "[x](al.md#a)\n")]);
    fs::write(folder.path().join("latin.md"), b"[a](d/a.md) caf\xe9\n").expect("a file");
    symlink("d/a.md", folder.path().join("al.md")).expect("a link");
    let output = rubrica(folder.path(), &["mv", "d/a.md", "d/b.md"]);
    assert_eq!(output.status.code(), Some(0));
    let said = stderr(&output);
    assert!(said.contains("note: `al.md` is a symbolic link to `d/a.md`, and has to be made anew"), "{said}");
    assert!(said.contains("note: `latin.md` cannot be read, so the links in it stay as they are"), "{said}");
    assert_eq!(bytes(folder.path(), "i.md"), b"[x](d/b.md#a)\n");
    let output = rubrica(folder.path(), &["rename-heading", "d/b.md", "A", "B"]);
    assert!(stderr(&output).contains("`latin.md` cannot be read"), "{}", stderr(&output));
    assert_eq!(bytes(folder.path(), "i.md"), b"[x](d/b.md#b)\n");
}

#[test]
fn what_is_gits_is_not_moved() {
    let folder = folder(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("sub/.git", "gitdir: ../.git/modules/sub\n"),
        ("a.md", "# A\n"),
    ]);
    for old in [".git", ".git/HEAD", "sub"] {
        let output = rubrica(folder.path(), &["mv", "--root", ".", old, "new"]);
        let said = stderr(&output);
        assert!(
            output.status.code() == Some(2) && said.contains("is git's, and no part of the corpus"),
            "{old} {said}"
        );
    }
}

/// Another file may be called what a name looks like that is no text.
#[test]
fn a_name_that_is_no_text_names_no_other_file() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = folder(&[("a\u{FFFD}.md", "# other\n")]);
    let mine = OsStr::from_bytes(b"a\xff.md");
    fs::write(folder.path().join(mine), "# mine\n").expect("a file");
    for (old, new) in [(mine, OsStr::new("b.md")), (OsStr::new("a\u{FFFD}.md"), OsStr::from_bytes(b"b\xff.md"))] {
        let output = program(folder.path(), &["mv"]).args([old, new]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("is not UTF-8"), "{}", stderr(&output));
    }
    assert!(folder.path().join(mine).exists() && folder.path().join("a\u{FFFD}.md").exists());
}
