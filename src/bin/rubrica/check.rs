//! `rubrica check`.

use rubrica::engine::{self, Changes};

use crate::{
    Failure,
    args::Check,
    baseline, output, progress, setup,
    view::{self, Before},
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
        Some(Before { tree, renamed }) => {
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
    setup::account(&run, &outcome, &args.output, changes.is_some())?;
    if args.prune_baseline {
        baseline::prune(&run, &outcome, &args.output)?;
    }
    output::finish(&run, outcome, &args.output, changes.as_ref())
}
