//! `rubrica mv` and `rubrica rename-heading`.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use rubrica::{
    config::FILE_NAME,
    engine::{self, BASELINE, Baseline, Job, Leftover, Named, Part, Refused, Relocation},
    files::within,
    source::CorpusPath,
};

use crate::{
    CLEAN, FINDINGS, Failure,
    args::{self, Move, RenameHeading},
    output, setup, surroundings,
    words::{count, refusal, said_at, shown},
};

/// Moves files and folders, with all their links.
pub(crate) fn mv(args: &Move) -> Result<u8, Failure> {
    let into_folder = into_folder(args)?;
    let named: Vec<&Path> = args.old.iter().map(|named| &**named).collect();
    let (root, job) = setup::job(&args.place, &named)?;
    setup::refuse_mistakes(&job, None, "nothing was moved")?;
    let path = |path: &Path| within(&root, path);
    let mut moves: Vec<(CorpusPath, CorpusPath)> = Vec::new();
    for named in named {
        let old = path(named)?;
        let new = if into_folder { path(&args.new.join(old.file_name()))? } else { path(&args.new)? };
        is_possible(&job, args, named, (&old, &new))?;
        moves.push((old, new));
    }
    are_apart(&moves)?;
    let parts = |which: fn(&(CorpusPath, CorpusPath)) -> &CorpusPath| engine::parts(&job, moves.iter().map(which));
    let before = parts(|(old, _)| old)?;
    let plan = engine::relocate(&job, &moves).map_err(|error| failure(&job, "moved", error))?;
    if !args.quiet {
        unrecognised(&plan);
    }
    notes(args.quiet, plan.left.iter().map(|left| shown(left.to_string())));
    let moves_shown = moves.iter().map(|(old, new)| format!("`{}` to `{}`", shown(old.as_str()), shown(new.as_str())));
    if args.diff {
        output::diff(&plan.files)?;
        moves_shown.filter(|_| !args.quiet).for_each(|one| say!("would move {one}"));
        return Ok(FINDINGS);
    }
    let moved = job.tree.relocate(&moves, &plan.files);
    moved.map_err(|error| Failure::new(format!("{}; nothing was moved", refusal(&error))))?;
    if args.quiet {
        return Ok(CLEAN);
    }
    let after = parts(|(_, new)| new)?;
    moves.iter().zip(before.into_iter().zip(after)).for_each(|((_, new), (was, is))| changes_part(new, was, is));
    if moves.iter().any(|(old, _)| old.as_str() == FILE_NAME) {
        say!("note: `{FILE_NAME}` is read at the root only, so what it says does not count any more");
    }
    if knows_one(&job, &moves) {
        say!("note: `{BASELINE}` has findings at old paths; `rubrica baseline` writes it anew");
    }
    let (links, files) = (count(plan.links, "link"), count(plan.files.len(), "document"));
    let all: Vec<String> = moves_shown.collect();
    say!("moved {}; {links} in {files} rewritten", all.join(",\n      "));
    Ok(CLEAN)
}

/// Says that links stay as they are since nobody knows where they lead, and how it would be known.
fn unrecognised(plan: &Relocation) {
    let Relocation { unrecognised, stranded, root, .. } = plan;
    let (paths, links) = (count(*unrecognised, "path"), count(*stranded, "link"));
    let stay = if *stranded == 1 { "stays as it is" } else { "stay as they are" };
    let root = root.as_ref().map(|root| shown(root.as_str()));
    match root {
        _ if *unrecognised == 0 => {}
        Some(root) if *stranded > 0 => say!(
            "note: {links} may lead to what moves, and {stay}: if `{root}` is the root of the site, say so in \
             `{FILE_NAME}` first: `paths: {{/: {root}}}`"
        ),
        Some(root) => say!(
            "note: where {paths} lead only the build of the site knows: they stay as they are; if `{root}` is its root, \
             say so in `{FILE_NAME}`: `paths: {{/: {root}}}`"
        ),
        None => say!(
            "note: where {paths} lead only the build of the site knows: they stay as they are; see \
             `rubrica explain unrecognised-site`"
        ),
    }
}

/// Whether the baseline of the corpus has findings in what moves.
fn knows_one(job: &Job, moves: &[(CorpusPath, CorpusPath)]) -> bool {
    let text = CorpusPath::new(BASELINE).and_then(|path| job.tree.read(&path, u64::MAX).ok());
    let known = text.and_then(|text| Baseline::parse(&text).ok());
    known.is_some_and(|known| known.has_any_in(&moves.iter().map(|(old, _)| old).collect()))
}

