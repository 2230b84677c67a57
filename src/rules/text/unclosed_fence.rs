//! `unclosed-fence`: a code block has no closing fence.

use std::ops::Range;

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
        let mut is_told = false;
        for fence in &document.facts.fences {
            let written = document.source.slice(fence.span).trim_end();
            let first = written.lines().next().unwrap_or_default();
            let start = fence.span.start as usize;
            let at = document.at(Span::new(start, start + first.trim_end().len()));
            if !is_closed(written, first) {
                // What was to close a block that another one closes opens one.
                if is_told && first.trim_matches(['`', '~', ' ']).is_empty() {
                    continue;
                }
                let ends_text = document.source.text[fence.span.end as usize..].trim().is_empty();
                out.report(at, if ends_text { "to-the-end" } else { "with-its-container" });
            } else if let Some(inner) = opening_inside(written, first) {
                let inner = document.at(Span::from(inner).shifted(start));
                out.report(at, "before-another").related(inner, "another");
                is_told = true;
            }
        }
    }
}

/// Where another fence opens within a block, which would have closed it but for the language behind it.
fn opening_inside(written: &str, first: &str) -> Option<Range<usize>> {
    let mark = first.chars().next()?;
    let count = |line: &str| line.chars().take_while(|&c| c == mark).count();
    let mut at = 0;
    written.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let inner = line.trim_start_matches([' ', '>']);
        let language = inner.trim_start_matches(mark).trim_end();
        let is_language = language.starts_with(|c: char| c.is_ascii_alphabetic())
            && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#_".contains(&byte));
        let from = start + line.len() - inner.len();
        (start > 0 && count(inner) >= count(first) && is_language).then(|| from..start + line.trim_end().len())
    })
}

/// Whether the last line of a block is a closing fence for its first.
fn is_closed(written: &str, first: &str) -> bool {
    let Some(mark) = first.chars().next() else { return true };
    let count = |line: &str| line.chars().take_while(|&c| c == mark).count();
    let Some((_, last)) = written.rsplit_once('\n') else { return false };
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    count(last) >= count(first) && last.chars().all(|c| c == mark)
}
