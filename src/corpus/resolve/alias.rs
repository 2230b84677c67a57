//! Words before paths that the build of a site reads: `@/posts/a.md`, `{filename}/a.md`.

use super::Settings;
use crate::{
    corpus::{Builder, docusaurus},
    source::CorpusPath,
};

/// What the documents of Zola begin with in paths.
const ZOLA: &str = "@/";

/// The same for the folder of `docfx.json`.
const DOCFX: &str = "~/";

/// What Pelican reads before the path of a file.
const FILES: &[&str] = &["filename", "static", "attach"];

/// The same before the name of a page that it makes.
const PAGES: &[&str] = &["tag", "category", "author", "index"];

/// How a path begins, and the folder that the rest is read from.
pub(in crate::corpus) struct Alias<'p> {
    word: &'p str,
    folder: CorpusPath,
    /// Whether the folder moves with the document.
    is_relative: bool,
}

impl<'p> Alias<'p> {
    /// What a path in a document begins with, if anything reads it there.
    pub(in crate::corpus) fn of(settings: &Settings, from: &CorpusPath, path: &'p str) -> Option<Self> {
        let root = |builder| settings.build_of(from, builder).and_then(|build| build.sources.first().cloned());
        let rooted = |end: usize, folder| Some(Self { word: &path[..end], folder, is_relative: false });
        if path.starts_with(docusaurus::ALIAS) {
            return rooted(docusaurus::ALIAS.len(), settings.site.folder().clone())
                .filter(|_| settings.is_docusaurus());
        }
        if path.starts_with(ZOLA) {
            return rooted(ZOLA.len(), root(Builder::Zola)?);
        }
        if path.starts_with(DOCFX) {
            return rooted(DOCFX.len(), root(Builder::DocFx)?);
        }
        let end = word_of_pelican(path, FILES)?;
        let content = root(Builder::Pelican)?;
        if path[end..].starts_with('/') {
            return rooted(end + 1, content);
        }
        Some(Self { word: &path[..end], folder: from.parent(), is_relative: true })
    }

    /// Where a path leads that begins so.
    pub(super) fn read(&self, path: &str) -> Option<CorpusPath> {
        self.folder.join(&path[self.word.len()..])
    }

    /// How the path of a file or folder is written so.
    pub(in crate::corpus) fn write(&self, to: &CorpusPath) -> Option<String> {
        let is_possible = self.is_relative || to.is_within(&self.folder);
        is_possible.then(|| format!("{}{}", self.word, to.relative_to(&self.folder)))
    }
}

/// Whether a path begins with a word that only a build reads, which may not be seen here. The paths of Zola's documents
/// are known where it is.
pub(super) fn is_of_unseen(settings: &Settings, from: &CorpusPath, path: &str) -> bool {
    word_of_pelican(path, FILES).or_else(|| word_of_pelican(path, PAGES)).is_some()
        || (path.starts_with(ZOLA) && settings.build_of(from, Builder::Zola).is_none())
}

/// Where such a word ends: `{filename}`, or `|filename|` as it was written once.
fn word_of_pelican(path: &str, words: &[&str]) -> Option<usize> {
    let (rest, end) =
        path.strip_prefix('{').map(|rest| (rest, '}')).or(path.strip_prefix('|').map(|rest| (rest, '|')))?;
    let word = &rest[..rest.find(end)?];
    words.contains(&word).then_some(word.len() + 2)
}
