//! Every path that is known under the root.

use std::sync::OnceLock;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::source::{
    CorpusPath, FileId,
    characters::is_simple,
    hash::{HashMap, HashMapExt, HashSet},
};

/// What stands under a root, as discovery found it. Ignored files are not among it.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Every file, documents included, and every symbolic link.
    pub files: Vec<CorpusPath>,
    /// Every folder.
    pub folders: Vec<CorpusPath>,
    /// Symbolic links and what they stand for, where that is a path under the root.
    pub aliases: Vec<(CorpusPath, CorpusPath)>,
    /// Folders that belong to another repository: what is inside is not known, and nothing is said of it.
    pub foreign: Vec<CorpusPath>,
}

/// Known paths and how to find them.
#[derive(Debug)]
pub struct Paths {
    files: HashMap<CorpusPath, Option<FileId>>,
    folders: HashSet<CorpusPath>,
    aliases: HashMap<CorpusPath, CorpusPath>,
    foreign: Vec<CorpusPath>,
    folded: OnceLock<HashMap<String, Vec<CorpusPath>>>,
    names: OnceLock<HashMap<String, Vec<CorpusPath>>>,
    children: OnceLock<HashMap<String, Vec<CorpusPath>>>,
    spellings: OnceLock<HashMap<String, Vec<CorpusPath>>>,
}

impl Paths {
    pub(super) fn new(listing: &Listing, documents: impl Iterator<Item = (CorpusPath, FileId)>) -> Self {
        let mut files: HashMap<_, _> = listing.files.iter().map(|path| (path.clone(), None)).collect();
        files.extend(documents.map(|(path, file)| (path, Some(file))));
        let mut folders: HashSet<_> = listing.folders.iter().cloned().collect();
        folders.insert(CorpusPath::default());
        Self {
            files,
            folders,
            aliases: listing.aliases.iter().cloned().collect(),
            foreign: listing.foreign.clone(),
            folded: OnceLock::new(),
            names: OnceLock::new(),
            children: OnceLock::new(),
            spellings: OnceLock::new(),
        }
    }

    /// The document at a path; aliases are followed.
    pub fn document(&self, path: &CorpusPath) -> Option<FileId> {
        self.files.get(path).copied().flatten().or_else(|| self.files.get(&self.follow(path)?).copied().flatten())
    }

    /// The document that is the page at a path, without an extension or with `.html`.
    pub(crate) fn page(&self, path: &CorpusPath) -> Option<CorpusPath> {
        let bare = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
        self.with_ending(bare, &[".md", "/index.md", "/README.md", "/_index.md", ".markdown"], true)
    }

    /// The first file at a path with one of these endings put to it: a document, if it has to be one; aliases are
    /// followed.
    pub(super) fn with_ending(&self, path: &str, endings: &[&str], is_document: bool) -> Option<CorpusPath> {
        let mut whole = String::with_capacity(path.len() + 16);
        whole.push_str(path);
        let has_inside = !self.aliases.is_empty() || self.folders.contains(path);
        endings.iter().filter(|ending| has_inside || !ending.starts_with('/')).find_map(|ending| {
            whole.truncate(path.len());
            whole.push_str(if path.is_empty() { ending.trim_start_matches('/') } else { ending });
            if !self.aliases.is_empty() {
                let whole = CorpusPath::new(&whole)?;
                let is_there = if is_document { self.document(&whole).is_some() } else { self.is_file(&whole) };
                return is_there.then_some(whole);
            }
            let (known, file) = self.files.get_key_value(whole.as_str())?;
            (file.is_some() || !is_document).then(|| known.clone())
        })
    }

    /// Every file, in no order.
    pub fn files(&self) -> impl Iterator<Item = &CorpusPath> {
        self.files.keys()
    }

    /// What stands at a path, letter for letter, as it is known; aliases are followed.
    pub(super) fn known(&self, path: &CorpusPath) -> Option<CorpusPath> {
        let known = self.files.get_key_value(path).map(|(known, _)| known).or_else(|| self.folders.get(path));
        known.cloned().or_else(|| (self.is_file(path) || self.is_folder(path)).then(|| path.clone()))
    }

    /// Whether a file or symbolic link stands at a path, letter for letter.
    pub fn is_file(&self, path: &CorpusPath) -> bool {
        self.files.contains_key(path) || self.follow(path).is_some_and(|real| self.files.contains_key(&real))
    }

    /// Whether a folder stands at a path, letter for letter.
    pub fn is_folder(&self, path: &CorpusPath) -> bool {
        self.folders.contains(path) || self.follow(path).is_some_and(|real| self.folders.contains(&real))
    }

    /// Whether a path lies in another repository within this one.
    pub fn is_foreign(&self, path: &CorpusPath) -> bool {
        self.foreign.iter().any(|folder| path.is_within(folder))
    }

