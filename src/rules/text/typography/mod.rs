//! The rules of typography.

mod blanks;
pub(in crate::rules) mod inconsistent_spacing;
mod majority;
pub(in crate::rules) mod makeshift_mark;
pub(in crate::rules) mod misspaced_unit;
pub(in crate::rules) mod narrow_mark;
mod page;
mod profile;
mod repair;
pub(in crate::rules) mod repeated_mark;
pub(in crate::rules) mod wide_alphanumeric;
