//! `rubrica init`: what a corpus teaches, and that a run with the written file reports exactly who deviates.

use std::{collections::BTreeSet, fs, path::Path};

use rubrica::{
    engine::{Selection, check},
    files::Tree,
};

use crate::support::{copy, corpora, folder, job, rubrica, stderr, stdout, write};

/// Writes a corpus of notes that agree, but for the two last ones.
fn notes(folder: &Path) {
    fs::create_dir(folder.join("笔记")).expect("a folder");
    for at in 1..=30 {
        let source = if at == 29 { String::new() } else { format!("- 来源：https://example.com/{at}\n") };
        let points = if at == 28 { "" } else { "### 2) 要点\n\n- 甲\n\n" };
        let topics = if at == 30 { "" } else { "## 关联主题\n\n- [[笔记/1]]\n" };
        let date = if at % 2 == 0 { format!("2025/11/{at:02}") } else { format!("2025-11-{at:02}") };
        let kind = ["摘编", "笔记"][at % 2];
        let text = format!(
            "# 第{at}篇\n\n## 文档信息\n\n{source}- 发布日期：{date}\n- 类型：{kind}\n\n## 【1】甲{at}\n\n用 GitHub。\n\n## 【2】乙{at}\n\n文字\n\n## 摘要\n\n### 1) 总结\n\n文字\n\n{points}{topics}"
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
        "      类型: {required: true, one_of: [摘编, 笔记]} # 30 of 30 documents\n",
        "    sections:\n      - ...\n      - 文档信息 # 30 of 30 documents\n      - ...\n",
        "      - \"【{n}】{any}+\" # 30 of 30 documents\n      - ...\n",
        "      - 摘要: # 30 of 30 documents\n          - ...\n          - \"{n}) 总结\" # 30 of 30 documents\n",
        "          - ...\n          - \"{n}) 要点\" # 29 of 30 documents; not 笔记/28.md\n          - ...\n      - ...\n",
        "      - 关联主题 # 29 of 30 documents; not 笔记/30.md\n      - ...\n",
        "#   【1】  in 30 documents, such as 笔记/1.md\n",
        "  term-spelling: # words that nearly all documents write alike\n    match:\n      boundary: token\n",
        "        Github: GitHub # 30 documents write GitHub; not README.md\n",
        "# 31 of 31 documents are written in Chinese in simplified characters: this checks its typography.\n# text: {profile: zh-Hans}\n",
    ] {
        assert!(written.contains(line), "{line}\n{written}");
    }
    let found = stdout(&rubrica(folder.path(), &["check", "--format", "concise"]));
    assert_eq!(
        found,
        "README.md:3:3: warning[term-spelling] `Github` should be `GitHub`\n\
         笔记/28.md:19:1: warning[missing-section] section `{n}) 要点` is missing\n\
         笔记/29.md:3:1: warning[missing-field] field `来源` is missing\n\
         笔记/30.md:17:1: warning[missing-section] section `关联主题` is missing\n"
    );
    let again = rubrica(folder.path(), &["init", "--root", "."]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("is not overwritten"), "{}", stderr(&again));
    assert!(stderr(&again).contains("--check` reports the documents that deviate"), "{}", stderr(&again));
    let checked = rubrica(folder.path(), &["init", "--root", ".", "--check", "--format", "concise"]);
    assert_eq!((stdout(&checked), checked.status.code()), (found, Some(1)));
    let args = ["init", "--root", ".", "--check", "--fail-on", "never"];
    assert_eq!(rubrica(folder.path(), &args).status.code(), Some(0));
}

/// What is proposed for files in memory: written to a folder, and read from there.
fn proposal(files: impl IntoIterator<Item = (String, String)>) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(folder.path(), &path, &text);
    }
    let output = rubrica(folder.path(), &["init", "--root", "."]);
    let written = fs::read_to_string(folder.path().join("rubrica.yaml")).expect("the configuration");
    let found = stdout(&rubrica(
        folder.path(),
        &["check", "--root", ".", "--format", "concise", "--only", "structure", "tags"],
    ));
    assert_eq!(counted(&written), deviations(folder.path()), "{written}\n{found}");
    (written, stderr(&output))
}

