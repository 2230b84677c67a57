//! All tests that need the whole crate, in one binary.

mod command_line;
mod corpora;
mod hostile;
mod laws;
mod pages;
mod support;
mod tidy;
