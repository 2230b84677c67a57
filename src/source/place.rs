//! Places for people.

use std::fmt;

use super::{CorpusPath, LineColumn};

/// Where something stands, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: CorpusPath,
    /// Where in it.
    pub at: LineColumn,
    /// What is written there.
    pub text: String,
}

impl fmt::Display for Place {
    /// `path:line:column`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.path.as_str(), self.at)
    }
}
