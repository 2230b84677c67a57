//! `unclosed-fence`: a code block has no closing fence.

use serde::Deserialize;

use crate::{
    document::{Document, Unclosed},
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnclosedFence {}

impl DocumentRule for UnclosedFence {
    fn check(&self, document: &Document, out: &mut Findings) {
        let mut is_told = false;
        for (fence, fault) in document.unclosed_fences() {
            let first = document.source.slice(fence.span).lines().next().unwrap_or_default().trim_end();
            let start = fence.span.start as usize;
            let at = document.at(Span::new(start, start + first.len()));
            if let Unclosed::BeforeAnother(inner) = fault {
                out.report(at, "before-another").related(document.at(inner), "another");
                is_told = true;
                continue;
            }
            // What was to close a block that another one closes opens one.
            if !(is_told && first.trim_matches(['`', '~', ' ']).is_empty()) {
                out.report(at, if fault == Unclosed::ToTheEnd { "to-the-end" } else { "with-its-container" });
            }
        }
    }
}
