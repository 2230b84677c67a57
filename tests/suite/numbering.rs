//! Vaults that are made, broken and repaired: every break is found, and the repair leaves no link and no reference in
//! the text behind.

use std::fmt::Write;

use proptest::{prelude::*, test_runner::Config};
use rubrica::{
    corpus::{Fragment, Resolution},
    document::{Document, Numbered},
    engine::{Job, Outcome, check, fix},
    finding::Safety,
    numbering::{Counting, System, sequence},
};

use crate::support::memory;

/// How the headings of a document write their numbers: what stands before, behind, in which system, and how the text
/// points at one of them.
struct Form {
    before: &'static str,
    behind: &'static str,
    system: System,
    pointer: Option<(&'static str, &'static str)>,
    /// Whether sections below carry the number: `2.1`.
    has_children: bool,
}

const fn form(
    before: &'static str,
    behind: &'static str,
    system: System,
    pointer: Option<(&'static str, &'static str)>,
) -> Form {
    Form { before, behind, system, pointer, has_children: false }
}

const FORMS: &[Form] = &[
    form("【", "】", System::Ascii, Some(("详见【", "】"))),
    form("", "、", System::Ascii, Some(("参见第 ", " 节"))),
    form("", ") ", System::Ascii, None),
    form("（", "）", System::Ascii, None),
    form("第", "章 ", System::Han, Some(("见第", "章"))),
    form("", "、", System::Han, Some(("在第", "节中"))),
    form("（", "）", System::Han, None),
    form("第 ", " 步：", System::Ascii, None),
    form("Step ", ": ", System::Ascii, None),
    form("Chapter ", ": ", System::Ascii, Some(("see Chapter ", ""))),
    form("", ". ", System::RomanUpper, None),
    form("", " ", System::Circled, None),
    form("第", "節 ", System::FullWidth, Some(("見第", "節"))),
    form("", "、", System::HanFormal, None),
    form("제", "장 ", System::Ascii, None),
    Form {
        before: "",
        behind: ". ",
        system: System::Ascii,
        pointer: Some(("as in section ", " below")),
        has_children: true,
    },
];

const TITLES: &[&str] =
    &["起源", "Install it", "配置，其一", "運用ガイド", "왜 그런가", "A & B", "为什么？", "`code` 用法"];

/// A document: its headings' numbers as they stand, broken or not, and those of the sections below each.
#[derive(Clone, Debug)]
struct Book {
    form: usize,
    titles: usize,
    numbers: Vec<usize>,
    children: Vec<Vec<usize>>,
    figures: Vec<usize>,
}

/// One way of breaking a sequence, and where.
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

fn a_break() -> impl Strategy<Value = (usize, Break)> {
    (0usize..4, 0usize..64, 0usize..8).prop_map(|(kind, at, which)| {
        let one = match kind {
            0 => Break::Delete(at),
            1 => Break::Repeat(at),
            2 => Break::Insert(at),
            _ => Break::Swap(at),
        };
        (which, one)
    })
}

fn book() -> impl Strategy<Value = Book> {
    let breaks = prop::collection::vec(a_break(), 0..=5);
    (0..FORMS.len(), 4usize..12, 0..TITLES.len(), 0usize..6, 0usize..6, breaks).prop_map(
        |(form, length, titles, below, figures, breaks)| {
            let mut numbers: Vec<usize> = (1..=length).collect();
            let mut figures: Vec<usize> = (1..=figures).collect();
            let below = if FORMS[form].has_children { below } else { 0 };
            let mut first: Vec<usize> = (1..=below).collect();
            for (which, one) in &breaks {
                match which {
                    0..=4 => broken(&mut numbers, one),
                    5 | 6 => broken(&mut figures, one),
                    _ => broken(&mut first, one),
                }
            }
            let children = (0..numbers.len()).map(|at| if at == 1 { first.clone() } else { (1..=below).collect() });
            let children = children.collect();
            Book { form, titles, numbers, children, figures }
        },
    )
}

