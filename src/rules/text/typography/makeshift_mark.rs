//! `makeshift-mark`: another mark stands for an ellipsis, dash, middle dot or quotation marks.

use std::ops::Range;

use super::{
    page::{Look, OfOne, Page},
    profile::Profile,
};
use crate::{
    document::typography::{Spot, SpotKind},
    finding::{Finding, Message, Safety},
};

pub(crate) type MakeshiftMark = OfOne<Makeshift>;

/// Looks for marks that stand for others.
#[derive(Debug, Default)]
pub(crate) struct Makeshift;

/// The middle dot of names in Big5.
const BIG5: &str = "‧";

impl Look for Makeshift {
    fn look(page: &mut Page<'_>, profile: Profile) {
        if profile == Profile::Korean {
            return;
        }
        let is_mark = |kind| matches!(kind, SpotKind::Dots | SpotKind::Stops | SpotKind::Hyphens | SpotKind::MiddleDot);
        let dot = dot(page, profile);
        for spot in page.spots(is_mark) {
            mark(page, spot, profile, dot);
        }
        let prose = page.document.prose();
        let block = |spot: &Spot| prose.block_at(spot.range().start).map(|block| block.span);
        let spots: Vec<&Spot> = page.spots(|kind| kind == SpotKind::Quotes).collect();
        for spots in spots.chunk_by(|a, b| block(a) == block(b)) {
            let before = page.out.as_mut_slice().len();
            for spot in spots {
                quotes(page, spot, profile);
            }
            settle(&mut page.out.as_mut_slice()[before..]);
        }
    }
}

/// Quotes of a block become others together: where one cannot, the author has to see what is left.
fn settle(quotes: &mut [Finding]) {
    if quotes.iter().any(|finding| finding.fix.is_none()) {
        quotes.iter_mut().flat_map(|finding| &mut finding.fix).for_each(|fix| fix.safety = Safety::Unsafe);
    }
}

/// The middle dot of a document: that of its language, or the one Big5 has for names where the document has it.
fn dot(page: &Page<'_>, profile: Profile) -> &'static str {
    let mut dots = page.spots(|kind| kind == SpotKind::MiddleDot);
    match profile {
        Profile::Japanese => "・",
        Profile::Traditional if dots.any(|spot| page.text(spot.range()) == BIG5) => BIG5,
        _ => "·",
    }
}

fn mark(page: &mut Page<'_>, spot: &Spot, profile: Profile, dot: &'static str) {
    let (kind, range) = (spot.kind, spot.range());
    let mark = page.text(range.clone());
    let is_japanese = profile == Profile::Japanese;
    let (key, right) = match kind {
        SpotKind::Dots | SpotKind::Stops => ("ellipsis", "……"),
        SpotKind::Hyphens if !is_japanese => ("dash", "——"),
        SpotKind::MiddleDot => ("middle-dot", dot),
        _ => return,
    };
    let is_own = profile == Profile::Traditional && matches!(mark, BIG5 | "·");
    let is_foreign = kind == SpotKind::MiddleDot && is_between_kana(page, &range) != is_japanese;
    if mark == right || is_own || is_foreign || !page.is_plain(range.clone()) {
        return;
    }
    let message = Message::new(key).with("mark", mark).with("right", right);
    let title = Message::new("fix").with("right", right);
    page.report(range.clone(), message, title, spot.safety(), &[(range, right)]);
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

fn quotes(page: &mut Page<'_>, spot: &Spot, profile: Profile) {
    let marks = match profile {
        Profile::Simplified => ["“", "”"],
        // Within a quotation stand the others.
        _ if is_quoted(page, spot.range().start) => ["『", "』"],
        _ => ["「", "」"],
    };
    page.enclose(spot, marks, |text, new| Message::new("quotes").with("mark", text).with("right", new), "right");
}
