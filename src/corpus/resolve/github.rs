//! Pages of a repository on GitHub, to which relative paths lead from where it shows documents.

use super::Resolver;
use crate::source::CorpusPath;

/// What stands beside `blob/<branch>/` in the address of a repository on GitHub.
const PAGES: &[&str] = &[
    "actions", "blob", "branches", "commit", "commits", "compare", "contributors", "discussions", "edit", "issues",
    "labels", "milestone", "milestones", "network", "packages", "projects", "pull", "pulls", "raw", "releases",
    "security", "settings", "stargazers", "tags", "tree", "wiki",
];

/// So many files of one name are looked at for each link.
const MOST_OF_A_NAME: usize = 256;

impl Resolver<'_> {
    /// Whether a path that leads nowhere here leads to a page of the repository: `../../issues` from the root, since two
    /// steps above it, `blob/<branch>/` aside, is the repository itself, and `../issues` from beside an issue or from a wiki.
    pub(super) fn is_page_on_github(&self, from: &CorpusPath, path: &str) -> bool {
        let depth = if path.starts_with('/') { 0 } else { from.as_str().matches('/').count() };
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').skip_while(|part| *part == ".").collect();
        let up = parts.iter().take_while(|part| **part == "..").count();
        let page = parts.get(up).copied().unwrap_or_default();
        let is_page = PAGES.contains(&page);
        (up == depth + 2 && (page.is_empty() || is_page))
            || (up > 0 && is_page && (is_form(from) || self.leaves_wiki(from, path)))
    }

    /// Whether a path is the name of a page in the wiki of GitHub that a document is one of: there all are beside each other,
    /// whatever the folders of their documents.
    pub(super) fn is_page_of_wiki(&self, from: &CorpusPath, path: &str) -> bool {
        let name = path.strip_suffix(".md").unwrap_or(path);
        let wiki = || self.folder_with(from, &["_Sidebar.md", "_Footer.md"]).filter(|_| !name.contains('/'));
        let named = || self.paths.named(&format!("{}.md", name.replace(' ', "-")));
        wiki().is_some_and(|wiki| named().iter().take(MOST_OF_A_NAME).any(|page| page.is_within(&wiki)))
    }

    /// Whether a path leads out of the wiki of GitHub that a document is a page of.
    fn leaves_wiki(&self, from: &CorpusPath, path: &str) -> bool {
        let wiki = self.folder_with(from, &["Home.md", "_Sidebar.md", "_Footer.md"]);
        wiki.is_some_and(|wiki| {
            !from.beside(path).is_some_and(|goal| !wiki.as_str().is_empty() && goal.is_within(&wiki))
        })
    }
}

/// Whether a document is what GitHub begins an issue or a pull request with: its paths are read from the address of that one.
fn is_form(path: &CorpusPath) -> bool {
    const FORMS: &[&str] = &["issue_template", "pull_request_template"];
    let is_one = |name: &str| FORMS.iter().any(|form| name.eq_ignore_ascii_case(form));
    let folder = path.parent();
    let place = if is_one(folder.file_name()) { folder.parent() } else { folder.clone() };
    (place != folder || is_one(path.file_stem())) && matches!(place.as_str(), "" | ".github" | "docs")
}
