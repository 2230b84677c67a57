//! Numbers that stand where no text is: before list items, and in HTML.

use crate::{
    document::{ListItem, PlacedLabel},
    numbering::{Label, Number, Numeral, Scheme, System, caption, label, numerals::Class},
    source::Span,
};

/// Elements whose text may be a caption.
const CAPTIONED: &[&str] =
    &["p", "center", "figcaption", "caption", "div", "em", "strong", "b", "i", "span", "font", "small"];

/// Elements whose content is not read as Markdown even behind a blank line.
const VERBATIM: &[&str] = &["<pre", "<script", "<style", "<textarea", "<!", "<?"];

/// The number of an item of an ordered list, with its mark.
pub(super) fn of_item(text: &str, item: Span) -> Option<PlacedLabel> {
    let whole = text.get(item.range())?;
    let marker = whole.trim_start_matches([' ', '\t']);
    let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
    let mark = marker.as_bytes().get(digits).copied().map(char::from).filter(|mark| matches!(mark, '.' | ')'))?;
    let value = marker[..digits].parse().ok()?;
    let width = if digits > 1 && marker.starts_with('0') { digits } else { 0 };
    let number = Number { numeral: Numeral { system: System::Ascii, value, width }, at: 0..digits };
    let scheme = Scheme::Marked(mark, Class::Arabic);
    let label = Label { scheme, text: marker[..=digits].to_owned(), numbers: vec![number], other: None };
    Some(placed(label, item.start as usize + whole.len() - marker.len()))
}

/// Where numbers of a list are left out, adds the lines that begin with them but lack the mark: to the parser they are
/// text of the item before.
pub(super) fn add_unmarked(text: &str, list: u32, items: &mut Vec<ListItem>) {
    let own: Vec<usize> =
        items.iter().enumerate().rev().filter(|(_, item)| item.list == list).map(|(at, _)| at).collect();
    for pair in own.windows(2) {
        let (after, before) = (&items[pair[0]], &items[pair[1]]);
        let value = |item: &ListItem| item.label.label.last().numeral.value;
        let missing = value(before) + 1..value(after);
        if missing.is_empty() || missing.end - missing.start > 9 {
            continue;
        }
        let mut found = Vec::new();
        let mut at = before.label.span.start as usize;
        let column = |at: usize| at - text[..at].rfind('\n').map_or(0, |end| end + 1);
        let indent = column(at);
        for line in text[at..after.label.span.start as usize].split_inclusive('\n') {
            let own = line.get(indent..).filter(|_| at > before.label.span.start as usize);
            let label = own
                .filter(|own| label::parse(own).is_none())
                .and_then(label::bare)
                .filter(|label| missing.contains(&label.last().numeral.value));
            let is_at_margin = own.is_some_and(|own| own.starts_with(|c: char| c.is_ascii_digit()));
            found.extend(label.filter(|_| is_at_margin).map(|label| placed(label, at + indent)));
            at += line.len();
        }
        let item = |label: PlacedLabel| ListItem { label, ..before.clone() };
        let found: Vec<ListItem> = found.into_iter().map(item).collect();
        // Behind all items of lists inside the one before.
        items.splice(pair[0]..pair[0], found);
    }
}

/// The labels of captions in HTML that begins `base` bytes into the file.
pub(super) fn captions(html: &str, base: usize) -> impl Iterator<Item = PlacedLabel> {
    let texts = html.match_indices('>').filter_map(move |(close, _)| {
        let tag = &html[html[..close].rfind('<')? + 1..close];
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let text = html[close + 1..].split('<').next()?;
        let begin = text.trim_start();
        let is_caption = caption::may_begin(begin)
            && CAPTIONED.iter().any(|known| known.eq_ignore_ascii_case(name))
            && !begin.trim_end().ends_with(['。', '；', ';', '，', ',']);
        is_caption.then(|| (close + 1 + text.len() - begin.len(), begin))
    });
    texts.filter_map(move |(at, text)| Some(placed(caption::parse(text)?, base + at)))
}

/// Lines in a block of HTML that would be numbered headings behind a blank line: level, label, and the line.
pub(super) fn swallowed(html: &str, base: usize) -> Vec<(u8, PlacedLabel, Span)> {
    let lower = html.trim_start().get(..10).unwrap_or_default().to_ascii_lowercase();
    if !html.contains("\n#") || VERBATIM.iter().any(|start| lower.starts_with(start)) || html.contains("<!--") {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut at = 0;
    for line in html.split_inclusive('\n') {
        let level = line.bytes().take_while(|&byte| byte == b'#').count();
        let rest = &line[level..];
        let text = rest.trim_start_matches([' ', '\t']);
        if at > 0
            && (1..=6).contains(&level)
            && text.len() < rest.len()
            && let Some(label) = label::parse(text.trim_end())
        {
            let span = Span::new(at, at + line.trim_end().len()).shifted(base);
            let label = placed(label, base + at + line.len() - text.len());
            out.push((u8::try_from(level).unwrap_or(6), label, span));
        }
        at += line.len();
    }
    out
}

/// A label read from the bytes at a place of the file.
fn placed(label: Label, at: usize) -> PlacedLabel {
    let numbers = label.numbers.iter().map(|number| Span::from(number.at.clone()).shifted(at)).collect();
    PlacedLabel { numbers, span: Span::new(at, at + label.text.len()), label }
}
