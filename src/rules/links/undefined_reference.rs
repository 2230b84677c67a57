//! `undefined-reference`: a reference to a label or footnote that nothing defines.

use std::{cell::LazyCell, collections::HashSet};

use crate::{
    corpus::Corpus,
    document::{Document, Link, LinkKind, Undefined, normalized_label},
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{Span, characters::is_cjk, lines},
    suggest::Suggestions,
};

#[derive(Debug)]
pub(crate) struct UndefinedReference;

/// With fewer definitions, brackets behind brackets are something else more often than not, unless others lead somewhere.
const DEFINITIONS: usize = 2;

const WIDE_COLON: char = '：';

/// What regular expressions exclude, and no footnote is called.
const RANGES: &[&str] = &["0-9", "1-9", "a-z", "A-Z", "a-f", "A-F"];

impl CorpusRule for UndefinedReference {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let mut suggestions = Suggestions::default();
        for document in corpus.documents.iter().filter(|document| !document.facts.undefined.is_empty()) {
            let may_be_found = corpus.settings.may_find_labels(&document.source.path);
            check(document, may_be_found, &mut suggestions, out);
        }
    }
}

/// Looks at one document; `may_be_found` says that labels of links may be defined elsewhere.
fn check(document: &Document, may_be_found: bool, suggestions: &mut Suggestions, out: &mut Findings) {
    let facts = &document.facts;
    let attempts: HashSet<&str> = facts
        .undefined
        .iter()
        .filter(|reference| reference.is_footnote && is_attempt(document, reference))
        .map(|reference| reference.label.as_str())
        .collect();
    let of_others = LazyCell::new(|| foreign_labels(document));
    let has_full = LazyCell::new(|| facts.links.iter().any(|link| is_full(document, link)));
    let referred: HashSet<&str> = facts
        .undefined
        .iter()
        .filter(|reference| reference.is_footnote && !begins_line(document, reference))
        .map(|reference| reference.label.as_str())
        .collect();
    let mut notes = HashSet::new();
    for reference in &facts.undefined {
        let label = reference.label.as_str();
        if is_wide(document, reference) && referred.contains(label) {
            wide(document, reference, out);
            continue;
        }
        let is_meant = if reference.is_footnote {
            // What begins a line and was named before is the note itself, without its colon.
            let is_told = !notes.insert(label) && begins_line(document, reference);
            is_note(document, reference) && !attempts.contains(label) && !is_told
        } else {
            let is_elsewhere = may_be_found || label.contains("::") || of_others.contains(&normalized_label(label));
            let are_usual = || facts.definitions.len() >= DEFINITIONS || (*has_full && is_named(document, reference));
            !is_elsewhere && are_usual() && is_reference(document, reference)
        };
        if !is_meant {
            continue;
        }
        let (key, near) = if reference.is_footnote {
            let labels = facts.footnotes.iter().map(|footnote| footnote.label.as_str());
            ("footnote", suggestions.closest(label, labels).map(|near| format!("[^{near}]")))
        } else {
            let labels = facts.definitions.iter().map(|definition| definition.label.as_str());
            ("link", suggestions.closest(label, labels).map(|near| format!("[{near}]")))
        };
        let finding = out.report(document.at(reference.span), Message::new(key).with("label", label));
        if let Some(near) = near {
            finding.help(Message::new("did-you-mean").with("near", near));
        }
    }
}

/// Whether brackets behind brackets are a link. `dp[i][j]`, `a[0][1][2]` and `[ ][x]` are none, and neither are the options
/// of a command; behind a letter of Han, which no blank need follow, words are.
fn is_reference(document: &Document, reference: &Undefined) -> bool {
    let before = document.source.text[..reference.span.start as usize].chars().next_back();
    let written = document.source.slice(reference.span);
    let has_text = |text: &str| normalized_label(text).chars().any(char::is_alphanumeric);
    let text = written.trim_start_matches('!').split(']').next().unwrap_or_default();
    let is_word = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_index = |c: char| c.is_alphanumeric() || matches!(c, ']' | '_' | ')' | '\\');
    let is_written = before.is_some_and(is_cjk) && is_word(text) && is_word(&reference.label);
    // `acme [--verbose][--quiet] [-o][FILE]`
    let is_option = text.starts_with("[-") || reference.label.starts_with('-');
    (is_written || !before.is_some_and(is_index)) && !is_option && has_text(text) && has_text(&reference.label)
}

