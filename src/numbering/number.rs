//! A number with its place in a text.

use std::ops::Range;

use super::numerals::{self, Numeral};

/// A number that a label holds, or that a text speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// More numbers are not read as one.
const MANY: usize = 32;

/// A number, or several with dots between, at the start of `rest`, which is a suffix of `text`; and what follows.
pub(super) fn path<'t>(text: &str, mut rest: &'t str) -> Option<(Vec<Number>, &'t str)> {
    let mut numbers = Vec::new();
    loop {
        let (numeral, behind) = numerals::leading(rest).filter(|_| numbers.len() < MANY)?;
        numbers.push(Number { numeral, at: text.len() - rest.len()..text.len() - behind.len() });
        rest = behind;
        match rest.strip_prefix(['.', '．']) {
            Some(next) if next.starts_with(numerals::is_digit) => rest = next,
            _ => return Some((numbers, rest)),
        }
    }
}

/// What numbers are worth.
pub(super) fn values(numbers: &[Number]) -> Vec<u64> {
    numbers.iter().map(|number| number.numeral.value).collect()
}
