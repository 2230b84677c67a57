//! A number with its place in a text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::numerals::Numeral;

/// A number that a label holds, or that a text speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The number as written.
    pub numeral: Numeral,
    /// Its bytes within the text.
    pub at: Range<usize>,
}

impl Number {
    /// The same in a text of which this one's begins at an offset.
    #[must_use]
    pub fn shifted(&self, by: usize) -> Self {
        Self { at: self.at.start + by..self.at.end + by, ..self.clone() }
    }
}
