//! Every page of `rules/`: its examples are run, and what it declares is what happens.
//! `BLESS=1 cargo test` rewrites the `report` and `fixed` fences, and the index.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use rubrica::{
    examples::{self, Verdict},
    finding::Safety,
    rule::{Activation, Catalogue, Language, Page},
    rules::NATIVE,
};

use crate::support::{catalogue, repository};

fn path_of(page: &Page) -> PathBuf {
    repository().join("rules").join(&*page.group).join(format!("{}.md", page.name))
}

fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// Messages about what an example cannot hold; a test of their own shows each.
const SHOWN_ELSEWHERE: &[(&str, &str)] = &[
    ("broken-link", "gone"),
    ("broken-link", "ignored"),
    ("broken-link", "led"),
    ("broken-link", "renamed"),
    ("invisible-character", "control"),
    ("inconsistent-spacing", "majority"),
    ("misspaced-unit", "majority"),
];

/// Every page, and how its examples went.
fn verdicts() -> &'static [(Arc<Page>, Vec<Verdict>)] {
    static KNOWN: OnceLock<Vec<(Arc<Page>, Vec<Verdict>)>> = OnceLock::new();
    let run = |page: &Arc<Page>| (page.clone(), examples::run(&catalogue(), page).expect("examples run in memory"));
    KNOWN.get_or_init(|| catalogue().pages().map(run).collect())
}

#[test]
fn examples_hold() {
    let mut failures = String::new();
    for (page, verdicts) in verdicts() {
        let mut corrections = Vec::new();
        for verdict in verdicts {
            for failure in &verdict.failures {
                let _ = writeln!(failures, "{}:{} {}\n{failure}", path_of(page).display(), verdict.line, verdict.title);
            }
            corrections.extend(verdict.corrections.iter().cloned());
        }
        if blessing() {
            let mut text = fs::read_to_string(path_of(page)).expect("the page");
            corrections.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
            for (span, correction) in corrections {
                text.replace_range(span.range(), &correction);
            }
            fs::write(path_of(page), text).expect("the page");
        }
    }
    assert!(failures.is_empty() || blessing(), "{failures}");
}

/// Nobody has a version that is yet to come.
#[test]
fn no_page_is_from_a_later_version() {
    let parts = |version: &str| version.split('.').map(str::parse).collect::<Result<Vec<u32>, _>>().expect("a version");
    let own = parts(env!("CARGO_PKG_VERSION"));
    for page in catalogue().pages() {
        assert!(parts(&page.since) <= own, "{} is since {}", page.name, page.since);
    }
}

/// What the runner does not know it passes over, and an expectation with it.
#[test]
fn every_fence_of_a_page_is_one_that_is_run() {
    for page in catalogue().pages() {
        for fence in page.document().facts.fences.iter().filter(|fence| fence.top_level) {
            let language = fence.info.split_whitespace().next().unwrap_or_default();
            let line = page.source().position(fence.span.start).line;
            let is_run = matches!(language, "md" | "yaml" | "report");
            assert!(is_run, "{}:{line} `{}`", path_of(page).display(), fence.info);
        }
    }
}

#[test]
fn pages_declare_what_happens() {
    for (page, verdicts) in verdicts() {
        let name = &page.name;
        let summary = page.summary(Language::English);
        assert!(summary.ends_with('.'), "{name}: the first paragraph is the summary, a sentence");
        let chinese = page.summary(Language::Chinese);
        assert!(chinese.ends_with('。'), "{name}: zh says the same, as a sentence");
        assert!(page.body().starts_with(&format!("# {name}\n")), "{name}: the page begins with its name");
        assert!(!page.since.is_empty(), "{name}: since");
        // What the pipeline reports of files that a page cannot hold is tested elsewhere.
        if verdicts.is_empty() {
            assert_eq!(&*page.group, "run", "{name}: has no examples");
            continue;
        }
        let offered = verdicts.iter().filter_map(|verdict| verdict.offered).max();
        assert_eq!(offered, page.fix, "{name}: the strongest fix of its examples is what it declares");
        let used: BTreeSet<String> = verdicts.iter().flat_map(|verdict| verdict.keys.iter().cloned()).collect();
        let elsewhere = |key: &&String| !SHOWN_ELSEWHERE.contains(&(name, key));
        let declared: BTreeSet<String> = page.messages().keys().filter(elsewhere).cloned().collect();
        if &*page.group != "run" {
            assert_eq!(used, declared, "{name}: every message is used by an example, and every one used is declared");
        }
    }
}

#[test]
fn both_languages_have_the_same_holes() {
    let holes = |text: &str| -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
    };
    for page in catalogue().pages() {
        for (key, wording) in page.messages() {
            let (en, zh) = (holes(&wording.en), holes(&wording.zh));
            assert!(zh.is_subset(&en), "{}: {key}: {zh:?} is not within {en:?}", page.name);
            assert!(
                wording.zh.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)),
                "{}: {key} has no Chinese",
                page.name
            );
            assert!(!wording.en.ends_with('.'), "{}: {key} ends in a full stop", page.name);
        }
    }
}

#[test]
fn every_page_is_a_rule_and_every_rule_a_page() {
    let catalogue = Catalogue::new(NATIVE);
    let rules: BTreeSet<PathBuf> = catalogue.pages().map(|page| path_of(page)).collect();
    let mut pages = BTreeSet::new();
    for group in repository().join("rules").read_dir().expect("rules/") {
        let group = group.expect("an entry").path();
        if group.is_dir() {
            pages.extend(group.read_dir().expect("a group").map(|page| page.expect("an entry").path()));
        }
    }
    assert_eq!(rules, pages);
}

#[test]
fn the_index_is_current() {
    let mut groups: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    let catalogue = catalogue();
    for page in catalogue.pages() {
        groups.entry(&page.group).or_default().push(page);
    }
    let mut index =
        String::from("# Rules\n\nEach rule is a page: what it reports, why, and examples that are run as its test.\n");
    for (group, pages) in groups {
        let _ = write!(index, "\n## {group}\n\n| rule | severity | fix | default | what |\n|---|---|---|---|---|\n");
        for page in pages {
            let fix = page.fix.map_or("", Safety::as_str);
            let default = match &page.default {
                Activation::On => "on".to_owned(),
                Activation::Off => "off".to_owned(),
                Activation::When(key) => format!("with `{key}`"),
            };
            let _ = writeln!(
                index,
                "| [`{name}`]({group}/{name}.md) | {} | {fix} | {default} | {} |",
                page.severity.as_str(),
                page.summary(Language::English),
                name = page.name,
            );
        }
    }
    let path = repository().join("rules/README.md");
    if blessing() {
        fs::write(&path, &index).expect("the index");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), index, "BLESS=1 cargo test rewrites it");
}
