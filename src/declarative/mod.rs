//! Rules without code: what a page says under `match:`, compiled, and the matcher that looks for all of them at once.
//!
//! [`Matching`] is one rule's part. A [`Matcher`] holds those of a run: an automaton finds what any rule looks for, and
//! each find is judged where it stands.

mod boundary;
mod clause;
mod clauses;
mod context;
mod effort;
mod expression;
mod ground;
mod judge;
mod literals;
mod matcher;
mod matching;
mod outcome;
mod place;
mod read;
mod reader;
mod removal;
mod settle;
mod sighting;
mod template;
mod whereabouts;

pub use boundary::is_token;
pub use matcher::Matcher;
pub use matching::Matching;
pub use outcome::{Hit, Note, Reason, Sightings, Vote};
pub use place::Place;
pub use read::{SUBJECTS, keys, read, words};
