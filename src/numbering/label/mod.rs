//! The label a heading or paragraph begins with; those of captions are read in [`super::caption`].

mod found;
mod shapes;
pub mod titled;

use super::{
    number::{self, Number},
    numerals::{self, Class, System},
};

pub(super) use found::{BRACKETS, MARKS, before, components, digits, ends_with_blank, joined_by};
pub use shapes::{may_begin, parse};

/// What makes two labels belong to one sequence: the signs and words around the number. Width does not count
/// (`（1）` and `(1)`), nor, where a word names what is counted, the numerals (`第一章`, `第2章`, `步骤 1`, `第 2 步`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// A word says what is counted: `第三章`, `步骤 2`, `Step 3`. The text is the thing counted: `章`, `步`, `step`.
    Counted(String),
    /// `【1】`, `（一）`, `(a)`: the opening bracket, narrowed, and the kind of number.
    Bracketed(char, Class),
    /// `1.`, `1、`, `1)`, `一、`: the mark behind, narrowed, and the kind of number.
    Marked(char, Class),
    /// `①`: the number is a sign and needs no mark.
    Sign(System),
    /// `1.2`, `1.2.3`, `1-2`.
    Dotted,
    /// A number without the mark that would make it a label: `3` where `3、` is meant. Belongs to no sequence.
    Bare,
}

impl Scheme {
    /// Whether it counts days or weeks, of which one may pass without a word.
    pub fn is_of_calendar(&self) -> bool {
        matches!(self, Self::Counted(word) if matches!(word.as_str(), "day" | "week" | "日" | "周" | "주차" | "일차"))
    }

    /// Whether it counts the articles of a law or contract, which mostly go on through the chapters, and may be thousands.
    pub fn is_article(&self) -> bool {
        matches!(self, Self::Counted(word) if matches!(word.as_str(), "条" | "條" | "조"))
    }
}

/// The numbering part of a text: `【9】`, `第三章`, `2.1`, `（二）`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The signs and words around the number.
    pub scheme: Scheme,
    /// The label as written, without blanks around it.
    pub text: String,
    /// One number, or the components of a dotted label.
    pub numbers: Vec<Number>,
    /// What else it can be: `C.` is the letter or the Roman number. Its neighbours decide.
    pub other: Option<Box<Label>>,
}

impl Label {
    /// One that can be nothing else.
    pub fn new(scheme: Scheme, text: impl Into<String>, numbers: Vec<Number>) -> Self {
        Self { scheme, text: text.into(), numbers, other: None }
    }

    /// What stands behind it in a text that begins with it.
    pub fn behind<'t>(&self, text: &'t str) -> &'t str {
        text.trim_start().get(self.text.len()..).unwrap_or_default()
    }

    /// The values of the numbers.
    pub fn values(&self) -> Vec<u64> {
        number::values(&self.numbers)
    }

    /// The last number: the one that counts among siblings.
    pub fn last(&self) -> &Number {
        &self.numbers[self.numbers.len() - 1]
    }

    /// What that is worth.
    pub fn number(&self) -> u64 {
        self.last().numeral.value
    }

    /// Which kind of number that is.
    pub fn class(&self) -> Class {
        self.last().numeral.system.class()
    }

    /// The numbers in a text in which the label begins at an offset.
    pub fn numbers_from(&self, start: usize) -> Vec<Number> {
        self.numbers.iter().map(|number| number.shifted(start)).collect()
    }

    /// What stands between the last two numbers of a dotted label.
    pub fn joint(&self) -> &str {
        let Some([.., before, last]) = self.numbers.get(..) else { return "." };
        self.text.get(before.at.end..last.at.start).unwrap_or(".")
    }

    /// Whether it looks like a day of the year or a span as much as like a label: `11-12`.
    pub(super) fn may_be_date(&self) -> bool {
        self.joint() == "-" && self.text.starts_with(numerals::is_numeral_character)
    }

    /// The label without its number and without blanks: what has to be alike for labels to look alike.
    pub(super) fn affix(&self) -> String {
        let blank = vec![String::new(); self.numbers.len()];
        self.with_numbers(&blank).split_whitespace().collect()
    }

    /// The label with other numbers in the places of its own.
    pub fn with_numbers(&self, printed: &[String]) -> String {
        let mut out = self.text.clone();
        for (number, text) in self.numbers.iter().zip(printed).rev() {
            out.replace_range(number.at.clone(), text);
        }
        out
    }
}

/// A first number in this range is a year.
pub const YEARS: std::ops::RangeInclusive<u64> = 1500..=2100;
