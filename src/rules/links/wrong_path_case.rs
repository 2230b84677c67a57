//! `wrong-path-case`: a link's path differs from the existing one by letter case or Unicode form.

use crate::{
    corpus::{Corpus, Destination, Resolution, Target},
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{CorpusRule, Findings},
    source::{CorpusPath, Span, percent_decode, percent_encode},
};

#[derive(Debug)]
pub(crate) struct WrongPathCase;

impl CorpusRule for WrongPathCase {
    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        for (document, destination) in corpus.doubtful() {
            let Resolution::Found(target @ Target { written: Some(written), .. }) = destination.resolution else {
                continue;
            };
            let same_letters = written.as_str().to_lowercase() == target.path.as_str().to_lowercase();
            let message = Message::new(if same_letters { "case" } else { "form" });
            let message = message.with("path", written.as_str()).with("actual", target.path.as_str());
            let finding = out.report(document.at(destination.span), message).concerns(target.path.clone());
            if corpus.is_read_elsewhere(document) {
                continue;
            }
            let title = Message::new("fix").with("actual", target.path.as_str());
            let edits = if corpus.is_behind_word(document, &destination) {
                let own = &document.source.path;
                let text = corpus.respell(document, &destination, own, &target.path, &corpus.paths);
                text.map(|text| Edit::replace(document.at(destination.span), text)).into_iter().collect()
            } else {
                edits(document, &destination, &target.path)
            };
            finding.fix(Fix::new(title, Safety::Safe, edits));
        }
    }
}

/// Replaces the components that differ. They are compared from the end, since `..` and `.` may stand in front.
fn edits(document: &Document, destination: &Destination<'_>, actual: &CorpusPath) -> Vec<Edit> {
    let raw = document.source.slice(destination.span);
    if raw != destination.target {
        // Escapes or entities stand in the way of saying which bytes are which.
        return Vec::new();
    }
    let path = &raw[..raw.find(['#', '?']).unwrap_or(raw.len())];
    let mut out = Vec::new();
    let whole = path.trim_end_matches('/').len();
    let mut end = whole;
    let written = path.rsplit('/').skip_while(|part| part.is_empty());
    let page = actual.file_stem();
    for (part, actual) in written.zip(actual.as_str().rsplit('/')) {
        let start = end - part.len();
        if matches!(part, "" | "." | "..") {
            break;
        }
        // A page of a site is written without the extension of its document, or with `.html`.
        let is_page = end == whole && CorpusPath::new(actual).is_some_and(|actual| actual.is_markdown());
        let (part, actual) = match part.strip_suffix(".html") {
            Some(bare) if is_page => (bare, page),
            None if is_page && !part.contains('.') => (part, page),
            _ => (part, actual),
        };
        if percent_decode(part) != actual {
            let encoded = part.contains('%');
            let text = if encoded || actual.contains(' ') && !is_bracketed(document, destination.span) {
                percent_encode(actual, encoded && part.is_ascii())
            } else {
                actual.to_owned()
            };
            let at = Span::new(start, start + part.len()).shifted(destination.span.start as usize);
            out.push(Edit::replace(document.at(at), text));
        }
        end = start.saturating_sub(1);
    }
    out
}

/// Whether the destination stands in angle brackets, where blanks are allowed.
fn is_bracketed(document: &Document, span: Span) -> bool {
    document.source.text[..span.start as usize].ends_with('<')
}
