//! Where documents are called by name in the text of others and no link leads there: `a.md 第四节`, 《甲》第四节.

use std::collections::{BTreeMap, HashMap};

use memchr::memmem;

use super::Corpus;
use crate::{
    document::{self, Document},
    source::{FileId, Span},
};

/// The documents that call another one, each with the places in order.
pub(super) type Callers = BTreeMap<FileId, Vec<Span>>;

/// Longer names are not looked for, in characters.
const LONGEST: usize = 64;

/// So many places of a document that call another one are looked at.
const MANY: usize = 64;

/// What stands in no name of a file, or hardly.
fn ends_name(c: char) -> bool {
    matches!(c, '/' | '\\' | '\n' | '|' | '(' | ')' | '[' | ']' | '<' | '>' | '"' | '`')
        || matches!(c, '（' | '）' | '《' | '》' | '「' | '」' | '“' | '”' | '，' | '。' | '；' | '、')
}

/// What the title of a work stands in.
const TITLES: [(&str, char); 2] = [("《", '》'), ("『", '』')];

impl Corpus {
    /// The documents that call another one by the name of its file, or between 《》 by its title, each with the places in order.
    /// What two documents are called names neither.
    pub fn callers(&self, file: FileId) -> impl Iterator<Item = (FileId, &[Span])> {
        let index = self.callers.get_or_init(|| {
            let names = Names::of(&self.documents);
            let mut index: HashMap<FileId, Callers> = HashMap::new();
            for document in &self.documents {
                for (called, at) in names.calls(&document.source.text).filter(|(file, _)| *file != document.file) {
                    let places = index.entry(called).or_default().entry(document.file).or_default();
                    if places.len() < MANY {
                        places.push(at);
                    }
                }
            }
            index.values_mut().flat_map(BTreeMap::values_mut).for_each(|places| places.sort_unstable());
            index
        });
        index.get(&file).into_iter().flatten().map(|(from, places)| (*from, places.as_slice()))
    }
}

/// What documents are called: none, where that is two of them.
struct Names {
    /// The names of files, in lower case.
    files: HashMap<String, Option<FileId>>,
    /// The length of the longest one, in bytes.
    longest: usize,
    titles: HashMap<String, Option<FileId>>,
}

impl Names {
    fn of<'a>(documents: impl IntoIterator<Item = &'a std::sync::Arc<Document>>) -> Self {
        let mut names = Self { files: HashMap::new(), longest: 0, titles: HashMap::new() };
        let note = |known: &mut HashMap<String, Option<FileId>>, name: String, file: FileId| {
            known.entry(name).and_modify(|other| *other = None).or_insert(Some(file));
        };
        for document in documents {
            let name = document.source.path.file_name().to_lowercase();
            names.longest = names.longest.max(name.len());
            note(&mut names.files, name, document.file);
            if let Some((title, _)) = document::title(document) {
                note(&mut names.titles, document::folded(title), document.file);
            }
        }
        names
    }

    /// The documents that a text calls, and where.
    fn calls<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (FileId, Span)> + 'a {
        let files = memmem::find_iter(text.as_bytes(), ".md").filter_map(|at| self.file_at(text, at));
        let titles = TITLES.into_iter().flat_map(move |(open, close)| {
            memmem::find_iter(text.as_bytes(), open).filter_map(move |at| {
                let start = at + open.len();
                let title = text[start..].char_indices().take(LONGEST).find(|(_, c)| *c == close);
                let span = Span::new(start, start + title?.0);
                let named = self.titles.get(&document::folded(&text[span.start as usize..span.end as usize]))?;
                named.map(|file| (file, span))
            })
        });
        files.chain(titles)
    }

    /// The file whose name ends with the extension at a place: the longest one, which does not begin within a word.
    fn file_at(&self, text: &str, extension: usize) -> Option<(FileId, Span)> {
        let length = text[extension + 1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        let end = extension + 1 + length;
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let starts = text[..extension].char_indices().rev().take(LONGEST);
        let starts = starts.take_while(|(start, c)| !ends_name(*c) && end - start <= self.longest);
        let starts = starts.map(|(start, _)| start);
        let begins =
            starts.filter(|&start| !text[..start].ends_with(is_of_word) || !text[start..].starts_with(is_of_word));
        let found = begins.filter_map(|start| Some((*self.files.get(&text[start..end].to_lowercase())?, start)));
        found.last().and_then(|(file, start)| Some((file?, Span::new(start, end))))
    }
}
