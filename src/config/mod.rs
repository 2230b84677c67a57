//! `rubrica.yaml`: read into the settings of the layers that use them. Its mistakes are findings located in it, all of
//! them at once; a key that cannot be used is skipped, and the rest stands.

mod contracts;
mod fields;
mod keys;
mod outlines;
mod own;
mod own_keys;
mod read;
mod reader;
mod schema;

use std::sync::Arc;

use crate::{
    contract::{Contract, TagSource},
    corpus::Mount,
    document::Renderer,
    files::Tree,
    mistakes::Mistake,
    rule::{Activation, Catalogue, Layer, Level, Page},
    source::{CorpusPath, Globs, Source, Span},
};

pub use own::refusal;
pub use schema::schema;

/// The file configuration is read from, at the root.
pub const FILE_NAME: &str = "rubrica.yaml";

/// Documents larger than this are not read, unless configured otherwise.
pub const DEFAULT_MAX_BYTES: u64 = 4 << 20;

/// Everything that is configured.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Which files are documents.
    pub files: Files,
    /// Settings for all documents.
    pub base: Layer,
    /// Settings for some of them, the later ones winning.
    pub overrides: Vec<(Globs, Layer)>,
    /// What shows the documents; empty where it is left to be seen from what the repository holds.
    pub renderers: Vec<Renderer>,
    /// Their names, as they are written.
    pub renderer_names: Vec<String>,
    /// Where documents state their tags.
    pub tags: Vec<TagSource>,
    /// What paths from the root lead to, each with its place.
    pub paths: Vec<(Mount, Span)>,
    /// Fields of the front matter that hold links.
    pub link_fields: Vec<String>,
    /// What documents of one kind must contain, and which files those are.
    pub contracts: Vec<(Globs, Arc<Contract>)>,
    /// Globs of contracts, each with its place: each has to match a document.
    pub named: Vec<(Span, Globs)>,
    /// Those of overrides: each has to match a file, since some findings are about others than documents.
    pub overridden: Vec<(Span, Globs)>,
    /// Those of what is left out, each with its place.
    pub excluded: Vec<(Span, Globs)>,
    /// Where pages of rules are, that users wrote.
    pub rule_pages: Vec<CorpusPath>,
    /// Files that it names: pages of rules, schemas, vocabularies.
    pub parts: Vec<CorpusPath>,
    /// The file, where there is one.
    pub source: Option<Arc<Source>>,
    /// What is wrong with it.
    pub mistakes: Vec<Mistake>,
    /// Pages of rules and schemas that it names, and what is wrong with them.
    pub faulty: Vec<(Arc<Source>, Vec<Mistake>)>,
}

/// Which files are documents.
#[derive(Clone, Debug)]
pub struct Files {
    /// Where documents are looked for besides the usual places: hidden folders, template folders.
    pub include: Globs,
    /// What is no document.
    pub exclude: Globs,
    /// Documents with more bytes are not read.
    pub max_bytes: u64,
}

impl Default for Files {
    fn default() -> Self {
        Self { include: Globs::default(), exclude: Globs::default(), max_bytes: DEFAULT_MAX_BYTES }
    }
}

impl Files {
    /// Whether a file is a document: Markdown by its name, not excluded, and neither hidden nor in a hidden folder other
    /// than `.github`, unless it is included. `templates` are places of a vault whose notes are forms to be filled in.
    pub fn is_document(&self, path: &CorpusPath, templates: &[CorpusPath]) -> bool {
        if self.exclude.matches(path) {
            return false;
        }
        let is_hidden = path.as_str().split('/').any(|part| part.starts_with('.') && part != ".github");
        let left_out = is_hidden || templates.iter().any(|place| path.is_within(place));
        path.is_markdown() && (!left_out || self.include.matches(path))
    }
}

impl Config {
    /// Reads a configuration file, and the pages of rules that it names, from the tree that it configures. The rules
    /// that users write are added to the catalogue.
    pub fn parse(source: Arc<Source>, tree: &Tree, catalogue: &mut Catalogue) -> Self {
        read::config(source, tree, catalogue)
    }

    /// The contracts for a file, by index. For a page of a rule they are those that name its folder.
    pub fn contracts_of(&self, path: &CorpusPath) -> Vec<usize> {
        let folder = self.rule_pages.iter().find(|folder| path.is_within(folder));
        let names = |glob: &String, folder: &CorpusPath| {
            let rest = glob.trim_start_matches('/').strip_prefix(folder.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '*', '{']))
        };
        let is_meant =
            |globs: &Globs| folder.is_none_or(|folder| globs.written().iter().any(|glob| names(glob, folder)));
        let own = self.contracts.iter().enumerate().filter(|(_, (globs, _))| globs.matches(path) && is_meant(globs));
        own.map(|(at, _)| at).collect()
    }

    /// Everything that is wrong with it, and in which file.
    pub fn all_mistakes(&self) -> impl Iterator<Item = (&Arc<Source>, &[Mistake])> {
        let own = self.source.iter().map(|source| (source, self.mistakes.as_slice()));
        own.chain(self.faulty.iter().map(|(source, mistakes)| (source, mistakes.as_slice())))
    }

    /// Whether anything is wrong with it: a run does not do what was asked for.
    pub fn is_invalid(&self) -> bool {
        self.all_mistakes().any(|(_, mistakes)| !mistakes.is_empty())
    }

    /// Turns on a rule that is off until somebody asks for it, unless the configuration says that it is off.
    pub fn turn_on(&mut self, page: &Page) {
        if page.default == Activation::Off {
            let setting = self.base.settings.entry(page.name.to_string()).or_default();
            setting.level.get_or_insert(Level::At(page.severity));
        }
    }

    /// For each of the overrides, whether it applies to a file.
    pub fn applies(&self, path: &CorpusPath) -> Vec<bool> {
        self.overrides.iter().map(|(globs, _)| globs.matches(path)).collect()
    }

    /// The layers that apply to a file.
    pub fn layers_of(&self, path: &CorpusPath) -> Vec<&Layer> {
        let overrides = self.overrides.iter().filter(|(globs, _)| globs.matches(path));
        std::iter::once(&self.base).chain(overrides.map(|(_, layer)| layer)).collect()
    }

    /// All layers, in order.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        std::iter::once(&self.base).chain(self.overrides.iter().map(|(_, layer)| layer))
    }
}