fn broken(numbers: &mut Vec<usize>, one: &Break) {
    let size = numbers.len();
    if size < 4 {
        return;
    }
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

impl Book {
    fn form(&self) -> &'static Form {
        &FORMS[self.form]
    }

    fn number(&self, value: usize) -> String {
        self.form().system.print(value as u64, 0).expect("a small number")
    }

    /// Its text, and a page of links to it.
    fn files(&self, name: &str) -> Vec<(String, String)> {
        let mut text = String::from("# 书\n\n");
        let mut links = String::from("# 目录\n\n");
        let mut link = |heading: &str, at: &str| {
            let anchor = rubrica::document::anchors::github(&heading.replace('`', ""));
            let _ = writeln!(links, "- [{at}]({name}.md#{anchor})");
            if !heading.contains(['`', '&']) {
                let _ = writeln!(links, "- [[{name}#{heading}|{at}]]");
            }
        };
        let Form { before, behind, pointer, .. } = self.form();
        for (at, &value) in self.numbers.iter().enumerate() {
            let title = TITLES[(self.titles + at) % TITLES.len()];
            let heading = format!("{before}{}{behind}{title} {at}", self.number(value));
            let _ = write!(text, "## {heading}\n\n正文。\n\n");
            link(&heading, &at.to_string());
            for (index, child) in self.children[at].iter().enumerate() {
                let heading = format!("{value}.{child} {title} {at} {index}");
                let _ = write!(text, "### {heading}\n\nsee section {value}.{child}\n\n");
                link(&heading, &format!("{at}-{index}"));
            }
            if let (Some((before, behind)), true) = (pointer, at % 2 == 0) {
                let _ = write!(text, "{before}{}{behind}\n\n", self.number(value));
            }
        }
        for figure in &self.figures {
            let _ = write!(text, "![](a.png)\n\n图 {figure} 结构\n\n如图 {figure} 所示。\n\n");
        }
        vec![(format!("{name}.md"), text), (format!("{name}-toc.md"), links), ("a.png".to_owned(), String::new())]
    }

    /// The sequences that are wrong and must be found: for each, the places of its items.
    fn wrong(&self) -> Vec<(Numbered, Vec<usize>)> {
        let mut at = 1;
        let mut own = Vec::new();
        let mut out = Vec::new();
        let top = is_wrong(&self.numbers);
        // Below numbers that are no sequence, what looks like a section's number may be a version.
        let judged = sequence::judge(&as_numbers(&self.numbers), &[], false, &Counting::default()).is_some();
        for children in &self.children {
            own.push(at);
            let places: Vec<usize> = (at + 1..=at + children.len()).collect();
            at += 1 + children.len();
            if (judged || children.first() == Some(&1)) && is_wrong(children) {
                out.push((Numbered::Headings, places));
            }
        }
        if top {
            out.push((Numbered::Headings, own));
        }
        if is_wrong(&self.figures) {
            out.push((Numbered::Captions, (0..self.figures.len()).collect()));
        }
        out
    }
}

fn as_numbers(numbers: &[usize]) -> Vec<u64> {
    numbers.iter().map(|&n| n as u64).collect()
}

/// Whether a sequence is neither right nor one that the rules take for identifiers.
fn is_wrong(numbers: &[usize]) -> bool {
    let judged = sequence::judge(&as_numbers(numbers), &[], false, &Counting::default());
    judged.is_some_and(|judged| !judged.runs.is_empty())
}

fn document<'a>(outcome: &'a Outcome, name: &str) -> &'a Document {
    outcome.corpus.documents.iter().find(|document| document.source.path.as_str() == name).expect("the file")
}

