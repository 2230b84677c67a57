//! `rubrica baseline`, and the baseline of a check.

use std::path::{Path, PathBuf};

use rubrica::{
    config::DEFAULT_MAX_BYTES,
    engine::{self, BASELINE, Baseline, Outcome},
    files,
    finding::Finding,
    source::CorpusPath,
};

use crate::{
    CLEAN, FAILED, Failure, account,
    args::{self, Output, Scope},
    setup::{self, Run},
    words::{count, shown},
};

/// Writes what is found now.
pub(crate) fn write(args: &args::Baseline) -> Result<u8, Failure> {
    let scope = Scope { place: args.place.clone(), ..Scope::default() };
    let run = setup::run(&scope)?;
    setup::refuse_mistakes(&run.job, None, "no baseline was written")?;
    let outcome = engine::check(&run.job)?;
    if outcome.corpus.documents.is_empty() && outcome.findings.is_empty() {
        return Err(account::no_documents(&run.root));
    }
    let known = Baseline::of(&outcome);
    let path = path(&run.root, args.baseline.as_deref());
    if setup::is_part(&run, &outcome.corpus, &path) {
        return Err(Failure::new(format!("`{}` is part of the corpus, and no baseline takes its place", shown(&path))));
    }
    save(&path, &known)?;
    say!("`{}` knows {}", shown(&path), count(known.len(), "finding"));
    let broken = outcome.findings.iter().any(Finding::is_failure);
    Ok(if broken { FAILED } else { CLEAN })
}

/// The baseline that a check leaves out, where there is one.
pub(crate) fn read(run: &Run, output: &Output) -> Result<Option<Baseline>, Failure> {
    if output.no_baseline {
        return Ok(None);
    }
    // A long list is no reason to refuse it.
    let limit = DEFAULT_MAX_BYTES * 64;
    let text = if let Some(named) = &output.baseline {
        files::read_file(named, limit)
    } else {
        let path = CorpusPath::new(BASELINE).unwrap_or_default();
        if !run.job.tree.has(&path) {
            return Ok(None);
        }
        run.job.tree.read(&path, limit)
    };
    let name = output.baseline.as_deref().unwrap_or(Path::new(BASELINE));
    let broken = |reason: String| Failure::new(format!("`{}`: {}", shown(name), shown(reason))).with_help(anew(output));
    let text = text.map_err(|error| broken(error.to_string()))?;
    Baseline::parse(&text).map(Some).map_err(|error| broken(error.to_string()))
}

/// How the file is written anew.
fn anew(output: &Output) -> String {
    let named = output.baseline.as_ref().map(|path| format!(" --baseline {}", shown(path)));
    format!("`rubrica baseline{}` writes it anew", named.unwrap_or_default())
}

/// Takes out of the file what no longer occurs.
pub(crate) fn prune(run: &Run, outcome: &Outcome, output: &Output) -> Result<(), Failure> {
    let Some(known) = read(run, output)? else {
        let help = "`rubrica baseline` writes one";
        return Err(Failure::new("there is no baseline to prune").with_help(help));
    };
    if outcome.findings.iter().any(Finding::is_failure) {
        say!("note: the run went wrong, so the baseline was not pruned");
        return Ok(());
    }
    let pruned = known.pruned(outcome, |rule| took_part(run, rule));
    let removed = known.len() - pruned.len();
    if removed > 0 {
        save(&path(&run.root, output.baseline.as_deref()), &pruned)?;
    }
    if !output.quiet {
        say!("removed {} of the baseline", count(removed, "entry"));
    }
    Ok(())
}

/// Whether a rule was part of the run. One that no longer exists finds nothing any more, so its entries are gone.
pub(crate) fn took_part(run: &Run, rule: &str) -> bool {
    run.job.catalogue.page(rule).is_none_or(|page| run.job.selection.wants(page))
}

fn path(root: &Path, named: Option<&Path>) -> PathBuf {
    named.map_or_else(|| root.join(BASELINE), Path::to_owned)
}

fn save(path: &Path, known: &Baseline) -> Result<(), Failure> {
    files::replace(path, known.to_text().as_bytes())
        .map_err(|error| Failure::new(format!("`{}`: {error}", shown(path))))
}