/// Whether things are moved into a folder and keep their names, as `mv` does: into one that exists, or that a slash names.
fn into_folder(args: &Move) -> Result<bool, Failure> {
    let new = args.new.to_string_lossy();
    let bare = Path::new(new.trim_end_matches('/'));
    let (has_slash, is_one) = (new.ends_with('/'), args.old.len() == 1);
    if let Some(named) = args.old.iter().find(|named| named.symlink_metadata().is_err()) {
        return Err(Failure::new(format!("`{}` does not exist", shown(named))));
    }
    if args.new.is_dir() {
        return Ok(true);
    }
    if bare.symlink_metadata().is_ok() && (has_slash || !is_one) {
        return Err(Failure::new(format!("`{}` is a file, and no folder", shown(bare))));
    }
    if !has_slash && !is_one {
        let help = format!("`{new}/` makes one", new = shown(&args.new));
        return Err(Failure::new(format!("`{}` is no folder", shown(&args.new))).with_help(help));
    }
    // A folder may be given a name with a slash behind it.
    Ok(has_slash && (!is_one || !args.old[0].is_dir()))
}

/// Fails where one thing cannot get another path, whatever leads there.
fn is_possible(job: &Job, args: &Move, named: &Path, (old, new): (&CorpusPath, &CorpusPath)) -> Result<(), Failure> {
    if old.as_str().is_empty() {
        return Err(Failure::new("the root cannot be moved"));
    }
    let is_gits = |path: &CorpusPath| path.as_str().split('/').any(|part| part == ".git");
    if is_gits(new) {
        return Err(Failure::new(format!("`{}` would be git's, and no part of the corpus", shown(new.as_str()))));
    }
    if old.file_name() == ".obsidian" {
        let help = "move the folder that holds it";
        return Err(Failure::new(format!("`{}` makes its folder a vault", shown(named))).with_help(help));
    }
    if is_gits(old) || named.join(".git").symlink_metadata().is_ok() {
        let help = "`git mv` moves a submodule";
        return Err(Failure::new(format!("`{}` is git's, and no part of the corpus", shown(named))).with_help(help));
    }
    // Its path is resolved by now, and what it stands for is not what was named.
    if named.is_symlink() {
        let is_other = named.canonicalize().is_ok_and(|real| real.ends_with(old.as_str()));
        let help = is_other.then(|| format!("it stands for `{}`, which can be moved", shown(old.as_str())));
        return Err(Failure::new(format!("`{}` is a symbolic link", shown(named))).with_help_if(help));
    }
    // Docusaurus reads both alike.
    let stays_document = new.is_markdown() || new.extension() == Some("mdx");
    if old.is_markdown() && !named.is_dir() && !stays_document {
        let has_none = new.extension().is_none();
        let (new, extension) = (shown(&args.new), old.extension().unwrap_or_default());
        let help = if has_none {
            format!("`{new}.{extension}`, or `{new}/` for a folder")
        } else {
            format!(
                "its name has to end in `.{extension}`; `git mv` gives it another one, and leaves all links as they are"
            )
        };
        return Err(Failure::new(format!("a document named `{new}` would be none any more")).with_help(help));
    }
    if job.tree.has(new) {
        let help = "nothing is overwritten; choose another path";
        return Err(Failure::new(format!("`{}` exists already", shown(new.as_str()))).with_help(help));
    }
    Ok(())
}

/// Fails where moves are in each other's way: then it would matter which is the first.
fn are_apart(moves: &[(CorpusPath, CorpusPath)]) -> Result<(), Failure> {
    let (mut olds, mut news) = (HashSet::new(), HashMap::new());
    for (old, new) in moves {
        if !olds.insert(old) {
            return Err(Failure::new(format!("`{}` is named twice", shown(old.as_str()))));
        }
        if let Some(other) = news.insert(new, old) {
            let [old, other, new] = [old, other, new].map(|path| shown(path.as_str()));
            return Err(Failure::new(format!("`{other}` and `{old}` would both become `{new}`")));
        }
    }
    for (old, new) in moves {
        if let Some(other) = old.ancestors().skip(1).find(|above| olds.contains(above)) {
            let [old, other] = [old, &other].map(|path| shown(path.as_str()));
            return Err(Failure::new(format!("`{old}` lies within `{other}`, which is named as well")));
        }
        if let Some(other) = new.ancestors().find(|above| olds.contains(above)) {
            let [new, other] = [new, &other].map(|path| shown(path.as_str()));
            return Err(Failure::new(format!("`{new}` lies within `{other}`")));
        }
    }
    Ok(())
}

