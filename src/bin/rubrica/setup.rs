//! From arguments to a job.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use clap::CommandFactory;
use rubrica::{
    config::FILE_NAME,
    corpus::{Corpus, closest},
    engine::{self, Job, Narrow, Outcome, Selection},
    files::{Git, Tree, WriteError, find_root, leads_out, repository_top, within},
    rule::{Activation, Catalogue, Language, OptionDeclaration, Page},
    rules::NATIVE,
    source::{CorpusPath, Untrusted},
};

use crate::{
    Failure,
    args::{Cli, Output, Place, Scope},
    habits, output, pages, renumber,
};

/// A path or another text from outside, harmless in one line.
pub(crate) fn shown(text: impl AsRef<Path>) -> String {
    Untrusted::new(&text.as_ref().display().to_string()).line()
}

/// Why files were not written.
pub(crate) fn refusal(error: &WriteError) -> String {
    let path = error.path().map(|path| format!("`{}` ", shown(path.as_str()))).unwrap_or_default();
    format!("{path}{}", shown(error.to_string()))
}

/// Whether a path on the command line is that of a document or of the configuration, which nothing else takes the place of.
pub(crate) fn is_part(run: &Run, corpus: &Corpus, path: &Path) -> bool {
    let is_source = |own: &CorpusPath| run.job.config.source.as_ref().is_some_and(|source| source.path == *own);
    within(&run.root, path).is_ok_and(|own| corpus.paths.document(&own).is_some() || is_source(&own))
}

/// So many of a thing, whose plural is a regular one.
pub(crate) fn count(n: usize, one: &str) -> String {
    match one.strip_suffix('y') {
        _ if n == 1 => format!("1 {one}"),
        Some(stem) => format!("{n} {stem}ies"),
        None => format!("{n} {one}s"),
    }
}

/// The rules, read once: their pages are the larger part of what it takes to start.
pub(crate) fn catalogue() -> &'static Arc<Catalogue> {
    static KNOWN: OnceLock<Arc<Catalogue>> = OnceLock::new();
    KNOWN.get_or_init(|| Arc::new(Catalogue::new(NATIVE)))
}

/// Where it is said how a rule is set by default.
pub(crate) fn page_of<'a>(job: &'a Job, page: &Page) -> &'a str {
    let own = job.config.source.as_ref().filter(|source| source.path == page.source().path);
    own.map_or("its page", |source| source.path.as_str())
}

/// The root and the job of a run, without a selection of rules.
/// `open` makes the tree from the root.
pub(crate) fn job(
    place: &Place,
    paths: &[&Path],
    open: impl FnOnce(&Path) -> Result<Tree, Failure>,
) -> Result<(PathBuf, Job), Failure> {
    let root = find_root(place.root.as_deref(), paths)?;
    let tree = open(&root)?;
    place.config.as_deref().map_or(Ok(()), leads_out)?;
    let named = place.config.as_deref().map(|file| (file, within(&root, file).unwrap_or_else(|_| by_name(file))));
    let job = Job::new(tree, named, catalogue()).map_err(|error| {
        let name = place.config.as_deref().map_or_else(|| shown(error.path.as_str()), shown);
        Failure::new(format!("`{name}`: {}", shown(error.to_string())))
    })?;
    let is_there = |name: &&&str| CorpusPath::new(name).is_some_and(|path| job.tree.has(&path));
    if job.config.source.is_none()
        && let Some(misnamed) = ["rubrica.yml", ".rubrica.yaml", ".rubrica.yml"].iter().find(is_there)
    {
        say!("note: `{misnamed}` is not read; the configuration is called `{FILE_NAME}`");
    }
    Ok((root, job))
}

/// A file outside the root, as findings in it name it.
fn by_name(file: &Path) -> CorpusPath {
    CorpusPath::new(&file.file_name().unwrap_or_default().to_string_lossy()).unwrap_or_default()
}

/// Fails where the configuration has mistakes: what was asked for is not known then, so `what` is not done.
pub(crate) fn refuse_mistakes(job: &Job, what: &str) -> Result<(), Failure> {
    if !job.config.is_invalid() {
        return Ok(());
    }
    let help = "`rubrica config` names them".to_owned();
    Err(Failure::new(format!("the configuration has mistakes, so {what}")).with_help(Some(help)))
}

/// Everything a check or a fix needs.
pub(crate) struct Run {
    pub(crate) root: PathBuf,
    pub(crate) job: Job,
    pub(crate) narrow: Narrow,
    /// The configuration that an argument names.
    pub(crate) named: Option<PathBuf>,
}

/// A run over the files as they stand on disk.
pub(crate) fn run(scope: &Scope) -> Result<Run, Failure> {
    run_over(scope, on_disk)
}

/// The files as they stand on disk.
#[expect(clippy::unnecessary_wraps, reason = "a tree of another kind may fail to open")]
pub(crate) fn on_disk(root: &Path) -> Result<Tree, Failure> {
    Ok(Tree::on_disk(root))
}

