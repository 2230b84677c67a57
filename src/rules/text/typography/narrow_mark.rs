//! `narrow-mark`: a mark of ASCII where a full-width one is meant.

use super::{
    page::{Look, OfOne, Page},
    profile::Profile,
};
use crate::{
    document::typography::{Spot, SpotKind},
    finding::{Message, Safety},
    source::characters::is_cjk,
};

pub(crate) type NarrowMark = OfOne<Narrow>;

/// Looks for marks of ASCII.
#[derive(Debug, Default)]
pub(crate) struct Narrow;

impl Look for Narrow {
    fn look(page: &mut Page<'_>, profile: Profile) {
        if profile == Profile::Korean {
            return;
        }
        for spot in page.spots(|kind| matches!(kind, SpotKind::Narrow | SpotKind::Brackets)) {
            if spot.kind == SpotKind::Narrow {
                mark(page, spot, profile);
            } else {
                page.enclose(spot, ["（", "）"], brackets, "wide");
            }
        }
    }
}

/// The full-width form of a mark. Japanese has its own comma, and no semicolon.
fn wide(mark: &str, profile: Profile) -> Option<&'static str> {
    Some(match (mark, profile) {
        (",", Profile::Japanese) => "、",
        (";", Profile::Japanese) => return None,
        (",", _) => "，",
        (";", _) => "；",
        (".", _) => "。",
        (":", _) => "：",
        ("!", _) => "！",
        ("?", _) => "？",
        _ => return None,
    })
}

fn mark(page: &mut Page<'_>, spot: &Spot, profile: Profile) {
    let range = spot.range();
    let text = page.text(range.clone());
    let mark = text.trim_end();
    let Some(wide) = wide(mark, profile).filter(|_| page.is_plain(range.clone())) else { return };
    let message = Message::new("narrow").with("mark", mark).with("wide", wide);
    let title = Message::new("fix").with("wide", wide);
    // Between letters a full stop may as well part the names of a person, or of a module and what is in it.
    let is_inside = mark == "." && page.text(range.end..range.end + '中'.len_utf8()).starts_with(is_cjk);
    let safety = if is_inside { Safety::Unsafe } else { spot.safety() };
    // In Japanese a full-width blank sets apart what follows on these.
    let right = match wide {
        "！" if profile == Profile::Japanese && mark.len() < text.len() => "！\u{3000}",
        "？" if profile == Profile::Japanese && mark.len() < text.len() => "？\u{3000}",
        _ => wide,
    };
    let changes = [(range.clone(), right)];
    page.report(range, message, title, safety, if spot.is_partial { &[] } else { &changes });
}

fn brackets(text: &str, wide: &str) -> Message {
    Message::new("brackets").with("text", text).with("wide", wide)
}
