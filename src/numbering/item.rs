//! What an outline is judged by.

use super::label::Label;

/// A place in an outline that may carry a label.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Index of the enclosing item; always smaller than this one's.
    pub parent: Option<usize>,
    /// What holds the item besides: items of different groups are never siblings.
    pub group: u32,
    /// The section it stands in, where sections are no items themselves. Numbers may go on from one to the next, as
    /// they may from parent to parent.
    pub section: u32,
    /// Whether it is set in bold; labels that are and those that are not are like those of different schemes.
    pub is_bold: bool,
    /// The label, where there is one.
    pub label: Option<Label>,
    /// Where it is a further part of an item before it: which one, and the label, which is that one's.
    pub part: Option<(usize, Label)>,
    /// From which number to which it stands for those besides its own: `第三条至第五条`, `Day 4 (no Day 3)`.
    pub covers: Option<(u64, u64)>,
    /// Whether nobody can tell how it counts: it may be a further part of the item before that has its number, or a number
    /// behind another word stands between it and the next.
    pub is_unclear: bool,
    /// The number it begins with where that makes no label: [`super::unmarked::bare`].
    pub unmarked: Option<Label>,
    /// Whether something that is no item stands directly before it.
    pub is_set_off: bool,
    /// Numbers that the text begins with or names beside its label, though they make no label: `3.运行`, `2. & 3. y`.
    pub hints: Vec<u64>,
}

/// What siblings have in common: group, section and parent.
pub(super) type Siblings = (u32, u32, Option<usize>);

impl Item {
    /// What it has in common with its siblings.
    pub(super) fn siblings(&self) -> Siblings {
        (self.group, self.section, self.parent)
    }
}
