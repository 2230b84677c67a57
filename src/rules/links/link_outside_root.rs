//! `link-outside-root`: a link's path climbs out of the root.

use serde::Deserialize;

use crate::{
    corpus::{Corpus, Resolution},
    finding::Message,
    rule::{CorpusRule, Findings},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LinkOutsideRoot {}

/// What stands beside `blob/<branch>/` in the address of a repository on GitHub.
const PAGES_ON_GITHUB: &[&str] = &[
    "actions",
    "blob",
    "branches",
    "commit",
    "commits",
    "compare",
    "contributors",
    "discussions",
    "edit",
    "issues",
    "labels",
    "milestone",
    "milestones",
    "network",
    "packages",
    "projects",
    "pull",
    "pulls",
    "raw",
    "releases",
    "security",
    "settings",
    "stargazers",
    "tags",
    "tree",
    "wiki",
];

impl CorpusRule for LinkOutsideRoot {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination) in corpus.doubtful() {
            let depth = document.source.path.as_str().matches('/').count();
            if *destination.resolution == Resolution::OutsideRoot && !is_page_on_github(destination.target, depth) {
                let message = Message::new("outside").with("target", destination.target);
                out.report(document.at(destination.span), message);
            }
        }
    }
}

/// `../../issues`, seen from the root: two steps above it, `blob/<branch>/` aside, is the repository itself.
fn is_page_on_github(target: &str, depth: usize) -> bool {
    let (target, depth) = target.strip_prefix('/').map_or((target, depth), |rooted| (rooted, 0));
    let parts: Vec<&str> = target.split(['/', '?', '#']).skip_while(|part| *part == ".").collect();
    let up = parts.iter().take_while(|part| **part == "..").count();
    let page = parts.get(up).copied().unwrap_or_default();
    up == depth + 2 && (page.is_empty() || PAGES_ON_GITHUB.contains(&page))
}
