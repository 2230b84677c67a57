//! All tests that need the whole crate, in one binary.
#![expect(clippy::print_stderr, reason = "a test that skips says so")]
#![expect(clippy::format_collect, reason = "inputs are made for clarity")]

mod anchors;
mod command_line;
mod contracts;
mod corpora;
mod declarative;
mod documents;
mod habits;
mod history;
mod hostile;
mod laws;
mod learn;
mod leftover;
mod numbering;
mod options;
mod pages;
mod places;
mod prose;
mod relocate;
mod reports;
mod schemas;
mod support;
mod tidy;
mod typography;
#[path = "../../benches/vault/mod.rs"]
mod vault;
mod writing;