#[test]
fn terms_are_counted_as_the_rule_sees_them() {
    let many = |from: usize, text: &str| -> Vec<(String, String)> {
        (from..from + 30).map(|at| (format!("{at}.md"), text.to_owned())).collect()
    };
    let (written, said) = proposal([many(0, "We use MySQL here.\n"), many(30, "## Mysql\n\ntext\n")].concat());
    assert!(!written.contains("Mysql"), "{written}");
    assert!(said.contains("60 documents teach nothing"), "{said}");
    // In capitals alone it is a keyword.
    let other = [("x.md".to_owned(), "# Mysql\n".to_owned()), ("y.md".to_owned(), "The keyword MYSQL\n".to_owned())];
    let (written, said) = proposal(many(0, "We use `Mysql`, [MySQL](a.md#Mysql) here.\n").into_iter().chain(other));
    assert!(written.contains("        Mysql: MySQL # 30 documents write MySQL; not x.md\n"), "{written}");
    assert!(!said.contains("nothing"), "{said}");
}

#[test]
fn what_a_page_calls_wrong_is_not_asked_for() {
    let text = |at| if at == 0 { "Springboot" } else { "SpringBoot" };
    let (written, _) = proposal((0..30).map(|at| (format!("{at}.md"), format!("We use {} here.\n", text(at)))));
    assert!(!written.contains("SpringBoot"), "{written}");
}

#[test]
fn labels_of_two_widths_are_two_ways_to_number() {
    let text =
        |at: usize| if at < 22 { "## １．議題\n\n## ２．次回\n" } else { "## 1. 안건\n\n## 2. 일정\n" };
    let (written, _) = proposal((0..46).map(|at| (format!("{at}.md"), text(at).to_owned())));
    assert!(written.contains("#   1.  in 24 documents") && written.contains("#   １．  in 22 documents"), "{written}");
}

#[test]
fn fields_and_sections_of_one_name_are_two_things() {
    let outer = (0..40).map(|at| (format!("{at}.md"), "# T\n\n## author\n\n甲\n".to_owned()));
    let inner = (0..40).map(|at| (format!("in/{at}.md"), "---\nauthor: 甲\n---\n# T\n\n## author\n\n甲\n".to_owned()));
    let (written, _) = proposal(outer.chain(inner));
    assert!(
        written.contains("      - author # 80 of 80") && written.contains("      author: required # 40 of 40"),
        "{written}"
    );
}

#[test]
fn kinds_are_told_by_what_is_not_asked_for_yet() {
    let outer = (0..40).map(|at| (format!("{at}.md"), "# T\n\n## 摘要\n\n## 参考\n".to_owned()));
    let kinds = ["", "## 材料\n\n## 步骤\n", "## 背景\n\n## 决定\n"];
    let text = |at: usize| format!("# T\n\n## 摘要\n\n## 参考\n\n{}", kinds[at / 30 % 3]);
    let inner = (0..90).map(|at| (format!("in/{at}.md"), text(at)));
    let (written, _) = proposal(outer.chain(inner));
    let notes: Vec<&str> = written.lines().filter(|line| line.contains("are alike in the sections")).collect();
    assert!(notes.len() == 2 && notes.iter().all(|note| !note.contains("摘要")), "{written}");
}

#[test]
fn one_document_in_another_order_is_named() {
    let text = |at| match at {
        39 => "# T\n\n## 正文\n\n甲\n\n## 摘要\n\n乙\n",
        _ => "# T\n\n## 摘要\n\n乙\n\n## 正文\n\n甲\n",
    };
    let (written, said) = proposal((0..40).map(|at| (format!("{at}.md"), text(at).to_owned())));
    assert!(!written.contains("order: any") && written.contains(" # 39 of 40 documents; not 39.md\n"), "{written}");
    assert!(said.contains("reports the documents that it names"), "{said}");
}

#[test]
fn what_is_within_a_section_is_counted_where_there_is_one() {
    let text = |at| match at {
        25 => "# T\n\n## 摘要\n\n乙\n\n## 正文\n",
        26 => "# T\n\n## 正文\n",
        _ => "# T\n\n## 摘要\n\n### 要点\n\n乙\n\n## 正文\n",
    };
    let (written, _) = proposal((0..27).map(|at| (format!("{at}.md"), text(at).to_owned())));
    assert!(written.contains("- 要点 # 25 of 26 documents; not 25.md\n"), "{written}");
}

