//! `inconsistent-spacing`: blanks between Chinese or Japanese and Latin are not set as elsewhere.

use std::ops::Range;

use serde::Deserialize;

use super::{
    blanks::{Blanks, Side, is_item},
    majority::{Count, Verdict},
    page::{Page, each, gather},
    profile::{Blank, Profile},
};
use crate::{
    corpus::Corpus,
    document::{
        Document,
        prose::BlockKind,
        typography::{Border, Meets, SpotKind, Word},
    },
    finding::{Message, Safety},
    rule::{CorpusRule, Findings},
    source::hash::{HashSet, HashSetExt},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InconsistentSpacing {
    profile: Option<Profile>,
    blank: Option<Blank>,
}

/// For each of [`Meets`], whether blanks are to be set.
type Verdicts = [Option<Verdict>; 3];

impl CorpusRule for InconsistentSpacing {
    fn gather(&self, document: &Document) {
        gather(document, self.profile);
    }

    fn check(&self, corpus: &Corpus, out: &mut Findings) {
        let Some(profile) = self.profile.filter(|&profile| profile != Profile::Korean) else { return };
        let is_japanese = profile == Profile::Japanese;
        let blank = self.blank.unwrap_or(if is_japanese { Blank::Forbid } else { Blank::Majority });
        // Guidelines for Chinese write dates either way.
        let of_dates = if is_japanese { blank } else { Blank::Majority };
        let is_own = |document: &Document| document.language() == profile.language();
        let counts = corpus.map(|document| if is_own(document) { count(document) } else { Default::default() });
        let counts = counts.into_iter().reduce(|a, b| std::array::from_fn(|at| a[at].and(b[at]))).unwrap_or_default();
        let verdicts: Verdicts = [
            Verdict::of(blank, counts[Meets::Letter as usize]),
            Verdict::of(blank, counts[Meets::Digit as usize]),
            Verdict::of(of_dates, counts[Meets::Date as usize]),
        ];
        let look = |page: &mut Page<'_>| {
            if verdicts.iter().any(Option::is_some) {
                let document = page.document;
                let goes = |border: Border| verdicts[border.meets as usize].as_ref().is_some_and(|it| !it.is_spaced);
                let mut blanks = Blanks::new(document, goes);
                for (at, word) in document.typography().words.iter().enumerate() {
                    judge(page, word, &verdicts, |side| blanks.stays(at, side));
                }
            }
            for spot in page.spots(|kind| kind == SpotKind::Blank) {
                beside_mark(page, spot.range().start, is_japanese);
            }
        };
        each(corpus, profile, look, out);
    }
}

fn count(document: &Document) -> [Count; 3] {
    let (prose, mut seen) = (document.prose(), HashSet::new());
    let mut counts = [Count::default(); 3];
    let block = |word: &Word| prose.block_at(word.span.range().start);
    for words in document.typography().words.chunk_by(|a, b| block(a) == block(b)) {
        // A generated list of changes has one heading over and over.
        let heading = block(&words[0]).filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        if heading.is_some_and(|heading| !seen.insert(prose.text_of(heading))) {
            continue;
        }
        for border in words.iter().flat_map(|word| [word.before, word.after]).flatten() {
            counts[border.meets as usize].add(border.is_spaced);
        }
    }
    counts
}

fn judge(page: &mut Page<'_>, word: &Word, verdicts: &Verdicts, mut stays: impl FnMut(Side) -> bool) {
    let mut wrong = |border: Border, side: Side| {
        let verdict = verdicts[border.meets as usize].as_ref()?;
        let is_wrong = verdict.is_spaced != border.is_spaced && !(border.is_spaced && stays(side));
        is_wrong.then_some((border, verdict))
    };
    let before = word.before.and_then(|border| wrong(border, Side::Before));
    let after = word.after.and_then(|border| wrong(border, Side::Behind));
    let Some((first, verdict)) = before.or(after) else { return };
    let Range { start, end } = word.span.range();
    let prose = page.document.prose().text();
    let neighbour = |c: Option<char>| c.map_or(0, char::len_utf8);
    let blank = |border: Option<Border>| usize::from(border.is_some_and(|border| border.is_spaced));
    let (left, right) = (start - blank(word.before), end + blank(word.after));
    let lead = left - word.before.map_or(0, |_| neighbour(prose[..left].chars().next_back()));
    let trail = right + word.after.map_or(0, |_| neighbour(prose[right..].chars().next()));
    let mut changes = Vec::new();
    let gaps = [(before, left..start), (after, end..right)];
    for (border, range) in gaps {
        if let Some((border, _)) = border {
            changes.push((range, if border.is_spaced { "" } else { " " }));
        }
    }
    let fixed = page.changed(lead..trail, &changes);
    let key = if first.is_spaced { "surplus" } else { "missing" };
    let message = Message::new(key).with("text", &prose[lead..trail]).with("fixed", &fixed);
    let (title, why) = (Message::new("fix").with("fixed", fixed), verdict.why.clone());
    if let Some(finding) = page.report(start..end, message, title, Safety::Safe, &changes) {
        finding.help = why;
    }
}

fn beside_mark(page: &mut Page<'_>, at: usize, is_japanese: bool) {
    let prose = page.document.prose().text();
    let (Some(before), Some(after)) = (prose[..at].chars().next_back(), prose[at + 1..].chars().next()) else { return };
    let is_mark = |c: char| !c.is_alphanumeric();
    let mark = if is_mark(before) { before } else { after };
    // Japanese sets a full-width blank there, and people set another.
    let is_meant = (is_japanese && matches!(before, '！' | '？')) || is_item(&prose[at + 1..]);
    if is_meant || !page.is_plain(at - before.len_utf8()..at + 1 + after.len_utf8()) {
        return;
    }
    let message = Message::new("mark").with("mark", mark.to_string());
    page.report(at..at + 1, message, "fix-mark".into(), Safety::Safe, &[(at..at + 1, "")]);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::count;
    use crate::{
        document::{Document, Flavor, typography::Meets},
        source::{CorpusPath, FileId, Source},
    };

    #[test]
    fn a_heading_that_is_repeated_counts_once() {
        let path = CorpusPath::new("a.md").expect("a path");
        let text = "# Fix 修复\n\n用 Go 写。\n\n# Fix 修复\n\n用 Go 写。\n\n# Fix 修复\n";
        let document = Document::parse(FileId::from_index(0), Arc::new(Source::new(path, text)), Flavor::GitHub);
        assert_eq!(count(&document)[Meets::Letter as usize].spaced, 5);
    }
}
