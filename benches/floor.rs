//! The cost of checking beside the floor: walking, reading and parsing with the same parser, options and threads, and
//! nothing else. The two are timed in turn in one run, so that their ratio holds on a machine whose speed drifts.
//!
//! `RUBRICA_CORPORA` names the folder of real documents; without it only the generated corpus is measured.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use rayon::prelude::*;
use rubrica::{
    config::Files,
    document::bare,
    engine::{Job, Selection, check, configure},
    files::Tree,
    learn::learn,
    report::{Format, Report, Style},
    rule::Catalogue,
    rules::NATIVE,
    source::CorpusPath,
};

/// Pairs of runs per corpus.
const PAIRS: usize = 9;

fn job(tree: Tree) -> Job {
    let catalogue = Arc::new(Catalogue::new(NATIVE));
    let config = configure(&tree, None, &catalogue).expect("readable configuration");
    Job { tree, catalogue, config, selection: Selection::default() }
}

fn floor(root: &Path) -> usize {
    let tree = Tree::on_disk(root);
    let files = Files::default();
    let found = tree.find().expect("a folder");
    let documents: Vec<&CorpusPath> = found.regular.iter().filter(|path| files.is_document(path, &[])).collect();
    documents.par_iter().map(|path| tree.read(path, files.max_bytes).map_or(0, |text| bare(&text))).sum()
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

/// The corpus with the contracts that its documents keep.
fn with_contracts(root: &Path) -> Tree {
    let tree = Tree::on_disk(root);
    let lesson = learn(&job(tree.clone())).expect("a folder");
    tree.with([(CorpusPath::new("rubrica.yaml").expect("a path"), lesson.text.into())])
}

fn measure(name: &str, root: &Path) {
    measure_tree(name, root, &Tree::on_disk(root));
    measure_tree(&format!("{name} + contracts"), root, &with_contracts(root));
}

fn measure_tree(name: &str, root: &Path, tree: &Tree) {
    let (mut floors, mut checks, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..=PAIRS {
        let floor = timed(|| floor(root)).as_secs_f64();
        let check = timed(|| check(&job(tree.clone())).expect("a folder")).as_secs_f64();
        // The first pair warms the disk.
        if pair > 0 {
            floors.push(floor * 1e3);
            checks.push(check * 1e3);
            ratios.push(check / floor);
        }
    }
    println!(
        "{name:<32} floor {:7.1} ms   check {:7.1} ms   ratio {:.2}",
        median(floors),
        median(checks),
        median(ratios)
    );
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

fn main() {
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
    } else {
        println!("skipped: no corpora at {} (set RUBRICA_CORPORA)", corpora.display());
    }
    render();
}
