//! A list while its events come in, and the numbers before its items: the parser says where an item is, not what it is
//! called.

use crate::{
    document::{Facts, ListItem, NumberedLine, PlacedLabel},
    numbering::{Label, Number, Numeral, Scheme, System, label, numerals::Class, unmarked},
    source::{Span, line_start, lines},
};

/// In longer items of lists nobody looks for numbers without a mark, in bytes.
const LONGEST_ITEM: usize = 1 << 16;

/// A list whose end has not come yet.
pub(super) struct OpenList {
    /// Which list of the document it is.
    number: u32,
    is_ordered: bool,
    /// How many items of lists stand before it.
    before: usize,
    /// The number of its last item.
    last: Option<u64>,
    has_gap: bool,
}

impl OpenList {
    pub(super) fn new(number: u32, is_ordered: bool, before: usize) -> Self {
        Self { number, is_ordered, before, last: None, has_gap: false }
    }

    /// An item begins, below a heading and in a container: what it is called, if anything.
    pub(super) fn begin_item(
        &mut self,
        text: &str,
        item: Span,
        heading: Option<usize>,
        container: u32,
        facts: &mut Facts,
    ) {
        if self.is_ordered {
            facts.list_items.extend(self.item(text, item, heading, container));
        } else {
            facts.numbered_lines.extend(self.bullet(text, item, heading, container));
        }
    }

    /// An item without order begins: the label that its text begins with, if it is a number with a mark or a sign. A
    /// word like 第三章 may speak of what stands elsewhere.
    fn bullet(&self, text: &str, item: Span, heading: Option<usize>, container: u32) -> Option<NumberedLine> {
        let whole = text.get(item.range())?;
        let inner =
            whole.trim_start_matches([' ', '\t']).strip_prefix(['-', '*', '+'])?.trim_start_matches([' ', '\t']);
        if !inner.starts_with(|c: char| c.is_ascii_digit() || !c.is_ascii()) || !label::may_begin(inner) {
            return None;
        }
        let label = label::parse(inner.lines().next()?)?;
        let is_number = match label.scheme {
            Scheme::Marked('、' | ')', class) | Scheme::Bracketed('(', class) => class.is_plain(),
            Scheme::Sign(_) => true,
            _ => false,
        };
        let label = PlacedLabel::at(label, item.start as usize + whole.len() - inner.len());
        let list = Some(self.number);
        let (is_set_off, is_below, is_bold, is_title) = (false, false, false, false);
        is_number.then_some(NumberedLine { label, heading, container, list, is_set_off, is_below, is_bold, is_title })
    }

    /// An item begins: its number, with its mark.
    fn item(&mut self, text: &str, item: Span, heading: Option<usize>, container: u32) -> Option<ListItem> {
        let whole = text.get(item.range())?;
        let marker = whole.trim_start_matches([' ', '\t']);
        let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
        let mark = marker.as_bytes().get(digits).copied().map(char::from).filter(|mark| matches!(mark, '.' | ')'))?;
        let value = marker[..digits].parse().ok()?;
        let width = if digits > 1 && marker.starts_with('0') { digits } else { 0 };
        let number = Number { numeral: Numeral { system: System::Ascii, value, width }, at: 0..digits };
        let scheme = Scheme::Marked(mark, Class::Arabic);
        let label = Label::new(scheme, &marker[..=digits], vec![number]);
        let label = PlacedLabel::at(label, item.start as usize + whole.len() - marker.len());
        self.has_gap |= self.last.is_some_and(|last| value > last + 1);
        self.last = Some(value);
        Some(ListItem { label, list: self.number, heading, container })
    }

    /// Where numbers of a finished list are left out, adds the lines that begin with them but lack the mark: to the
    /// parser they are text of the item before.
    pub(super) fn add_unmarked(&self, text: &str, items: &mut Vec<ListItem>) {
        if !self.has_gap {
            return;
        }
        let own: Vec<usize> = (self.before..items.len()).filter(|at| items[*at].list == self.number).collect();
        // Each before an item, behind all those of lists inside the one before.
        let found = own.windows(2).map(|pair| (pair[1], unmarked_between(text, &items[pair[0]], &items[pair[1]])));
        let mut found = found.collect::<Vec<_>>().into_iter().peekable();
        for (at, item) in (self.before..).zip(items.split_off(self.before)) {
            while let Some((_, found)) = found.next_if(|(own, _)| *own == at) {
                items.extend(found);
            }
            items.push(item);
        }
    }
}

/// The lines of one item that begin with the numbers that are left out before the next.
fn unmarked_between(text: &str, before: &ListItem, after: &ListItem) -> Vec<ListItem> {
    let value = |item: &ListItem| item.label.label.number();
    let missing = value(before) + 1..value(after);
    let own = before.label.span.start as usize..after.label.span.start as usize;
    if missing.is_empty() || missing.end - missing.start > 9 || own.len() > LONGEST_ITEM {
        return Vec::new();
    }
    let mut found = Vec::new();
    let indent = own.start - line_start(text, own.start);
    for (at, line) in lines(&text[own.clone()]).skip(1) {
        let behind = line.get(indent..);
        let label = behind
            .filter(|behind| behind.starts_with(|c: char| c.is_ascii_digit()) && label::parse(behind).is_none())
            .and_then(unmarked::bare)
            .filter(|label| missing.contains(&label.number()));
        found.extend(
            label.map(|label| ListItem { label: PlacedLabel::at(label, own.start + at + indent), ..before.clone() }),
        );
    }
    found
}
