//! Files and folders get other paths, and every link goes on leading where it led.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    Job, Leftover, Refused, Selection, analyse::Snapshot, moved::Moved, moves::Moves, run::corpus, verify::Edits,
};
use crate::{
    corpus::{Corpus, Destination, Form, Fragment, Resolution, Target},
    document::{Definition, Document, Facts, normalized_label},
    files::Rewrite,
    finding::Edit,
    order,
    source::{CorpusPath, FileId, Span, percent_decode},
};

/// What has to be done for paths to become other ones.
#[derive(Debug)]
pub struct Relocation {
    /// Documents to be rewritten, by their paths afterwards.
    pub files: Vec<Rewrite>,
    /// How many links are rewritten.
    pub links: usize,
    /// What is left to the author.
    pub left: Vec<Leftover>,
    /// How many paths are written in a way that only the build of the site understands: they stay as they are.
    pub unrecognised: usize,
    /// The folder that most paths from the root of the site seem to start from, if they are among these.
    pub root: Option<CorpusPath>,
    /// How many links to what moves stay as they are, if that folder is the root.
    pub stranded: usize,
}

/// Plans moves of files and folders, all at once, each from an old path to a new one: links to what moves and from it are
/// rewritten where they would lead elsewhere otherwise, and no others. Neither may an old path lie within another, nor may
/// a new one be taken.
pub fn relocate(job: &Job, moves: &[(CorpusPath, CorpusPath)]) -> Result<Relocation, Refused> {
    // What rules say plays no part.
    let job = &job.selecting(Selection::none());
    let moved = Moved::new(moves);
    let snapshot = Snapshot::take(job)?;
    let before = corpus(job, &snapshot);
    let bare = corpus(job, &snapshot.again(Some(&moved), &HashMap::new()));
    let edits = edits(&before, &bare, &moved)?;
    let links = edits.len();
    let texts = Edits::new(edits.iter()).texts(&before);
    let after = corpus(job, &snapshot.again(Some(&moved), &texts));
    keep_leading(&before, &after, &moved)?;
    let mut left = Moves { before: &before, after: &after, moved: &moved }.leftovers(job);
    let torn = snapshot.listing.aliases.iter().filter(|alias| moved.tears(alias));
    left.extend(torn.map(|(link, real)| Leftover::Alias(moved.path(link), real.clone())));
    left.extend(snapshot.unreadable.iter().map(|(path, _)| Leftover::Unread(moved.path(path))));
    let rewrite = |(file, text): (FileId, Arc<str>)| {
        let source = before.source(file);
        Rewrite { path: moved.path(&source.path), before: source.text.clone(), after: text }
    };
    let mut files: Vec<Rewrite> = texts.into_iter().map(rewrite).collect();
    order::by(&mut files, |a, b| a.path.cmp(&b.path));
    let unrecognised = before.unrecognised.iter().map(|form| form.failures).sum();
    let root = before.unrecognised.iter().filter(|own| own.form == Form::Rooted).find_map(|own| own.folder.clone());
    let stranded = root.as_ref().map_or(0, |root| stranded(root, &before, &moved));
    Ok(Relocation { files, links, left, unrecognised, root, stranded })
}

/// How many links that only the build of the site understands would lead to what moves, were a folder its root.
fn stranded(root: &CorpusPath, before: &Corpus, moved: &Moved<'_>) -> usize {
    let moves = |destination: &Destination<'_>| {
        let path = root.join(&percent_decode(destination.path()));
        let page =
            path.and_then(|path| if before.paths.is_file(&path) { Some(path) } else { before.paths.page(&path) });
        page.is_some_and(|page| moved.by(&page).is_some())
    };
    let is_rooted = |own: &Destination<'_>| *own.resolution == Resolution::Unrecognised(Form::Rooted);
    let all = before.documents.iter().flat_map(|document| before.destinations(document));
    all.filter(|own| is_rooted(own) && moves(own)).count()
}

/// The edits to links that would lead elsewhere after a move.
fn edits(before: &Corpus, bare: &Corpus, moved: &Moved<'_>) -> Result<Vec<Edit>, Refused> {
    let mut edits: Vec<Edit> = Vec::new();
    let goes_by_name = before.goes_by_name();
    for (was, now) in before.documents.iter().zip(&bare.documents) {
        let mut all_repeated = None;
        for destination in before.destinations(was) {
            let was_at = destination.resolution;
            let Some(path) = kept(was_at) else { continue };
            let after = bare.destination(now, destination.slot);
            let misread =
                |after: &Destination<'_>| bare.is_misread(now, after) && !before.is_misread(was, &destination);
            let is_page = is_page_of_blog(before, was, &destination);
            let by_name = |after: &Destination<'_>| !goes_by_name && bare.is_by_name(now, after);
            let stays = |after: &Destination<'_>| {
                leads(bare, after.resolution, was_at, &moved.path(path), is_page) && !by_name(after)
            };
            let stays = after.is_some_and(|after| stays(&after) && !misread(&after));
            if stays && (was.source.path == now.source.path || climbs(destination.target) == 0) {
                continue;
            }
            let wanted = wanted(before, bare, was_at, moved.path(path));
            let text = before.respell(was, &destination, &now.source.path, &wanted, &bare.paths);
            // A way out of a folder and back into it may be the author's, or that of a move before.
            let is_detour = || {
                let own = before.respell(was, &destination, &was.source.path, path, &before.paths);
                let steps = |text: &Option<String>| text.as_ref().map(|text| climbs(text));
                steps(&own) == Some(climbs(destination.target)) && steps(&text) < steps(&own)
            };
            if stays && (text.is_none() || !is_detour()) {
                continue;
            }
            let text = text.ok_or_else(|| Refused::Link(was.source.place(destination.span)))?;
            let written = was.source.slice(destination.span);
            if destination.link.is_none() {
                let again = all_repeated.get_or_insert_with(|| repeated(was)).remove(written).into_iter().flatten();
                edits.extend(again.map(|span| Edit::replace(was.at(span), text.clone())));
            }
            edits.push(Edit::replace(was.at(destination.span), text));
        }
    }
    Ok(edits)
}

