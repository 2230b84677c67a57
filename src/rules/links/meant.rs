//! What a path that does not exist was probably meant to be.

use std::borrow::Cow;

use super::{
    projects::{is_of_other_project, project_of},
    usual_names::{is_counted, is_of_folder, recurs},
};
use crate::{
    corpus::{
        Corpus, Destination, Renamed, is_in_capitals, is_index, is_translated, letters, page_beside, speaks_alike,
    },
    document::Document,
    finding::Safety,
    source::{CorpusPath, percent_decode},
    suggest::{Suggestions, is_numbered_apart},
};

/// Of so many files of one name, one may be another that was meant.
const MOST_OF_A_NAME: usize = 256;

/// What a path was probably meant to be, the key of the help that says so, and how sure that is; a mere question is no
/// repair.
pub(super) struct Meant {
    pub(super) path: CorpusPath,
    pub(super) key: &'static str,
    pub(super) safety: Option<Safety>,
}

/// Whether a file is the one that is missed, as far as anybody can see: it has moved, and is none that was always there.
/// Where links lead to a file where it stands, it may be another one of the same name, and what is missed is gone.
fn is_same(corpus: &Corpus, own: &CorpusPath, missing: &CorpusPath, written: &str, found: &CorpusPath) -> bool {
    has_moved(missing, written, found) && !corpus.is_visited(found) && !is_put_aside(own, missing, found)
}

/// Whether a file of the same name is the one that is missed and has only moved: the link names no folder, or the last one
/// it names is on the way to it still, and its name is none that any folder may have a file of, as `LICENSE` is. It has
/// moved up or down: what stands in a folder beside is called alike, and may be what another project has. Where no folder is
/// named, `config.yml` and what stands in a folder of another year or version may have been others always. What a path from
/// the root begins with may be known to a server alone.
fn has_moved(missing: &CorpusPath, written: &str, found: &CorpusPath) -> bool {
    let folder = folder_in(written);
    let named: Vec<&str> = names(&folder).collect();
    let there = found.parent();
    let stands_in = |name: &&str| there.as_str().split('/').any(|own| own == *name);
    let stem = missing.file_stem();
    let is_own =
        || !is_of_folder(stem) && !recurs(stem) && !is_numbered_apart(missing.parent().as_str(), there.as_str());
    let [from, to] = [missing.parent(), found.parent()].map(|folder| above(folder, named.last().copied()));
    !written.starts_with('/')
        && (from.is_within(&to) || to.is_within(&from))
        && !is_in_capitals(stem)
        && !is_counted(stem)
        && named.last().map_or_else(is_own, stands_in)
}

/// The folder above the last one of a name on the way to another, or that one itself.
fn above(folder: CorpusPath, name: Option<&str>) -> CorpusPath {
    let named = folder.ancestors().find(|above| Some(above.file_name()) == name);
    named.map_or(folder, |named| named.parent())
}

/// The folder that a link writes.
fn folder_in(written: &str) -> Cow<'_, str> {
    percent_decode(written.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder))
}

/// The folders that it names.
fn names(folder: &str) -> impl DoubleEndedIterator<Item = &str> {
    folder.split('/').filter(|name| !matches!(*name, "" | "." | ".."))
}

/// Whether a folder is that of a version or year.
fn is_version(name: &str) -> bool {
    let number = name.trim_start_matches("version").trim_start_matches(['v', 'V', '-', '_']);
    number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| matches!(c, '0'..='9' | '.' | 'x'))
}

/// Whether a link names a version or year, and a file stands in the place of another one.
fn is_of_other_version(written: &str, found: &CorpusPath) -> bool {
    let (folder, there) = (folder_in(written), found.parent());
    let mut beside = names(&folder).rev().zip(there.as_str().rsplit('/'));
    beside.any(|(own, other)| own != other && is_version(own) && is_version(other))
}