/// Says that what moved is part of the corpus only now, or not any more: then nobody looked at its links, or looks.
fn changes_part(new: &CorpusPath, was: Part, is: Part) {
    let path = shown(new.as_str());
    match (was, is) {
        (Part::Known | Part::Document, Part::None) => say!(
            "note: `{path}` is left out by ignore files: links to it are reported, and those in it not checked any more"
        ),
        (Part::Document, Part::Known) => {
            say!("note: `{path}` is no document of the corpus: its links are not checked any more");
        }
        (Part::None | Part::Known, Part::Document) => say!(
            "note: `{path}` was no document of the corpus: the links in it stay as they were; `rubrica check` says which \
             lead nowhere"
        ),
        _ => {}
    }
}

pub(crate) fn rename_heading(args: &RenameHeading) -> Result<u8, Failure> {
    let (file, line) = args::target(&args.file);
    let (which, new) = match (line, &args.texts[..]) {
        (Some(line), [new]) => (Named::Line(line), new),
        (None, [old, new]) => (Named::Text(old), new),
        _ => {
            let help = "rubrica rename-heading FILE OLD NEW, or rubrica rename-heading FILE:LINE NEW";
            return Err(Failure::new("a heading is named by its text or by its line".to_owned()).with_help(help));
        }
    };
    let (root, job) = setup::job(&args.place, &[&file])?;
    setup::refuse_mistakes(&job, None, "nothing was renamed")?;
    let path = within(&root, &file)?;
    if !job.tree.has(&path) {
        return Err(Failure::new(format!("`{}` does not exist", shown(&file))));
    }
    let fixed = engine::rename_heading(&job, &path, which, new).map_err(|error| failure(&job, "renamed", error))?;
    notes(args.quiet, fixed.left.iter().map(|place| shown(format!("{place} still shows `{}`", place.text))));
    if let Some(renderer) = fixed.only_for.filter(|_| !args.quiet) {
        let name = renderer.name();
        say!("note: links to the heading lead there on the site ({name}), and not where GitHub shows the documents");
    }
    notes(args.quiet, fixed.outcome.unread.iter().map(|path| shown(Leftover::Unread(path.clone()).to_string())));
    let files: Vec<_> = fixed.units.iter().flat_map(|unit| unit.files.clone()).collect();
    if files.is_empty() {
        if !args.quiet {
            say!("nothing changes: that is how the heading is written already");
        }
        return Ok(CLEAN);
    }
    if args.diff {
        output::diff(&files)?;
        return Ok(FINDINGS);
    }
    let written = job.tree.write(&files);
    written.map_err(|error| Failure::new(format!("{}; nothing was renamed", refusal(&error))))?;
    if !args.quiet {
        say!("renamed the heading; {} changed", count(files.len(), "file"));
    }
    Ok(CLEAN)
}

/// Says what is left to the author, up to a number of places.
fn notes(quiet: bool, places: impl ExactSizeIterator<Item = String>) {
    /// How many are named.
    const MOST: usize = 10;
    if quiet {
        return;
    }
    let more = places.len().saturating_sub(MOST);
    places.take(MOST).for_each(|place| say!("note: {place}"));
    if more > 0 {
        say!("note: and {more} more");
    }
}

/// What failed, and the way out.
fn failure(job: &Job, what: &str, error: Refused) -> Failure {
    let mut why = format!("nothing was {what}: {}", shown(error.to_string()));
    let way_out = match error {
        Refused::Io(error) => return error.into(),
        Refused::Because { way_out, .. } => way_out.map(shown),
        Refused::Harmful { first, .. } => {
            why.extend(first.map(|said| said_at(job, &said, surroundings::language(None))));
            Some("choose another text, or change by hand first what stands in the way".to_owned())
        }
        Refused::Link(_) => {
            Some("change that link by hand first, so that it does not depend on this".to_owned())
        }
        Refused::Mention(_) => Some(
            "make it a relative link, or take the fragment out for the while; if it leads to somebody else's file, say \
             which URLs are yours: `addresses` of the rule `absolute-self-link`"
                .to_owned(),
        ),
    };
    Failure::new(why).with_help_if(way_out)
}
