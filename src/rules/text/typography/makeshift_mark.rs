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

fn quotes(page: &mut Page<'_>, range: Range<usize>, profile: Profile) {
    let text = page.shown(range.clone());
    let (open, close) = (range.start..range.start + 1, range.end - 1..range.end);
    if !page.is_plain(open.clone()) || !page.is_plain(close.clone()) {
        return;
    }
    let (left, right) = if profile == Profile::Simplified { ("“", "”") } else { ("「", "」") };
    let quoted = format!("{left}{}{right}", &text[1..text.len() - 1]);
    let message = Message::new("quotes").with("mark", text.into_owned()).with("right", &quoted);
    let title = Message::new("fix").with("right", quoted);
    page.report(range, message, title, Safety::Safe, &[(open, left), (close, right)]);
}
