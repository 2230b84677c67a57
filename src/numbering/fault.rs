//! What is found wrong with an outline.

use super::sequence::Kind;

/// One label, as it is and as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Index of the item.
    pub item: usize,
    /// What the numbers of the label should be worth.
    pub values: Vec<u64>,
    /// What each of them should be written as; equal to what it is where nothing changes.
    pub numbers: Vec<String>,
    /// The label as it should be.
    pub label: String,
    /// Whether that can be written: behind ㊿ there is no such sign.
    pub is_written: bool,
}

/// Why labels are wrong, in the order in which a reader would say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The number it should have is missing, and the one it has stands elsewhere too.
    MissingAndRepeated {
        /// The missing number.
        missing: String,
        /// The number that stands twice.
        repeated: String,
    },
    /// The number stands before it already.
    Repeated(String),
    /// Numbers are left out before it.
    Missing(String),
    /// The first number below the one that it carries is left out before it.
    First(String),
    /// Numbers are left out before it that something else shows to be there: the label stands below another section, or
    /// sections below a heading without one carry it.
    Elsewhere(String),
    /// A sequence begins at 1, or at the number that is configured.
    Start {
        /// That number.
        configured: Option<String>,
    },
    /// The number that a sequence begins with stands behind another one.
    Moved {
        /// That number.
        moved: String,
        /// The one before it.
        previous: String,
    },
    /// It is not the number after this one.
    OutOfOrder(String),
    /// Its prefix is not the number of the label it stands under.
    Prefix(String),
    /// The number that seems to be missing stands there without its mark.
    Unmarked,
    /// Its neighbours are written like this one.
    Mixed(String),
}

/// An unbroken run of labels that should be changed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How it is wrong.
    pub kind: Kind,
    /// Whether the sequence is otherwise so regular that the rest can be trusted to be slips.
    pub certain: bool,
    /// Why the first label is wrong.
    pub reason: Reason,
    /// Items that explain it: the twin, or the neighbour before; or the item whose number the prefix should be, or
    /// whose label is an example.
    pub see: Vec<usize>,
    /// The labels of the run.
    pub run: Vec<Change>,
    /// Labels below the run whose prefix follows its numbers.
    pub below: Vec<Change>,
}

impl Fault {
    /// Takes note of an item that shows what is missing to be there.
    pub(super) fn show(&mut self, elsewhere: Option<usize>) {
        if let (Some(at), Reason::Missing(missing)) = (elsewhere, &self.reason) {
            self.reason = Reason::Elsewhere(missing.clone());
            self.see.push(at);
        }
    }
}
