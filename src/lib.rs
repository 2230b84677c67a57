//! x
pub mod source;
pub mod finding;
pub mod numbering;
pub mod document;
pub mod corpus;
pub mod rule;
pub mod files;
pub mod config;
pub mod engine;
pub mod rules;
pub mod report;
pub mod examples;
