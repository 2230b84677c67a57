//! Numbers that stand where no text is: before list items, and in HTML.

use super::walk::Walk;
use crate::{
    document::{Caption, ListItem, NumberedLine, PlacedLabel, Swallowed},
    numbering::{Label, Number, Numeral, Scheme, System, caption, label, numerals::Class, unmarked},
    source::{Span, lines},
};

/// Elements whose text may be a caption.
const CAPTIONED: &[&str] =
    &["p", "center", "figcaption", "caption", "div", "em", "strong", "b", "i", "span", "font", "small"];

/// In longer items of lists nobody looks for numbers without a mark, in bytes.
const LONGEST_ITEM: usize = 1 << 16;

/// Where elements begin and end whose content shows as it is written, or not at all.
const VERBATIM: &[(&str, &str)] =
    &[("<pre", "</pre"), ("<script", "</script"), ("<style", "</style"), ("<textarea", "</textarea")];

/// A list whose end has not come yet.
pub(super) struct OpenList {
    /// Which list of the document it is.
    number: u32,
    pub(super) is_ordered: bool,
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

    /// An item without order begins: the label that its text begins with, if it is a number with a mark or a sign. A
    /// word like 第三章 may speak of what stands elsewhere.
    pub(super) fn bullet(
        &self,
        text: &str,
        item: Span,
        heading: Option<usize>,
        container: u32,
    ) -> Option<NumberedLine> {
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
        let label = placed(label, item.start as usize + whole.len() - inner.len());
        let list = Some(self.number);
        let (is_set_off, is_below, is_bold, is_title) = (false, false, false, false);
        is_number.then_some(NumberedLine { label, heading, container, list, is_set_off, is_below, is_bold, is_title })
    }

    /// An item begins: its number, with its mark.
    pub(super) fn item(&mut self, text: &str, item: Span, heading: Option<usize>, container: u32) -> Option<ListItem> {
        let whole = text.get(item.range())?;
        let marker = whole.trim_start_matches([' ', '\t']);
        let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
        let mark = marker.as_bytes().get(digits).copied().map(char::from).filter(|mark| matches!(mark, '.' | ')'))?;
        let value = marker[..digits].parse().ok()?;
        let width = if digits > 1 && marker.starts_with('0') { digits } else { 0 };
        let number = Number { numeral: Numeral { system: System::Ascii, value, width }, at: 0..digits };
        let scheme = Scheme::Marked(mark, Class::Arabic);
        let label = Label { scheme, text: marker[..=digits].to_owned(), numbers: vec![number], other: None };
        let label = placed(label, item.start as usize + whole.len() - marker.len());
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
        let is_own = |&at: &usize| items[at].list == self.number;
        let own: Vec<usize> = (self.before..items.len()).rev().filter(is_own).collect();
        for pair in own.windows(2) {
            let found = unmarked_between(text, &items[pair[1]], &items[pair[0]]);
            // Behind all items of lists inside the one before.
            items.splice(pair[0]..pair[0], found);
        }
    }
}

/// The lines of one item that begin with the numbers that are left out before the next.
fn unmarked_between(text: &str, before: &ListItem, after: &ListItem) -> Vec<ListItem> {
    let value = |item: &ListItem| item.label.label.last().numeral.value;
    let missing = value(before) + 1..value(after);
    let own = before.label.span.start as usize..after.label.span.start as usize;
    if missing.is_empty() || missing.end - missing.start > 9 || own.len() > LONGEST_ITEM {
        return Vec::new();
    }
    let mut found = Vec::new();
    let indent = own.start - text[..own.start].rfind('\n').map_or(0, |end| end + 1);
    for (at, line) in lines(&text[own.clone()]).skip(1) {
        let behind = line.get(indent..);
        let label = behind
            .filter(|behind| behind.starts_with(|c: char| c.is_ascii_digit()) && label::parse(behind).is_none())
            .and_then(unmarked::bare)
            .filter(|label| missing.contains(&label.last().numeral.value));
        found.extend(label.map(|label| ListItem { label: placed(label, own.start + at + indent), ..before.clone() }));
    }
    found
}

