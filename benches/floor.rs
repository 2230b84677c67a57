//! The cost of checking beside the floor: walking, reading and parsing with the same parser, options and threads, and
//! nothing else. The two are timed in turn in one run, so that their ratio holds on a machine whose speed drifts; each in
//! a process of its own, as a check is in CI, since what another run left of its memory would count.
//!
//! `RUBRICA_CORPORA` names the folder of real documents; without it only the generated corpus is measured.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod vault;

use std::{
    fmt::Write,
    fs,
    hint::black_box,
    mem::forget,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use rayon::prelude::*;
use rubrica::{
    config::{FILE_NAME, Files},
    document::bare,
    engine::{Job, check},
    files::Tree,
    learn::learn,
    report::{Format, Report, Style},
    rule::{Catalogue, OWN},
    rules::NATIVE,
    source::CorpusPath,
};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Pairs of runs per corpus.
const PAIRS: usize = 9;

fn job(tree: Tree) -> Job {
    Job::new(tree, None, &Arc::new(Catalogue::new(NATIVE))).expect("readable configuration")
}

fn floor(root: &Path) -> usize {
    let tree = Tree::on_disk(root);
    let files = Files::default();
    let found = tree.find().expect("a folder");
    let documents: Vec<&CorpusPath> = found.regular.iter().filter(|path| files.is_document(path, &[])).collect();
    documents
        .par_iter()
        .with_max_len(8)
        .map(|path| tree.read(path, files.max_bytes).map_or(0, |text| bare(&text)))
        .sum()
}

fn timed<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(run());
    let elapsed = start.elapsed();
    // The program ends without taking its data apart, so that is not part of the cost.
    drop(result);
    elapsed
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The measure that all others are held against.
const FLOOR: &str = "floor";
/// What is measured of a corpus, each time by a process of its own, which finds the memory as a user's does.
const MEASURES: [&str; 5] = ["", "- text", "+ contracts", "+ contracts - text", "+ typography"];

/// Measures a corpus, its learned contracts in a file.
fn measure(name: &str, root: &Path) {
    let contracts = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(contracts.path(), learn(&job(Tree::on_disk(root))).expect("a folder").text).expect("a file");
    for measure in MEASURES {
        measure_one(name, root, measure, contracts.path());
    }
}

fn measure_one(name: &str, root: &Path, measure: &str, contracts: &Path) {
    let run = |measure: &str| {
        let own = std::env::current_exe().expect("this program");
        let child = Command::new(own).args([ONCE, measure]).args([root, contracts]).stdout(Stdio::piped()).spawn();
        let output = child.and_then(Child::wait_with_output).expect("a run");
        assert!(output.status.success(), "{measure}");
        String::from_utf8_lossy(&output.stdout).trim().parse::<f64>().expect("a time")
    };
    let (mut floors, mut checks, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..=PAIRS {
        let (floor, check) = (run(FLOOR), run(measure));
        // The first pair warms the disk.
        if pair > 0 {
            floors.push(floor);
            checks.push(check);
            ratios.push(check / floor);
        }
    }
    let name = format!("{name} {measure}");
    println!(
        "{name:<40} floor {:7.1} ms   check {:7.1} ms   ratio {:.2}",
        median(floors),
        median(checks),
        median(ratios)
    );
}

/// One measure of a corpus, in milliseconds. The program ends without taking its data apart, so that is not part of it.
fn once(measure: &str, root: &Path, contracts: &Path) -> f64 {
    let tree = || Tree::on_disk(root);
    let contracts = measure.contains("contracts").then(|| fs::read_to_string(contracts).expect("a file"));
    let contracts = contracts.unwrap_or_default();
    let start = Instant::now();
    let job = match measure {
        FLOOR => {
            black_box(floor(root));
            return start.elapsed().as_secs_f64() * 1e3;
        }
        "" => job(tree()),
        "- text" => without_text(tree()),
        "+ contracts" => job(configured(root, &contracts)),
        "+ contracts - text" => without_text(configured(root, &contracts)),
        _ => job(configured(root, "text: {profile: zh-Hans}\n")),
    };
    forget(check(&job).expect("a folder"));
    start.elapsed().as_secs_f64() * 1e3
}

/// The corpus with a configuration.
fn configured(root: &Path, text: &str) -> Tree {
    Tree::on_disk(root).with([(CorpusPath::new(FILE_NAME).expect("a path"), text)])
}

/// The rules but those of the text group, so that the difference is what these cost.
fn without_text(tree: Tree) -> Job {
    let mut job = job(tree);
    job.selection.skip = job.catalogue.named("text");
    job
}

/// A corpus with so many rules of one literal each, and no others. The words are made of common characters, so that
/// the matcher gets a good way into many of them.
fn with_literals(root: &Path, count: usize) -> Job {
    let characters: Vec<char> = "数据系统用户配置节点".chars().collect();
    let character = |n: usize| characters[n % characters.len()];
    let mut config = "rules:\n".to_owned();
    for n in 0..count {
        let word: String = [n / 100, n / 10, n].into_iter().map(character).collect();
        let _ = writeln!(config, "  literal-{n}: {{match: {{find: {word}}}}}");
    }
    let path = CorpusPath::new(FILE_NAME).expect("a path");
    let mut job = job(Tree::on_disk(root).with([(path, config)]));
    job.selection.only = Some(job.catalogue.named(OWN));
    job
}

/// What a thousand literals cost beside ten.
fn literals(root: &Path) {
    let (mut few, mut many, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..=PAIRS {
        let ten = timed(|| check(&with_literals(root, 10)).expect("a folder")).as_secs_f64();
        let thousand = timed(|| check(&with_literals(root, 1_000)).expect("a folder")).as_secs_f64();
        if pair > 0 {
            few.push(ten * 1e3);
            many.push(thousand * 1e3);
            ratios.push(thousand / ten);
        }
    }
    let (few, many, ratio) = (median(few), median(many), median(ratios));
    println!("10 literal rules {few:7.1} ms   1000 of them {many:7.1} ms   ratio {ratio:.2}");
}

/// A generated vault with very many links, whose broken ones are known: found, all of them and no others.
fn links(documents: usize, broken: usize) {
    let vault = vault::vault(documents, broken);
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in &vault.files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let outcome = check(&job(Tree::on_disk(folder.path()))).expect("a folder");
    vault.assert_found(&outcome);
    drop(outcome);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("unknown", str::trim);
    let links = documents * vault::LINKS;
    println!("{documents} documents, {links} links: {broken} broken, all found and no others; peak memory {peak}");
    for measure in ["", "- text"] {
        measure_one("generated vault", folder.path(), measure, folder.path());
    }
}

/// The rendering of very many findings, without the cap that the program sets.
fn render() {
    let line = |n: usize| format!("中文文字与 [链接](缺失-{n}.md) 在此，后面还有一些文字。\n");
    let text: String = (0..20_000).map(line).collect();
    let size = text.len();
    let job = job(Tree::in_memory([(CorpusPath::new("a.md").expect("a path"), text)]));
    let outcome = check(&job).expect("a corpus in memory");
    let style = Style { cap: usize::MAX, ..Style::default() };
    let report = Report { outcome: &outcome, summary: outcome.summary(), catalogue: &job.catalogue, style };
    let took = timed(|| report.write(Format::Terminal, &mut Vec::new()).expect("a buffer"));
    println!(
        "{} findings in a file of {size} bytes rendered in {:.0} ms",
        outcome.findings.len(),
        took.as_secs_f64() * 1e3
    );
}

/// Asks for one measure.
const ONCE: &str = "--once";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, measure, root, contracts] = arguments.as_slice()
        && flag == ONCE
    {
        return println!("{}", once(measure, Path::new(root), Path::new(contracts)));
    }
    // First, so that the peak of memory is its own.
    links(10_000, 200);
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let corpora = std::env::var_os("RUBRICA_CORPORA").map_or_else(|| own.join("../shared/corpora"), PathBuf::from);
    if corpora.is_dir() {
        for entry in fs::read_dir(&corpora).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                measure(&path.file_name().unwrap_or_default().to_string_lossy(), &path);
            }
        }
        measure("all of them", &corpora);
        literals(&corpora);
    } else {
        println!("skipped: no corpora at {} (set RUBRICA_CORPORA)", corpora.display());
    }
    render();
}
