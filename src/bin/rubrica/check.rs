//! `rubrica check`.

use rubrica::{
    config::{DEFAULT_MAX_BYTES, FILE_NAME},
    engine::{self, Changes},
    files::Tree,
    source::CorpusPath,
};

use crate::{
    Failure, account,
    args::Check,
    baseline, output, progress,
    setup::{self, Run},
    view::{self, Before},
    words::{count, shown},
};

pub(crate) fn run(args: &Check) -> Result<u8, Failure> {
    let mut before = None;
    let scope = view::scope(&args.scope, &args.view.buffer);
    let mut run = setup::run_over(&scope, |root| {
        let view = view::open(root, &args.view)?;
        before = view.before;
        Ok(view.tree)
    })?;
    let progress = progress::start(&args.output);
    let was = match before {
        None => None,
        Some(before) => {
            if !args.output.quiet {
                changed_configuration(&run, &before);
            }
            let Before { tree, renamed, .. } = before;
            // The same rules and settings over the files as they were.
            let now = std::mem::replace(&mut run.job.tree, tree);
            let was = engine::check(&run.job)?;
            run.job.tree = now;
            run.job.before = was.corpus.documents.iter().map(|document| document.source.path.clone()).collect();
            Some((was, renamed))
        }
    };
    let outcome = engine::check(&run.job)?;
    let changes = was.map(|(was, renamed)| Changes::new(&was, &outcome, &renamed));
    drop(progress);
    account::tell(&run, &outcome, &args.output, changes.is_some())?;
    if args.prune_baseline {
        baseline::prune(&run, &outcome, &args.output)?;
    }
    output::finish(&run, outcome, &args.output, changes.as_ref())
}

/// Says which files of the configuration are not what they were: both states are judged by what they say now.
fn changed_configuration(run: &Run, before: &Before) {
    let Some(name) = &before.name else { return };
    let config = &run.job.config;
    let usual = CorpusPath::new(FILE_NAME).unwrap_or_default();
    let read = config.source.as_ref().map_or(&usual, |source| &source.path);
    let text = |tree: &Tree, path: &CorpusPath| tree.read(path, DEFAULT_MAX_BYTES).ok();
    let differs = |path: &&CorpusPath| text(&before.tree, path) != text(&run.job.tree, path);
    let mut changed = [read].into_iter().chain(&config.parts).filter(differs);
    let Some(first) = changed.next() else { return };
    let (more, have, find) = match changed.count() {
        0 => (String::new(), "has", "it finds"),
        more => (format!(" and {}", count(more, "more file")), "have", "they find"),
    };
    let (first, name) = (shown(first.as_str()), shown(name));
    say!("note: `{first}`{more} {have} changed since `{name}`: what {find} in documents as they were is not new");
}
