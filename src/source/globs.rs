//! Globs as people know them from ignore files. The only module that knows the glob crate.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;

use super::CorpusPath;

/// The most bytes that a glob has. What is read of it nests, and a deep nest overflows the stack.
pub(crate) const LONGEST_GLOB: usize = 1_024;

/// Some globs: what they match, and how they were written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Globs {
    set: GlobSet,
    /// Of each pattern of the set, whether it takes files away; empty where none does.
    takes_away: Vec<bool>,
    written: Vec<String>,
}

impl Globs {
    /// Globs as in `.gitignore`: without a slash they match at any depth; one that ends in a slash, or names a folder,
    /// matches everything below it. One that begins with `!` takes away what those before it match. Returns as well which
    /// of them are none, and why; those match nothing.
    pub fn new<'a>(globs: impl IntoIterator<Item = &'a str>) -> (Self, Vec<(usize, String)>) {
        let mut builder = GlobSetBuilder::new();
        let (mut written, mut bad, mut takes_away) = (Vec::new(), Vec::new(), Vec::new());
        for (index, glob) in globs.into_iter().enumerate() {
            written.push(glob.to_owned());
            if glob.len() > LONGEST_GLOB {
                bad.push((index, format!("it has {} bytes, more than {LONGEST_GLOB}", glob.len())));
                continue;
            }
            let (glob, is_away) = glob.strip_prefix('!').map_or((glob, false), |glob| (glob, true));
            if is_away && index == 0 {
                bad.push((index, "there is none before it that it could take files away from".to_owned()));
                continue;
            }
            let anchored = glob.strip_prefix("./").unwrap_or(glob).trim_start_matches('/');
            let trimmed = anchored.trim_end_matches('/');
            let is_path = trimmed.contains('/') || anchored != glob;
            let base = if is_path { trimmed.to_owned() } else { format!("**/{trimmed}") };
            for pattern in [base.clone(), format!("{base}/**")] {
                match GlobBuilder::new(&pattern).literal_separator(true).build() {
                    Ok(glob) => {
                        builder.add(glob);
                        takes_away.push(is_away);
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
        if !takes_away.contains(&true) {
            takes_away.clear();
        }
        (Self { set, takes_away, written }, bad)
    }

    /// Whether any of them matches a path, and none behind it takes it away.
    pub fn matches(&self, path: &CorpusPath) -> bool {
        if self.takes_away.is_empty() {
            return self.set.is_match(path.as_str());
        }
        let last = self.set.matches(path.as_str()).into_iter().max();
        last.is_some_and(|last| !self.takes_away[last])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_root() {
        let (globs, _) = Globs::new(["./docs/a.md", "./img/", "/x/"]);
        let matches = |path: &str| globs.matches(&CorpusPath::new(path).unwrap());
        assert!(matches("docs/a.md") && matches("img/x.md") && matches("x/a.md"));
        assert!(!matches("b/docs/a.md") && !matches("b/img/x.md") && !matches("b/x/a.md"));
    }

    #[test]
    fn the_last_one_counts() {
        let (globs, bad) = Globs::new(["*.md", "!drafts/", "drafts/good.md"]);
        assert!(bad.is_empty());
        let matches = |path: &str| globs.matches(&CorpusPath::new(path).unwrap());
        assert!(matches("a.md") && matches("drafts/good.md") && !matches("drafts/a.md"));
        assert_eq!(Globs::new(["!a.md"]).1.len(), 1);
        assert!(Globs::new([r"\!a.md"]).0.matches(&CorpusPath::new("!a.md").unwrap()));
    }
}
