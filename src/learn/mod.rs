//! What a corpus teaches about itself: contracts that most of its documents keep already, and how they write things.
//!
//! Documents are grouped by folder. What at least nine of ten documents of a folder have, and at least twenty, is proposed
//! as a contract; then the proposal is checked like any other configuration, so that the documents named as deviants are
//! those that a run with it reports.

mod fields;
mod folders;
mod sections;
mod tags;
mod usage;
mod write;

use std::{collections::BTreeMap, io, sync::Arc};

use crate::{
    config::{Config, FILE_NAME},
    contract::{FieldType, TagSource, Vocabulary},
    corpus::{Bound, Corpus},
    document::Place,
    engine::{Job, Outcome, Selection, check, corpus},
    finding::Finding,
    rule::Catalogue,
    source::{CorpusPath, Source, Untrusted},
};

/// Documents that have to agree before anything is proposed.
pub const FEWEST: usize = 20;
/// So many sections and fields of a document are looked at: nobody asks for as many.
const MOST: usize = 200;

/// Whether enough of some documents agree: nine of ten, and not too few.
fn is_enough(agree: usize, of: usize) -> bool {
    agree >= FEWEST && agree * 10 >= of * 9
}

/// Whether nearly all of some documents agree: what else they state is a mistake, or else they are of another kind.
fn is_sure(agree: usize, of: usize) -> bool {
    is_enough(agree, of) && (of - agree) * 50 <= of
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
    /// Whether it asks for anything.
    pub asks: bool,
    /// How many kinds of documents there are that nothing tells from others of their folder.
    pub kinds: usize,
}

/// What is proposed, before it is known who deviates.
struct Proposal {
    drafts: Vec<Draft>,
    /// What is worth saying of folders with documents of several kinds.
    notes: Vec<String>,
    /// Where most documents state tags.
    tags: Option<tags::Tags>,
    terms: Vec<usage::Term>,
}

impl Proposal {
    fn new(corpus: &Corpus, catalogue: &Catalogue) -> Self {
        let (drafts, notes) = folders::drafts(corpus);
        let all: Vec<usize> = (0..corpus.documents.len()).collect();
        let tags = tags::tags(corpus, &all).filter(|tags| tags.with >= FEWEST);
        // What a page calls wrong is no word to ask for, however many write it.
        let is_wrong =
            |word: &str| catalogue.pages().any(|page| page.matching.as_ref().is_some_and(|own| own.corrects(word)));
        let terms = usage::terms(corpus, |word| !is_wrong(word));
        Self { drafts, notes, tags, terms }
    }
}

/// A contract in the making.
#[derive(Debug, Default)]
struct Draft {
    name: String,
    folder: CorpusPath,
    /// The field and the value by which its documents are told from others of the folder.
    when: Option<(String, String)>,
    /// How many documents it binds.
    documents: usize,
    places: Vec<Place>,
    fields: Vec<DraftField>,
    sections: Vec<DraftSection>,
    /// Whether the sections stand in one order.
    ordered: bool,
    /// Where its documents state tags, and which there are, if they are few.
    tags: Option<(TagSource, Vocabulary)>,
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
    /// How many documents could have it.
    documents: usize,
    repeated: bool,
    /// The sections within, in order.
    inner: Vec<DraftSection>,
}

/// The rule about words that nearly all documents write alike.
const TERMS: &str = "term-spelling";

/// The line of a contract about tags, and the rules that speak of it.
const TAGS: &str = "tags";
const TAG_RULES: [&str; 4] = ["inconsistent-tag", "missing-tags", "too-many-tags", "unknown-tag"];

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
    let seen = corpus(&job.with(Config { files: job.config.files.clone(), ..Config::default() }))?;
    let proposal = Proposal::new(&seen, &job.catalogue);
    let bare = write::configuration(&seen, &proposal, None);
    let source = Arc::new(Source::new(CorpusPath::new(FILE_NAME).unwrap_or_default(), bare));
    let mut catalogue = (*job.catalogue).clone();
    // It may be there from an earlier proposal.
    catalogue.remove(TERMS);
    let config = Config { files: job.config.files.clone(), ..Config::parse(source, &job.tree, &mut catalogue) };
    let keys = ["contracts", "tags"];
    let rules = job
        .catalogue
        .pages()
        .filter(|page| matches!(&page.default, crate::rule::Activation::When(key) if keys.contains(&key.as_str())));
    let mut only: Vec<Arc<str>> = rules.map(|page| page.name.clone()).collect();
    only.extend(["invalid-configuration".into(), TERMS.into()]);
    let (catalogue, selection) = (Arc::new(catalogue), Selection::of(only));
    let job = Job { catalogue, selection, ..job.with(config) };
    let outcome = check(&job)?;
    let text = write::configuration(&seen, &proposal, Some(&deviants(&outcome)));
    let asks = ["contracts:", "tags:", "rules:"].into_iter().any(|key| text.lines().any(|line| line.starts_with(key)));
    Ok(Lesson { text, outcome, job, asks, kinds: proposal.notes.len() })
}

/// Who deviates from what, as the findings say it.
fn deviants(outcome: &Outcome) -> Deviants {
    let mut out = Deviants::default();
    for finding in &outcome.findings {
        let Some((part, what)) = line(outcome, finding) else { continue };
        let path = &outcome.corpus.source(finding.at.file).path;
        let is_unequal = matches!(&*finding.message.key, "differs" | "nothing-to-equal");
        let known = if is_unequal { &mut out.unequal } else { &mut out.lines };
        for line in what.split("`, `") {
            let own = known.entry((part.clone(), line.to_owned())).or_default();
            if own.last() != Some(path) {
                own.push(path.clone());
            }
        }
    }
    out
}

/// The contract or rule that a finding is about, and the line of it.
fn line(outcome: &Outcome, finding: &Finding) -> Option<(String, String)> {
    let corpus = &outcome.corpus;
    let own = |bound: &Bound<'_>| bound.document.file == finding.at.file;
    if TAG_RULES.contains(&&*finding.rule) {
        let bound = corpus.bound().filter(|bound| bound.contract.tags.is_some()).find(own)?;
        return Some((bound.contract.name.clone(), TAGS.to_owned()));
    }
    if *finding.rule == *TERMS {
        return Some((TERMS.to_owned(), finding.message.argument("match")?.to_owned()));
    }
    let contract = finding.help.as_ref().and_then(|help| help.argument("contract"))?;
    // What stands in another place is called as the outline calls it.
    let misplaced = corpus.bound().filter(|bound| own(bound) && bound.contract.name == contract);
    let misplaced = misplaced.flat_map(|bound| {
        let is_here = |at: usize| bound.document.facts.headings[at].span == finding.at.span;
        let is_misplaced = |at: usize| bound.differences.misplaced.iter().any(|misplaced| misplaced.heading == at);
        bound.differences.held.iter().filter(move |(at, _)| is_here(*at) && is_misplaced(*at))
    });
    if let Some((_, section)) = misplaced.into_iter().next().filter(|_| &*finding.rule == "misplaced-section") {
        return Some((contract.to_owned(), section.title.written.clone()));
    }
    let named =
        || ["fields", "sections", "field", "section"].into_iter().find_map(|hole| finding.message.argument(hole));
    let what = finding.lacks.as_deref().or_else(named)?;
    Some((contract.to_owned(), what.to_owned()))
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
