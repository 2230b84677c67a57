//! Globs as people know them from ignore files. The only module that knows the glob crate.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;

use super::CorpusPath;

/// Some globs: what they match, and how they were written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Globs {
    set: GlobSet,
    written: Vec<String>,
}

impl Globs {
    /// Globs as in `.gitignore`: without a slash they match at any depth; one that ends in a slash, or names a folder,
    /// matches everything below it. Returns as well which of them are none, and why; those match nothing.
    pub fn new<'a>(globs: impl IntoIterator<Item = &'a str>) -> (Self, Vec<(usize, String)>) {
        let mut builder = GlobSetBuilder::new();
        let (mut written, mut bad) = (Vec::new(), Vec::new());
        for (index, glob) in globs.into_iter().enumerate() {
            written.push(glob.to_owned());
            let anchored = glob.trim_start_matches('/');
            let trimmed = anchored.trim_end_matches('/');
            let is_path = trimmed.contains('/') || anchored != glob;
            let base = if is_path { trimmed.to_owned() } else { format!("**/{trimmed}") };
            for pattern in [base.clone(), format!("{base}/**")] {
                match GlobBuilder::new(&pattern).literal_separator(true).build() {
                    Ok(glob) => {
                        builder.add(glob);
                    }
                    Err(error) => {
                        bad.push((index, error.kind().to_string()));
                        break;
                    }
                }
            }
        }
        let set = builder.build().unwrap_or_else(|error| {
            bad.push((0, error.kind().to_string()));
            GlobSet::empty()
        });
        (Self { set, written }, bad)
    }

    /// Whether any of them matches a path.
    pub fn matches(&self, path: &CorpusPath) -> bool {
        self.set.is_match(path.as_str())
    }

    /// The globs as written.
    pub fn written(&self) -> &[String] {
        &self.written
    }
}

/// A glob that is none matches nothing here; who reads configuration says so before.
impl From<Vec<String>> for Globs {
    fn from(written: Vec<String>) -> Self {
        Self::new(written.iter().map(String::as_str)).0
    }
}