    /// The files directly in a folder, sorted.
    pub fn in_folder(&self, folder: &CorpusPath) -> impl Iterator<Item = &CorpusPath> + Clone {
        let index = self.children.get_or_init(|| index(self.files.keys(), |path| path.parent().as_str().to_owned()));
        index.get(folder.as_str()).into_iter().flatten()
    }

    /// Whether a folder has a file of one of these names.
    pub fn has_one(&self, folder: &CorpusPath, names: &[&str]) -> bool {
        names.iter().any(|name| folder.join(name).is_some_and(|path| self.is_file(&path)))
    }

    /// Files and folders that differ from a path only by letter case or Unicode form, sorted.
    pub fn spelled_alike(&self, path: &CorpusPath) -> &[CorpusPath] {
        self.folded().get(&fold(path.as_str())).map_or(&[], Vec::as_slice)
    }

    /// Every set of files and folders that differ from each other only by letter case or Unicode form; each is sorted,
    /// the sets are in no order.
    pub fn alike(&self) -> impl Iterator<Item = &[CorpusPath]> {
        self.folded().values().map(Vec::as_slice).filter(|paths| paths.len() > 1)
    }

    fn folded(&self) -> &HashMap<String, Vec<CorpusPath>> {
        self.folded.get_or_init(|| index(self.files.keys().chain(&self.folders), |path| fold(path.as_str())))
    }

    /// Files with this file name, letter case and Unicode form aside, sorted.
    pub fn named(&self, file_name: &str) -> &[CorpusPath] {
        let index = self.names.get_or_init(|| index(self.files.keys(), |path| fold(path.file_name())));
        index.get(&fold(file_name)).map_or(&[], Vec::as_slice)
    }

    /// Documents and other files whose name differs only in spelling form: case, width, Unicode form, blanks, hyphens
    /// and punctuation (but none between digits, and no `+` or `#`), the extension `.md`, and the folder. Sorted.
    pub fn spelled_like(&self, name: &str) -> &[CorpusPath] {
        let index = self.spellings.get_or_init(|| index(self.files.keys(), |path| letters_of_name(path.file_name())));
        let key = letters_of_name(name.rsplit('/').next().unwrap_or(name));
        if key.is_empty() { &[] } else { index.get(&key).map_or(&[], Vec::as_slice) }
    }

    /// The path with the longest symbolic link at its start replaced by what that stands for.
    fn follow(&self, path: &CorpusPath) -> Option<CorpusPath> {
        if self.aliases.is_empty() {
            return None;
        }
        let mut at = path.clone();
        // A chain of links ends after a few steps, or goes in a circle.
        for _ in 0..=8 {
            let Some(alias) = at.ancestors().find(|above| self.aliases.contains_key(above)) else {
                return (at != *path).then_some(at);
            };
            at = at.rebased(&alias, self.aliases.get(&alias)?)?;
        }
        None
    }
}

fn index<'a>(
    paths: impl Iterator<Item = &'a CorpusPath>,
    key: impl Fn(&CorpusPath) -> String,
) -> HashMap<String, Vec<CorpusPath>> {
    let mut index: HashMap<String, Vec<CorpusPath>> = HashMap::new();
    for path in paths {
        index.entry(key(path)).or_default().push(path.clone());
    }
    for paths in index.values_mut() {
        paths.sort_unstable();
    }
    index
}

/// Letter case and Unicode form aside.
pub(super) fn fold(text: &str) -> String {
    if is_simple(text) {
        return text.to_ascii_lowercase();
    }
    let lower = if is_nfc(text) { text.to_lowercase() } else { text.nfc().collect::<String>().to_lowercase() };
    if is_nfc(&lower) { lower } else { lower.nfc().collect() }
}

/// The name of a file as such are compared by their [`letters`], without the extension `.md`.
fn letters_of_name(file_name: &str) -> String {
    let lower = file_name.to_lowercase();
    letters(lower.strip_suffix(".md").or_else(|| lower.strip_suffix(".markdown")).unwrap_or(&lower))
}

/// A text without what is spelling: letter case, width, Unicode form, blanks, hyphens and punctuation (but none between
/// digits, and no `+` or `#`).
pub fn letters(text: &str) -> String {
    let lower = text.to_lowercase();
    // Characters of ASCII are composed as they stand.
    let characters: Vec<char> = if lower.is_ascii() { lower.chars().collect() } else { lower.nfkc().collect() };
    let is_digit = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
    let counts = |&(at, c): &(usize, char)| {
        let between_digits = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        c.is_alphanumeric() || matches!(c, '+' | '#') || between_digits
    };
    characters.iter().copied().enumerate().filter(counts).map(|(_, c)| c).collect()
}