/// Whether a label surely is one, though hardly anything is defined: the text before it is several words or says it as well.
/// `[1][2]`, `[FILE][DIR]`, `[INFO][main]` and `[A-Z][a-z]` are none.
fn is_named(document: &Document, reference: &Undefined) -> bool {
    let label = reference.label.to_lowercase();
    let text =
        document.source.slice(reference.span).trim_start_matches(['!', '[']).split(']').next().unwrap_or_default();
    let is_word = label.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let says_it = || text.to_lowercase().contains(&label) && text.len() > label.len();
    is_word && (text.trim().contains(' ') || says_it()) && !RANGES.iter().any(|range| label.contains(range))
}

/// Whether a link is written `[text][label]`.
fn is_full(document: &Document, link: &Link) -> bool {
    let written = document.source.slice(link.span);
    link.kind == LinkKind::Reference && written.contains("][") && !written.ends_with("[]")
}

/// The labels that others define in a way of their own, which is no definition to `CommonMark`: a place of Doxygen,
/// `[a]: @ref b "c"`, or what a shortcode of Hugo makes, `[a]: {{< ref "b" >}}`, with the definitions right below it, which
/// are lines of that paragraph here.
fn foreign_labels(document: &Document) -> HashSet<String> {
    let mut out = HashSet::new();
    let mut is_filled = false;
    for (at, line) in lines(&document.source.text) {
        let definition = line.trim_start().strip_prefix('[').and_then(|line| line.split_once("]:"));
        let target = definition.map_or("", |(_, rest)| rest.trim_start());
        is_filled = target.starts_with("{{") || (is_filled && !target.is_empty());
        if let Some((label, _)) = definition
            && (is_filled || target.starts_with(['@', '\\']))
            && !document.is_in_code(at)
        {
            out.insert(normalized_label(label));
        }
    }
    out
}

/// Whether `[^…]` is a footnote and not what a regular expression excludes, or what quotation marks set apart.
fn is_note(document: &Document, reference: &Undefined) -> bool {
    let label = &reference.label;
    let before = document.source.text[..reference.span.start as usize].chars().next_back();
    let is_name = label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
    let behind = document.source.text[reference.span.end as usize..].chars().next();
    is_name
        && label.chars().any(char::is_alphanumeric)
        && !RANGES.iter().any(|range| label.contains(range))
        && !matches!(behind, Some('+' | '*' | '{'))
        && !(behind == before && matches!(before, Some('"' | '\'')))
}

/// `[^label]:` at the start of a line that the parser reads as text: whoever shows the document may take it for the
/// definition it was meant to be.
fn is_attempt(document: &Document, reference: &Undefined) -> bool {
    document.source.text[reference.span.end as usize..].starts_with([':', WIDE_COLON])
        && begins_line(document, reference)
}

/// Whether the colon of such a line is full-width, which nobody takes for a definition.
fn is_wide(document: &Document, reference: &Undefined) -> bool {
    let behind = &document.source.text[reference.span.end as usize..];
    reference.is_footnote && behind.starts_with(WIDE_COLON) && begins_line(document, reference)
}

/// Reports a definition with a full-width colon.
fn wide(document: &Document, reference: &Undefined, out: &mut Findings) {
    let colon = Span::new(0, WIDE_COLON.len_utf8()).shifted(reference.span.end as usize);
    let behind = &document.source.text[colon.end as usize..];
    let new = if behind.starts_with([' ', '\t']) { ":" } else { ": " };
    let message = Message::new("wide-colon").with("label", &*reference.label);
    let edit = Edit::replace(document.at(colon), new);
    out.report(document.at(reference.span.to(colon)), message).fix(Fix::new("fix", Safety::Unsafe, vec![edit]));
}

/// Whether nothing but marks of containers stands before a reference in its line.
fn begins_line(document: &Document, reference: &Undefined) -> bool {
    let before = document.source.text[..reference.span.start as usize].trim_end_matches(['>', '-', '*', ' ', '\t']);
    before.is_empty() || before.ends_with('\n')
}