/// The index of the heading that each link leads to.
fn goals(outcome: &Outcome, name: &str) -> Vec<Option<usize>> {
    let goal = |resolution: &Resolution| match resolution {
        Resolution::Found(target) => match &target.fragment {
            Fragment::Headings(headings) => headings.last().copied(),
            _ => None,
        },
        _ => None,
    };
    let toc = document(outcome, &format!("{name}-toc.md"));
    outcome.corpus.destinations(toc).map(|destination| goal(destination.resolution)).collect()
}

/// For each place in the text that surely points at a number of its document, what it can mean.
fn pointed(outcome: &Outcome, name: &str) -> Vec<Vec<(Numbered, usize)>> {
    let document = document(outcome, &format!("{name}.md"));
    let pointers = document.pointers();
    pointers.all.iter().map(|pointer| pointers.goals(pointer).to_vec()).collect()
}

const NUMBERING: [&str; 4] = ["misnumbered-section", "misnumbered-caption", "skipped-number", "mixed-numbering"];

/// The places of a document that numbering findings are about.
fn found(outcome: &Outcome, name: &str) -> Vec<(Numbered, usize)> {
    let document = document(outcome, &format!("{name}.md"));
    let own = outcome.findings.iter().filter(|f| f.at.file == document.file && NUMBERING.contains(&&*f.rule));
    own.map(|finding| {
        let holds = |placed: Option<&rubrica::document::PlacedLabel>| placed.is_some_and(|p| p.span == finding.at.span);
        let heading = document.facts.headings.iter().position(|heading| holds(heading.label.as_ref()));
        let caption = || document.facts.captions.iter().position(|caption| holds(Some(&caption.label)));
        match heading {
            Some(at) => (Numbered::Headings, at),
            None => (Numbered::Captions, caption().expect("a label")),
        }
    })
    .collect()
}

fn repaired(job: &Job) -> Outcome {
    fix(job, Safety::Unsafe, &|_, _| true).expect("a root").outcome
}

fn cases() -> Config {
    let cases = std::env::var("RUBRICA_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// What a case asserts. On one thread: handing such small vaults from one to the other would cost more than it gains.
fn holds(one: &Book, two: &Book) -> Result<(), TestCaseError> {
    let books = [("一", one), ("two", two)];
    let files: Vec<(String, String)> = books.iter().flat_map(|(name, book)| book.files(name)).collect();
    let mut files = files;
    files.dedup_by(|a, b| a.0 == "a.png" && b.0 == "a.png");
    files.sort();
    files.dedup_by(|a, b| a.0 == b.0);
    let job = memory(files);
    let before = check(&job).expect("a root");
    for (name, book) in books {
        let found = found(&before, name);
        let wrong = book.wrong();
        for (place, items) in &wrong {
            let is_found = found.iter().any(|(p, at)| p == place && items.contains(at));
            prop_assert!(is_found, "{:?} {:?} {:?}", book, items, crate::support::lines(&job, &before));
        }
        prop_assert!(!wrong.is_empty() || found.is_empty(), "{:?} {:?}", book, crate::support::lines(&job, &before));
        prop_assert!(goals(&before, name).iter().all(Option::is_some), "{:?}", book.files(name));
    }
    let after = repaired(&job);
    for (name, book) in books {
        // What is left was tried, did harm elsewhere, and says so.
        let claimed = after.findings.iter().filter(|f| NUMBERING.contains(&&*f.rule) && f.withheld.is_none());
        prop_assert!(claimed.count() == 0, "{:?} {:?}", book, crate::support::lines(&job, &after));
        prop_assert_eq!(goals(&before, name), goals(&after, name));
        for (was, is) in pointed(&before, name).into_iter().zip(pointed(&after, name)) {
            prop_assert!(was.len() != 1 || was == is, "{:?} {:?} {:?}", book, was, is);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_is_broken_is_found_and_repaired_and_no_link_is_lost(one in book(), two in book()) {
        thread_local! {
            static ALONE: rayon::ThreadPool =
                rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        }
        ALONE.with(|alone| alone.install(|| holds(&one, &two)))?;
    }
}
