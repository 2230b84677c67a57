//! rubrica finds where a body of Markdown documents contradicts itself, and repairs it without doing harm.
//!
//! A [`files::Tree`] is listed and read; each text becomes a [`document::Document`] with its facts, and the rules that need
//! one document speak. All documents together become a [`corpus::Corpus`] that knows every path and where each link leads,
//! and the rules that need them all speak. Comments in the documents silence some of what was said; the rest is an
//! [`engine::Outcome`], which a [`report::Report`] turns into text, or [`engine::fix`] into repaired files: rounds of
//! fixes, each tried in memory and checked again before it counts.
//!
//! The modules stand in the order of their dependence: one imports only from the groups above its own.

pub(crate) mod order;
pub(crate) mod parallel;

pub mod source;

pub mod finding;
pub mod numbering;

pub mod suggest;

pub mod document;

pub mod contract;

pub mod corpus;

pub mod mistakes;

pub mod declarative;

pub mod rule;

pub mod files;
pub mod rules;

pub mod config;

pub mod engine;

pub mod examples;
pub mod learn;
pub mod report;
