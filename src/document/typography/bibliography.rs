//! Entries of a bibliography, which the standards of China and Japan write with marks of ASCII.

use super::pass::Pass;
use crate::document::prose::Kind;

/// The signs of GB/T 7714 for kinds of works.
const WORKS: &[&str] = &["M", "C", "N", "J", "D", "R", "S", "P", "Z", "DB", "CP", "EB"];

impl Pass<'_> {
    /// Whether the block is an entry, or holds one: `[1] 李四. 深度学习[J].`. It is asked of blocks where a mark was found
    /// only, and looks through each once.
    pub(super) fn is_reference(&mut self) -> bool {
        let (text, start, pieces) = (self.text, self.start, self.pieces);
        *self.is_reference.get_or_insert_with(|| {
            let breaks = pieces.iter().filter(|piece| matches!(piece.kind, Kind::SoftBreak | Kind::HardBreak));
            let mut lines = std::iter::once(start).chain(breaks.map(|piece| piece.text().end));
            lines.any(|line| begins_entry(&text[line..])) || text[start..].split('[').skip(1).any(names_work)
        })
    }
}

/// `[1] `: a number that others refer to.
fn begins_entry(line: &str) -> bool {
    let Some(number) = line.trim_start().strip_prefix('[') else { return false };
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < number.len() && rest.starts_with(']')
}

/// What stands behind a bracket: `J]`, `EB/OL]`.
fn names_work(rest: &str) -> bool {
    let sign = rest.find(']').map(|end| &rest[..end]);
    let kind = sign.and_then(|sign| sign.split('/').next());
    kind.is_some_and(|kind| WORKS.contains(&kind))
}