#[test]
fn kinds_in_one_folder_are_told_apart() {
    let article = |header: &str| format!("{header}# T\n\n## 摘要\n\n## 正文\n\n## 关联\n");
    let recipe = |header: &str| format!("{header}# T\n\n## 食材\n\n## 步骤\n");
    let files = |kinds: [&str; 2]| {
        let text = |at: usize| if at < 40 { article(kinds[0]) } else { recipe(kinds[1]) };
        (0..80).map(|at| (format!("{at:02}.md"), text(at))).collect::<Vec<_>>()
    };
    let (written, _) = proposal(files(["---\ntype: article\n---\n", "---\ntype: recipe\n---\n"]));
    for line in
        ["    when: {type: article}\n", "      - 摘要 # 40 of 40 documents\n", "      - 步骤 # 40 of 40 documents\n"]
    {
        assert!(written.contains(line), "{line}\n{written}");
    }
    let (written, _) = proposal(files(["", ""]));
    assert!(
        written.contains("# 40 documents are alike in the sections 摘要, 正文, 关联, such as 00.md, 01.md:"),
        "{written}"
    );
    assert!(!written.contains("contracts:"), "{written}");
}

#[test]
fn tags_and_their_words_are_learned() {
    let words = ["AI", "学习", "写作"];
    let header = |at: usize| match at {
        39 => "文字\n".to_owned(),
        _ => format!("---\ntags: [{}]\n---\n文字\n", words[at % 3]),
    };
    let (written, _) = proposal((0..40).map(|at| (format!("{at:02}.md"), header(at))));
    let line =
        "    tags: {from: [front-matter], min: 1, vocabulary: [AI, 写作, 学习]} # 39 of 40 documents; not 39.md\n";
    assert!(written.contains(line) && !written.contains("fields:"), "{written}");
    assert!(written.contains("    files: [\"*.md\"]\n"), "{written}");
    let section =
        |at: usize| if at > 24 { "# T\n".to_owned() } else { "# T\n\n## 关联主题\n\n- [[AI]]\n".to_owned() };
    let note = [("topics/AI.md".to_owned(), "# AI\n\n- [[01]]\n".to_owned())];
    let (written, _) = proposal((0..27).map(|at| (format!("notes/{at:02}.md"), section(at))).chain(note));
    let line = "    tags: {from: [section: 关联主题], min: 1, vocabulary: [AI]} # 27 of 27 documents\n";
    assert!(written.contains(line), "{written}");
    let bare = |at: usize| format!("# T\n\n## 关联主题\n\n{}\n", if at > 27 { "无" } else { "- [[AI]]" });
    let note = [("topics/AI.md".to_owned(), "# AI\n\n- [[01]]\n".to_owned())];
    let (written, _) = proposal((0..30).map(|at| (format!("notes/{at:02}.md"), bare(at))).chain(note));
    let line = "min: 1, vocabulary: [AI]} # 28 of 30 documents; not notes/28.md, notes/29.md\n";
    assert!(written.contains(line), "{written}");
}

#[test]
fn a_rare_spelling_is_no_word_and_no_value() {
    let tag = |at: usize| match at {
        3 | 9 => "rust",
        5 => "Gos",
        at if at % 2 == 0 => "Rust",
        _ => "Gopher",
    };
    let header = |at: usize| {
        let category = if at == 7 { "guide" } else { ["Guide", "Essay"][at % 2] };
        format!("---\ncategory: {category}\ntags: [{}]\n---\nText {at}\n", tag(at))
    };
    let (written, _) = proposal((0..60).map(|at| (format!("notes/{at:02}.md"), header(at))));
    let line = "vocabulary: [Rust, Gopher]} # 57 of 60 documents; not notes/03.md, notes/05.md, notes/09.md\n";
    assert!(written.contains(line), "{written}");
    let line = "one_of: [Guide, Essay]} # 59 of 60 documents; not notes/07.md\n";
    assert!(written.contains(line), "{written}");
}

