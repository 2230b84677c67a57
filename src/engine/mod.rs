//! The pipeline: from a tree of files to findings, and from findings to repaired files.

mod analyse;
mod baseline;
mod builds;
mod changes;
mod dialect;
mod fingerprint;
mod fix;
mod follow;
mod isolate;
mod leftover;
mod matched;
mod mdx;
mod mkdocs;
mod moved;
mod outcome;
mod profiles;
mod relocate;
mod rename;
mod run;
mod stated;
mod suppress;
mod verify;

use std::{io, path::Path, sync::Arc};

pub use analyse::panic_text;
pub use baseline::{BASELINE, Baseline, BaselineError, Hidden};
pub use changes::Changes;
pub use fingerprint::fingerprint;
pub use fix::{Fixed, RequestError, Said, Unit, fix, request};
pub use leftover::{Leftover, Place};
pub use outcome::{Narrow, Outcome, Summary};
pub use relocate::{RelocateError, Relocation, relocate};
pub use rename::{Named, rename_heading};
pub use suppress::silencing;

use crate::{
    config::{self, Config},
    corpus::{Corpus, Settings},
    files::{Tree, read_file},
    rule::{Catalogue, Layer, Page, RuleSet},
    source::{CorpusPath, Source},
};

/// What is to be checked, and how.
#[derive(Debug)]
pub struct Job {
    /// The files.
    pub tree: Tree,
    /// The rules there are.
    pub catalogue: Arc<Catalogue>,
    /// What is configured.
    pub config: Config,
    /// Which rules run this time.
    pub selection: Selection,
    /// The documents of the state that this one is compared with, if it is.
    pub before: Vec<CorpusPath>,
}

impl Job {
    /// The same files and rules with another configuration.
    #[must_use]
    pub fn with(&self, config: Config) -> Self {
        let (tree, catalogue) = (self.tree.clone(), self.catalogue.clone());
        Self { tree, catalogue, config, selection: self.selection.clone(), before: self.before.clone() }
    }

    /// The same with every rule that is on: what a repair is verified against does not depend on what is selected.
    fn with_all_rules(&self) -> Self {
        Self { selection: Selection::default(), ..self.with(self.config.clone()) }
    }
}

/// A choice among the rules, by name.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these, if any are named.
    pub only: Vec<Arc<str>>,
    /// Not these.
    pub skip: Vec<Arc<str>>,
}

impl Selection {
    /// None of them.
    pub(crate) fn none() -> Self {
        // No rule is called that.
        Self { only: vec!["".into()], skip: Vec::new() }
    }

    /// Whether a rule takes part.
    pub fn wants(&self, page: &Page) -> bool {
        (self.only.is_empty() || self.only.contains(&page.name)) && !self.skip.contains(&page.name)
    }

    /// Whether every rule takes part.
    pub fn is_everything(&self) -> bool {
        self.only.is_empty() && self.skip.is_empty()
    }
}

impl Job {
    /// Reads the configuration: `rubrica.yaml` at the root, if there is one, or the file that is named, by the path that
    /// findings in it have; and with it the rules that users write, which are added to those of the program. No rules are
    /// selected yet.
    pub fn new(tree: Tree, named: Option<(&Path, CorpusPath)>, program: &Arc<Catalogue>) -> Result<Self, ConfigError> {
        let mut catalogue = program.clone();
        let source = configuration(&tree, named)?;
        let config = source
            .map(|source| Config::parse(Arc::new(source), &tree, Arc::make_mut(&mut catalogue)))
            .unwrap_or_default();
        Ok(Self { tree, catalogue, config, selection: Selection::default(), before: Vec::new() })
    }

    /// The rules as they are set for a file, of those that are wanted.
    pub fn rules_of(&self, path: &CorpusPath, wanted: &dyn Fn(&Page) -> bool) -> RuleSet {
        RuleSet::new(&self.catalogue, &self.config.layers_of(path), wanted)
    }

    /// The rules that are on for some file, of those that are wanted, as they are set last.
    pub fn rules_anywhere(&self, wanted: &dyn Fn(&Page) -> bool) -> RuleSet {
        let layers: Vec<&Layer> = self.config.layers().collect();
        RuleSet::new(&self.catalogue, &layers, wanted)
    }
}

/// The configuration file that applies, if there is one.
fn configuration(tree: &Tree, named: Option<(&Path, CorpusPath)>) -> Result<Option<Source>, ConfigError> {
    let (path, text) = if let Some((file, path)) = named {
        (path, read_file(file, config::DEFAULT_MAX_BYTES))
    } else {
        let path = CorpusPath::new(config::FILE_NAME).unwrap_or_default();
        if !tree.has(&path) {
            return Ok(None);
        }
        let text = tree.read(&path, config::DEFAULT_MAX_BYTES);
        (path, text)
    };
    match text {
        Ok(text) => Ok(Some(Source::new(path, text))),
        Err(reason) => Err(ConfigError { path, reason }),
    }
}

/// How the documents are read: as configured, else as what the repository holds shows. Fails only where the root cannot
/// be read at all.
pub fn settings(job: &Job) -> io::Result<Settings> {
    Ok(dialect::settings(job, &job.tree.find()?.listing))
}

/// What a file or folder is to the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Nothing: ignore files leave it out, or it lies in another repository.
    None,
    /// A path that links may lead to.
    Known,
    /// A document, or a folder with one.
    Document,
}

/// What files and folders are to the corpus. Fails where the root cannot be read.
pub fn parts<'a>(job: &Job, paths: impl Iterator<Item = &'a CorpusPath>) -> io::Result<Vec<Part>> {
    let found = job.tree.find()?;
    let is_document = dialect::documents(job, &dialect::settings(job, &found.listing));
    let has = |all: &[CorpusPath], path: &CorpusPath| all.iter().any(|own| own.is_within(path));
    let part = |path: &CorpusPath| {
        let mut documents = found.regular.iter().filter(|own| own.is_within(path) && is_document(own));
        match documents.next() {
            Some(_) => Part::Document,
            None if has(&found.listing.files, path) || has(&found.listing.folders, path) => Part::Known,
            None => Part::None,
        }
    };
    Ok(paths.map(part).collect())
}

/// Checks a corpus. Fails only where the root cannot be read at all.
pub fn check(job: &Job) -> io::Result<Outcome> {
    let snapshot = analyse::Snapshot::take(job)?;
    let mut outcome = run::judge_last(job, snapshot);
    fingerprint::number(&outcome.corpus, &mut outcome.findings);
    Ok(outcome)
}

/// The corpus alone, without what rules say of it. Fails only where the root cannot be read at all.
pub(crate) fn corpus(job: &Job) -> io::Result<Corpus> {
    let job = Job { selection: Selection::none(), ..job.with(job.config.clone()) };
    Ok(run::corpus(&job, &analyse::Snapshot::take(&job)?))
}

/// Sets how many threads a run uses. Only the first call counts, and only before any work.
pub fn set_threads(threads: usize) {
    // A pool that stands already is as good.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
}

/// A configuration file that cannot be read as text.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the configuration: {reason}")]
pub struct ConfigError {
    /// The file.
    pub path: CorpusPath,
    /// Why.
    pub reason: crate::files::Unreadable,
}