/// Whether a file lies in a folder for what is old, or for a version or year, in which neither the document lies nor what
/// it misses: another one of the same name, as it was then.
fn is_put_aside(document: &CorpusPath, missing: &CorpusPath, path: &CorpusPath) -> bool {
    const OLD: &[&str] = &[
        "archive", "archived", "archives", "backup", "backups", "bak", "deprecated", "legacy", "obsolete", "old",
        "previous", "备份", "存档", "归档", "旧", "旧版", "历史",
    ];
    let is_aside = |name: &str| OLD.iter().any(|old| name.eq_ignore_ascii_case(old)) || is_version(name);
    let has = |path: &CorpusPath, name: &str| path.parent().as_str().split('/').any(|own| own == name);
    path.parent().as_str().split('/').any(|name| is_aside(name) && !has(document, name) && !has(missing, name))
}

/// Where git has it now; else what it was probably meant to be, which is not sure of what stood there before it was missed.
/// Where git says that the document moved as well, its paths are those from where it stood, unless it was edited since and
/// they may be from either place.
pub(super) fn meant(
    corpus: &Corpus,
    document: &Document,
    destination: &Destination<'_>,
    missing: &CorpusPath,
    suggestions: &mut Suggestions,
) -> Option<Meant> {
    let origin = corpus.origin(document);
    let led = origin.and_then(|was| Some((was, corpus.led_from(&was.path, &percent_decode(destination.path()))?)));
    let is_gone = led.is_some();
    if let Some((was, led)) = led {
        let is_sure = was.is_same || !corpus.stood(missing);
        if let Some(Renamed { path, is_same }) = corpus.now(led.clone()) {
            let safety = Some(if is_same && is_sure { Safety::Safe } else { Safety::Unsafe });
            return Some(Meant { key: if path == led { "led" } else { "renamed" }, path, safety });
        }
    }
    if let Some(Renamed { path, is_same }) = corpus.renamed(missing).filter(|_| !is_gone) {
        let safety = Some(if *is_same { Safety::Safe } else { Safety::Unsafe });
        return Some(Meant { path: path.clone(), key: "renamed", safety });
    }
    let mut meant = namesake(corpus, document, destination, missing, suggestions)?;
    if is_gone || corpus.stood_beside(missing, &meant.path) {
        meant.safety = meant.safety.map(|_| Safety::Unsafe);
    }
    Some(meant)
}

/// The path from the root, if it was meant so; a file of this name elsewhere, if there is one and no other; else a name
/// in the same folder that is close. Never the document itself, nor one in another language.
fn namesake<'a>(
    corpus: &'a Corpus,
    document: &Document,
    destination: &Destination<'_>,
    missing: &CorpusPath,
    suggestions: &mut Suggestions,
) -> Option<Meant> {
    let own = &document.source.path;
    let written = destination.path();
    let is_possible = |path: &&CorpusPath| {
        *path != own
            && speaks_alike(missing.as_str(), path.as_str())
            && !(is_translated(path.as_str(), missing.as_str()) && is_translated(path.as_str(), own.as_str()))
            && project_of(path) == project_of(own)
    };
    let from_root = CorpusPath::new(written.trim_start_matches("../")).filter(|path| path.as_str().contains('/'));
    if let Some(path) = from_root.filter(|path| is_possible(&path) && corpus.paths.is_file(path)) {
        return Some(Meant { path, key: "from-root", safety: Some(Safety::Safe) });
    }
    let all = corpus.paths.named(missing.file_name()).iter().take(MOST_OF_A_NAME);
    let mut of_project = all.filter(|path| project_of(path) == project_of(own));
    if let (Some(only), None) = (of_project.next(), of_project.next()) {
        if !is_possible(&only) {
            return None;
        }
        let has_moved = has_moved(missing, written, only);
        // Every folder may have an index; that there is one other says nothing. `OWNERS.md` is not the page `owners.md`.
        let is_of_folder = is_index(only) || (is_of_folder(missing.file_stem()) && !has_moved);
        let is_sure = !is_of_folder
            && only.file_name() == missing.file_name()
            && !is_of_other_version(written, only)
            && (has_moved || !is_of_other_project(&corpus.paths, own, only));
        let safety = if is_same(corpus, own, missing, written, only) { Safety::Safe } else { Safety::Unsafe };
        return Some(Meant { path: only.clone(), key: "moved", safety: is_sure.then_some(safety) });
    }
    // A page of a site is written without the extension of its document, or with `.html`.
    let page = page_beside(missing).filter(|page| !is_index(page));
    if let Some([only]) = page.as_ref().map(|page| corpus.paths.named(page.file_name())) {
        if !is_possible(&only) {
            return None;
        }
        // Where files are shown, there are no pages, and what is meant may be a folder.
        let is_sure =
            !corpus.settings.is_shown_as_file(own) && page.is_some_and(|page| page.file_name() == only.file_name());
        // From the folder of its document the path is right: it is the one.
        let is_beside = own.beside(written).and_then(|path| page_beside(&path)).as_ref() == Some(only);
        let is_same = is_beside || is_same(corpus, own, missing, written, only);
        let safety = if is_same { Safety::Safe } else { Safety::Unsafe };
        return Some(Meant { path: only.clone(), key: "moved", safety: is_sure.then_some(safety) });
    }
    let folder = missing.parent();
    // What is not possible is close to nothing; to find that out costs as well.
    let name = |path: &'a CorpusPath| if is_possible(&path) { path.file_name() } else { "" };
    let beside = corpus.paths.in_folder(&folder).map(name);
    let (near, is_slip) = suggestions.near(missing.file_name(), beside)?;
    let safety = is_slip.then_some(Safety::Unsafe);
    Some(Meant { path: folder.join(near)?, key: "did-you-mean", safety })
}