/// A run over a tree that is made from the root.
pub(crate) fn run_over(scope: &Scope, open: impl FnOnce(&Path) -> Result<Tree, Failure>) -> Result<Run, Failure> {
    if let Some(threads) = scope.threads {
        engine::set_threads(usize::from(threads));
    }
    // `--only links docs/` takes the path for a rule's name: it says where the root is as well.
    let is_path = |name: &&String| catalogue().select(name).is_err() && Path::new(name).exists();
    let taken = scope.only.iter().chain(&scope.skip).filter(is_path).map(Path::new);
    let named: Vec<&Path> = scope.paths.iter().map(PathBuf::as_path).chain(taken).collect();
    let (root, mut job) = job(&scope.place, &named, open)?;
    let mut paths = scope.paths.clone();
    let only = rules(&job.catalogue, &scope.only, &mut paths)?;
    let skip = rules(&job.catalogue, &scope.skip, &mut paths)?;
    ask_for(&mut job, &scope.only);
    job.selection = Selection { only, skip };
    if !job.catalogue.pages().any(|page| job.selection.wants(page)) {
        return Err(Failure::new("`--only` and `--skip` leave no rule to run"));
    }
    let mut narrow = Narrow::default();
    let mut missing = Vec::new();
    for path in &paths {
        let inside = within(&root, path)?;
        if !job.tree.has(&inside) && path.symlink_metadata().is_err() {
            missing.push((path, inside.clone()));
        }
        narrow.paths.push(inside);
    }
    never_was(&root, &missing).map_or(Ok(Run { root, job, narrow, named: scope.place.config.clone() }), Err)
}

/// Who names a rule wants it to run, though it is off by default; what stays off is said.
fn ask_for(job: &mut Job, only: &[String]) {
    for page in only.iter().filter_map(|name| job.catalogue.page(name)).collect::<Vec<_>>() {
        job.config.turn_on(page);
        if job.rules_anywhere(&|own| own.name == page.name).rules().is_empty() {
            let why = match &page.default {
                Activation::When(_) => pages::default(page, Language::English),
                _ => format!("`{FILE_NAME}` says so"),
            };
            say!("note: `{}` is off: {why}", shown(&*page.name));
        }
    }
}

/// The failure that a path is which does not exist and never did. One that did is named by hooks and scripts.
fn never_was(root: &Path, missing: &[(&PathBuf, CorpusPath)]) -> Option<Failure> {
    if missing.is_empty() {
        return None;
    }
    let paths: Vec<CorpusPath> = missing.iter().map(|(_, inside)| inside.clone()).collect();
    let known = Git::at(root).and_then(|git| git.remembers(&paths)).unwrap_or_default();
    let (path, _) = missing.iter().find(|(_, inside)| !known.contains(inside))?;
    let commands = Cli::command();
    let commands: Vec<&str> = commands.get_subcommands().map(clap::Command::get_name).collect();
    let name = path.to_str().unwrap_or_default();
    let help = if commands.contains(&name) {
        habits::late(name)
    } else if let Some(here) = habits::of(name) {
        here.to_owned()
    } else if is_place(name) {
        "a line is for `rubrica fix --renumber` and `rubrica rename-heading`; leave it out".to_owned()
    } else if let Some(near) = closest(name, commands) {
        format!("paths are files or folders under the root; if it is a command, did you mean `{near}`?")
    } else {
        "paths are files or folders under the root".to_owned()
    };
    Some(Failure::new(format!("`{}` does not exist", shown(path))).with_help(Some(help)))
}

/// Whether a name is that of a file, with a line behind it.
fn is_place(name: &str) -> bool {
    let (file, line) = renumber::target(name);
    line.is_some() && file.exists()
}

/// The rules that names stand for; what is no rule and exists is a path.
fn rules(catalogue: &Catalogue, names: &[String], paths: &mut Vec<PathBuf>) -> Result<Vec<Arc<str>>, Failure> {
    let mut out = Vec::new();
    for name in names {
        if catalogue.select(name).is_err() && Path::new(name).exists() {
            paths.push(name.into());
            continue;
        }
        let selected = catalogue.select(name).map_err(|unknown| {
            let help = unknown
                .suggestion
                .map_or_else(|| "`rubrica rules` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
            Failure::new(format!("no rule or group is called `{}`", shown(name))).with_help(Some(help))
        })?;
        out.extend(selected);
    }
    Ok(out)
}

/// Notes on named files that are not checked, and a failure where nothing is. A commit may well hold no document.
pub(crate) fn account(run: &Run, outcome: &Outcome, output: &Output, compares: bool) -> Result<(), Failure> {
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
    for path in &run.narrow.paths {
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
    Failure::new(format!("no documents under `{}`", shown(root))).with_help(Some(help.to_owned()))
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
    unread.sort();
    let here = output::here(&run.root);
    let named = |folder: &str| shown(Some(folder.trim_end_matches('/')).filter(|name| !name.is_empty()).unwrap_or("."));
    let root = named(&here.name(&CorpusPath::default()));
    let Some(first) = unread.first() else {
        let above = run.job.config.source.is_none().then(|| configuration_above(&run.root)).flatten();
        if let Some(folder) = above.map(output::way) {
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
