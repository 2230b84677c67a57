//! What a rule is: a page that states everything about it, and a check.

mod catalogue;
mod declared;
mod findings;
mod option;
mod page;
mod read;
mod set;

use crate::{corpus::Corpus, document::Document};

pub use catalogue::{Catalogue, Native};
pub use declared::OWN;
pub use findings::Findings;
pub use option::{OptionDeclaration, OptionKind, label_example};
pub use page::{Activation, Language, Page, Wording};
pub(crate) use read::FIXES;
pub use set::{Layer, Level, Rule, RuleSet, Setting};

/// A rule that needs one document. It sees data and a sink: it cannot read a file, start a thread, or fail.
pub trait DocumentRule: Send + Sync {
    /// Reports what is wrong in a document.
    fn check(&self, document: &Document, out: &mut Findings);
}

/// A rule that needs every document.
pub trait CorpusRule: Send + Sync {
    /// Reports what is wrong anywhere.
    fn check(&self, corpus: &Corpus, out: &mut Findings);

    /// Asks a document for what `check` will need and what is made of its text as it is read, while that is at hand.
    fn gather(&self, _document: &Document) {}
}

/// How a rule is checked.
pub enum Check {
    /// In each document alone.
    Document(Box<dyn DocumentRule>),
    /// In all documents together.
    Corpus(Box<dyn CorpusRule>),
    /// By the matcher of all declarative rules, as the page says.
    Matched,
    /// By the pipeline itself.
    Pipeline,
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Document(_) => "Document",
            Self::Corpus(_) => "Corpus",
            Self::Matched => "Matched",
            Self::Pipeline => "Pipeline",
        })
    }
}
