//! What a JSON Schema says of lengths, counts and sizes.

use super::{Fault, Text};

/// A keyword of JSON Schema that takes a number, and the number.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The keyword.
    pub keyword: String,
    /// The number; of `uniqueItems`, 1.
    pub limit: f64,
}

impl Limit {
    /// The keywords there are.
    pub const ALL: [&str; 10] = [
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minItems",
        "maxItems",
        "uniqueItems",
        "multipleOf",
    ];

    /// Whether a single value keeps it.
    pub(super) fn is_kept(&self, text: &str) -> bool {
        let length = count(text.chars().count());
        let number = text.parse().unwrap_or(f64::NAN);
        match &*self.keyword {
            "minLength" => length >= self.limit,
            "maxLength" => length <= self.limit,
            "minimum" => number >= self.limit,
            "maximum" => number <= self.limit,
            "exclusiveMinimum" => number > self.limit,
            "exclusiveMaximum" => number < self.limit,
            // Decimals are no exact numbers here.
            "multipleOf" => ((number / self.limit) - (number / self.limit).round()).abs() < 1e-9,
            _ => true,
        }
    }

    pub(super) fn fault(&self) -> Fault {
        Fault::Limit { limit: format!("{}: {}", self.keyword, self.limit) }
    }

    /// Whether a list keeps it.
    pub(super) fn is_kept_by(&self, values: &[Text]) -> bool {
        let is_first = |(at, value): (usize, &Text)| !values[..at].iter().any(|other| other.text == value.text);
        match &*self.keyword {
            "minItems" => count(values.len()) >= self.limit,
            "maxItems" => count(values.len()) <= self.limit,
            "uniqueItems" => values.iter().enumerate().all(is_first),
            _ => true,
        }
    }
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}
