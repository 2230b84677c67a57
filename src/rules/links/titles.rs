//! What documents are called and are about, as the texts of links are held against it.

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

/// Documents by their titles; `None` where several have one.
pub(super) type Titled = HashMap<String, Option<FileId>>;

pub(super) fn titled(corpus: &Corpus) -> Titled {
    let mut titled = Titled::new();
    let titles = corpus.map(|document| Some((compared(title(document)?.0), document.file)));
    for (title, file) in titles.into_iter().flatten().filter(|(title, _)| is_telling(title)) {
        titled.entry(title).and_modify(|only| *only = None).or_insert(Some(file));
    }
    titled
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