impl Walk<'_> {
    /// Captions, and headings that a block of HTML swallows.
    pub(super) fn numbers_in_html(&mut self, block: Span) {
        let Some(container) = self.containers.last() else { return };
        let html = self.text.get(block.range()).unwrap_or_default();
        let is_quoted = container.is_quote;
        for (label, is_caption) in in_html(html, block.start as usize) {
            if is_caption {
                self.facts.captions.push(Caption { label, is_quoted });
            } else {
                self.facts.html_labels.push(label);
            }
        }
        let headings = &self.facts.headings;
        for (level, label, span) in swallowed(html, block.start as usize) {
            let Some(label) = label else {
                self.facts.swallowed_unnumbered.extend((level > 1).then_some(span));
                continue;
            };
            let parent = container.open.iter().rev().find(|&&open| headings[open].level < level).copied();
            self.facts.swallowed.push(Swallowed { label, span, parent, container: container.id });
        }
    }
}

/// The labels that texts in HTML begin with, and whether each is a caption's; the HTML begins `base` bytes into the file.
fn in_html<'a>(html: &'a str, base: usize) -> impl Iterator<Item = (PlacedLabel, bool)> + use<'a> {
    let mut open = None;
    let texts = html.match_indices(['<', '>']).filter_map(move |(at, sign): (usize, &'a str)| {
        if sign == "<" {
            open = Some(at);
            return None;
        }
        // Every text is looked at once, behind the tag that ends before it.
        let tag = &html[open.take()? + 1..at];
        let text = html[at + 1..].split('<').next()?;
        let begin = text.trim_start();
        (!begin.is_empty()).then(|| (tag, at + 1 + text.len() - begin.len(), begin))
    });
    let first = move |tag: &str, at: usize, text: &str| {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let may_be_caption =
            || CAPTIONED.iter().any(|known| known.eq_ignore_ascii_case(name)) && caption::may_begin(text);
        let caption = Some(text).filter(|_| may_be_caption()).and_then(caption::parse);
        let caption = caption.filter(|label| !caption::is_prose(text, label));
        let is_caption = caption.is_some();
        Some((placed(caption.or_else(|| label::parse(text))?, base + at), is_caption))
    };
    // Further lines would be items of a list behind a blank line.
    let further = move |at: usize, text: &'a str| {
        let lines = text.match_indices('\n').map(move |(end, _)| (at + end + 1, &text[end + 1..]));
        let items = lines.filter(|(_, line)| line.starts_with(|c: char| c.is_ascii_digit()));
        items.filter_map(move |(at, line)| Some((placed(label::parse(line)?, base + at), false)))
    };
    texts.flat_map(move |(tag, at, text)| first(tag, at, text).into_iter().chain(further(at, text)))
}

/// Whether a line of HTML leaves an element of [`VERBATIM`] open, if it begins or ends one.
fn opens_verbatim(line: &str) -> Option<bool> {
    let line = line.to_ascii_lowercase();
    let opened = VERBATIM.iter().filter_map(|(open, _)| line.rfind(open)).max();
    let closed = VERBATIM.iter().filter_map(|(_, close)| line.rfind(close)).max();
    opened.or(closed).map(|_| opened > closed)
}

/// Lines in a block of HTML that would be headings behind a blank line: level, label, and the line.
fn swallowed(html: &str, base: usize) -> Vec<(u8, Option<PlacedLabel>, Span)> {
    let is_declaration = || ["<!", "<?"].iter().any(|start| html.trim_start().starts_with(start));
    if !html.contains("\n#") || html.contains("<!--") || is_declaration() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut is_verbatim = false;
    for (at, line) in lines(html) {
        let level = line.bytes().take_while(|&byte| byte == b'#').count();
        let rest = &line[level..];
        let text = rest.trim_start_matches([' ', '\t']);
        if at > 0 && !is_verbatim && (1..=6).contains(&level) && text.len() < rest.len() && !text.trim_end().is_empty()
        {
            let span = Span::new(at, at + line.trim_end().len()).shifted(base);
            let label = label::parse(text.trim_end()).map(|label| placed(label, base + at + line.len() - text.len()));
            out.push((u8::try_from(level).unwrap_or(6), label, span));
        }
        is_verbatim = opens_verbatim(line).unwrap_or(is_verbatim);
    }
    out
}

/// A label read from the bytes at a place of the file.
fn placed(label: Label, at: usize) -> PlacedLabel {
    let numbers = label.numbers.iter().map(|number| Span::from(number.at.clone()).shifted(at)).collect();
    PlacedLabel { numbers, span: Span::new(at, at + label.text.len()), label }
}
