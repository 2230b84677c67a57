//! From arguments to a job.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use clap::CommandFactory;
use rubrica::{
    config::FILE_NAME,
    corpus::Corpus,
    engine::{self, Job, Selection},
    files::{Git, Tree, find_root, leads_out, within},
    rule::{Activation, Catalogue, Language, Page},
    rules::NATIVE,
    source::CorpusPath,
    suggest::closest,
};

use crate::{
    Failure,
    args::{self, Cli, Lang, Root, Scope},
    habits, surroundings,
    words::{self, either, shown},
};

/// Whether a path on the command line is that of a document or of the configuration, which nothing else takes the place of.
pub(crate) fn is_part(run: &Run, corpus: &Corpus, path: &Path) -> bool {
    let is_source = |own: &CorpusPath| run.job.config.source.as_ref().is_some_and(|source| source.path == *own);
    within(&run.root, path).is_ok_and(|own| corpus.paths.document(&own).is_some() || is_source(&own))
}

/// The rules, read once: their pages are the larger part of what it takes to start.
pub(crate) fn catalogue() -> &'static Arc<Catalogue> {
    static KNOWN: OnceLock<Arc<Catalogue>> = OnceLock::new();
    KNOWN.get_or_init(|| Arc::new(Catalogue::new(NATIVE)))
}

/// Where it is said how a rule is set by default: on its page, be that in the configuration.
pub(crate) fn page_of<'a>(job: &'a Job, page: &Page, language: Language) -> &'a str {
    let own = job.config.source.as_ref().filter(|source| source.path == page.source().path);
    own.map_or(either(language, "its page", "规则页"), |source| source.path.as_str())
}

/// The root and the job of a run over the files as they stand on disk, without a selection of rules.
pub(crate) fn job(place: &Root, paths: &[&Path]) -> Result<(PathBuf, Job), Failure> {
    job_over(place, paths, |root| Ok(Tree::on_disk(root)))
}

/// The same over a tree that is made from the root.
fn job_over(
    place: &Root,
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
pub(crate) fn refuse_mistakes(job: &Job, lang: Option<Lang>, what: &str) -> Result<(), Failure> {
    if !job.config.is_invalid() {
        return Ok(());
    }
    let first = mistakes(job, lang).next().map_or_else(String::new, |first| format!(": {first}"));
    Err(Failure::new(format!("the configuration has mistakes, so {what}{first}"))
        .with_help("`rubrica config` names all"))
}

/// The mistakes of the configuration, each with its place.
pub(crate) fn mistakes(job: &Job, lang: Option<Lang>) -> impl Iterator<Item = String> {
    let all = job.config.all_mistakes();
    let all = all.flat_map(|(source, mistakes)| mistakes.iter().map(move |mistake| (source, mistake)));
    all.map(move |(source, mistake)| {
        let said = job.catalogue.say("invalid-configuration", &mistake.message, surroundings::language(lang));
        shown(format!("{}: {said}", source.place(mistake.span)))
    })
}

/// Everything a check or a fix needs.
pub(crate) struct Run {
    pub(crate) root: PathBuf,
    pub(crate) job: Job,
    /// What is reported is about one of these, if there are any.
    pub(crate) narrow: Vec<CorpusPath>,
    /// The configuration that an argument names.
    pub(crate) named: Option<PathBuf>,
}

/// A run over the files as they stand on disk.
pub(crate) fn run(scope: &Scope) -> Result<Run, Failure> {
    run_over(scope, |root| Ok(Tree::on_disk(root)))
}

/// A run over a tree that is made from the root.
pub(crate) fn run_over(scope: &Scope, open: impl FnOnce(&Path) -> Result<Tree, Failure>) -> Result<Run, Failure> {
    if let Some(threads) = scope.threads {
        engine::set_threads(usize::from(threads));
    }
    // `--only links docs/` takes the path for a rule's name: it says where the root is as well.
    let taken = scope.only.iter().chain(&scope.skip).filter(|name| is_path(catalogue(), name)).map(Path::new);
    let named: Vec<&Path> = scope.paths.iter().map(PathBuf::as_path).chain(taken).collect();
    let (root, mut job) = job_over(&scope.place, &named, open)?;
    let mut paths = scope.paths.clone();
    let only = rules(&job.catalogue, &scope.only, &mut paths)?;
    let skip = rules(&job.catalogue, &scope.skip, &mut paths)?;
    ask_for(&mut job, &scope.only);
    job.selection = Selection { only: Some(only).filter(|only| !only.is_empty()), skip };
    if !job.catalogue.pages().any(|page| job.selection.wants(page)) {
        return Err(Failure::new("`--only` and `--skip` leave no rule to run"));
    }
    let mut narrow = Vec::new();
    let mut missing = Vec::new();
    for path in &paths {
        let inside = within(&root, path)?;
        if !job.tree.has(&inside) && path.symlink_metadata().is_err() {
            missing.push((path, inside.clone()));
        }
        narrow.push(inside);
    }
    never_was(&root, &missing).map_or(Ok(Run { root, job, narrow, named: scope.place.config.clone() }), Err)
}

/// Who names a rule wants it to run, though it is off by default; what stays off is said.
fn ask_for(job: &mut Job, only: &[String]) {
    for page in only.iter().filter_map(|name| job.catalogue.page(name)).collect::<Vec<_>>() {
        job.config.turn_on(page);
        if job.rules_anywhere(&|own| own.name == page.name).rules().is_empty() {
            let why = match &page.default {
                Activation::When(_) => words::default(page, Language::English),
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
    } else if name.contains(['*', '?']) {
        "a glob is for the shell, without quotation marks; `files: exclude` in `rubrica.yaml` takes globs".to_owned()
    } else if let Some(near) = closest(name, commands) {
        format!("paths are files or folders under the root; if it is a command, did you mean `{near}`?")
    } else {
        "paths are files or folders under the root".to_owned()
    };
    Some(Failure::new(format!("`{}` does not exist", shown(path))).with_help(help))
}

/// Whether a name is that of a file, with a line behind it.
fn is_place(name: &str) -> bool {
    let (file, line) = args::target(name);
    line.is_some() && file.exists()
}

/// Whether what stands for a rule's name is a path.
fn is_path(catalogue: &Catalogue, name: &str) -> bool {
    !catalogue.knows(name) && Path::new(name).exists()
}

/// The rules that names stand for; what is no rule and exists is a path.
fn rules(catalogue: &Catalogue, names: &[String], paths: &mut Vec<PathBuf>) -> Result<Vec<Arc<str>>, Failure> {
    let mut out = Vec::new();
    for name in names {
        if is_path(catalogue, name) {
            paths.push(name.into());
        } else if catalogue.knows(name) {
            out.extend(catalogue.named(name));
        } else {
            let why = format!("no rule or group is called `{}`", shown(name));
            return Err(Failure::new(why).with_help(words::near_rule(catalogue, name)));
        }
    }
    Ok(out)
}
