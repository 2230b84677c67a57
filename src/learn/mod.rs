//! What a corpus teaches about itself: contracts that most of its documents keep already, and how they write things.
//!
//! Documents are grouped by folder. What at least nine of ten documents of a folder have, and at least twenty, is proposed
//! as a contract; then the proposal is checked like any other configuration, so that the documents named as deviants are
//! those that a run with it reports.

mod fields;
mod folders;
mod sections;
mod usage;
mod write;

use std::{collections::BTreeMap, io, sync::Arc};

use crate::{
    config::{Config, FILE_NAME},
    contract::FieldType,
    corpus::Corpus,
    document::Place,
    engine::{Job, Outcome, Selection, check},
    source::{CorpusPath, Source, Untrusted},
};

/// Documents that have to agree before anything is proposed.
pub const FEWEST: usize = 20;

/// Whether enough of some documents agree: nine of ten, and not too few.
fn is_enough(agree: usize, of: usize) -> bool {
    agree >= FEWEST && agree * 10 >= of * 9
}

/// What is proposed, and who deviates from it.
#[derive(Debug)]
pub struct Lesson {
    /// The text of a `rubrica.yaml`.
    pub text: String,
    /// What a run with it reports: the deviants.
    pub outcome: Outcome,
    /// The job of that run.
    pub job: Job,
    /// How many contracts it has.
    pub contracts: usize,
}

/// A contract in the making.
#[derive(Debug, Default)]
struct Draft {
    name: String,
    folder: CorpusPath,
    /// How many documents it binds.
    documents: usize,
    places: Vec<Place>,
    fields: Vec<DraftField>,
    sections: Vec<DraftSection>,
    /// Whether the sections stand in one order.
    ordered: bool,
    /// What many documents have, but not enough, and how many.
    almost: Vec<(String, usize)>,
}

#[derive(Debug)]
struct DraftField {
    name: String,
    kind: FieldType,
    /// Examples of how its dates are written, where that is not ISO 8601 alone.
    formats: Vec<String>,
    /// The values there are, where they are few.
    one_of: Vec<String>,
    /// What it is equal to, as the configuration says it.
    equals: Option<&'static str>,
    unique: bool,
}

#[derive(Debug)]
struct DraftSection {
    /// As an outline writes it.
    written: String,
    repeated: bool,
    /// The sections within, in order.
    inner: Vec<DraftSection>,
}

/// The rule about words that nearly all documents write alike.
const TERMS: &str = "term-spelling";

/// The documents that deviate from each line of the proposal.
#[derive(Debug, Default)]
struct Deviants {
    /// By contract and its field or section, or by rule and word.
    lines: BTreeMap<(String, String), Vec<CorpusPath>>,
    /// By contract and field: where the value is not what it should be equal to.
    unequal: BTreeMap<(String, String), Vec<CorpusPath>>,
}

impl Deviants {
    fn of(&self, contract: &str, line: &str) -> &[CorpusPath] {
        self.lines.get(&(contract.to_owned(), line.to_owned())).map_or(&[], Vec::as_slice)
    }

    fn unequal(&self, contract: &str, field: &str) -> &[CorpusPath] {
        self.unequal.get(&(contract.to_owned(), field.to_owned())).map_or(&[], Vec::as_slice)
    }
}

/// Looks at the corpus of a job and proposes a configuration for it.
pub fn learn(job: &Job) -> io::Result<Lesson> {
    let nothing = Selection { only: vec!["invalid-configuration".into()], skip: Vec::new() };
    let seen = check(&Job {
        selection: nothing,
        ..job.with(Config { files: job.config.files.clone(), ..Config::default() })
    })?;
    let drafts = folders::drafts(&seen.corpus);
    let bare = write::configuration(&seen.corpus, &drafts, None);
    let source = Arc::new(Source::new(CorpusPath::new(FILE_NAME).unwrap_or_default(), bare));
    let mut catalogue = (*job.catalogue).clone();
    // It may be there from an earlier proposal.
    catalogue.remove(TERMS);
    let config = Config { files: job.config.files.clone(), ..Config::parse(source, &job.tree, &mut catalogue) };
    let asks = ["contracts", "tags"];
    let rules = job
        .catalogue
        .pages()
        .filter(|page| matches!(&page.default, crate::rule::Activation::When(key) if asks.contains(&key.as_str())));
    let mut only: Vec<Arc<str>> = rules.map(|page| page.name.clone()).collect();
    only.extend(["invalid-configuration".into(), TERMS.into()]);
    let (catalogue, selection) = (Arc::new(catalogue), Selection { only, skip: Vec::new() });
    let job = Job { catalogue, selection, ..job.with(config) };
    let outcome = check(&job)?;
    let text = write::configuration(&seen.corpus, &drafts, Some(&deviants(&outcome)));
    Ok(Lesson { text, outcome, job, contracts: drafts.len() })
}

/// Who deviates from what, as the findings say it.
fn deviants(outcome: &Outcome) -> Deviants {
    let mut out = Deviants::default();
    for finding in &outcome.findings {
        let contract = finding.help.as_ref().and_then(|help| help.argument("contract"));
        let holes = ["fields", "sections", "field", "section", "match"];
        let what = holes.iter().find_map(|hole| finding.message.argument(hole));
        let (Some(part), Some(what)) = (contract.or((*finding.rule == *TERMS).then_some(TERMS)), what) else {
            continue;
        };
        let path = &outcome.corpus.source(finding.at.file).path;
        let is_unequal = matches!(&*finding.message.key, "differs" | "nothing-to-equal");
        let known = if is_unequal { &mut out.unequal } else { &mut out.lines };
        for line in what.split("`, `") {
            let own = known.entry((part.to_owned(), line.to_owned())).or_default();
            if own.last() != Some(path) {
                own.push(path.clone());
            }
        }
    }
    out
}

/// The paths of some documents, at most three of them, for people.
fn named(paths: &[CorpusPath]) -> String {
    let shown: Vec<String> = paths.iter().take(3).map(|path| Untrusted::new(path.as_str()).line()).collect();
    match paths.len() {
        0..=3 => shown.join(", "),
        all => format!("{} and {} more", shown.join(", "), all - 3),
    }
}

/// What several documents of a corpus state, by how many.
fn tally<K: Ord>(of: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for key in of {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// The documents of a corpus below a folder, by index.
fn below(corpus: &Corpus, folder: &CorpusPath) -> Vec<usize> {
    let documents = corpus.documents.iter().enumerate();
    documents.filter(|(_, document)| document.source.path.is_within(folder)).map(|(at, _)| at).collect()
}
