//! What looking at one document may cost: whoever sends a configuration chooses how many rules look at every byte.

use std::cell::Cell;

/// Bytes that patterns may go through for each byte of a document. A pattern that is tried everywhere goes through each
/// byte twice, and one that matches more than a match may have, a thousand times.
const FOR_EACH_BYTE: usize = 4096;

/// A document counts as long as this at least.
const SHORTEST: usize = 1024;

/// A literal that was seen costs as much as so many bytes: it takes memory, and is looked at where it stands.
pub(super) const SIGHTING: usize = 512;

/// What is left of it, in bytes that patterns go through.
#[derive(Debug)]
pub(super) struct Effort(Cell<usize>);

impl Effort {
    /// For a text of so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self(Cell::new(bytes.max(SHORTEST).saturating_mul(FOR_EACH_BYTE)))
    }

    /// Whether there is as much, which is gone then. Else nothing is left.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}
