//! Where a corpus is published, as far as that is known: its site, its repository.

use crate::source::percent_decode;

/// Beginnings of URLs that stand for the root of the corpus or of its site.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    /// Host and path in lower case, without a scheme, `www.` and a slash at the end.
    known: Vec<String>,
}

/// What a forge puts before the branch and the path of a file.
const VIEWS: &[&str] = &["blob", "tree", "raw", "edit", "blame", "src"];

impl Addresses {
    /// From URLs as people and git write them.
    pub fn new<'a>(written: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: Vec<String> = written.into_iter().filter_map(repository).collect();
        known.sort_unstable();
        known.dedup();
        Self { known }
    }

    /// Whether any are known: then all other URLs lead elsewhere.
    pub(super) fn are_known(&self) -> bool {
        !self.known.is_empty()
    }

    /// The path that a URL leads to in the repository, in lower case, where it is one of the corpus's own.
    pub fn path_in(&self, url: &str) -> Option<String> {
        let url = percent_decode(url.split(['#', '?']).next()?).to_lowercase();
        self.behind(&url).map(|parts| parts.join("/"))
    }

    /// The components of a path behind an address in a URL, without what a forge puts before them.
    pub(super) fn behind<'u>(&self, url: &'u str) -> Option<Vec<&'u str>> {
        let url = bare(url);
        let behind = |known: &String| url.strip_prefix(known.as_str());
        // Of those that begin alike the longest stands last, and says most.
        let rest = self.known.iter().rev().filter_map(behind).find(|rest| rest.is_empty() || rest.starts_with('/'))?;
        Some(in_repository(rest))
    }
}

/// The components of a path in a repository, as a forge shows it.
fn in_repository(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != "-").collect();
    if parts.len() > 1 && VIEWS.contains(&parts[0]) {
        parts.drain(..2);
    }
    parts
}

/// The address of a site or repository, in whatever way it is written: `git@example.org:owner/name.git`. `None` for a
/// path.
fn repository(written: &str) -> Option<String> {
    let lower = written.trim().to_lowercase();
    let has_scheme = lower.contains("://");
    let whole = bare(&lower);
    let (_, whole) = whole.split_once('@').filter(|(user, _)| !user.contains('/')).unwrap_or(("", whole));
    let whole = if has_scheme { whole.to_owned() } else { whole.replacen(':', "/", 1) };
    let end = VIEWS.iter().filter_map(|view| whole.find(&format!("/{view}/"))).min().unwrap_or(whole.len());
    let whole = whole[..end].trim_end_matches(['/', '-']).trim_end_matches(".git");
    let host = whole.split('/').next().unwrap_or_default();
    (host.contains('.') && !host.starts_with('.')).then(|| whole.to_owned())
}

/// A URL without its scheme and `www.`.
pub(super) fn bare(url: &str) -> &str {
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    let behind = behind.trim_start_matches('/');
    behind.strip_prefix("www.").unwrap_or(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_every_manner_of_writing() {
        for written in [
            "https://github.com/Example/Docs",
            "https://github.com/example/docs/blob/main/",
            "git@github.com:example/docs.git",
            "ssh://git@github.com/example/docs.git",
            "https://www.github.com/example/docs/",
        ] {
            assert_eq!(Addresses::new([written]).known, ["github.com/example/docs"], "{written}");
        }
        for path in ["../docs.git", "/srv/git/docs.git", "file:///srv/docs.git", ""] {
            assert!(!Addresses::new([path]).are_known(), "{path}");
        }
    }

    #[test]
    fn what_stands_behind_them() {
        let own = Addresses::new(["https://github.com/example/docs"]);
        assert_eq!(own.behind("https://github.com/example/docs/blob/main/a/b.md"), Some(vec!["a", "b.md"]));
        assert_eq!(own.behind("http://github.com/example/docs"), Some(vec![]));
        assert_eq!(own.behind("https://github.com/example/docs2/a.md"), None);
        let url = "https://github.com/Example/docs/blob/main/A/%E7%94%A8.md?plain=1#x";
        assert_eq!(own.path_in(url).as_deref(), Some("a/用.md"));
        let both = Addresses::new(["https://example.com", "https://example.com/docs"]);
        assert_eq!(both.behind("https://example.com/docs/a"), Some(vec!["a"]));
        assert_eq!(both.behind("https://example.com/docs2/a"), Some(vec!["docs2", "a"]));
    }
}
