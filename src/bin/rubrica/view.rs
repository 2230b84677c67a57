//! Which state of the corpus is looked at, and which one it is compared with.

use std::{collections::HashMap, io::Read, path::Path};

use rubrica::{
    files::{Files, Git, GitError, Tree, within},
    source::CorpusPath,
};

use crate::{
    Failure,
    args::{Buffer, Scope, View},
    words::shown,
};

/// What is checked.
pub(crate) struct Opened {
    pub(crate) tree: Tree,
    pub(crate) before: Option<Before>,
}

/// What it is compared with.
pub(crate) struct Before {
    pub(crate) tree: Tree,
    /// What it is called, unless nothing was before.
    pub(crate) name: Option<String>,
    /// From paths now to paths then.
    pub(crate) renamed: HashMap<CorpusPath, CorpusPath>,
}

pub(crate) fn open(root: &Path, view: &View) -> Result<Opened, Failure> {
    if let Some(revision) = &view.since {
        if revision.is_empty() {
            let help = "name a branch, tag or commit: `--since main`";
            return Err(Failure::new("`--since` names no revision").with_help(help));
        }
        let git = Git::at(root).map_err(failure)?;
        let base = git.merge_base(revision).map_err(failure)?;
        let before = before(&git, &base, revision, false)?;
        return Ok(Opened { tree: Tree::on_disk(root), before: Some(before) });
    }
    if view.staged {
        let git = Git::at(root).map_err(failure)?;
        let tree = Tree::in_git(git.index().map_err(failure)?);
        let before = match git.head() {
            Some(head) => before(&git, &head, "HEAD", true)?,
            None => Before { tree: Tree::in_git(Files::empty(root)), name: None, renamed: HashMap::new() },
        };
        return Ok(Opened { tree, before: Some(before) });
    }
    Ok(Opened { tree: with_buffer(root, &view.buffer)?, before: None })
}

/// The files as they stand on disk, and in the place of one of them what an editor holds.
pub(crate) fn with_buffer(root: &Path, buffer: &Buffer) -> Result<Tree, Failure> {
    let tree = Tree::on_disk(root);
    let Some(path) = &buffer.stdin_filename else { return Ok(tree) };
    let inside = within(root, path)?;
    if !inside.is_markdown() {
        let help = "documents are .md and .markdown files";
        return Err(Failure::new(format!("`{}` is no document", shown(path))).with_help(help));
    }
    let mut text = Vec::new();
    std::io::stdin().lock().read_to_end(&mut text)?;
    Ok(tree.with([(inside, text)]))
}

/// The scope of a run over what an editor holds: that document.
pub(crate) fn scope(scope: &Scope, buffer: &Buffer) -> Scope {
    let own = buffer.stdin_filename.iter().cloned();
    Scope { paths: scope.paths.iter().cloned().chain(own).collect(), ..scope.clone() }
}

fn before(git: &Git, commit: &str, name: &str, staged: bool) -> Result<Before, Failure> {
    let tree = Tree::in_git(git.commit(commit).map_err(failure)?);
    let moves = git.moves(commit, staged).map_err(failure)?;
    let renamed = moves.into_iter().map(|file| (file.is, file.was)).collect();
    Ok(Before { tree, name: Some(name.to_owned()), renamed })
}

#[expect(clippy::needless_pass_by_value, reason = "the argument of map_err")]
fn failure(error: GitError) -> Failure {
    let help = match &error {
        GitError::NoProgram => "`--since` and `--staged` ask git what changed; install it, or leave them out",
        GitError::NoRepository => "`--since` and `--staged` need one; `--root` says where the corpus is",
        GitError::NoCommit => "until the first one everything is new: leave `--since` out",
        GitError::NoRevision(_) => "a branch of a remote is `origin/main`; `git fetch` brings what is missing",
        GitError::Shallow(_) => {
            "fetch the whole history: `fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` in GitLab CI, \
             `git fetch --unshallow` elsewhere"
        }
        GitError::Other(reason) if reason.contains("dubious") => {
            "if you trust it, `git config --global --add safe.directory` and the path of the repository say so"
        }
        GitError::Other(_) => "",
    };
    let help = (!help.is_empty()).then(|| help.to_owned());
    Failure::new(shown(error.to_string())).with_help_if(help)
}
