//! What a contract asks of tags.

use std::fmt;

use crate::source::CorpusPath;

/// A place where documents state what they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagSource {
    /// `tags:` or `tag:` of the front matter.
    FrontMatter,
    /// `#tag` in the text.
    Inline,
    /// Links listed under a heading with this text.
    Section(String),
}

impl fmt::Display for TagSource {
    /// As the configuration writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FrontMatter => f.write_str("front-matter"),
            Self::Inline => f.write_str("inline"),
            Self::Section(title) => write!(f, "section: {title}"),
        }
    }
}

/// The fields of front matter that hold tags.
pub const TAG_FIELDS: [&str; 2] = ["tags", "tag"];

/// What a contract asks of tags.
#[derive(Clone, Debug, Default)]
pub struct TagDemand {
    /// Where they stand; empty where that is as in the rest of the corpus.
    pub sources: Vec<TagSource>,
    /// The fewest that a document carries.
    pub min: Option<usize>,
    /// The most that a document carries.
    pub max: Option<usize>,
    /// The tags there are.
    pub vocabulary: Vocabulary,
}

/// The tags there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Vocabulary {
    /// Any.
    #[default]
    Open,
    /// These; `a/*` is everything below `a`.
    Words(Vec<String>),
    /// The names of the notes in a folder.
    Folder(CorpusPath),
    /// Those that more than one document carries.
    Corpus,
}

impl Vocabulary {
    /// The folder with a note for each tag, if that is what it is.
    pub fn folder(&self) -> Option<&CorpusPath> {
        if let Self::Folder(folder) = self { Some(folder) } else { None }
    }
}
