//! Numbers that order text: numerals, the labels they stand in, and what is right in a sequence of labels.
//!
//! This module knows strings and integers, and of Markdown only the marks that may stand around a number. [`label::parse`] reads the label a text begins
//! with, [`outline::judge`] takes the labels of an outline and says which of them are wrong and what they should be.
//! [`pointer::all`] finds where running text surely points at one, and [`mention::all`] where it may speak of one.

pub mod caption;
pub mod context;
mod counting;
mod fault;
mod foreign;
mod item;
pub mod label;
pub mod mention;
mod mixed;
mod number;
pub mod numerals;
pub mod outline;
mod particle;
pub mod parts;
mod places;
pub mod pointer;
mod prefixes;
pub mod range;
mod readings;
mod repair;
pub mod sequence;
mod sure;
pub mod unmarked;
mod words;

pub use counting::{Counting, Restart, scheme_of};
pub use fault::{Change, Fault, Reason};
pub use item::Item;
pub use label::{Label, Scheme, titled};
pub use number::Number;
pub use numerals::{Numeral, System};
pub use particle::particle;

pub use sequence::Kind;
pub use sure::sends;
