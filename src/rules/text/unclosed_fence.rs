//! `unclosed-fence`: a code block has no closing fence.

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
    }
}
