//! How numbers are to be counted: what a corpus may say about its own sequences.

use serde::Deserialize;

use super::{
    caption,
    label::{self, Label, Scheme},
};

/// How numbers are counted. The default is what is right without anybody saying so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Counting {
    /// The number every sequence begins with; none: any.
    pub start: Option<u64>,
    /// Where counting begins anew.
    pub restart: Restart,
    /// Whether numbers may be left out.
    pub allow_gaps: bool,
    /// Kinds of labels by example (`第一章`, `Step 1`): only these count; those behind a `!` do not.
    pub schemes: Vec<String>,
}

/// Where counting begins anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Restart {
    /// Whichever of the others leaves fewer numbers to change.
    #[default]
    Auto,
    /// In every section.
    Section,
    /// Nowhere.
    Document,
}

/// The kind of label that an example stands for: `第一章`, `Q1`, `图 1`.
pub fn scheme_of(example: &str) -> Option<Scheme> {
    let example = example.trim();
    let example = example.strip_prefix('!').unwrap_or(example);
    let read = |text: &str| label::parse(text).or_else(|| caption::parse(text));
    // A question's number is only one with a sign behind it.
    let label = read(example).or_else(|| read(&format!("{example}:")))?;
    Some(label.scheme)
}

impl Counting {
    /// Which labels count.
    pub(super) fn counts(&self) -> impl Fn(&Label) -> bool + use<> {
        let of = |off: bool| -> Vec<Scheme> {
            let examples = self.schemes.iter().filter(|example| example.starts_with('!') == off);
            examples.filter_map(|example| scheme_of(example)).collect()
        };
        let (only, off) = (of(false), of(true));
        move |label| {
            let fits = |schemes: &[Scheme]| {
                let other = label.other.as_ref().map(|other| &other.scheme);
                schemes.iter().any(|scheme| *scheme == label.scheme || Some(scheme) == other)
            };
            (only.is_empty() || fits(&only)) && !fits(&off)
        }
    }
}
