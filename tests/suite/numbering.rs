//! Vaults that are made, broken and repaired: every break is found, and the repair leaves no link behind.

use std::fmt::Write;

use proptest::{prelude::*, test_runner::Config};
use rubrica::{
    corpus::{Fragment, Resolution},
    engine::{Job, Outcome, check, fix},
    finding::Safety,
    numbering::Counting,
};

use crate::support::memory;

/// How a sequence writes its numbers.
const FORMS: &[(&str, &str, bool)] = &[
    ("【", "】", false),
    ("", ". ", false),
    ("", "、", false),
    ("", ") ", false),
    ("（", "）", false),
    ("第", "章 ", true),
    ("", "、", true),
    ("（", "）", true),
    ("第 ", " 步：", false),
    ("Step ", ": ", false),
];

const TITLES: &[&str] =
    &["起源", "Install it", "配置，其一", "運用ガイド", "왜 그런가", "A & B", "为什么？", "`code` 用法"];

#[derive(Clone, Debug)]
struct Vault {
    form: usize,
    length: usize,
    titles: usize,
    breaks: Vec<Break>,
}

/// One way of breaking a sequence, at some place.
#[derive(Clone, Debug)]
enum Break {
    /// A heading is deleted with its text.
    Delete(usize),
    /// A heading has the number of the one before.
    Repeat(usize),
    /// A heading was inserted without counting the rest on.
    Insert(usize),
    /// Two neighbours changed places.
    Swap(usize),
}

fn vault() -> impl Strategy<Value = Vault> {
    let break_at = (0usize..4, 0usize..64).prop_map(|(kind, at)| match kind {
        0 => Break::Delete(at),
        1 => Break::Repeat(at),
        2 => Break::Insert(at),
        _ => Break::Swap(at),
    });
    let breaks = prop::collection::vec(break_at, 0..=3);
    (0..FORMS.len(), 4usize..14, 0..TITLES.len(), breaks).prop_map(|(form, length, titles, breaks)| Vault {
        form,
        length,
        titles,
        breaks,
    })
}

fn number(value: usize, han: bool) -> String {
    let system = if han { rubrica::numbering::System::Han } else { rubrica::numbering::System::Ascii };
    system.print(value as u64, 0).expect("a small number")
}

impl Vault {
    /// The numbers of the headings after the breaks.
    fn numbers(&self) -> Vec<usize> {
        let mut numbers: Vec<usize> = (1..=self.length).collect();
        for one in &self.breaks {
            let size = numbers.len();
            match one {
                Break::Delete(at) if size > 4 => {
                    numbers.remove(1 + at % (size - 1));
                }
                Break::Repeat(at) => {
                    let at = 1 + at % (size - 1);
                    numbers[at] = numbers[at - 1];
                }
                Break::Insert(at) => {
                    let at = 1 + at % (size - 1);
                    numbers.insert(at, numbers[at]);
                }
                Break::Swap(at) => {
                    let at = at % (size - 1);
                    numbers.swap(at, at + 1);
                }
                Break::Delete(_) => {}
            }
        }
        numbers
    }

    fn files(&self) -> Vec<(String, String)> {
        let (before, behind, han) = FORMS[self.form];
        let mut text = String::from("# 书\n\n");
        let mut links = String::from("# 目录\n\n");
        for (at, value) in self.numbers().into_iter().enumerate() {
            let title = TITLES[(self.titles + at) % TITLES.len()];
            let heading = format!("{before}{}{behind}{title} {at}", number(value, han));
            let _ = write!(text, "## {heading}\n\n正文。\n\n");
            let anchor = rubrica::document::anchors::github::slug(&heading.replace('`', ""));
            let _ = writeln!(links, "- [{at}](book.md#{anchor})");
            if !heading.contains(['`', '&']) {
                let _ = writeln!(links, "- [[book#{heading}|{at}]]");
            }
        }
        vec![("book.md".to_owned(), text), ("toc.md".to_owned(), links)]
    }
}

/// The index of the heading that each link leads to.
fn goals(outcome: &Outcome) -> Vec<Option<usize>> {
    let toc =
        outcome.corpus.documents.iter().find(|document| document.source.path.as_str() == "toc.md").expect("the file");
    let goal = |resolution: &Resolution| match resolution {
        Resolution::Found(target) => match &target.fragment {
            Fragment::Headings(headings) => headings.last().copied(),
            _ => None,
        },
        _ => None,
    };
    outcome.corpus.destinations(toc).map(|destination| goal(destination.resolution)).collect()
}

fn numbering(outcome: &Outcome) -> usize {
    let rules = ["misnumbered-section", "skipped-number"];
    outcome.findings.iter().filter(|finding| rules.contains(&&*finding.rule)).count()
}

fn repaired(job: &Job) -> Outcome {
    fix(job, Safety::Unsafe, &|_, _| true).expect("a root").outcome
}

/// Whether a sequence is one that the rules take for identifiers, or that is right as it stands.
fn is_silent(numbers: &[usize]) -> bool {
    let numbers: Vec<u64> = numbers.iter().map(|&n| n as u64).collect();
    rubrica::numbering::sequence::judge(&numbers, &[], false, &Counting::default())
        .is_none_or(|judged| judged.runs.is_empty())
}

fn cases() -> Config {
    let cases = std::env::var("RUBRICA_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    Config { cases, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_is_broken_is_found_and_repaired_and_no_link_is_lost(vault in vault()) {
        let job = memory(vault.files());
        let before = check(&job).expect("a root");
        let numbers = vault.numbers();
        let right = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
        prop_assert_eq!(numbering(&before) == 0, right || is_silent(&numbers), "{:?}", numbers);
        prop_assert!(goals(&before).iter().all(Option::is_some), "{:?}", vault.files());
        let after = repaired(&job);
        prop_assert_eq!(numbering(&after), 0, "{:?} {:?}", numbers, crate::support::lines(&job, &after));
        prop_assert_eq!(goals(&before), goals(&after));
    }
}
