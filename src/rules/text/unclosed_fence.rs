//! `unclosed-fence`: a code block has no closing fence, or a comment no end.

use crate::{
    document::{Document, Unclosed},
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug)]
pub(crate) struct UnclosedFence;

impl DocumentRule for UnclosedFence {
    fn check(&self, document: &Document, out: &mut Findings) {
        // How many blocks another one closes; what was to close such a one opens one, which is no fault of its own.
        let mut told = 0usize;
        for (fence, fault) in document.unclosed_fences() {
            let first = document.source.slice(fence.span).lines().next().unwrap_or_default().trim_end();
            let start = fence.span.start as usize;
            let at = document.at(Span::new(start, start + first.len()));
            if let Unclosed::BeforeAnother(inner) = fault {
                out.report(at, "before-another").related(document.at(inner), "another");
                told += 1;
                continue;
            }
            if told > 0 && first.trim_matches(['`', '~', ' ']).is_empty() {
                told -= 1;
                continue;
            }
            out.report(at, if fault == Unclosed::ToTheEnd { "to-the-end" } else { "with-its-container" });
        }
        if let Some(comment) = unended_comment(document) {
            out.report(document.at(comment), "comment");
        }
    }
}

/// The first line of a comment that hides all that follows. One that ends with its own paragraph may be a note.
fn unended_comment(document: &Document) -> Option<Span> {
    let block = *document.facts.html.last()?;
    let text = document.source.slice(block).trim_start();
    let is_last = || document.source.text[block.end as usize..].trim().is_empty();
    if !text.starts_with("<!--") || text.contains("-->") || !is_last() {
        return None;
    }
    let mut lines = text.trim_end().lines();
    let first = lines.next()?.trim_end();
    let start = block.end as usize - text.len();
    lines.any(|line| line.trim().is_empty()).then(|| Span::new(start, start + first.len()))
}