#[test]
fn words_that_come_up_once_keep_a_list_open() {
    let tag = |at: usize| if at < 2 { format!("new{at}") } else { ["Rust", "Gopher"][at % 2].to_owned() };
    let (written, _) = proposal(
        (0..60).map(|at| (format!("notes/{at:02}.md"), format!("---\ntags: [{}]\n---\nText {at}\n", tag(at)))),
    );
    assert!(written.contains("min: 1, vocabulary: corpus}"), "{written}");
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
    let folder = folder(&[("a.md", "---\ntitle: a\n---\n")]);
    let output = rubrica(folder.path(), &["init", "--root", "."]);
    assert_eq!(
        stderr(&output),
        "note: 1 document teaches nothing: a rule needs 20 that keep it\nwrote `rubrica.yaml`; it asks for nothing yet\n"
    );
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
        (
            "tidb-docs-cn",
            &[
                "title: required # 1212 of 1222 documents; not CONTRIBUTING.md, ",
                "summary: required # 1212 of 1222 documents; not CONTRIBUTING.md, README.md, TOC-ai.md and 7 more\n",
            ][..],
        ),
        ("vault-article", &["# So few documents teach nothing"][..]),
        ("vue-docs-zh-cn", &["\n# paths: {/: src}\n"][..]),
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
        let own = if written.contains("term-spelling") { &["own"][..] } else { &[] };
        let groups = [&["--only", "structure", "tags"], own, &["--skip", "invalid-front-matter"]].concat();
        let check = [&["check", "--root", ".", "--format", "concise"][..], &groups[..]].concat();
        let found = stdout(&rubrica(folder.path(), &check));
        let reported: BTreeSet<&str> = found.lines().filter_map(|line| line.split(".md:").next()).collect();
        let named =
            written.lines().filter_map(|line| line.split_once("; not ")).flat_map(|(_, names)| names.split(", "));
        for named in named {
            let named = named.split(" and ").next().unwrap_or(named).trim_end_matches(".md");
            assert!(reported.contains(named), "{name}: {named}");
        }
        assert_eq!(counted(&written), deviations(folder.path()), "{name}");
        let told = stdout(&rubrica(folder.path(), &["init", "--check", "--root", ".", "--format", "concise"]));
        assert_eq!(told, found, "{name}");
    }
}

/// How many deviations the comments of a written file speak of; where they say who keeps a line as well, the two agree.
fn counted(written: &str) -> usize {
    let mut all = 0;
    for line in written.lines().filter_map(|line| line.split_once(" # ")).map(|(_, comment)| comment) {
        for part in line.split("; ") {
            let names = ["not ", "equal but for "].iter().find_map(|words| part.strip_prefix(words));
            let Some(names) = names else { continue };
            let (shown, more) = names.split_once(" and ").unwrap_or((names, "0 more"));
            let more: usize = more.trim_end_matches(" more").parse().expect("a number");
            let count = shown.split(", ").count() + more;
            all += count;
            if let Some((keep, of)) = line.split_once(" of ").filter(|_| part.starts_with("not ")) {
                let of: usize = of.split(' ').next().expect("a number").parse().expect("a number");
                assert_eq!(keep.parse::<usize>().expect("a number"), of - count, "{line}");
            }
        }
    }
    all
}

/// How many deviations a run with the written file reports: one for each document and line.
fn deviations(root: &Path) -> usize {
    let mut job = job(Tree::on_disk(root));
    let groups = ["structure", "tags", "own"].into_iter().flat_map(|group| job.catalogue.named(group));
    job.selection = Selection { only: Some(groups.collect()), skip: vec!["invalid-front-matter".into()] };
    let outcome = check(&job).expect("a corpus");
    let mut all = BTreeSet::new();
    for finding in &outcome.findings {
        let own = |bound: &rubrica::corpus::Bound<'_>| bound.document.file == finding.at.file;
        let of_tags = outcome.corpus.bound().filter(own).find(|bound| bound.contract.tags.is_some());
        let of_tags = of_tags.map(|bound| bound.contract.name.as_str()).unwrap_or_default();
        let help = finding.help.as_ref().and_then(|help| help.argument("contract"));
        let help = help.unwrap_or_default();
        let holes = ["fields", "sections", "field", "section", "match"];
        let lines = holes.iter().find_map(|hole| finding.message.argument(hole)).unwrap_or("tags");
        let help = if lines == "tags" { of_tags } else { help };
        let is_value = matches!(&*finding.message.key, "differs" | "nothing-to-equal");
        for line in lines.split("`, `") {
            all.insert((finding.at.file, help.to_owned(), line.to_owned(), is_value));
        }
    }
    all.len()
}
