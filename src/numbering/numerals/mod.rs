//! Numeral systems, read and printed.
//!
//! Reading is strict: a string is a number of a system only if printing the number in that system gives the
//! string back. So `十十` and `一百一` are not numbers, and a repaired label looks like the ones beside it.

mod digits;
mod han;

use serde::{Deserialize, Serialize};

/// A way of writing whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum System {
    /// `0` to `9`.
    Ascii,
    /// `０` to `９`, U+FF10 to U+FF19.
    FullWidth,
    /// 一 二 … 十 … 一百零一 … 一万, simplified.
    Han,
    /// The same with 萬 and 億.
    HanTraditional,
}

/// Systems that people take for the same kind of number when they stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// `1` and `１`.
    Arabic,
    /// 一.
    Han,
}

/// What a system is able to do.
struct Definition {
    system: System,
    class: Class,
    /// The value of a string that may be a number of the system; printing decides whether it is.
    read: fn(&str) -> Option<u64>,
    /// The number with at least so many digits, padded with zeros where the system has them.
    print: fn(u64, usize) -> Option<String>,
    /// Whether the system pads with zeros.
    pads: bool,
}

/// Every system, in the order in which they are tried.
const SYSTEMS: &[Definition] = &[
    Definition {
        system: System::Ascii,
        class: Class::Arabic,
        read: digits::read_ascii,
        print: digits::print_ascii,
        pads: true,
    },
    Definition {
        system: System::FullWidth,
        class: Class::Arabic,
        read: digits::read_full_width,
        print: digits::print_full_width,
        pads: true,
    },
    Definition { system: System::Han, class: Class::Han, read: han::read, print: han::print_simplified, pads: false },
    Definition {
        system: System::HanTraditional,
        class: Class::Han,
        read: han::read,
        print: han::print_traditional,
        pads: false,
    },
];

impl System {
    /// All systems.
    pub fn all() -> impl Iterator<Item = Self> {
        SYSTEMS.iter().map(|definition| definition.system)
    }

    /// The class the system belongs to.
    pub fn class(self) -> Class {
        self.definition().class
    }

    /// Prints a number with at least `width` digits; `None` where the system has no form for it.
    pub fn print(self, value: u64, width: usize) -> Option<String> {
        (self.definition().print)(value, width)
    }

    fn definition(self) -> &'static Definition {
        SYSTEMS.iter().find(|definition| definition.system == self).unwrap_or(&SYSTEMS[0])
    }
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Numeral {
    /// How it is written.
    pub system: System,
    /// What it is worth.
    pub value: u64,
    /// How many digits it was written with, where the system pads: 2 for `01`. Else 0.
    pub width: usize,
}

impl Numeral {
    /// Reads a string that is a number from end to end.
    pub fn parse(text: &str) -> Option<Self> {
        SYSTEMS.iter().find_map(|definition| {
            let value = (definition.read)(text)?;
            let width = if definition.pads { text.chars().count() } else { 0 };
            let printed = (definition.print)(value, width)?;
            (printed == text).then_some(Self { system: definition.system, value, width })
        })
    }
}

/// Whether a character can stand in a number of some system.
pub fn is_numeral_character(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９') || han::is_numeral_character(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_then_parse_is_the_identity() {
        for system in System::all() {
            for value in (1..=12_345).chain([20_000, 99_999, 100_000, 1_000_010, 12_000_300]) {
                let printed = system.print(value, 0).expect("in range");
                let read = Numeral::parse(&printed).expect("own form");
                assert_eq!(read.value, value, "{printed}");
                assert_eq!(read.system.class(), system.class(), "{printed}");
            }
        }
    }

    #[test]
    fn only_canonical_forms_are_numbers() {
        for text in ["", "十十", "一百一", "一十", "二百零", "零三", "1a", "一2", "万", "１2", "第", "一二"]
        {
            assert_eq!(Numeral::parse(text), None, "{text}");
        }
        for (text, value) in
            [("007", 7), ("１０", 10), ("十", 10), ("二十一", 21), ("一百零一", 101), ("一千零一十", 1010)]
        {
            assert_eq!(Numeral::parse(text).map(|n| n.value), Some(value), "{text}");
        }
    }
}
