//! `makeshift-mark`: another mark stands for an ellipsis, dash, middle dot or quotation marks.

use std::ops::Range;

use super::{Look, OfOne, Page, Profile};
use crate::{
    document::typography::SpotKind,
    finding::{Message, Safety},
};

pub(crate) type MakeshiftMark = OfOne<Makeshift>;

/// Looks for marks that stand for others.
#[derive(Debug, Default)]
pub(crate) struct Makeshift;

impl Look for Makeshift {
    fn look(page: &mut Page<'_>, profile: Profile) {
        if profile == Profile::Korean {
            return;
        }
        let is_mark = |kind| {
            matches!(
                kind,
                SpotKind::Dots | SpotKind::Stops | SpotKind::Hyphens | SpotKind::MiddleDot | SpotKind::Quotes
            )
        };
        for (kind, range) in page.spots(is_mark) {
            if kind == SpotKind::Quotes {
                quotes(page, range, profile);
            } else {
                mark(page, kind, range, profile);
            }
        }
    }
}

fn mark(page: &mut Page<'_>, kind: SpotKind, range: Range<usize>, profile: Profile) {
    let mark = page.text(range.clone());
    let is_japanese = profile == Profile::Japanese;
    let (key, right) = match kind {
        SpotKind::Dots | SpotKind::Stops => ("ellipsis", "……"),
        SpotKind::Hyphens if !is_japanese => ("dash", "——"),
        SpotKind::MiddleDot => ("middle-dot", if is_japanese { "・" } else { "·" }),
        _ => return,
    };
    // The mark that Big5 has for names.
    let is_own = profile == Profile::Traditional && mark == "‧";
    let is_foreign = kind == SpotKind::MiddleDot && is_between_kana(page, &range) != is_japanese;
    if mark == right || is_own || is_foreign || !page.is_plain(range.clone()) {
        return;
    }
    let message = Message::new(key).with("mark", mark).with("right", right);
    let title = Message::new("fix").with("right", right);
    page.report(range.clone(), message, title, Safety::Safe, &[(range, right)]);
}

/// Whether katakana stand beside a mark: of a name in Japanese, wherever it stands.
fn is_between_kana(page: &Page<'_>, range: &Range<usize>) -> bool {
    let text = page.document.prose().text();
    let is_kana = |c: Option<char>| c.is_some_and(|c| ('\u{30A0}'..='\u{30FF}').contains(&c));
    is_kana(text[..range.start].chars().next_back()) && is_kana(text[range.end..].chars().next())
}

/// Whether a place stands within 「…」 of its block.
fn is_quoted(page: &Page<'_>, at: usize) -> bool {
    /// A quotation is looked for no farther back, in characters.
    const REACH: usize = 400;
    let prose = page.document.prose();
    let start = prose.block_at(at).map_or(at, |block| prose.range_of(block).start);
    let last = prose.text()[start..at].chars().rev().take(REACH).find(|c| matches!(c, '「' | '」'));
    last == Some('「')
}

fn quotes(page: &mut Page<'_>, range: Range<usize>, profile: Profile) {
    let text = page.shown(range.clone());
    let (open, close) = (range.start..range.start + 1, range.end - 1..range.end);
    if !page.is_plain(open.clone()) || !page.is_plain(close.clone()) {
        return;
    }
    let (left, right) = match profile {
        Profile::Simplified => ("“", "”"),
        // Within a quotation stand the others.
        _ if is_quoted(page, range.start) => ("『", "』"),
        _ => ("「", "」"),
    };
    let quoted = format!("{left}{}{right}", &text[1..text.len() - 1]);
    let message = Message::new("quotes").with("mark", text.into_owned()).with("right", &quoted);
    let title = Message::new("fix").with("right", quoted);
    page.report(range, message, title, Safety::Safe, &[(open, left), (close, right)]);
}
