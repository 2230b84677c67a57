//! Options of rules: declared on the page, set in the configuration, read by the struct.

use std::sync::Arc;

use rubrica::{
    document::Document,
    engine::{Job, check},
    files::Tree,
    finding::Message,
    rule::{Catalogue, Check, DocumentRule, Findings, Language, Native},
    rules::NATIVE,
    source::{CorpusPath, Span},
};
use serde::Deserialize;

/// A rule made for this test: says its options at the start of every document.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Echo {
    limit: i64,
    words: Vec<String>,
    loud: bool,
}

impl DocumentRule for Echo {
    fn check(&self, document: &Document, out: &mut Findings) {
        let said = format!("{} {:?} {}", self.limit, self.words, self.loud);
        out.report(document.at(Span::at(0)), Message::new("said").with("options", said));
    }
}

const PAGE: &str = r#"---
severity: info
fix: never
since: 0.1.0
default: off
messages:
  said: {en: "{options}", zh: "{options}"}
options:
  limit: {type: integer, default: 3, summary: a number}
  words: {type: list of strings, default: [a], summary: words}
  loud: {type: boolean, default: false, summary: a switch}
---

# echo

Says its options.
"#;

fn findings(config: &str) -> Vec<String> {
    let own = NATIVE.iter().find(|native| native.name == "invalid-configuration").expect("a rule");
    let echo = Native {
        group: "test",
        name: "echo",
        page: PAGE,
        check: |options| Ok(Check::Document(Box::new(serde_json::from_value::<Echo>(options)?))),
    };
    let catalogue = Arc::new(Catalogue::new(&[echo, *own]));
    let path = |name: &str| CorpusPath::new(name).expect("a path");
    let files = [("rubrica.yaml", config), ("a.md", "a\n"), ("old/b.md", "b\n")];
    let tree = Tree::in_memory(files.map(|(name, text)| (path(name), text)));
    let job = Job::new(tree, None, &catalogue).expect("readable configuration");
    crate::support::lines(&job, &check(&job).expect("a root"))
}

#[test]
fn options_turn_a_rule_on_and_reach_its_struct() {
    assert_eq!(
        findings("rules: {echo: {limit: 7, words: [x, 中]}}\n"),
        ["a.md:1:1 echo 7 [\"x\", \"中\"] false", "old/b.md:1:1 echo 7 [\"x\", \"中\"] false",]
    );
}

#[test]
fn overrides_change_single_options() {
    let config = "rules: {echo: {severity: error}}\noverrides: [{files: [old], rules: {echo: {loud: true}}}]\n";
    assert_eq!(findings(config), ["a.md:1:1 echo 3 [\"a\"] false", "old/b.md:1:1 echo 3 [\"a\"] true"]);
}

#[test]
fn mistakes_in_options_are_located() {
    assert_eq!(
        findings("rules:\n  echo:\n    limt: 1\n    loud: often\n"),
        [
            "rubrica.yaml:3:5 invalid-configuration unknown key `limt`",
            "rubrica.yaml:4:11 invalid-configuration `loud` takes true or false, not `often`",
        ]
    );
}

/// Each asks for something else, and finds something else.
const MISTAKES: &str = r#"text: zh-Hans
files: {max_bytes: many, include: 3}
overrides: 甲
tags: [{section: [a]}]
rules:
  links: maybe
  numbering: {start: x, schemes: [foo], restart: secton, allow_gaps: 3}
  orphan-document: {addresses: 3}
  one: {match: {find: a, count: 3, ignore_case: 3, lang: fr}}
  two: {match: {find: a, count: {min: 0}}}
  three: {match: {swap: {a: []}}}
  four: {match: {find: a, where: [{heading: [x]}, {code-block: [3]}]}}
  five: {match: {agree: a}}
  six: {match: {pattern: [a]}}
  seven: {match: {pattern: a, fix: {a: b}}, default: {a: b}}
contracts:
  - {name: a, files: "*.md", sections: 3, fields: {x: {type: dat}, y: {type: integer, one_of: [two]}}}
  - {name: b, files: "*.md", sections: [[a]], fields: {x: {type: list, min: many}}}
  - [b]
"#;

#[test]
fn mistakes_are_told_in_chinese() {
    let said = |config: &str| -> Vec<String> {
        let job = crate::support::memory([("rubrica.yaml", config), ("a.md", "甲\n")]);
        let outcome = check(&job).expect("a root");
        let mistakes = outcome.findings.iter().filter(|finding| &*finding.rule == "invalid-configuration");
        mistakes.map(|finding| job.catalogue.say(&finding.rule, &finding.message, Language::Chinese)).collect()
    };
    let all = said(MISTAKES);
    assert!(all.len() > 20, "{all:?}");
    let yaml = ["a:\n\tb: 1\n", "a: 1\nb\n", "a: \"x\n", "a: [x\n"];
    for told in all.into_iter().chain(yaml.into_iter().flat_map(said)) {
        // What stands in backticks is quoted.
        let own: String = told.split('`').step_by(2).collect();
        let own = own.replace("YAML", "");
        assert!(!own.contains(|c: char| c.is_ascii_alphabetic()), "{told}");
    }
}

#[test]
fn every_struct_takes_the_options_of_its_page() {
    // Building fails where a page declares an option that the struct does not know: then the rule is not in the set.
    let catalogue = Catalogue::new(NATIVE);
    let every = rubrica::rule::RuleSet::new(&catalogue, &[&everything_on(&catalogue)], &|_| true);
    assert_eq!(every.rules().len(), catalogue.pages().count());
}

fn everything_on(catalogue: &Catalogue) -> rubrica::rule::Layer {
    let on =
        |severity| rubrica::rule::Setting { level: Some(rubrica::rule::Level::At(severity)), ..Default::default() };
    let settings = catalogue.pages().map(|page| (page.name.to_string(), on(page.severity))).collect();
    rubrica::rule::Layer { settings, ..Default::default() }
}
