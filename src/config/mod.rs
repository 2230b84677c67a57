//! `rubrica.yaml`: read into the settings of the layers that use them. Its mistakes are findings located in it, all of
//! them at once; a key that cannot be used is skipped, and the rest stands.

mod contracts;
mod json_schema;
mod keys;
mod read;
mod schema;

use std::sync::Arc;

use globset::GlobSet;

use crate::{
    contract::{Contract, TagSource},
    corpus::Mount,
    document::Renderer,
    files::Tree,
    rule::{Catalogue, Layer, Mistake},
    source::{CorpusPath, Source},
};

pub use schema::schema;

/// The file configuration is read from, at the root.
pub const FILE_NAME: &str = "rubrica.yaml";

/// Documents larger than this are not read, unless configured otherwise.
pub const DEFAULT_MAX_BYTES: u64 = 4 << 20;

/// Everything that is configured.
#[derive(Debug)]
pub struct Config {
    /// Which files are documents.
    pub files: Files,
    /// Settings for all documents, then for some of them, in order.
    pub layers: Vec<(Option<GlobSet>, Layer)>,
    /// What shows the documents; empty where it is left to be seen from what the repository holds.
    pub renderers: Vec<Renderer>,
    /// Where documents state their tags.
    pub tags: Vec<TagSource>,
    /// What paths from the root lead to.
    pub paths: Vec<Mount>,
    /// Fields of the front matter that hold links.
    pub link_fields: Vec<String>,
    /// What documents of one kind must contain, and which files those are.
    pub contracts: Vec<(GlobSet, Arc<Contract>)>,
    /// The file, where there is one.
    pub source: Option<Arc<Source>>,
    /// What is wrong with it.
    pub mistakes: Vec<Mistake>,
}

/// Which files are documents.
#[derive(Clone, Debug)]
pub struct Files {
    /// Where documents are looked for besides the usual places: hidden folders, template folders.
    pub include: GlobSet,
    /// What is no document.
    pub exclude: GlobSet,
    /// The globs as written, for people.
    pub written: (Vec<String>, Vec<String>),
    /// Documents with more bytes are not read.
    pub max_bytes: u64,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            include: GlobSet::empty(),
            exclude: GlobSet::empty(),
            written: (Vec::new(), Vec::new()),
            max_bytes: DEFAULT_MAX_BYTES,
        }
    }
}

impl Files {
    /// Whether a file is a document: Markdown by its name, not excluded, and not in a hidden folder other than
    /// `.github` unless it is included. `templates` are folders of a vault whose notes are forms to be filled in.
    pub fn is_document(&self, path: &CorpusPath, templates: &[CorpusPath]) -> bool {
        if self.exclude.is_match(path.as_str()) {
            return false;
        }
        let parent = path.parent();
        let hidden = parent.as_str().split('/').any(|part| part.starts_with('.') && part != ".github");
        let left_out = hidden || templates.iter().any(|folder| path.is_within(folder));
        path.is_markdown() && (!left_out || self.include.is_match(path.as_str()))
    }
}

impl Default for Config {
    fn default() -> Self {
        let layers = vec![(None, Layer::default())];
        Self {
            files: Files::default(),
            layers,
            renderers: Vec::new(),
            tags: Vec::new(),
            paths: Vec::new(),
            link_fields: Vec::new(),
            contracts: Vec::new(),
            source: None,
            mistakes: Vec::new(),
        }
    }
}

impl Config {
    /// Reads a configuration file, and those that it names, from the tree that it configures.
    pub fn parse(source: Arc<Source>, tree: &Tree, catalogue: &Catalogue) -> Self {
        read::config(source, tree, catalogue)
    }

    /// The contracts for a file, by index.
    pub fn contracts_of(&self, path: &CorpusPath) -> Vec<usize> {
        let own = self.contracts.iter().enumerate().filter(|(_, (globs, _))| globs.is_match(path.as_str()));
        own.map(|(at, _)| at).collect()
    }

    /// The layers that apply to a file.
    pub fn layers_of(&self, path: &CorpusPath) -> Vec<bool> {
        self.layers.iter().map(|(globs, _)| globs.as_ref().is_none_or(|globs| globs.is_match(path.as_str()))).collect()
    }
}
