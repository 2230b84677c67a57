//! `rubrica mv` and `rubrica rename-heading`.

use std::path::Path;

use rubrica::{
    engine::{self, RelocateError},
    files::{Tree, within},
    report::write_diff,
    source::CorpusPath,
};

use crate::{
    CLEAN, FINDINGS, Failure,
    args::{Move, RenameHeading},
    setup::{self, shown},
};

pub(crate) fn mv(args: &Move) -> Result<u8, Failure> {
    let (root, job) = setup::job(&args.place, Some(&args.old), |root| Ok(Tree::on_disk(root)))?;
    let path = |path: &Path| within(&root, path).map_err(|error| Failure::new(shown(error.to_string())));
    let old = path(&args.old)?;
    if old.as_str().is_empty() || args.old.symlink_metadata().is_err() {
        return Err(Failure::new(format!("`{}` does not exist", shown(&args.old))));
    }
    // Into a folder that exists, as `mv` does.
    let into_folder = args.new.is_dir() || args.new.as_os_str().to_string_lossy().ends_with('/');
    let new = if into_folder { path(&args.new.join(old.file_name()))? } else { path(&args.new)? };
    if job.tree.has(&new) {
        let help = "nothing is overwritten; choose another path".to_owned();
        return Err(Failure::new(format!("`{}` exists already", shown(new.as_str()))).with_help(Some(help)));
    }
    if new.is_within(&old) {
        return Err(Failure::new(format!("`{}` lies within `{}`", shown(new.as_str()), shown(old.as_str()))));
    }
    let plan = engine::relocate(&job, &old, &new).map_err(|error| failure("moved", error))?;
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    if args.diff {
        diff(&plan.files)?;
        eprintln!("would move `{}` to `{}`", shown(old.as_str()), shown(new.as_str()));
        return Ok(FINDINGS);
    }
    job.tree.relocate(&old, &new, &plan.files).map_err(|error| {
        Failure::new(format!("`{}` {}; nothing was moved", shown(error.path().as_str()), shown(error.to_string())))
    })?;
    let (links, files) = (count(plan.links, "link"), count(plan.files.len(), "document"));
    eprintln!("moved `{}` to `{}`; {links} in {files} rewritten", shown(old.as_str()), shown(new.as_str()));
    Ok(CLEAN)
}

pub(crate) fn rename_heading(args: &RenameHeading) -> Result<u8, Failure> {
    let (root, job) = setup::job(&args.place, Some(&args.file), |root| Ok(Tree::on_disk(root)))?;
    let path: CorpusPath = within(&root, &args.file).map_err(|error| Failure::new(shown(error.to_string())))?;
    let fixed = engine::rename_heading(&job, &path, &args.old, &args.new).map_err(|error| failure("renamed", error))?;
    let files: Vec<_> = fixed.units.iter().flat_map(|unit| unit.files.clone()).collect();
    if args.diff {
        diff(&files)?;
        return Ok(if files.is_empty() { CLEAN } else { FINDINGS });
    }
    job.tree.write(&files).map_err(|error| Failure::new(format!("`{}` {error}", shown(error.path().as_str()))))?;
    eprintln!("renamed the heading; {} file{} changed", files.len(), if files.len() == 1 { "" } else { "s" });
    Ok(CLEAN)
}

fn diff(files: &[rubrica::files::Rewrite]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    for rewrite in files {
        write_diff(rewrite, true, &mut out)?;
    }
    Ok(())
}

fn failure(what: &str, error: RelocateError) -> Failure {
    match error {
        RelocateError::Io(error) => error.into(),
        other => Failure::new(format!("nothing was {what}: {}", shown(other.to_string()))),
    }
}
