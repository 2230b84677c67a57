//! What documents are called and are about, as the texts of links are held against it.

use std::sync::OnceLock;

use memchr::memchr2;

use crate::{
    corpus::{Corpus, letters},
    document::{Document, folded, title},
    source::{
        FileId,
        hash::{HashMap, HashMapExt},
    },
};

/// A text without the marks of emphasis and code, as titles are compared.
pub(super) fn compared(text: &str) -> String {
    match memchr2(b'`', b'*', text.as_bytes()) {
        Some(_) => folded(&text.replace(['`', '*'], "")),
        None => folded(text),
    }
}

/// Whether one text says the other as well: `术语表` and `TiCDC 术语表`.
pub(super) fn overlap(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}

/// What stands alone under a title; `None` where several have it.
type Titled<T> = HashMap<String, Option<T>>;

fn titled<T>(all: impl Iterator<Item = (String, T)>) -> Titled<T> {
    let mut titled = Titled::new();
    for (title, own) in all {
        titled.entry(title).and_modify(|only| *only = None).or_insert(Some(own));
    }
    titled
}

/// The titles of documents and of their sections.
pub(super) struct Titles {
    documents: Titled<FileId>,
    /// By document; made when a link first asks.
    sections: Vec<OnceLock<Titled<usize>>>,
}

impl Titles {
    pub(super) fn of(corpus: &Corpus) -> Self {
        let titles = corpus.map(|document| Some((compared(title(document)?.0), document.file)));
        let documents = titled(titles.into_iter().flatten().filter(|(title, _)| is_telling(title)));
        Self { documents, sections: corpus.documents.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The only document of a title that is telling.
    pub(super) fn document(&self, title: &str) -> Option<FileId> {
        self.documents.get(title).copied().flatten()
    }

    /// The only section of a document that has a title.
    pub(super) fn section(&self, document: &Document, title: &str) -> Option<usize> {
        let sections = self.sections[document.file.index()].get_or_init(|| {
            let all = document.facts.headings.iter().enumerate().filter(|(_, heading)| heading.container == 0);
            titled(all.map(|(at, heading)| (compared(&heading.text), at)))
        });
        sections.get(title).copied().flatten()
    }
}

/// Whether a title says so much that a link with this text can hardly mean something else: two words, or four letters that
/// are not of ASCII.
fn is_telling(title: &str) -> bool {
    let wide = title.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    wide >= 4 || title.split_whitespace().nth(1).is_some()
}

/// What a document is about, as titles are compared: put together once, for many links may lead to it.
pub(super) struct About {
    title: Option<String>,
    /// One to a line.
    headings: String,
    /// The letters and digits of its name.
    name: String,
}

impl About {
    pub(super) fn of(document: &Document) -> Self {
        let headings: Vec<String> = document.facts.headings.iter().map(|heading| compared(&heading.text)).collect();
        Self {
            title: title(document).map(|(title, _)| compared(title)),
            headings: headings.join("\n"),
            name: letters(document.source.path.file_stem()),
        }
    }

    pub(super) fn says(&self, text: &str) -> bool {
        self.title.as_ref().is_some_and(|title| overlap(text, title))
            || self.headings.contains(text)
            || self.name.contains(&letters(text))
    }
}
