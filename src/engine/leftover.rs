//! What a move leaves to the author.

use std::fmt;

use crate::source::{CorpusPath, Place};

/// Something that may have to follow a move, and that nothing but its author can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leftover {
    /// What still names a path that moved, and is no link.
    Name(Place),
    /// A link that led somewhere by what the build of a site knows, and leads nowhere any more.
    Link(Place),
    /// A symbolic link, and what it led to: only one of the two moves.
    Alias(CorpusPath, CorpusPath),
    /// A document that cannot be read.
    Unread(CorpusPath),
    /// Documents that are the same as one that moves in another language, and stay: the first, and how many there are
    /// besides.
    Translations(CorpusPath, usize),
}

impl fmt::Display for Leftover {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(place) => write!(out, "{place} still names `{}`", place.text),
            Self::Link(place) => write!(out, "{place} leads nowhere any more: `{}`", place.text),
            Self::Alias(link, real) => {
                write!(out, "`{}` is a symbolic link to `{}`, and has to be made anew", link.as_str(), real.as_str())
            }
            Self::Unread(path) => {
                write!(out, "`{}` cannot be read, so the links in it stay as they are", path.as_str())
            }
            Self::Translations(path, 0) => {
                write!(out, "`{}` is the same in another language, and stays", path.as_str())
            }
            Self::Translations(path, more) => {
                write!(out, "`{}` and {more} more are the same in another language, and stay", path.as_str())
            }
        }
    }
}
