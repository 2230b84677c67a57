//! Wikilinks as Obsidian resolves them.

use super::{Fragment, Resolution, Resolver, Target, destination::split_fragment};
use crate::{
    corpus::{Builder, paths::fold},
    document::{Document, Flavor, Link},
    source::{CorpusPath, FileId},
};

/// So many files of one name are looked through for each link. Of more, none is judged but the one whose whole path is
/// written.
const ALIKE: usize = 256;

/// More rivals than these are not remembered.
const RIVALS: usize = 8;

impl Resolver<'_> {
    /// A wikilink: `note`, `note#heading`, `#heading`. A note may still be to be written, but an attachment that is shown
    /// has to be there.
    pub(super) fn wikilink(&self, document: &Document, target: &str, is_embed: bool) -> Resolution {
        let (name, subpath) = split_fragment(target);
        let name = name.trim();
        if is_macro(name) {
            return Resolution::Elsewhere;
        }
        let of_logseq = || {
            let is_on = self.settings.build_of(&document.source.path, Builder::Logseq).is_some();
            if is_on && name.contains('/') { self.note(&document.source.path, &of_logseq(name)) } else { None }
        };
        let (path, rivals) = if name.is_empty() {
            (document.source.path.clone(), Vec::new())
        } else {
            match self.note(&document.source.path, name).or_else(of_logseq) {
                Some(found) => found,
                None if names(name).iter().any(|name| self.are_very_many(name)) => return Resolution::Elsewhere,
                // The file of a journal is called otherwise than its title.
                None if is_day(name) && self.settings.build_of(&document.source.path, Builder::Logseq).is_some() => {
                    return Resolution::Elsewhere;
                }
                None => {
                    return match self.paths.spelled_like(name) {
                        [only] => Resolution::Misspelt(only.clone()),
                        _ => match CorpusPath::new(name).filter(|path| is_embed && is_attachment(path)) {
                            Some(path) => Resolution::Missing { path },
                            None => Resolution::Unwritten,
                        },
                    };
                }
            }
        };
        let file = self.paths.document(&path);
        let fragment = match (file, subpath) {
            (Some(file), Some(subpath)) => self.subpath(file, subpath),
            _ => Fragment::Unjudged,
        };
        Resolution::Found(Target { path, written: None, file, fragment, rivals, page: None })
    }

    /// The page of a wiki as GitHub has them that a wikilink leads to: the page stands behind the text (`[[text|page]]`), and
    /// has hyphens for blanks. A sidebar or footer shows that it is one. Beside a `Home.md` alone nobody can say which half of
    /// a link is the page, so it is left alone; a name without a text has hyphens there as well. A heading that the page
    /// does not have is not judged.
    pub(super) fn page(&self, document: &Document, link: &Link, note: &Resolution) -> Option<Resolution> {
        let is_open = match note {
            Resolution::Found(_) => false,
            Resolution::Unwritten | Resolution::Misspelt(_) => true,
            _ => return None,
        };
        let (front, behind) = link.halves(&document.source.text);
        if self.settings.flavor == Flavor::Obsidian || (!is_open && behind.is_none()) {
            return None;
        }
        let from = &document.source.path;
        let is_sure = self.has_above(from, &["_Sidebar.md", "_Footer.md"]);
        if !is_open && !is_sure {
            return None;
        }
        let page = behind.unwrap_or(front);
        let (name, fragment) = split_fragment(document.source.slice(page));
        let named = |name: &str| if name.is_empty() { None } else { self.note(from, name) };
        let may_be = || is_sure || self.has_above(from, &["Home.md"]);
        let hyphened = || named(&name.trim().replace(' ', "-")).filter(|_| may_be());
        let (path, _) = named(name.trim()).or_else(hyphened)?;
        if behind.is_some() && !is_sure {
            return (may_be() || *note != Resolution::Unwritten).then_some(Resolution::Elsewhere);
        }
        let file = self.paths.document(&path);
        let known = |(file, fragment): (FileId, &str)| {
            let all = [self.subpath(file, fragment), self.fragment(from, file, fragment)];
            all.into_iter().find(|fragment| !matches!(fragment, Fragment::Missing(_)))
        };
        let fragment = file.zip(fragment).and_then(known).unwrap_or(Fragment::Unjudged);
        Some(Resolution::Found(Target { path, written: None, file, fragment, rivals: Vec::new(), page: Some(page) }))
    }

    /// Whether a file of one of these names stands beside a document, or in a folder above it.
    fn has_above(&self, document: &CorpusPath, names: &[&str]) -> bool {
        self.folder_with(document, names).is_some()
    }

    /// The nearest folder around a document in which a file of one of these names stands.
    pub(super) fn folder_with(&self, document: &CorpusPath, names: &[&str]) -> Option<CorpusPath> {
        document.parent().ancestors().find(|folder| self.paths.has_one(folder, names))
    }

    /// The file a wikilink names: relative to the note if it begins with a dot, else every file whose path ends so,
    /// those under the note's own folder first, then the shortest, then what is written letter for letter. Letter case and
    /// Unicode form do not matter; the name may leave out `.md`. The others are those that a reader would have no reason to
    /// rule out: neither is the one found the whole path that is written, nor is it the only one under the note's folder.
    pub(super) fn note(&self, from: &CorpusPath, name: &str) -> Option<(CorpusPath, Vec<CorpusPath>)> {
        let names = names(name);
        if name.starts_with("./") || name.starts_with("../") {
            let joined = names.iter().filter_map(|name| from.beside(name));
            let mut alike = joined.flat_map(|path| self.paths.spelled_alike(&path));
            return alike.find(|path| self.paths.is_file(path)).map(|path| (path.clone(), Vec::new()));
        }
        let absolute = name.starts_with('/');
        let folder = from.parent();
        for name in names {
            let Some(wanted) = CorpusPath::new(&name) else { continue };
            let named = self.paths.named(wanted.file_name());
            if named.len() > ALIKE {
                return self.paths.is_file(&wanted).then_some((wanted, Vec::new()));
            }
            let folded = fold(wanted.as_str());
            let ends_so = |path: &&CorpusPath| ends_with(path, &folded, absolute);
            let mut fitting: Vec<&CorpusPath> = named.iter().filter(ends_so).collect();
            let differs = |path: &CorpusPath| !path.as_str().ends_with(wanted.as_str());
            fitting.sort_unstable_by_key(|path| {
                (!path.is_within(&folder), path.as_str().len(), differs(path), path.as_str())
            });
            let Some((&first, rest)) = fitting.split_first() else { continue };
            let inside = |path: &CorpusPath| !folder.as_str().is_empty() && path.is_within(&folder);
            let is_whole = fold(first.as_str()) == folded;
            let rivals = rest.iter().filter(|path| !is_whole && inside(path) == inside(first));
            return Some((first.clone(), rivals.map(|&path| path.clone()).take(RIVALS).collect()));
        }
        None
    }

    /// Whether more files are called so than are looked through.
    fn are_very_many(&self, name: &str) -> bool {
        CorpusPath::new(name).is_some_and(|path| self.paths.named(path.file_name()).len() > ALIKE)
    }
}

