//! What the build of a site puts into a document besides what is written there.

use std::{iter, sync::LazyLock};

use aho_corasick::{AhoCorasick, Input, MatchKind};
use memchr::memmem;
use regex::Regex;

use super::Document;
use crate::source::{Span, floor};

/// How includes of other files begin: of pymdownx (`--8<--`), MDX, mdBook, Jekyll and its kin, Hugo, `VitePress`, `VuePress`,
/// and `DocFX`. What follows is read by hand, since to compile one pattern for all of it takes longer than many a run.
static OPENERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let openers = ["8<-", "import", "{{#", "{%", "{{<", "{{%", "<!--", "!!!", "[!INCLUDE"];
    // Of this kind, since only then many bytes are looked at together.
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(openers).ok()
});

/// Where a text includes other files.
fn includes(text: &str) -> impl Iterator<Item = usize> {
    let mut from = 0;
    iter::from_fn(move || {
        loop {
            let found = OPENERS.as_ref()?.find(Input::new(text).range(from..))?;
            let is_one = is_include(text, found.start());
            from = if is_one { found.end() } else { found.start() + 1 };
            if is_one {
                return Some(found.start());
            }
        }
    })
}

/// Whether what opens at a place includes a file.
fn is_include(text: &str, at: usize) -> bool {
    const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];
    const BLANKS: [char; 2] = [' ', '\t'];
    let rest = &text[at..];
    let behind = |opener: &str| rest.strip_prefix(opener);
    let has_one =
        |rest: &str, words: &[&str]| words.iter().any(|word| rest.trim_start_matches(SPACES).starts_with(word));
    if let Some(behind) = behind("8<-") {
        let before = text[..at].trim_end_matches('-');
        let ends = behind.trim_start_matches('-').chars().next().is_none_or(char::is_whitespace);
        before.len() < at && ends && begins_line(before.trim_end_matches(BLANKS))
    } else if let Some(behind) = behind("import") {
        let import = behind.strip_prefix(BLANKS).map(|import| &import[..floor(import, LONGEST)]);
        begins_line(&text[..at]) && import.is_some_and(imports_document)
    } else if let Some(behind) = behind("{{#") {
        let behind = behind.strip_prefix("include").or_else(|| behind.strip_prefix("template"));
        behind.is_some_and(|behind| behind.starts_with(SPACES))
    } else if let Some(behind) = behind("{%") {
        has_one(behind.strip_prefix('-').unwrap_or(behind), &["include"])
    } else if let Some(behind) = behind("{{<").or_else(|| behind("{{%")) {
        has_one(behind, &["include", "readfile", "embed", "snippet"])
    } else if let Some(behind) = behind("<!--") {
        has_one(behind, &["@include:"])
    } else if let Some(behind) = behind("!!!") {
        let behind = behind.trim_start_matches(BLANKS).strip_prefix("include");
        behind.is_some_and(|behind| behind.trim_start_matches(BLANKS).starts_with('('))
    } else {
        let behind = behind("[!INCLUDE").unwrap_or_default();
        !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    }
}

/// Whether what stands behind a text begins a line.
fn begins_line(before: &str) -> bool {
    matches!(before.as_bytes().last(), None | Some(b'\n'))
}

/// Where a document does, and does not only speak of it.
fn own_includes(document: &Document) -> impl Iterator<Item = usize> {
    includes(&document.source.text).filter(|&at| !document.is_in_code(at))
}

/// Whether an import in MDX is that of another document: `Part from './_part.mdx'`, over several lines or not.
fn imports_document(import: &str) -> bool {
    let Some((before, quoted)) = import.split_once(['"', '\'']) else { return false };
    let path = quoted.split(['"', '\'', '\n']).next().unwrap_or_default();
    let is_document = |(stem, extension): (&str, &str)| !stem.is_empty() && matches!(extension, "md" | "mdx");
    before.trim_end().ends_with("from") && path.rsplit_once('.').is_some_and(is_document)
}

/// How `VitePress` and `VuePress` put code of a file into a page, if it is seen from there.
static SNIPPET: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)^[ \t]*<<<[ \t]*\.").ok());

/// The tag of a component, `<ApiIndex />` or `<api-index>`, which is none of HTML.
static COMPONENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"<(?:[A-Z][a-z][A-Za-z0-9]*|[a-z][a-z0-9]*(?:-[a-z0-9]+)+)[\s/>]").ok());

