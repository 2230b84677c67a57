//! Headings to anchors, as renderers make them: one file per algorithm.

pub mod github;
