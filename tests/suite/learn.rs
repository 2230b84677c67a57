//! `rubrica init`: what a corpus teaches, and that a run with the written file reports exactly who deviates.

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::{copy, corpora, rubrica, stderr, stdout};

/// Writes a corpus of notes that agree, but for the two last ones.
fn notes(folder: &Path) {
    fs::create_dir(folder.join("笔记")).expect("a folder");
    for at in 1..=30 {
        let source = if at == 29 { String::new() } else { format!("- 来源：https://example.com/{at}\n") };
        let topics = if at == 30 { "" } else { "## 关联主题\n\n- [[笔记/1]]\n" };
        let date = if at % 2 == 0 { format!("2025/11/{at:02}") } else { format!("2025-11-{at:02}") };
        let kind = ["摘编", "笔记"][at % 2];
        let text = format!(
            "# 第{at}篇\n\n## 文档信息\n\n{source}- 发布日期：{date}\n- 类型：{kind}\n\n## 【1】甲{at}\n\n用 GitHub。\n\n## 【2】乙{at}\n\n文字\n\n{topics}"
        );
        fs::write(folder.join(format!("笔记/{at}.md")), text).expect("a file");
    }
    fs::write(folder.join("README.md"), "# 目录\n\n用 Github。\n").expect("a file");
}

#[test]
fn what_notes_have_in_common_becomes_a_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    notes(folder.path());
    let output = rubrica(folder.path(), &["init", "--root", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let written = fs::read_to_string(folder.path().join("rubrica.yaml")).expect("the configuration");
    for line in [
        "  - name: 笔记\n    files: [/笔记/]\n    metadata: [front-matter, section: 文档信息]\n    fields:\n",
        "      发布日期: {required: true, type: date, format: [\"2025-11-26\", \"2025/11/26\"]} # 30 of 30 documents\n",
        "      来源: {required: true, type: url, unique: true} # 29 of 30 documents; not 笔记/29.md\n",
        "      类型: {required: true, one-of: [摘编, 笔记]} # 30 of 30 documents\n",
        "    sections:\n      - ...\n      - 文档信息 # 30 of 30 documents\n      - ...\n",
        "      - \"【{n}】{any}+\" # 30 of 30 documents\n      - ...\n",
        "      - 关联主题 # 29 of 30 documents; not 笔记/30.md\n      - ...\n",
        "#   【1】  in 30 documents, such as 笔记/1.md\n",
        "#   GitHub  in 30 documents; Github in README.md\n",
    ] {
        assert!(written.contains(line), "{line}\n{written}");
    }
    let found = stdout(&rubrica(folder.path(), &["check", "--format", "concise"]));
    assert_eq!(
        found,
        "笔记/29.md:3:1: warning[missing-field] field `来源` is missing\n\
         笔记/30.md:13:1: warning[missing-section] section `关联主题` is missing\n"
    );
    let again = rubrica(folder.path(), &["init", "--root", "."]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("is not overwritten"), "{}", stderr(&again));
    let checked = rubrica(folder.path(), &["init", "--root", ".", "--check", "--format", "concise"]);
    assert_eq!((stdout(&checked), checked.status.code()), (found, Some(1)));
}

#[test]
fn names_of_files_cannot_write_configuration() {
    let folder = tempfile::tempdir().expect("a folder");
    for at in 0..25 {
        fs::write(folder.path().join(format!("{at}.md")), "---\ntitle: a\n---\n").expect("a file");
    }
    fs::write(folder.path().join("a\nrules: {all: off}\n.md"), "no fields\n").expect("a file");
    rubrica(folder.path(), &["init", "--root", "."]);
    let written = fs::read_to_string(folder.path().join("rubrica.yaml")).expect("the configuration");
    assert!(!written.contains("\nrules"), "{written}");
    assert!(written.contains("title: required # 25 of 26 documents; not a⏎rules"), "{written}");
}

#[test]
fn few_documents_teach_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "---\ntitle: a\n---\n").expect("a file");
    let output = rubrica(folder.path(), &["init", "--root", "."]);
    assert!(stderr(&output).contains("1 document teaches nothing"), "{}", stderr(&output));
    let written = fs::read_to_string(folder.path().join("rubrica.yaml")).expect("the configuration");
    assert!(written.lines().all(|line| line.is_empty() || line.starts_with('#')), "{written}");
    assert_eq!(rubrica(folder.path(), &["check", "--root", "."]).status.code(), Some(0));
}

#[test]
fn real_corpora_teach_what_their_authors_keep() {
    let Some(corpora) = corpora() else { return };
    for (name, lines) in [
        (
            "javaguide",
            &[
                "    files: [/docs/]",
                "title: required # 422 of",
                "description: required # 422 of",
                "category: required # 419 of",
            ][..],
        ),
        ("tidb-docs-cn", &["title: required # ", "summary: required # "][..]),
        ("vault-article", &["# So few documents teach nothing"][..]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&corpora.join(name), folder.path());
        let output = rubrica(folder.path(), &["init", "--root", "."]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let written = fs::read_to_string(folder.path().join("rubrica.yaml")).expect("the configuration");
        for line in lines {
            assert!(written.contains(line), "{name}: {line}\n{written}");
        }
        // Who is named is reported, and who is reported is counted.
        let groups = ["--only", "structure", "tags", "--skip", "invalid-front-matter"];
        let check = [&["check", "--root", ".", "--format", "concise"][..], &groups[..]].concat();
        let found = stdout(&rubrica(folder.path(), &check));
        let reported: BTreeSet<&str> = found.lines().filter_map(|line| line.split(".md:").next()).collect();
        let named =
            written.lines().filter_map(|line| line.split_once("; not ")).flat_map(|(_, names)| names.split(", "));
        for named in named {
            let named = named.split(" and ").next().unwrap_or(named).trim_end_matches(".md");
            assert!(reported.contains(named), "{name}: {named}");
        }
        let told = stdout(&rubrica(folder.path(), &["init", "--check", "--root", ".", "--format", "concise"]));
        assert_eq!(told, found, "{name}");
    }
}