/// What the file of a page of Logseq is called, whose name says what it is below.
pub(in crate::corpus) fn of_logseq(name: &str) -> String {
    name.replace('/', "___")
}

/// The name of a page of Logseq.
pub(in crate::corpus) fn to_logseq(path: &CorpusPath) -> String {
    path.file_stem().replace("___", "/")
}

/// Whether a wikilink of this name may lead to a path.
pub(in crate::corpus) fn may_lead(name: &str, path: &CorpusPath) -> bool {
    names(name).iter().any(|name| ends_with(path, &fold(name), false))
}

/// What a note may be called.
fn names(name: &str) -> [String; 2] {
    [name.to_owned(), format!("{name}.md")]
}

/// Whether a path ends so, letter case and Unicode form aside.
fn ends_with(path: &CorpusPath, wanted: &str, absolute: bool) -> bool {
    let path = path.as_str();
    if path.is_ascii() && wanted.is_ascii() {
        let Some(start) = path.len().checked_sub(wanted.len()) else { return false };
        let is_part = start == 0 || (!absolute && path.as_bytes()[start - 1] == b'/');
        return is_part && path.as_bytes()[start..].eq_ignore_ascii_case(wanted.as_bytes());
    }
    let path = fold(path);
    path == wanted || (!absolute && path.strip_suffix(wanted).is_some_and(|rest| rest.ends_with('/')))
}

/// Whether a name is that of a file that Obsidian shows and nobody writes as a note.
fn is_attachment(path: &CorpusPath) -> bool {
    const KINDS: &[&str] = &[
        "avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp", "flac", "m4a", "mp3", "ogg", "wav", "3gp", "mkv",
        "mov", "mp4", "ogv", "webm", "pdf",
    ];
    path.extension().is_some_and(|extension| KINDS.contains(&extension.to_lowercase().as_str()))
}

/// `[[toc]]`: several renderers put a table of contents there.
fn is_macro(name: &str) -> bool {
    name.trim_matches('_').eq_ignore_ascii_case("toc")
}

/// Whether a name is that of a day, in one of the ways in which Logseq may be told to write them: `2024-05-01`,
/// `May 1st, 2024`, `Wed, 01.05.2024`.
fn is_day(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ];
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_part = |word: &str| {
        let is_ordinal = || ["st", "nd", "rd", "th"].iter().any(|end| word.strip_suffix(end).is_some_and(is_number));
        let is_name = |name: &str| name == word || &name[..3] == word;
        is_number(word) || is_ordinal() || NAMES.iter().any(|name| is_name(name))
    };
    let name = name.to_lowercase();
    let between = |c: char| !c.is_alphanumeric() || matches!(c, '年' | '月' | '日');
    let words: Vec<&str> = name.split(between).filter(|word| !word.is_empty()).collect();
    let has_year = words.iter().any(|word| is_number(word) && word.len() >= 4);
    has_year && (words.len() > 2 || name.len() == 8) && words.into_iter().all(is_part)
}