/// What a wikilink means that names no note, where one note is called so but for its spelling or its folder.
pub(super) enum Note {
    /// That note; how sure it is.
    Misspelt(Safety),
    /// One that was there before a change.
    Gone(CorpusPath),
    /// One that nobody has written: a name that many have, or one of a note that others mean where it stands.
    Unwritten,
}

/// What such a wikilink of a document means. Without a folder, or in the folder that it names, the note is the one. In
/// another it has to be seen that it moved, as for any path.
pub(super) fn note_meant(corpus: &Corpus, document: &Document, name: &str, found: &CorpusPath) -> Note {
    let own = &document.source.path;
    let name = name.trim();
    if let Some(path) = corpus.gone_beside(name, found) {
        return Note::Gone(path.clone());
    }
    let is_relative = name.starts_with('.');
    let missing = if is_relative { own.beside(name) } else { CorpusPath::new(name) };
    let Some(missing) = missing else { return Note::Unwritten };
    let folder = missing.parent();
    let is_there = if is_relative {
        letters(folder.as_str()) == letters(found.parent().as_str())
    } else {
        stands_in(&folder, found)
    };
    if found == own && !folder.as_str().is_empty() && !is_there {
        return Note::Unwritten;
    }
    if is_there || is_same(corpus, own, &missing, name, found) {
        return Note::Misspelt(Safety::Safe);
    }
    if let Some(path) = corpus.gone_note(name) {
        return Note::Gone(path.clone());
    }
    let stem = found.file_stem();
    let is_other = corpus.is_visited(found)
        || is_put_aside(own, &missing, found)
        || is_of_folder(stem)
        || is_in_capitals(stem)
        || recurs(stem)
        || is_numbered_apart(folder.as_str(), found.parent().as_str());
    if is_other { Note::Unwritten } else { Note::Misspelt(Safety::Unsafe) }
}

/// Whether a file stands in a folder as a wikilink writes it, spelling and what lies around it aside.
fn stands_in(folder: &CorpusPath, found: &CorpusPath) -> bool {
    let there = found.parent();
    let mut there = there.as_str().rsplit('/');
    let mut named = folder.as_str().rsplit('/').filter(|name| !name.is_empty());
    let is_alike = |name: &str, own: &str| name == own || (!own.is_empty() && letters(name) == letters(own));
    named.all(|name| there.next().is_some_and(|own| is_alike(name, own)))
}