/// The definitions that do not count, since an equal one stands before them, by their destinations.
fn repeated(document: &Document) -> HashMap<&str, Vec<Span>> {
    let mut out: HashMap<&str, Vec<Span>> = HashMap::new();
    let Facts { definitions, overridden, .. } = &document.facts;
    if overridden.is_empty() {
        return out;
    }
    let key = |own: &Definition| (normalized_label(&own.label), document.source.slice(own.destination));
    let counting: HashSet<_> = definitions.iter().map(key).collect();
    for later in overridden.iter().filter(|later| counting.contains(&key(later))) {
        out.entry(document.source.slice(later.destination)).or_default().push(later.destination);
    }
    out
}

/// How many folders a path begins to climb.
fn climbs(path: &str) -> usize {
    path.split('/').skip_while(|part| *part == ".").take_while(|part| *part == "..").count()
}

/// The path that a link leads to, if it has to be kept: one that is known, or only left out by ignore files.
fn kept(resolution: &Resolution) -> Option<&CorpusPath> {
    match resolution {
        Resolution::Found(Target { path, .. }) | Resolution::Ignored { path, .. } => Some(path),
        _ => None,
    }
}

/// What a link has to lead to afterwards, by its path then: where its folder stays and only the document shown for it
/// moves, that one, and so where it leads through a symbolic link that leads nowhere then.
fn wanted(before: &Corpus, after: &Corpus, was: &Resolution, path: CorpusPath) -> CorpusPath {
    let Resolution::Found(target) = was else { return path };
    let is_lost = || before.paths.is_file(&target.path) && !after.paths.is_file(&path);
    let is_shown = || before.paths.is_folder(&target.path) || is_lost();
    let shown = target.file.and_then(|file| after.document(file)).filter(|_| is_shown());
    match shown {
        Some(document) if path == target.path => document.source.path.clone(),
        _ => path,
    }
}

/// Whether a link leads to the same place as before, by its path afterwards, letter for letter, and nothing else can be
/// meant; to a page, where it led to one.
fn leads(corpus: &Corpus, resolution: &Resolution, was: &Resolution, path: &CorpusPath, is_page: bool) -> bool {
    let Resolution::Found(was) = was else {
        // What is left out is not known where it will stand.
        let named = if let Resolution::Missing { path } = resolution { Some(path) } else { kept(resolution) };
        return named == Some(path);
    };
    let Resolution::Found(now) = resolution else { return false };
    let is_same = now.path == *path || (now.file.is_some() && now.file == was.file);
    is_same
        && now.fragment == was.fragment
        && (now.written.is_none() || was.written.is_some())
        // Who shows files shows a folder without its index as well; a site does not.
        && (now.file == was.file || (was.fragment == Fragment::Unjudged && corpus.settings.shows_files() && !is_page))
        && now.rivals.len() <= was.rivals.len()
}

/// Whether a link leads to the page that Jekyll, or what is configured as it is, makes of a folder: without its index
/// there is none.
fn is_page_of_blog(corpus: &Corpus, document: &Document, destination: &Destination<'_>) -> bool {
    let Resolution::Found(Target { file: Some(file), path, .. }) = destination.resolution else { return false };
    let is_index = |shown: &CorpusPath| shown != path && shown.file_stem() == "index";
    destination.target.starts_with('/')
        && corpus.settings.blog_of(&document.source.path).is_some()
        && corpus.document(*file).is_some_and(|shown| is_index(&shown.source.path))
}

/// Fails where a link would not lead where it led.
fn keep_leading(before: &Corpus, after: &Corpus, moved: &Moved<'_>) -> Result<(), Refused> {
    for (was, now) in before.documents.iter().zip(&after.documents) {
        for destination in before.destinations(was) {
            let resolution = destination.resolution;
            let Some(path) = kept(resolution).map(|path| moved.path(path)) else { continue };
            let wanted = wanted(before, after, resolution, path.clone());
            let is_page = is_page_of_blog(before, was, &destination);
            let leads = |now: &Resolution, path| leads(after, now, resolution, path, is_page);
            let now = after.destination(now, destination.slot);
            if !now.is_some_and(|now| leads(now.resolution, &wanted) || leads(now.resolution, &path)) {
                return Err(Refused::Link(was.source.place(destination.span)));
            }
        }
    }
    Ok(())
}
