//! Vaults that are made, broken and repaired: every break is found where it was made, the repair makes the numbers
//! count on, and no link and no reference in the text is left behind. What is right is known from how a vault was
//! broken, not from the code that judges it.

use std::{collections::BTreeMap, fmt::Write};

use proptest::prelude::*;
use rubrica::{
    corpus::{Fragment, Resolution},
    document::{Document, Numbered, numbered_label},
    engine::{Outcome, check},
    finding::Safety,
    numbering::System,
};

use crate::support::{cases, findings, lines, memory, repaired};

/// What carries the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Carrier {
    Headings,
    /// Lines that are bold and nothing else.
    Bold,
    Paragraphs,
    List,
}

/// How the items of a document write their numbers: what stands before, behind, in which system; how the text points
/// at one of them, and at two of them at once.
struct Form {
    carrier: Carrier,
    before: &'static str,
    behind: &'static str,
    system: System,
    pointer: Option<[&'static str; 2]>,
    pair: Option<[&'static str; 3]>,
    /// Whether sections below carry the number: `2.1`.
    has_children: bool,
}

const fn form(carrier: Carrier, before: &'static str, behind: &'static str, system: System) -> Form {
    Form { carrier, before, behind, system, pointer: None, pair: None, has_children: false }
}

impl Form {
    const fn pointed(self, pointer: [&'static str; 2], pair: [&'static str; 3]) -> Self {
        Self { pointer: Some(pointer), pair: Some(pair), ..self }
    }
}

use Carrier::{Bold, Headings, List, Paragraphs};

const FORMS: &[Form] = &[
    form(Headings, "【", "】", System::Ascii).pointed(["详见【", "】"], ["见【", "】和【", "】"]),
    form(Headings, "", "、", System::Ascii).pointed(["参见第 ", " 节"], ["见第 ", "、", " 节"]),
    form(Headings, "", ") ", System::Ascii),
    form(Headings, "（", "）", System::Ascii),
    form(Headings, "第", "章 ", System::Han).pointed(["见第", "章"], ["见第", "章和第", "章"]),
    form(Headings, "", "、", System::Han).pointed(["在第", "节中"], ["在第", "至第", "节中"]),
    form(Headings, "（", "）", System::Han),
    form(Headings, "第 ", " 步：", System::Ascii),
    form(Headings, "Step ", ": ", System::Ascii),
    form(Headings, "Chapter ", ": ", System::Ascii).pointed(["see Chapter ", ""], ["see Chapters ", " and ", ""]),
    form(Headings, "", ". ", System::RomanUpper),
    form(Headings, "", " ", System::Circled),
    form(Headings, "第", "節 ", System::FullWidth).pointed(["見第", "節"], ["見第", "、", "節"]),
    form(Headings, "", "、", System::HanFormal),
    form(Headings, "제", "장 ", System::Ascii),
    Form {
        has_children: true,
        ..form(Headings, "", ". ", System::Ascii)
            .pointed(["as in section ", " below"], ["as in sections ", " and ", " below"])
    },
    form(Bold, "", "、", System::Ascii),
    form(Bold, "（", "）", System::Han),
    form(Paragraphs, "", "、", System::Ascii),
    form(Paragraphs, "（", "）", System::Ascii),
    form(Paragraphs, "", " ", System::Circled),
    form(Paragraphs, "第", "条 ", System::Han).pointed(["见第", "条"], ["见第", "条、第", "条"]),
    form(List, "", ". ", System::Ascii),
    form(List, "", ") ", System::Ascii),
];

const TITLES: &[&str] =
    &["起源", "Install it", "配置，其一", "運用ガイド", "왜 그런가", "A & B", "为什么？", "`code` 用法"];

/// A sequence as it was, and what was done to it.
#[derive(Clone, Debug)]
struct Sequence {
    numbers: Vec<usize>,
    /// Where each break shows, for as long as it is the only one: the items at which a finding must stand.
    breaks: Vec<std::ops::Range<usize>>,
}

/// One way of breaking a sequence, and where.
#[derive(Clone, Debug)]
enum Break {
    /// An item is deleted with its text.
    Delete(usize),
    /// An item has the number of the one before.
    Repeat(usize),
    /// An item was inserted without counting the rest on.
    Insert(usize),
    /// Two neighbours changed places.
    Swap(usize),
}

impl Sequence {
    fn new(length: usize) -> Self {
        Self { numbers: (1..=length).collect(), breaks: Vec::new() }
    }

    fn broken(&mut self, one: &Break) {
        let numbers = &mut self.numbers;
        let size = numbers.len();
        if size < 4 {
            return;
        }
        let shows = match one {
            Break::Delete(at) => {
                let at = 1 + at % (size - 1);
                if size == 4 {
                    return;
                }
                numbers.remove(at);
                at..at + 1
            }
            Break::Repeat(at) => {
                let at = 1 + at % (size - 1);
                numbers[at] = numbers[at - 1];
                at..at + 1
            }
            Break::Insert(at) => {
                let at = 1 + at % (size - 1);
                numbers.insert(at, numbers[at]);
                at + 1..at + 2
            }
            Break::Swap(at) => {
                let at = at % (size - 1);
                numbers.swap(at, at + 1);
                at..at + 2
            }
        };
        self.breaks.push(shows);
    }

    /// Whether nobody could tell that it was broken: the last item was deleted, or one break undid the other.
    fn is_right(&self) -> bool {
        self.numbers.iter().copied().eq(1..=self.numbers.len())
    }

    /// Where a single break shows.
    fn single(&self) -> Option<std::ops::Range<usize>> {
        self.breaks.first().filter(|_| self.breaks.len() == 1 && !self.is_right()).cloned()
    }

    /// Whether several breaks leave what anybody would take for a sequence with mistakes: most steps are right, none is
    /// wide, and it does not begin anew.
    fn is_legible(&self) -> bool {
        let steps = || self.numbers.windows(2);
        let wrong = steps().filter(|pair| pair[0] + 1 != pair[1]).count();
        let narrow = steps().all(|pair| (pair[0]..=pair[0] + 2).contains(&pair[1]));
        !self.is_right() && narrow && wrong * 3 < self.numbers.len() && self.numbers[0] == 1 && self.numbers[1] == 2
    }
}

/// A document: its numbers as they stand, broken or not, and those of the sections below each.
#[derive(Clone, Debug)]
struct Book {
    form: usize,
    titles: usize,
    own: Sequence,
    /// Of the sections below the second one; the others have as many.
    below: Sequence,
    figures: Sequence,
    has_pairs: bool,
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
    let breaks = prop_oneof![prop::collection::vec(a_break(), 0..=1), prop::collection::vec(a_break(), 1..=5)];
    (0..FORMS.len(), 4usize..12, 0..TITLES.len(), 0usize..6, 0usize..6, breaks, any::<bool>()).prop_map(
        |(form, length, titles, below, figures, breaks, has_pairs)| {
            let below = if FORMS[form].has_children { below } else { 0 };
            let mut book = Book {
                form,
                titles,
                own: Sequence::new(length),
                below: Sequence::new(below),
                figures: Sequence::new(figures),
                has_pairs,
            };
            for (which, one) in &breaks {
                match which {
                    0..=4 => book.own.broken(one),
                    5 | 6 => book.figures.broken(one),
                    _ => book.below.broken(one),
                }
            }
            book
        },
    )
}

/// A line of text that names numbers: what stands around them, and which they are.
struct Reference {
    around: Vec<&'static str>,
    place: Numbered,
    numbers: Vec<usize>,
}

impl Reference {
    fn written(&self, numbers: &[String]) -> String {
        let inner = numbers.iter().zip(&self.around[1..]).map(|(number, behind)| format!("{number}{behind}"));
        [self.around[0].to_owned()].into_iter().chain(inner).collect()
    }
}

impl Book {
    fn form(&self) -> &'static Form {
        &FORMS[self.form]
    }

    fn place(&self) -> Numbered {
        match self.form().carrier {
            Headings => Numbered::Headings,
            Bold | Paragraphs => Numbered::Lines,
            List => Numbered::ListItems,
        }
    }

    fn number(&self, value: usize) -> String {
        self.form().system.print(value as u64, 0).expect("a small number")
    }

    /// The numbers below an item.
    fn below(&self, at: usize) -> Vec<usize> {
        if at == 1 { self.below.numbers.clone() } else { (1..=self.below.numbers.len().min(5)).collect() }
    }

    /// The lines behind the text that name its numbers.
    fn references(&self) -> Vec<Reference> {
        let mut out = Vec::new();
        let single = |around: [&'static str; 2], place, number| Reference {
            around: around.to_vec(),
            place,
            numbers: vec![number],
        };
        let numbers = &self.own.numbers;
        if let Some(pointer) = self.form().pointer {
            out.extend(numbers.iter().step_by(2).map(|&number| single(pointer, self.place(), number)));
        }
        if let Some(pair) = self.form().pair.filter(|_| self.has_pairs) {
            let numbers = vec![numbers[2], numbers[3]];
            out.push(Reference { around: pair.to_vec(), place: self.place(), numbers });
        }
        out.extend(self.figures.numbers.iter().map(|&number| single(["如图 ", " 所示。"], Numbered::Captions, number)));
        out
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
        let Form { carrier, before, behind, .. } = self.form();
        for (at, &value) in self.own.numbers.iter().enumerate() {
            let title = TITLES[(self.titles + at) % TITLES.len()];
            let item = format!("{before}{}{behind}{title} {at}", self.number(value));
            let _ = match carrier {
                Headings => write!(text, "## {item}\n\n正文。\n\n"),
                Bold => write!(text, "**{item}**\n\n"),
                Paragraphs | List => write!(text, "{item}\n\n"),
            };
            if *carrier != Headings {
                continue;
            }
            link(&item, &at.to_string());
            for (index, child) in self.below(at).iter().enumerate() {
                let heading = format!("{value}.{child} {title} {at} {index}");
                let _ = write!(text, "### {heading}\n\n正文。\n\n");
                link(&heading, &format!("{at}-{index}"));
            }
        }
        for figure in &self.figures.numbers {
            let _ = write!(text, "![](a.png)\n\n图 {figure} 结构\n\n");
        }
        for reference in self.references() {
            let print = |&number: &usize| match reference.place {
                Numbered::Captions => number.to_string(),
                _ => self.number(number),
            };
            let _ = write!(text, "{}\n\n", reference.written(&reference.numbers.iter().map(print).collect::<Vec<_>>()));
        }
        vec![(format!("{name}.md"), text), (format!("{name}-toc.md"), links), ("a.png".to_owned(), String::new())]
    }

    /// Its sequences, with the places of their items.
    fn sequences(&self) -> Vec<(Sequence, Vec<(Numbered, usize)>)> {
        let mut at = usize::from(self.form().carrier == Headings);
        let (mut own, mut out) = (Vec::new(), Vec::new());
        for section in 0..self.own.numbers.len() {
            own.push((self.place(), at));
            let below = self.below(section);
            if !below.is_empty() {
                let breaks = if section == 1 { self.below.breaks.clone() } else { Vec::new() };
                let places = (at + 1..=at + below.len()).map(|at| (Numbered::Headings, at)).collect();
                at += below.len();
                out.push((Sequence { numbers: below, breaks }, places));
            }
            at += 1;
        }
        out.push((self.own.clone(), own));
        let figures = (0..self.figures.numbers.len()).map(|at| (Numbered::Captions, at)).collect();
        out.push((self.figures.clone(), figures));
        out
    }
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

const NUMBERING: [&str; 6] = [
    "misnumbered-section", "misnumbered-item", "misnumbered-list", "misnumbered-caption", "skipped-number",
    "mixed-numbering",
];

/// The places of a document that numbering findings are about.
fn found(outcome: &Outcome, name: &str) -> Vec<(Numbered, usize)> {
    let document = document(outcome, &format!("{name}.md"));
    let facts = &document.facts;
    let places: BTreeMap<u32, (Numbered, usize)> = [
        (Numbered::Headings, facts.headings.len()),
        (Numbered::Lines, facts.numbered_lines.len()),
        (Numbered::ListItems, facts.list_items.len()),
        (Numbered::Captions, facts.captions.len()),
    ]
    .into_iter()
    .flat_map(|(place, count)| (0..count).map(move |at| (place, at)))
    .filter_map(|(place, at)| Some((numbered_label(document, place, at)?.span.start, (place, at))))
    .collect();
    let own = outcome.findings.iter().filter(|f| f.at.file == document.file && NUMBERING.contains(&&*f.rule));
    own.map(|finding| places[&finding.at.span.start]).collect()
}

/// The number of a place, as it is written and as it is worth.
fn number_at(outcome: &Outcome, name: &str, (place, at): (Numbered, usize)) -> (String, u64) {
    let document = document(outcome, &format!("{name}.md"));
    let placed = numbered_label(document, place, at).expect("a label");
    let span = *placed.numbers.last().expect("a number");
    (document.source.slice(span).to_owned(), placed.label.number())
}

/// Every break is found at the place where it was made, and nothing else is.
fn is_found(book: &Book, name: &str, before: &Outcome, said: &[String]) -> Result<(), TestCaseError> {
    let found = found(before, name);
    let mut is_sound = true;
    for (sequence, places) in book.sequences() {
        let own: Vec<usize> = found.iter().filter_map(|found| places.iter().position(|place| place == found)).collect();
        if let Some(shows) = sequence.single() {
            prop_assert!(own.len() == 1 && shows.contains(&own[0]), "{:?} {:?} {:?} {:?}", book, shows, own, said);
        } else if sequence.is_right() {
            // Below numbers that are wrong several times over, what is right looks wrong.
            prop_assert!(own.is_empty() || book.own.breaks.len() > 1, "{:?} {:?} {:?}", book, own, said);
        } else if sequence.is_legible() {
            prop_assert!(!own.is_empty(), "{:?} {:?}", book, said);
        }
        is_sound &= sequence.is_right();
    }
    prop_assert!(!is_sound || found.is_empty(), "{:?} {:?}", book, said);
    Ok(())
}

/// Each line that names numbers names those of the items it named before; where it could mean either of two, one of
/// them. With `all`, lines that name several numbers, or one that can be said of two items, are held to it as well.
fn text_follows(book: &Book, name: &str, after: &Outcome, all: bool, said: &[String]) -> Result<(), TestCaseError> {
    let sequences = book.sequences();
    let [.., (own, own_places), (figures, figure_places)] = &sequences[..] else { return Ok(()) };
    let references = book.references();
    let text = &document(after, &format!("{name}.md")).source.text;
    let written: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let written = &written[written.len() - references.len()..];
    let items = |reference: &Reference, number: usize| -> Vec<(Numbered, usize)> {
        let (sequence, places) =
            if reference.place == Numbered::Captions { (figures, figure_places) } else { (own, own_places) };
        sequence.numbers.iter().zip(places).filter(|(own, _)| **own == number).map(|(_, place)| *place).collect()
    };
    // A number that is named in doubt anywhere is left everywhere.
    let in_doubt = |reference: &Reference, number: usize| {
        references.iter().any(|other| {
            let is_doubtful = other.numbers.len() > 1 || items(other, number).len() > 1;
            let is_named = match other.numbers[..] {
                [from, to] if other.around[1].starts_with('至') => (from.min(to)..=from.max(to)).contains(&number),
                _ => other.numbers.contains(&number),
            };
            other.place == reference.place && is_named && is_doubtful
        })
    };
    // Nor does one follow that would take the number of one which is left.
    let stays = |reference: &Reference, number: usize| {
        let mut taken = vec![number];
        let mut at = 0;
        while let Some(&number) = taken.get(at) {
            let next =
                items(reference, number).into_iter().flat_map(|place| usize::try_from(number_at(after, name, place).1));
            let next: Vec<usize> = next.filter(|number| !taken.contains(number)).collect();
            taken.extend(next);
            at += 1;
        }
        taken.iter().any(|&number| in_doubt(reference, number))
    };
    for (reference, line) in references.iter().zip(written) {
        if !all && reference.numbers.iter().any(|&number| stays(reference, number)) {
            continue;
        }
        let mut fitting = vec![Vec::new()];
        for &number in &reference.numbers {
            let names = items(reference, number).into_iter().map(|place| number_at(after, name, place).0);
            let names: Vec<String> = names.collect();
            fitting = fitting
                .into_iter()
                .flat_map(|before: Vec<String>| {
                    names.iter().map(move |own| [before.clone(), vec![own.clone()]].concat())
                })
                .collect();
        }
        let is_right = fitting.iter().any(|numbers| reference.written(numbers) == **line);
        prop_assert!(is_right, "{:?} {} {:?} {:?}", book, line, fitting, said);
    }
    Ok(())
}

/// What a case asserts. On one thread: handing such small vaults from one to the other would cost more than it gains.
fn holds(one: &Book, two: &Book) -> Result<(), TestCaseError> {
    let books = [("一", one), ("two", two)];
    let files: BTreeMap<String, String> = books.iter().flat_map(|(name, book)| book.files(name)).collect();
    let job = memory(files);
    let before = check(&job).expect("a root");
    let said = lines(&job, &before);
    let safe = repaired(&job, Safety::Safe).outcome;
    let after = repaired(&job, Safety::Unsafe).outcome;
    for (name, book) in books {
        is_found(book, name, &before, &said)?;
        prop_assert!(goals(&before, name).iter().all(Option::is_some), "{:?}", book.files(name));
        prop_assert_eq!(goals(&before, name), goals(&safe, name));
        prop_assert_eq!(goals(&before, name), goals(&after, name));
        let left: Vec<_> = after.findings.iter().filter(|finding| NUMBERING.contains(&&*finding.rule)).collect();
        // What is left was tried, did harm elsewhere, and says so.
        prop_assert!(left.iter().all(|finding| finding.withheld.is_some()), "{:?} {:?}", book, lines(&job, &after));
        for (sequence, places) in book.sequences() {
            let numbers: Vec<u64> = places.iter().map(|&place| number_at(&after, name, place).1).collect();
            let is_whole = numbers.iter().copied().eq(1..=numbers.len() as u64);
            // Of several breaks some may not be seen, or stand in each other's way.
            let must = book.own.breaks.len() <= 1 && sequence.breaks.len() <= 1;
            let must = must || (sequence.is_legible() && left.is_empty());
            // A line that names two numbers is left as it is, and would then name one that stands nowhere.
            let must = must && (left.is_empty() || !book.has_pairs);
            prop_assert!(!must || is_whole, "{:?} {:?} {:?} {:?}", book, numbers, said, lines(&job, &after));
        }
        text_follows(book, name, &safe, true, &said)?;
        // Several repairs are made one after the other, and between them a number may be in doubt.
        if book.own.breaks.len() + book.figures.breaks.len() <= 1 {
            text_follows(book, name, &after, false, &said)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn what_is_broken_is_found_and_repaired_and_no_link_is_lost(one in book(), two in book()) {
        thread_local! {
            static ALONE: rayon::ThreadPool =
                rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        }
        ALONE.with(|alone| alone.install(|| holds(&one, &two)))?;
    }
}

#[test]
fn one_slip_is_told_once() {
    let text = "# 第一章 甲\n# 第二章 乙\n# 第二章 丙\n# 第四章 丁\n详见第三章。\n";
    let said = |config: &str, text: &str| findings([("rubrica.yaml", config), ("a.md", text)]);
    let wrong = "a.md:3:3 misnumbered-section `第二章` should be `第三章`: `三` is missing and `二` stands twice";
    let dangling = "a.md:5:3 dangling-section-reference `第三章` names a number that nothing here has";
    assert_eq!(said("", text), [wrong]);
    assert_eq!(said("rules: {misnumbered-section: off}\n", text), [dangling]);
    let silenced = text.replace("# 第二章 丙", "# 第二章 丙 <!-- rubrica-disable-line misnumbered-section -->");
    assert_eq!(said("", &silenced), [dangling]);
}

/// A repair may leave what the text says of a number; what that is, it says, at the place where it stands afterwards.
#[test]
fn what_a_repair_leaves_is_named() {
    let articles =
        ["第一条 甲。", "第二条 发票。", "第二条 逾期。", "第三条 依第二条处理，例外见第一条。", "第四条 其他。"];
    let job = memory([("a.md", format!("# 合同\n\n{}\n", articles.join("\n\n")))]);
    let fixed = repaired(&job, Safety::Unsafe);
    let text = &fixed.units[0].files[0].after;
    assert!(text.contains("第四条 依第二条处理"), "{text}");
    let left: Vec<_> = fixed.left.iter().map(|place| (place.at.line, &*place.text)).collect();
    assert_eq!(left, [(9, "第二条")]);
}
