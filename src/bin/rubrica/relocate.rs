//! `rubrica mv` and `rubrica rename-heading`.

use std::path::Path;

use rubrica::{
    engine::{self, Job, Named, RelocateError, Relocation},
    files::within,
    source::CorpusPath,
};

use crate::{
    CLEAN, FINDINGS, Failure,
    args::{Move, RenameHeading},
    output, renumber,
    setup::{self, count, shown},
};

/// Moves one thing after the other, each with its links.
pub(crate) fn mv(args: &Move) -> Result<u8, Failure> {
    let names_folder = args.new.as_os_str().to_string_lossy().ends_with('/');
    if args.old.len() > 1 && !args.new.is_dir() && !names_folder {
        let help = format!("`{}/` makes one", shown(&args.new));
        return Err(Failure::new(format!("`{}` is no folder", shown(&args.new))).with_help(Some(help)));
    }
    if let Some(named) = args.old.iter().find(|named| named.symlink_metadata().is_err()) {
        return Err(Failure::new(format!("`{}` does not exist", shown(named))));
    }
    args.old.iter().try_fold(CLEAN, |_, named| {
        // Into a folder that exists, as `mv` does; a folder may be given a name with a slash behind it.
        let into_folder = args.new.is_dir() || (names_folder && (args.old.len() > 1 || !named.is_dir()));
        move_one(args, named, into_folder)
    })
}

fn move_one(args: &Move, named: &Path, into_folder: bool) -> Result<u8, Failure> {
    let (root, job) = setup::job(&args.place, &[named], setup::on_disk)?;
    let path = |path: &Path| within(&root, path).map_err(|error| Failure::new(shown(error.to_string())));
    let old = path(named)?;
    if old.as_str().is_empty() {
        return Err(Failure::new("the root cannot be moved"));
    }
    // Its path is resolved by now, and what it stands for is not what was named.
    if named.is_symlink() {
        let help = format!("it stands for `{}`, which can be moved", shown(old.as_str()));
        return Err(Failure::new(format!("`{}` is a symbolic link", shown(named))).with_help(Some(help)));
    }
    let new = if into_folder { path(&args.new.join(old.file_name()))? } else { path(&args.new)? };
    if old.is_markdown() && !named.is_dir() && new.extension().is_none() {
        let (new, extension) = (shown(&args.new), old.extension().unwrap_or_default());
        let help = format!("`{new}.{extension}`, or `{new}/` for a folder");
        return Err(Failure::new(format!("a document named `{new}` would be none any more")).with_help(Some(help)));
    }
    if job.tree.has(&new) {
        let help = "nothing is overwritten; choose another path".to_owned();
        return Err(Failure::new(format!("`{}` exists already", shown(new.as_str()))).with_help(Some(help)));
    }
    if new.is_within(&old) {
        return Err(Failure::new(format!("`{}` lies within `{}`", shown(new.as_str()), shown(old.as_str()))));
    }
    let plan = engine::relocate(&job, &old, &new).map_err(|error| failure("moved", error))?;
    if plan.unrecognised > 0 {
        let paths = count(plan.unrecognised, "path");
        eprintln!(
            "note: where {paths} lead only the build of the site knows: they stay as they are; see \
             `rubrica explain unrecognised-site`"
        );
    }
    notes(plan.left.iter().map(|left| shown(left.to_string())));
    if args.diff {
        output::diff(&plan.files)?;
        eprintln!("would move `{}` to `{}`", shown(old.as_str()), shown(new.as_str()));
        return Ok(FINDINGS);
    }
    job.tree.relocate(&old, &new, &plan.files).map_err(|error| {
        Failure::new(format!("`{}` {}; nothing was moved", shown(error.path().as_str()), shown(error.to_string())))
    })?;
    changes_part(&job, &plan, &new)?;
    let (links, files) = (count(plan.links, "link"), count(plan.files.len(), "document"));
    eprintln!("moved `{}` to `{}`; {links} in {files} rewritten", shown(old.as_str()), shown(new.as_str()));
    Ok(CLEAN)
}

