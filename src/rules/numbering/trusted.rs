//! Whether a repair of numbers can be trusted without the author, whatever speaks of them.

use super::fault::{Found, Outline, section_of};
use crate::{
    document::{Document, ListItem, Numbered, numbered_label},
    numbering::{Change, Scheme, caption, titled},
};

/// Longer sections are not compared, in bytes.
const LONGEST: usize = 1 << 14;

/// So many captions before and behind one are those around it.
const NEAR: usize = 200;

impl Found<'_> {
    /// Whether a repair can be trusted without the author, whatever speaks of it.
    pub(super) fn is_trusted(&self) -> bool {
        let (document, place, _) = self.spot(self.first());
        !self.is_pasted()
            && match place {
                Numbered::Headings => {
                    self.fault.certain
                        && matches!(self.outline, Outline::Of(..))
                        && !self.has_answers(document)
                        && !self.is_foreign()
                }
                // What looks like a caption among others may be a sentence.
                Numbered::Captions => self.fault.certain && self.are_set_off_alike() && !self.is_foreign(),
                // In running text a number may well be meant as it stands: a tie, a verse, an answer to a question.
                Numbered::Lines => false,
                // What stands behind the first item of a list does not show.
                Numbered::ListItems => {
                    let items = &document.facts.list_items;
                    let is_first = |at: usize| at == 0 || items[at - 1].list != items[at].list;
                    let is_own = |change: &Change| !is_first(change.item) && !begins_anew(document, change.item);
                    self.fault.run.iter().all(is_own)
                        && self.fault.run.last().is_some_and(|last| is_followed(document, last))
                }
            }
    }

    /// Whether the text may speak of the numbers in ways that are not known.
    fn is_foreign(&self) -> bool {
        let (document, place, at) = self.spot(self.first());
        let is_foreign = if place == Numbered::Captions { caption::is_foreign } else { titled::is_foreign };
        numbered_label(document, place, at).is_some_and(|placed| is_foreign(&placed.label))
    }

    /// Whether questions are numbered whose answers are as well: `Q2：…` and `A2：…` stay together.
    fn has_answers(&self, document: &Document) -> bool {
        let (_, place, at) = self.spot(self.first());
        let is_question = numbered_label(document, place, at)
            .is_some_and(|placed| placed.label.scheme == Scheme::Counted("Q".to_owned()));
        let is_answer = |line: &str| {
            let rest = line.trim_start_matches(['*', '#', '>', '-', ' ']).strip_prefix('A');
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        is_question && document.source.text.lines().any(is_answer)
    }

    /// Whether the first label has a twin with the same text behind it, or below it where both have no title: then one of the
    /// two is too many, and to count them would hide that.
    fn is_pasted(&self) -> bool {
        let says = |text: &&str| text.contains(char::is_alphanumeric);
        let text = |item: usize| {
            let (document, place, at) = self.spot(item);
            let behind = document.source.text.get(numbered_label(document, place, at)?.span.end as usize..)?;
            let title = behind.lines().next().filter(says);
            let below = || section_of(document, at).filter(|own| place == Numbered::Headings && own.len() < LONGEST);
            let text = title.or_else(|| Some(document.source.slice(below()?)))?;
            Some(text.trim()).filter(says)
        };
        text(self.first()).is_some_and(|own| self.fault.see.iter().any(|&twin| text(twin) == Some(own)))
    }

    /// Whether all captions around one that count the same thing have a sign behind their labels, or none has.
    fn are_set_off_alike(&self) -> bool {
        let (document, _, first) = self.spot(self.first());
        let captions = &document.facts.captions;
        let counted = |at: usize| caption::counted(&captions[at].label.label);
        let is_signed = |at: usize| {
            let behind = document.source.text.get(captions[at].label.span.end as usize..).unwrap_or_default();
            caption::is_signed(behind)
        };
        let own = counted(first);
        let near = first.saturating_sub(NEAR)..captions.len().min(first + NEAR);
        let mut alike = near.filter(|&at| counted(at) == own).map(is_signed);
        alike.next().is_none_or(|one| alike.all(|other| other == one))
    }
}

/// Whether the item of a list behind the last one that changes has a higher number, or begins anew. Where all have one
/// number, not one of them is wrong.
fn is_followed(document: &Document, last: &Change) -> bool {
    let items = &document.facts.list_items;
    let next = (last.item + 1..items.len()).take(NEAR).find(|at| items[*at].list == items[last.item].list);
    next.is_none_or(|at| {
        let number = items[at].label.label.number();
        last.values.last().is_some_and(|own| number > *own) || begins_anew(document, at)
    })
}

/// Whether numbers begin anew at 0 or 1 with an item behind a blank line, and count on from there: its author meant another
/// list, which `CommonMark` makes one with the list before.
fn begins_anew(document: &Document, at: usize) -> bool {
    let items = &document.facts.list_items;
    let own = &items[at];
    let value = |item: &ListItem| item.label.label.number();
    let mut before = items[..at].iter().rev().take(NEAR).filter(|item| item.list == own.list);
    let mut behind = items[at + 1..].iter().take(NEAR).filter(|item| item.list == own.list);
    let begins = value(own) <= 1
        && before.next().is_some_and(|before| value(own) <= value(before))
        && behind.next().is_some_and(|next| value(next) == value(own) + 1);
    let above = || {
        let before = &document.source.text[..own.label.span.start as usize];
        let above = before.rsplit_once('\n').map_or("", |(above, _)| above);
        above.rsplit_once('\n').map_or(above, |(_, line)| line)
    };
    begins && above().trim_matches(['>', ' ', '\t', '\r']).is_empty()
}
