//! `repeated-mark`: a mark stands twice or more in a row.

use super::{
    page::{Look, OfOne, Page},
    profile::Profile,
};
use crate::{
    document::typography::SpotKind,
    finding::{Message, Safety},
};

pub(crate) type RepeatedMark = OfOne<Marks>;

/// Looks for marks in a row.
#[derive(Debug, Default)]
pub(crate) struct Marks;

impl Look for Marks {
    fn look(page: &mut Page<'_>, _: Profile) {
        for spot in page.spots(|kind| kind == SpotKind::Repeated) {
            let range = spot.range();
            let marks = page.text(range.clone());
            let mark: String = marks.chars().take(1).collect();
            let message = Message::new("repeated").with("marks", marks);
            let title = Message::new("fix").with("mark", &mark);
            if page.is_plain(range.clone()) {
                page.report(range.clone(), message, title, Safety::Unsafe, &[(range, &mark)]);
            }
        }
    }
}
