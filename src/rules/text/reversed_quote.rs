//! `reversed-quote`: two quotation marks stand the wrong way round.

use memchr::memmem;
use serde::Deserialize;

use crate::{
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{DocumentRule, Findings},
    source::characters::is_cjk,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ReversedQuote {}

/// What is quoted is not longer than this, in characters.
const LONGEST: usize = 40;

impl DocumentRule for ReversedQuote {
    fn check(&self, document: &Document, out: &mut Findings) {
        let closing = memmem::Finder::new("”");
        if closing.find(document.source.text.as_bytes()).is_none() {
            return;
        }
        let prose = document.prose();
        let mut until = 0;
        for at in closing.find_iter(prose.text().as_bytes()) {
            let Some(range) = prose.block_at(at).filter(|_| at >= until).map(|block| prose.range_of(block)) else {
                continue;
            };
            until = range.end;
            let text = &prose.text()[range.clone()];
            // Where they differ in number, a quotation may go on from the paragraph before or into the next.
            if text.matches('“').count() != text.matches('”').count() {
                continue;
            }
            let mut depth = 0;
            let mut lone: Option<usize> = None;
            for (at, mark) in text.match_indices(['“', '”']) {
                match (mark, lone) {
                    ("”", _) if depth > 0 => depth -= 1,
                    ("”", _) => lone = Some(at),
                    (_, Some(first)) if is_quoted(&text[first + mark.len()..at]) => {
                        lone = None;
                        let place = |at: usize| prose.editable(range.start + at..range.start + at + mark.len());
                        let (Some(open), Some(close)) = (place(first), place(at)) else { continue };
                        let edits = vec![Edit::replace(document.at(open), "“"), Edit::replace(document.at(close), "”")];
                        let written = document.source.slice(open.to(close)).to_owned();
                        let finding =
                            out.report(document.at(open.to(close)), Message::new("reversed").with("text", written));
                        finding.fix(Fix::new("fix", Safety::Safe, edits));
                    }
                    _ => {
                        lone = None;
                        depth += 1;
                    }
                }
            }
        }
    }
}

/// Whether a text that stands between a closing and an opening mark is what was meant to be quoted: short, and no part
/// of a sentence that goes on.
fn is_quoted(inner: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '《' | '》'));
    let is_short = inner.chars().count() <= LONGEST && inner.contains(is_cjk);
    is_short
        && is_edge(inner.chars().next())
        && is_edge(inner.chars().next_back())
        && !inner.contains(['。', '：', '，', '！', '？', '；', '\n'])
}
