//! What is to be checked, and how.

use std::{path::Path, sync::Arc};

use crate::{
    config::{self, Config},
    files::{Tree, Unreadable, read_file},
    rule::{Catalogue, Layer, Page, RuleSet},
    source::{CorpusPath, Source},
};

/// Files, rules and settings.
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
    /// Reads the configuration: `rubrica.yaml` at the root, if there is one, or the file that is named, by the path that
    /// findings in it have; and with it the rules that users write, which are added to those of the program. No rules are
    /// selected yet.
    pub fn new(tree: Tree, named: Option<(&Path, CorpusPath)>, program: &Arc<Catalogue>) -> Result<Self, ConfigError> {
        let mut catalogue = program.clone();
        let source = configuration(&tree, named)?;
        let config = source
            .map(|source| Config::parse(Arc::new(source), &tree, Arc::make_mut(&mut catalogue)))
            .unwrap_or_default();
        Ok(Self { catalogue, config, ..Self::bare(tree, program) })
    }

    /// Files and rules without a configuration.
    pub(crate) fn bare(tree: Tree, catalogue: &Arc<Catalogue>) -> Self {
        let (catalogue, config, selection) = (catalogue.clone(), Config::default(), Selection::default());
        Self { tree, catalogue, config, selection, before: Vec::new() }
    }

    /// The same files and rules with another configuration.
    #[must_use]
    pub fn with(&self, config: Config) -> Self {
        let (tree, catalogue) = (self.tree.clone(), self.catalogue.clone());
        Self { tree, catalogue, config, selection: self.selection.clone(), before: self.before.clone() }
    }

    /// The same with another choice of rules.
    pub(crate) fn selecting(&self, selection: Selection) -> Self {
        Self { selection, ..self.with(self.config.clone()) }
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

/// A choice among the rules, by name.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these; all where nothing is said.
    pub only: Option<Vec<Arc<str>>>,
    /// Not these.
    pub skip: Vec<Arc<str>>,
}

impl Selection {
    /// These and no others.
    pub fn of(only: Vec<Arc<str>>) -> Self {
        Self { only: Some(only), skip: Vec::new() }
    }

    /// None of them.
    pub(crate) fn none() -> Self {
        Self::of(Vec::new())
    }

    /// Whether a rule takes part.
    pub fn wants(&self, page: &Page) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&page.name)) && !self.skip.contains(&page.name)
    }

    /// Whether every rule takes part.
    pub fn is_everything(&self) -> bool {
        self.only.is_none() && self.skip.is_empty()
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

/// A configuration file that cannot be read as text.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the configuration: {reason}")]
pub struct ConfigError {
    /// The file.
    pub path: CorpusPath,
    /// Why.
    pub reason: Unreadable,
}