/// Where mkdocstrings or mkdocs-click put what they make of a program: `::: package.module`, as a heading or not.
static OBJECT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^[ \t]*(?:#{1,6} +)?::: ?[A-Za-z_][A-Za-z0-9_.:-]*[ \t]*\r?$").ok());

/// What a document includes, as far as it says.
#[derive(Debug, Default)]
pub(crate) struct Included {
    /// The paths of files, as they are written.
    pub(crate) files: Vec<String>,
    /// Whether there is more that nobody can look up: a heading is filled in by a template, all there is is a component,
    /// or what is included has no path.
    pub(crate) is_open: bool,
    /// Whether a plugin of `MkDocs` would document objects of a program in it; to others it is a container.
    pub(crate) has_objects: bool,
}

impl Included {
    pub(super) fn of(document: &Document) -> Self {
        let facts = &document.facts;
        let text = &*document.source.text;
        let mut out = Self {
            files: Vec::new(),
            is_open: facts.headings.iter().any(|heading| heading.text.contains("{{"))
                || (facts.headings.is_empty() && outside_code(document, COMPONENT.as_ref()).next().is_some()),
            has_objects: memmem::find(text.as_bytes(), b":::").is_some()
                && outside_code(document, OBJECT.as_ref()).any(|at| !begins_container(&text[at..])),
        };
        for file in written(document) {
            match file {
                Some(path) => out.files.push(path.to_owned()),
                None => out.is_open = true,
            }
        }
        out.files.sort_unstable();
        out.files.dedup();
        out
    }
}

/// The path of each file that is put into a document, as it is written, if it is.
fn written(document: &Document) -> impl Iterator<Item = Option<&str>> {
    let fences = document.facts.fences.iter().filter_map(|fence| fence.info.strip_prefix("{include}"));
    in_text(document).chain(fences.map(|path| Some(path.trim())))
}

/// The same, without what fences name: parts of the text.
fn in_text(document: &Document) -> impl Iterator<Item = Option<&str>> {
    let text = &*document.source.text;
    let mut is_open = false;
    own_includes(document).flat_map(move |at| {
        let line = text[at..floor(text, at + LONGEST)].lines().next().unwrap_or_default();
        if !line.starts_with("8<") || line.trim_end().ends_with(|c: char| c != '-') {
            return vec![path(text, at)];
        }
        // One such line opens a list of files, and the next one closes it.
        is_open = !is_open;
        if is_open { listed(&text[at + line.len()..]) } else { Vec::new() }
    })
}

/// The files that pymdownx includes from the lines between two marks. What begins with a semicolon is left out.
fn listed(text: &str) -> Vec<Option<&str>> {
    let Some(end) = text.find("8<-") else { return vec![None] };
    let lines = text[..end].lines().map(|line| line.trim().trim_end_matches('-'));
    let files = lines.filter(|line| !line.is_empty() && !line.starts_with(';'));
    files.map(|line| if line.contains("://") { None } else { path(line, 0) }).collect()
}

/// The paths of the files that a document includes, as they are written.
pub(super) fn files(document: &Document) -> impl Iterator<Item = &str> {
    written(document).flatten()
}

/// Whether a line that begins with colons begins a box, as other sites have them.
fn begins_container(text: &str) -> bool {
    const BOXES: &[&str] =
        &["note", "tip", "info", "warning", "danger", "caution", "important", "details", "success", "question"];
    let name = text.trim_start_matches([' ', '\t', '#', ':']).split_whitespace().next();
    name.is_some_and(|name| BOXES.contains(&name))
}

/// Where a pattern matches in the text of a document. What stands in code is only spoken of.
fn outside_code<'a>(document: &'a Document, pattern: Option<&'a Regex>) -> impl Iterator<Item = usize> + 'a {
    let found = pattern.into_iter().flat_map(move |pattern| pattern.find_iter(&document.source.text));
    found.map(|found| found.start()).filter(move |&at| !document.is_in_code(at))
}

/// More of an include is not read, in bytes.
const LONGEST: usize = 500;

/// The path in an include: the first word with a dot in it, without the range of lines or the part that may follow it;
/// `DocFX` puts a title before it.
fn path(text: &str, at: usize) -> Option<&str> {
    let line = text[at..floor(text, at + LONGEST)].lines().next().unwrap_or_default();
    let rest = if line.starts_with("[!") { line.split_once("](")?.1 } else { line };
    let mut words = rest.split(|c: char| c.is_whitespace() || "\"'()[]{}<>;,".contains(c));
    let word = words.find(|word| word.contains('.') && word.contains(char::is_alphanumeric))?;
    // A comment may end right behind it.
    let word = if line.starts_with("<!--") { word.trim_end_matches("--") } else { word };
    let end = word.find(['#', ':']).unwrap_or(word.len());
    Some(&word[..end]).filter(|path| !path.is_empty())
}

/// The paths in the includes of a document and of code in it, where they stand, in order.
pub(super) fn places(document: &Document) -> Vec<Span> {
    let text = &*document.source.text;
    let snippets = outside_code(document, SNIPPET.as_ref()).map(|at| path(text, at));
    let paths = in_text(document).chain(snippets).flatten();
    let mut places: Vec<Span> = paths.map(|path| Span::of_part(path, text)).collect();
    places.sort_unstable();
    places
}

/// The paths of the files that `VitePress` puts into a document, as far as they are seen from its folder or from that of the
/// site.
pub(super) fn parts(document: &Document) -> Vec<&str> {
    let text = &*document.source.text;
    let find = |mark: &'static str| memmem::find_iter(text.as_bytes(), mark);
    let snippets = find("<<<").filter(|&at| begins_line(text[..at].trim_end_matches([' ', '\t'])));
    // There are few of them, and many comments.
    let comments = find("@include:").filter_map(|at| {
        let before = text[..at].trim_end_matches([' ', '\t', '\r', '\n']);
        before.ends_with("<!--").then(|| before.len() - "<!--".len())
    });
    let all = snippets.chain(comments).filter(|&at| !document.is_in_code(at)).filter_map(|at| path(text, at));
    // What a program fills in is no path yet.
    let is_seen =
        |path: &&str| ["./", "../", "@/"].iter().any(|way| path.starts_with(way)) && !path.contains(['$', '*']);
    all.filter(is_seen).collect()
}

/// The names of the files that a document includes or speaks of including.
pub(super) fn names(document: &Document) -> impl Iterator<Item = &str> {
    let text = &*document.source.text;
    includes(text).filter_map(|at| path(text, at)?.trim_start_matches('@').rsplit('/').next())
}
