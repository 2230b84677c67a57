//! `unresolved-conflict`: marks of a merge conflict were left in a document.

use crate::{
    document::{CONFLICT_BEGINS, CONFLICT_ENDS, Document},
    finding::Message,
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug)]
pub(crate) struct UnresolvedConflict;

impl DocumentRule for UnresolvedConflict {
    fn check(&self, document: &Document, out: &mut Findings) {
        let mut begins = document.conflict_marks(CONFLICT_BEGINS).peekable();
        let mut ends = document.conflict_marks(CONFLICT_ENDS).peekable();
        while let Some(begin) = begins.next() {
            while let Some(end) = ends.next_if(|end| end.start < begin.start) {
                report_lone(document, end, out);
            }
            let is_own = |end: &Span| begins.peek().is_none_or(|next| end.start < next.start);
            match ends.next_if(is_own) {
                Some(end) => {
                    out.report(document.at(begin), mark("conflict", document, begin)).related(document.at(end), "end");
                }
                None => report_lone(document, begin, out),
            }
        }
        ends.for_each(|end| report_lone(document, end, out));
    }
}

/// One side of what was resolved by half, if its name is one that git gives: without the other mark it may be anything.
fn report_lone(document: &Document, at: Span, out: &mut Findings) {
    let name = document.source.slice(at)[CONFLICT_BEGINS.len()..].trim_start();
    let is_commit = |word: &str| word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_branch = !name.contains(' ') && name.contains('/') && name.is_ascii();
    let is_known = matches!(name, "HEAD" | "Updated upstream" | "Stashed changes" | "main" | "master");
    if is_known || is_branch || name.split([' ', ':']).next().is_some_and(is_commit) || name.starts_with("HEAD:") {
        out.report(document.at(at), mark("half", document, at));
    }
}

fn mark(key: &'static str, document: &Document, at: Span) -> Message {
    Message::new(key).with("mark", document.source.slice(at))
}