/// Says that what moved is part of the corpus only now, or not any more: then nobody looked at its links, or looks.
fn changes_part(job: &Job, plan: &Relocation, new: &CorpusPath) -> Result<(), Failure> {
    let listing = job.tree.find()?.listing;
    let mut inside = listing.files.iter().chain(&listing.folders).filter(|path| path.is_within(new)).peekable();
    let (is_known, path) = (inside.peek().is_some(), shown(new.as_str()));
    let has_documents = inside.any(|path| job.config.files.is_document(path, &[]));
    match (plan.had_documents, has_documents) {
        _ if plan.was_known && !is_known => eprintln!(
            "note: `{path}` is left out by ignore files: links to it are reported, and those in it not checked any more"
        ),
        (true, false) => eprintln!("note: `{path}` is no document of the corpus: its links are not checked any more"),
        (false, true) => eprintln!(
            "note: `{path}` was no document of the corpus: the links in it stay as they were; `rubrica check` says which \
             lead nowhere"
        ),
        _ => {}
    }
    Ok(())
}

pub(crate) fn rename_heading(args: &RenameHeading) -> Result<u8, Failure> {
    let (file, line) = renumber::target(&args.file);
    let (which, new) = match (line, &args.texts[..]) {
        (Some(line), [new]) => (Named::Line(line), new),
        (None, [old, new]) => (Named::Text(old), new),
        _ => {
            let help = "rubrica rename-heading FILE OLD NEW, or rubrica rename-heading FILE:LINE NEW".to_owned();
            return Err(Failure::new("a heading is named by its text or by its line".to_owned()).with_help(Some(help)));
        }
    };
    let (root, job) = setup::job(&args.place, &[&file], setup::on_disk)?;
    let path: CorpusPath = within(&root, &file).map_err(|error| Failure::new(shown(error.to_string())))?;
    if !job.tree.has(&path) {
        return Err(Failure::new(format!("`{}` does not exist", shown(&file))));
    }
    let fixed = engine::rename_heading(&job, &path, which, new).map_err(|error| failure("renamed", error))?;
    notes(fixed.left.iter().map(|at| {
        let source = fixed.outcome.corpus.source(at.file);
        let (path, position) = (shown(source.path.as_str()), source.position(at.span.start));
        format!("{path}:{}:{} still shows `{}`", position.line, position.column, shown(source.slice(at.span)))
    }));
    let files: Vec<_> = fixed.units.iter().flat_map(|unit| unit.files.clone()).collect();
    if args.diff {
        output::diff(&files)?;
        return Ok(if files.is_empty() { CLEAN } else { FINDINGS });
    }
    job.tree
        .write(&files)
        .map_err(|error| Failure::new(format!("`{}` {}", shown(error.path().as_str()), shown(error.to_string()))))?;
    eprintln!("renamed the heading; {} changed", count(files.len(), "file"));
    Ok(CLEAN)
}

/// Says what is left to the author, up to a number of places.
fn notes(places: impl ExactSizeIterator<Item = String>) {
    /// How many are named.
    const MOST: usize = 10;
    let more = places.len().saturating_sub(MOST);
    places.take(MOST).for_each(|place| eprintln!("note: {place}"));
    if more > 0 {
        eprintln!("note: and {more} more");
    }
}

fn failure(what: &str, error: RelocateError) -> Failure {
    match error {
        RelocateError::Io(error) => error.into(),
        other => Failure::new(format!("nothing was {what}: {}", shown(other.to_string()))).with_help(help(&other)),
    }
}

/// The way out.
fn help(error: &RelocateError) -> Option<String> {
    let help = match error {
        RelocateError::Io(_) => return None,
        RelocateError::Heading { way_out, .. } => return way_out.as_ref().map(shown),
        RelocateError::Link { .. } => "change that link by hand first, so that it does not depend on this",
        RelocateError::Mention { .. } => {
            "make it a relative link, or take the fragment out for the while; if it leads to somebody else's file, say \
             which URLs are yours: `addresses` of the rule `absolute-self-link`"
        }
    };
    Some(help.to_owned())
}
