//! What took no part in a run, though its user may think so: named files, configurations, rules.

use std::path::Path;

use rubrica::{
    config::FILE_NAME,
    engine::Outcome,
    files::repository_top,
    rule::{OptionDeclaration, Page},
    source::CorpusPath,
};

use crate::{Failure, args::Output, setup::Run, surroundings, words::shown};

/// Notes on named files that are not checked, and a failure where nothing is. A commit may well hold no document.
pub(crate) fn tell(run: &Run, outcome: &Outcome, output: &Output, compares: bool) -> Result<(), Failure> {
    let unread = outcome.findings.iter().any(|finding| &*finding.rule == "unreadable-file");
    if outcome.corpus.documents.is_empty() && !unread {
        let nothing = no_documents(&run.root);
        if !compares {
            return Err(nothing);
        }
        if !output.quiet {
            say!("note: {}", nothing.message());
        }
    }
    if !output.quiet {
        unread_configurations(run, outcome);
        idle_rules(run);
    }
    for path in &run.narrow {
        let on_disk = run.root.join(path.as_str());
        if output.quiet || is_known(outcome, path) {
            continue;
        }
        if on_disk.is_dir() {
            let why = why_unchecked(run, outcome, path);
            say!("note: no document in `{}` is checked: {why}", shown(path.as_str()));
            continue;
        }
        let why = match (on_disk.symlink_metadata(), path.is_markdown()) {
            (Ok(own), _) if own.is_symlink() => "a symbolic link that leads to no document of the corpus",
            (Ok(own), _) if !own.is_file() => "no regular file",
            (Ok(_), true) => "hidden, excluded or ignored",
            (Ok(_), false) => "no Markdown document",
            (Err(_), _) if run.job.tree.has(path) => "hidden, excluded or ignored",
            (Err(_), _) => "deleted",
        };
        say!("note: `{}` is {why}, so it is not checked itself", shown(path.as_str()));
    }
    Ok(())
}

/// Why no document in a folder is checked.
fn why_unchecked(run: &Run, outcome: &Outcome, folder: &CorpusPath) -> &'static str {
    let has_documents = || run.job.tree.markdown_in(folder).is_ok_and(|found| !found.is_empty());
    if outcome.corpus.paths.is_foreign(folder) {
        "it belongs to another repository"
    } else if run.job.config.files.exclude.matches(folder) {
        "it is excluded"
    } else if folder.as_str().split('/').any(|part| part.starts_with('.')) {
        "it is hidden"
    } else if !has_documents() {
        "it holds none"
    } else if !outcome.corpus.paths.is_folder(folder) {
        "it is ignored"
    } else {
        "each is hidden, excluded or ignored"
    }
}

/// That there is nothing to check.
pub(crate) fn no_documents(root: &Path) -> Failure {
    let help = "documents are .md and .markdown files that no ignore file and no `files: exclude` leaves out";
    Failure::new(format!("no documents under `{}`", shown(root))).with_help(help)
}

/// Says which configurations do not count, unless they lie where nothing does: those below the root, that of the root
/// where another one is named, and where the root has none, the nearest one above it in its repository.
fn unread_configurations(run: &Run, outcome: &Outcome) {
    let exclude = &run.job.config.files.exclude;
    let read = run.job.config.source.as_ref().map_or(FILE_NAME, |source| source.path.as_str());
    // Beside one that is named, only that of the root might have been meant.
    let may_be_meant = |path: &CorpusPath| run.named.is_none() || path.as_str() == FILE_NAME;
    let is_unread = |path: &&CorpusPath| path.file_name() == FILE_NAME && path.as_str() != read && may_be_meant(path);
    let mut unread: Vec<&CorpusPath> =
        outcome.corpus.paths.files().filter(is_unread).filter(|path| !exclude.matches(path)).collect();
    unread.sort_unstable();
    let here = surroundings::here(&run.root);
    let named = |folder: &str| shown(Some(folder.trim_end_matches('/')).filter(|name| !name.is_empty()).unwrap_or("."));
    let root = named(&here.name(&CorpusPath::default()));
    let Some(first) = unread.first() else {
        let above = run.job.config.source.is_none().then(|| configuration_above(&run.root)).flatten();
        if let Some(folder) = above.map(surroundings::way) {
            let (path, folder) = (shown(folder.join(FILE_NAME)), named(&folder.to_string_lossy()));
            let why = format!("the root is the folder `{root}`; `--root {folder}` makes its folder the root");
            say!("note: `{path}` is not read, since {why}");
        }
        return;
    };
    let more = if unread.len() > 1 { format!(", nor {} more", unread.len() - 1) } else { String::new() };
    let (path, folder) = (shown(here.name(first)), named(&here.name(&first.parent())));
    let why = match &run.named {
        Some(other) => format!("`{}` is named", shown(other)),
        None => format!("the root is the folder `{root}`; `--root {folder}` makes its folder the root"),
    };
    say!("note: `{path}` is not read{more}, since {why}");
}

/// The nearest folder above a root, in its repository, that has a configuration.
fn configuration_above(root: &Path) -> Option<&Path> {
    let top = repository_top(root)?;
    let above = root.ancestors().skip(1).take_while(|above| above.starts_with(top));
    above.into_iter().find(|above| above.join(FILE_NAME).is_file())
}

/// Says which rules are on and find nothing, since an option is not set without which they cannot.
fn idle_rules(run: &Run) {
    let job = &run.job;
    let may_be_idle = |page: &Page| page.options.iter().any(|option| option.is_needed) && job.selection.wants(page);
    for rule in job.rules_anywhere(&may_be_idle).rules() {
        let unset =
            |option: &&OptionDeclaration| option.is_needed && rule.options.get(&option.name) == Some(&option.default);
        if let Some(option) = rule.page.options.iter().find(unset) {
            let (name, option, summary) = (&rule.page.name, &option.name, &option.summary);
            say!("note: `{name}` finds nothing without its option `{option}`: {summary}");
        }
    }
}

fn is_known(outcome: &Outcome, path: &CorpusPath) -> bool {
    // The look-up first: thousands of files may be named at once.
    outcome.corpus.paths.document(path).is_some()
        || outcome.corpus.sources.iter().any(|source| source.path.is_within(path))
}
