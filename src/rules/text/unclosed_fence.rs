//! `unclosed-fence`: a code block has no closing fence.

use serde::Deserialize;

use crate::{
    document::Document,
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnclosedFence {}

impl DocumentRule for UnclosedFence {
    fn check(&self, document: &Document, out: &mut Findings) {
        for fence in &document.facts.fences {
            let written = document.source.slice(fence.span).trim_end();
            let first = written.lines().next().unwrap_or_default();
            if !is_closed(written, first) {
                let start = fence.span.start as usize;
                let at = Span::new(start, start + first.trim_end().len());
                let ends_text = document.source.text[fence.span.end as usize..].trim().is_empty();
                out.report(document.at(at), if ends_text { "to-the-end" } else { "with-its-container" });
            }
        }
    }
}

/// Whether the last line of a block is a closing fence for its first.
fn is_closed(written: &str, first: &str) -> bool {
    let Some(mark) = first.chars().next() else { return true };
    let count = |line: &str| line.chars().take_while(|&c| c == mark).count();
    let Some((_, last)) = written.rsplit_once('\n') else { return false };
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    count(last) >= count(first) && last.chars().all(|c| c == mark)
}
