//! The formats of a report, and where reports go. What their schemas say is checked by `tests/outside/formats.py`.

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::{folder, json, program, rubrica, stderr, stdout};

fn report(folder: &Path, format: &str) -> String {
    stdout(&rubrica(folder, &["check", "--root", ".", "--format", format]))
}

/// `𠮷` is one character, two units of UTF-16 and four bytes.
const WIDE: &str = "𠮷[x](none.md)\n";

#[test]
fn each_format_counts_columns_in_its_own_unit() {
    let folder = folder(&[("a.md", WIDE)]);
    let region = &json(&report(folder.path(), "sarif"))["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!((&region["region"]["startColumn"], &region["region"]["endColumn"]), (&6.into(), &13.into()));
    let range = &json(&report(folder.path(), "rdjson"))["diagnostics"][0]["location"]["range"];
    assert_eq!((&range["start"]["column"], &range["end"]["column"]), (&9.into(), &16.into()));
    assert!(report(folder.path(), "github").starts_with("::error file=a.md,line=1,endLine=1,col=6,endColumn=13,"));
    assert!(report(folder.path(), "checkstyle").contains(r#"<error line="1" column="6" severity="error""#));
    let start = &json(&report(folder.path(), "json"))["findings"][0]["start"];
    assert_eq!((&start["column"], &start["byte"]), (&6.into(), &8.into()));
}

#[test]
fn where_more_is_said_is_said_in_every_format() {
    let url = "https://example.com/own";
    let config = format!("rules:\n  own: {{url: {url:?}, match: {{find: 甲}}}}\n");
    let folder = folder(&[("rubrica.yaml", &config), ("a.md", "甲\n")]);
    for format in ["terminal", "github", "junit", "json", "json-lines"] {
        assert!(report(folder.path(), format).contains(url), "{format}");
    }
    let sarif = json(&report(folder.path(), "sarif"));
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][0]["helpUri"], url);
    assert_eq!(json(&report(folder.path(), "rdjson"))["diagnostics"][0]["code"]["url"], url);
}

#[test]
fn a_clean_run_is_a_report_all_the_same() {
    let folder = folder(&[("a.md", "# a\n")]);
    assert_eq!(report(folder.path(), "gitlab"), "[]\n");
    assert_eq!(json(&report(folder.path(), "sarif"))["runs"][0]["results"], json("[]"));
    assert_eq!(json(&report(folder.path(), "rdjson"))["diagnostics"], json("[]"));
    assert!(report(folder.path(), "junit").contains(r#"<testcase classname="rubrica" name="1 documents"/>"#));
    assert_eq!(report(folder.path(), "markdown"), "### rubrica: no findings in 1 document\n\n");
    for quiet in ["terminal", "concise", "json-lines", "github"] {
        assert_eq!(report(folder.path(), quiet), "", "{quiet}");
    }
}

#[test]
fn services_name_files_from_the_top_of_the_repository() {
    let folder = folder(&[("docs/rubrica.yaml", "{}"), ("docs/a.md", "[x](none.md)\n"), (".git/HEAD", "")]);
    let docs = folder.path().join("docs");
    let named = |format: &str| stdout(&rubrica(&docs, &["check", "--format", format]));
    assert!(named("concise").starts_with("a.md:1:5:"));
    assert!(named("github").starts_with("::error file=docs/a.md,"));
    assert!(named("gitlab").contains(r#""path":"docs/a.md""#));
    fs::write(docs.join("a.md"), "[x](none.md)\n\n".repeat(12)).expect("a file");
    assert!(named("github").contains("\ndocs/a.md:23:5: error"), "{}", named("github"));
    assert!(named("sarif").contains(r#""uri":"docs/a.md""#));
    assert!(named("checkstyle").contains(r#"<file name="docs/a.md">"#));
}

#[test]
fn github_shows_the_most_severe_and_counts_the_rest() {
    let broken: String = (0..30).map(|n| format!("[x](none-{n}.md)\n\n")).collect();
    let folder = folder(&[("a.md", &format!("[y](../out.md)\n\n{broken}"))]);
    let report = report(folder.path(), "github");
    let count = |start: &str| report.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("::error "), count("::warning "), count("::notice ")), (10, 1, 1));
    assert!(report.contains("::notice title=rubrica::20 more findings are listed in the log of this step\n"));
    assert_eq!(count("a.md:"), 20, "{report}");
    assert!(report.starts_with("::error "), "{report}");
}

#[test]
fn github_leaves_out_columns_across_lines() {
    let folder = folder(&[("a.md", "---\nk: [1\n---\n\n[x\ny][none]\n\n[none]: none.md\n")]);
    for line in report(folder.path(), "github").lines().filter(|line| line.starts_with("::error")) {
        let property = |name: &str| line.split(['=', ',', ' ']).skip_while(|word| *word != name).nth(1);
        assert_eq!(property("line") == property("endLine"), property("col").is_some(), "{line}");
    }
}

#[test]
fn sarif_states_what_it_cuts() {
    let broken: String = (0..5_003).map(|n| format!("[x](none-{n}.md)\n\n")).collect();
    let folder = folder(&[("a.md", &format!("[y](../out.md)\n\n{broken}"))]);
    let run = &json(&report(folder.path(), "sarif"))["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 5_000);
    assert!(results.iter().all(|result| result["level"] == "error"));
    let notes = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(notes, "4 more results are left out: the 5000 most severe are listed");
}

#[test]
fn fingerprints_are_distinct_and_shared_and_survive_moves() {
    let ids = |text: &str| {
        let folder = folder(&[("a.md", text)]);
        let sarif = json(&report(folder.path(), "sarif"));
        let sarif = sarif["runs"][0]["results"].as_array().expect("results").clone();
        let of_sarif: Vec<String> =
            sarif.iter().map(|r| r["partialFingerprints"]["rubrica/v1"].as_str().expect("one").to_owned()).collect();
        let gitlab = json(&report(folder.path(), "gitlab"));
        let gitlab = gitlab.as_array().expect("entries").clone();
        let of_gitlab: Vec<String> =
            gitlab.iter().map(|e| e["fingerprint"].as_str().expect("one").to_owned()).collect();
        assert_eq!(of_sarif, of_gitlab);
        of_sarif.into_iter().collect::<BTreeSet<String>>()
    };
    let before = ids("[x](none.md) and [y](none.md)\n\n[z](other.md)\n");
    assert_eq!(before.len(), 3);
    assert_eq!(before, ids("# New\n\nText.\n\nSee [x](none.md),\n[y](none.md)\n\n* [z](other.md)\n"));
    // Code that nobody closes goes on to the end, and something is added there.
    let open = format!("# A\n\n```\n{}", "中文 text\n".repeat(200));
    assert_eq!(ids(&open).len(), 1);
    assert_eq!(ids(&open), ids(&format!("{open}More.\n")));
}

#[test]
fn a_suggestion_is_the_whole_fix_or_none() {
    let folder = folder(&[("a.md", "# 1. a\n# 2. b\n# 2. c\n\n[c](#2-c-x)\n")]);
    let report = json(&report(folder.path(), "rdjson"));
    let wrong = report["diagnostics"].as_array().expect("diagnostics");
    let wrong = wrong.iter().find(|d| d["code"]["value"] == "misnumbered-section").expect("the number");
    assert_eq!(wrong["suggestions"][0]["text"], "3");
    assert_eq!(wrong["suggestions"][0]["range"]["start"], json(r#"{"line": 3, "column": 3}"#));
}

#[test]
fn several_reports_at_once() {
    let folder = folder(&[("a.md", WIDE)]);
    let args = ["check", "--root", ".", "--format", "concise", "--output", "sarif=a.sarif", "--output", "junit=a.xml"];
    let output = rubrica(folder.path(), &args);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "a.md:1:6: error[broken-link] `none.md` does not exist\n");
    let file = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a report");
    assert_eq!(json(&file("a.sarif"))["version"], "2.1.0");
    assert!(file("a.xml").contains("<testsuites"));
    for (wrong, said) in
        [("sarif", "FORMAT=FILE"), ("sariff=x", "there is no such format"), ("json=no/such/x", "no/such/x")]
    {
        let output = rubrica(folder.path(), &["check", "--root", ".", "--output", wrong]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}

#[test]
fn a_ci_service_chooses_the_format_and_is_told_so() {
    let folder = folder(&[("a.md", "[x](none.md)\n")]);
    let run = |name: &str, args: &[&str]| {
        let all: Vec<&str> = ["check", "--root", "."].iter().chain(args).copied().collect();
        program(folder.path(), &all).env(name, "true").output().expect("the program starts")
    };
    let output = run("GITHUB_ACTIONS", &[]);
    assert!(stdout(&output).starts_with("::error file=a.md"));
    assert!(stderr(&output).starts_with("note: this is GitHub Actions, so the format is `github`"));
    let output = run("GITLAB_CI", &[]);
    assert!(stdout(&output).starts_with("a.md:1:5:"));
    assert!(stderr(&output).contains("gl-code-quality-report.json"));
    let output = run("GITHUB_ACTIONS", &["--format", "concise"]);
    assert!(stdout(&output).starts_with("a.md:1:5:"));
    assert!(!stderr(&output).contains("note:"));
}

#[test]
fn the_step_summary_is_appended_and_stays_below_its_limit() {
    let broken: String = (0..300).map(|n| format!("[x](none-{n}.md) {}\n\n", "字".repeat(4_000))).collect();
    let folder = folder(&[("a.md", &broken), ("b.md", "# 1. a\n# 2. b\n# 2. c\n")]);
    let summary = folder.path().join("summary");
    let before = "x".repeat((1 << 20) - 8_000);
    fs::write(&summary, &before).expect("a file");
    let args = ["check", "--root", ".", "--format", "concise"];
    program(folder.path(), &args).env("GITHUB_STEP_SUMMARY", &summary).output().expect("the program starts");
    let text = fs::read_to_string(&summary).expect("the summary");
    assert!(text.starts_with(&before) && text.len() < 1 << 20, "{}", text.len());
    let text = &text[before.len()..];
    assert!(text.contains("| `broken-link` | 300 | 300 | 0 | 0 |\n"), "{text}");
    assert!(text.contains("| `b.md` | 1 | 1 | 1 | 0 |\n"), "{text}");
    assert!(text.contains("more are not shown here."), "{text}");
}

#[test]
fn the_locale_chooses_the_language() {
    let folder = folder(&[("a.md", "[x](none.md)\n")]);
    let run = |lang: &str, args: &[&str]| {
        let all: Vec<&str> = ["check", "--root", ".", "--format", "concise"].iter().chain(args).copied().collect();
        stdout(&program(folder.path(), &all).env("LANG", lang).output().expect("the program starts"))
    };
    assert!(run("zh_CN.UTF-8", &[]).contains("不存在"));
    assert!(run("zh_CN.UTF-8", &["--lang", "en"]).contains("does not exist"));
    assert!(run("de_DE.UTF-8", &[]).contains("does not exist"));
}

#[test]
fn completions_manual_and_version() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(stdout(&rubrica(folder.path(), &["completions", shell])).contains("rubrica"), "{shell}");
    }
    rubrica(folder.path(), &["man", "pages"]);
    let page = fs::read_to_string(folder.path().join("pages/rubrica-check.1")).expect("a page");
    assert!(page.contains("staged"));
    let version = stdout(&rubrica(folder.path(), &["--version"]));
    assert!(version.starts_with(concat!("rubrica ", env!("CARGO_PKG_VERSION"), " (")), "{version}");
    assert_eq!(stdout(&rubrica(folder.path(), &["-V"])), concat!("rubrica ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_message_that_is_too_long_is_cut_and_not_dropped() {
    let folder = folder(&[("a.md", &format!("[x]({}.md)\n", "字".repeat(1_400)))]);
    let report = report(folder.path(), "github");
    let (_, message) = report.rsplit_once("::").expect("a command");
    assert!(message.starts_with("`字字字") && message.ends_with("字…` does not exist\n"), "{report}");
    assert!(message.len() < 1_100, "{report}");
}

#[test]
fn a_summary_without_room_is_not_begun() {
    let folder = folder(&[("a.md", "[x](none.md)\n")]);
    let summary = folder.path().join("summary");
    for room in [0, 10, 100, 300, 500, 1_000] {
        let before = "x".repeat((1 << 20) - room);
        fs::write(&summary, &before).expect("a file");
        let args = ["check", "--root", ".", "--format", "concise"];
        program(folder.path(), &args).env("GITHUB_STEP_SUMMARY", &summary).output().expect("the program starts");
        let length = fs::metadata(&summary).expect("the summary").len();
        assert!(length < (1 << 20).max(before.len() as u64 + 1), "{room}: {length}");
    }
}

#[test]
fn no_message_of_sarif_holds_a_link() {
    let folder = folder(&[("a.md", "[a](<x](y.md>) [b](<x\\\\](z.md>) [c](<x[q](w.md>)\n")]);
    let sarif = json(&report(folder.path(), "sarif"));
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 3, "{sarif}");
    for result in results {
        let text = result["message"]["text"].as_str().expect("a text");
        for (at, _) in text.match_indices("](") {
            let backslashes = text[..at].chars().rev().take_while(|&c| c == '\\').count();
            assert!(backslashes % 2 == 1, "{text}");
        }
    }
}

#[test]
fn every_word_of_a_report_is_in_its_language() {
    let broken: String = (0..250).map(|n| format!("[x](none-{n}.md)\n\n")).collect();
    let folder = folder(&[("a.md", &broken)]);
    let args = |format| ["check", "--root", ".", "--lang", "zh", "--format", format];
    assert!(stdout(&rubrica(folder.path(), &args("terminal"))).contains("另有 50 处问题，每处一行："));
    assert!(stdout(&rubrica(folder.path(), &args("github"))).contains("另有 240 处问题"));
    assert!(stdout(&rubrica(folder.path(), &args("markdown"))).contains("1 篇文档中有 250 个错误"));
}

#[test]
fn a_file_of_a_report_is_named_once_and_is_a_file() {
    let folder = folder(&[("a.md", "# a\n")]);
    for (outputs, said) in [(&["json=-"][..], "standard output"), (&["json=x", "sarif=x"], "`x` is named twice")] {
        let outputs = outputs.iter().flat_map(|output| ["--output", output]);
        let args: Vec<&str> = ["check", "--root", "."].into_iter().chain(outputs).collect();
        let output = rubrica(folder.path(), &args);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}
