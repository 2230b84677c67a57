//! Numbers that order text: numerals, the labels they stand in, and what is right in a sequence of labels.
//!
//! This module knows strings and integers and nothing of Markdown. [`label::parse`] reads the label a text begins
//! with, [`outline::judge`] takes the labels of an outline and says which of them are wrong and what they should be.

pub mod context;
mod fault;
pub mod label;
pub mod numerals;
pub mod outline;
mod readings;
mod repair;
pub mod sequence;

pub use fault::{Change, Fault, Item, Reason};
pub use label::{Label, Number, Scheme};
pub use numerals::{Numeral, System};

pub use sequence::Kind;
