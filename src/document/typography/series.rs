//! Commas of a series, which are of one kind.

use super::{
    pass::Pass,
    spot::{Spot, SpotKind},
};

/// What stands in a series is not longer than this, in characters: a clause is.
const LONGEST: usize = 4;

impl Pass<'_> {
    /// Looks at the commas of the block that were found, which are among the spots behind so many: where one of their
    /// series was not, since Latin stands beside it (`歌曲,mv,专辑,歌单`), the others become another mark only along
    /// with it, as the author does it.
    pub(super) fn settle_series(&mut self, before: usize) {
        let is_comma = |spot: &&Spot| spot.kind == SpotKind::Narrow && self.text[spot.range()].starts_with(',');
        let mut commas: Vec<usize> =
            self.out.spots[before..].iter().filter(is_comma).map(|spot| spot.range().start).collect();
        commas.sort_unstable();
        let mut partial = Vec::new();
        for series in commas.chunk_by(|&a, &b| self.next_comma(a) == Some(b)) {
            let ends =
                [series.first().and_then(|&at| self.last_comma(at)), series.last().and_then(|&at| self.next_comma(at))];
            if ends.iter().any(Option::is_some) {
                partial.extend(series);
            }
        }
        for spot in &mut self.out.spots[before..] {
            spot.is_partial |= spot.kind == SpotKind::Narrow && partial.binary_search(&spot.range().start).is_ok();
        }
    }

    /// The comma before one, if they part things of a series.
    fn last_comma(&self, at: usize) -> Option<usize> {
        let before = &self.text[self.start..at];
        let item: usize = before.chars().rev().take(LONGEST).take_while(|&c| is_item(c)).map(char::len_utf8).sum();
        let rest = &before[..before.len() - item];
        let rest = rest.strip_suffix(' ').unwrap_or(rest);
        (item > 0 && rest.ends_with(',')).then(|| self.start + rest.len() - 1)
    }

    /// The comma behind one.
    fn next_comma(&self, at: usize) -> Option<usize> {
        let behind = &self.text[at + 1..];
        let rest = behind.strip_prefix(' ').unwrap_or(behind);
        let item: usize = rest.chars().take(LONGEST).take_while(|&c| is_item(c)).map(char::len_utf8).sum();
        (item > 0 && rest[item..].starts_with(',')).then(|| self.text.len() - rest.len() + item)
    }
}

fn is_item(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}
