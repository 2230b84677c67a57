//! What most of a corpus does, where profiles are set, and repairs in headings: what examples of a page cannot hold.

use std::fs;

use rubrica::{engine::check, finding::Safety};

use crate::support::{findings, memory, repaired, repository};

const SIMPLIFIED: &str = "text: {profile: zh-Hans}\n";

/// So many sentences that set a blank on both sides, and one that sets none.
fn spaced(count: usize) -> String {
    format!("{}请先安装TiDB数据库。\n", "请先安装 MySQL 数据库。\n\n".repeat(count))
}

#[test]
fn a_clear_majority_of_many_places_counts() {
    let found = |count| findings([("rubrica.yaml", SIMPLIFIED.to_owned()), ("a.md", spaced(count))]);
    assert_eq!(found(48), [] as [&str; 0], "98 places");
    assert_eq!(
        found(49),
        ["a.md:99:5 inconsistent-spacing `装TiDB数` lacks a blank: write `装 TiDB 数`"],
        "100 places"
    );
    let mixed = format!("{}{}", spaced(60), "请先安装TiDB数据库。\n\n".repeat(7));
    let files = [("rubrica.yaml", SIMPLIFIED.to_owned()), ("a.md", mixed)];
    assert_eq!(findings(files), [] as [&str; 0], "120 of 136 are less than nine in ten");
}

#[test]
fn the_majority_is_that_of_the_corpus() {
    let files = [("rubrica.yaml", SIMPLIFIED.to_owned()), ("a.md", spaced(80)), ("b.md", "安装TiDB数据库。\n".into())];
    assert_eq!(findings(files).iter().filter(|line| line.starts_with("b.md:1:3 ")).count(), 1);
}

#[test]
fn dates_have_a_majority_of_their_own() {
    let dates = format!("{}写于2024年。\n", "写于 2024 年。\n\n".repeat(60));
    let files = [("rubrica.yaml", SIMPLIFIED.to_owned()), ("a.md", dates)];
    assert_eq!(findings(files), ["a.md:121:3 inconsistent-spacing `于2024年` lacks a blank: write `于 2024 年`"]);
}

#[test]
fn units_follow_the_majority() {
    let units = format!("内存为 10GB。\n\n{}", "内存为 10 GB。\n\n".repeat(100));
    let files = [("rubrica.yaml", SIMPLIFIED.to_owned()), ("a.md", units)];
    assert_eq!(findings(files), ["a.md:1:5 misspaced-unit `10GB` lacks the blank before its unit: write `10 GB`"]);
}

#[test]
fn files_may_have_a_profile_of_their_own() {
    let config = "text: {profile: zh-Hans}\noverrides: [{files: [ja], rules: {text: {profile: ja}}}]\n";
    let japanese = "これは Rust の文章です。\n";
    let found = findings([("rubrica.yaml", config), ("ja/a.md", japanese), ("b.md", japanese)]);
    assert_eq!(found, ["ja/a.md:1:5 inconsistent-spacing `は Rust の` has a blank too many: write `はRustの`"]);
}

#[test]
fn a_severity_of_the_group_asks_for_no_profile() {
    assert_eq!(findings([("rubrica.yaml", "rules: {text: error}\n"), ("a.md", "你好,世界!!!\n")]), [] as [&str; 0]);
}

#[test]
fn a_profile_that_is_none_is_a_mistake() {
    let of = |config: &'static str| findings([("rubrica.yaml", config), ("a.md", "你好,世界\n")]);
    assert_eq!(
        of("text: {profile: zh}\n"),
        ["rubrica.yaml:1:17 invalid-configuration `profile`: `zh` is none of `zh-Hans`, `zh-Hant`, `ja`, `ko`"]
    );
    assert_eq!(of("text: {}\n"), ["rubrica.yaml:1:7 invalid-configuration `profile` is missing"]);
}

#[test]
fn links_follow_a_heading_that_is_repaired() {
    let config = "text: {profile: zh-Hans}\nrules: {inconsistent-spacing: {blank: require}}\n";
    let fixed = |files: &[(&str, &str)]| {
        let all = files.iter().copied().chain([("rubrica.yaml", config)]);
        let fixed = repaired(&memory(all), Safety::Safe);
        files
            .iter()
            .map(|(name, _)| {
                let source = fixed.outcome.corpus.sources.iter().find(|source| source.path.as_str() == *name);
                source.expect("still there").text.to_string()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        fixed(&[
            ("a.md", "## 用**Rust**写,再用`Go`写Java程序\n"),
            ("b.md", "见[甲](a.md#用rust写再用go写java程序)与[[a#用Rust写,再用Go写Java程序]]。\n")
        ]),
        [
            "## 用 **Rust** 写，再用`Go`写 Java 程序\n",
            "见[甲](a.md#用-rust-写再用go写-java-程序)与[[a#用 Rust 写，再用Go写 Java 程序]]。\n"
        ]
    );
}

/// The rule itself offers no repair: the check after a repair would withhold it, whatever the rule does.
#[test]
fn the_label_of_a_reference_is_that_of_its_definition() {
    let config = "text: {profile: zh-Hans}\nrules: {inconsistent-spacing: {blank: require}}\n";
    let reference = "[用Rust写]与[用Go写][用Rust写]的说明文字\n\n[用Rust写]: a.md\n";
    let outcome = check(&memory([("rubrica.yaml", config), ("a.md", reference)])).expect("a root");
    let offered: Vec<bool> = outcome.findings.iter().map(|finding| finding.fix.is_some()).collect();
    assert_eq!(offered, [false, false], "{:?}", outcome.findings);
}

/// While it is not known which text is to be bold, nothing is put beside the marks.
#[test]
fn typography_waits_for_emphasis() {
    let config = "text: {profile: zh-Hans}\nrules: {inconsistent-spacing: {blank: require}}\n";
    let texts = [
        "甲**乙（丙）**与**Rust（丁）**之间\n",
        "**甲：**请**A（乙）**丙，这是中文\n",
        "**注意：****粗**Rust，这是中文\n",
    ];
    for text in texts {
        let outcome = check(&memory([("rubrica.yaml", config), ("a.md", text)])).expect("a root");
        let spacing = outcome.findings.iter().find(|finding| &*finding.rule == "inconsistent-spacing");
        assert!(spacing.expect("a finding").fix.is_none(), "{text}");
    }
}

/// What people write in a language as its guidelines have it.
#[test]
fn profiles_are_silent_on_natural_text() {
    for language in ["ja", "ko"] {
        let path = repository().join(format!("fixtures/languages/{language}.md"));
        let text = fs::read_to_string(&path).expect("the fixture");
        let config = format!("text: {{profile: {language}}}\n");
        assert_eq!(findings([("rubrica.yaml", config), ("a.md", text)]), [] as [&str; 0], "{language}");
    }
}
