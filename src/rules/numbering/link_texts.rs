//! The texts of links to a heading whose number changes: they follow, or their author has to look at them.

use super::{
    fault::{Changed, Found},
    spoken::rewritten,
};
use crate::{
    corpus::Reference,
    document::{Document, Heading, Link, LinkKind, Numbered, PlacedLabel},
    finding::Edit,
    numbering::{Number, mention, numerals},
    source::{Location, Span},
};

/// More texts of a link are not read, in bytes.
const LONGEST: usize = 300;

/// To a heading with more links than this nobody looks one by one.
const MOST: usize = 1_000;

/// What the text of a link says of the heading that it leads to.
enum Said {
    /// Its number, at these places.
    Number(Vec<Number>),
    /// Perhaps its number.
    Perhaps(Span),
    Nothing,
}

impl<'a> Found<'a> {
    /// The edits to the texts of links to a heading that name its number, and the places that may.
    pub(super) fn link_texts(&self, changed: &Changed<'a, '_>, placed: &PlacedLabel) -> (Vec<Edit>, Vec<Location>) {
        let (mut edits, mut unclear) = (Vec::new(), Vec::new());
        let &Changed { document, place, at, change } = changed;
        let Some(heading) = document.facts.headings.get(at).filter(|_| place == Numbered::Headings) else {
            return (edits, unclear);
        };
        let references = self.corpus.references(document.file, at);
        if references.len() > MOST {
            unclear.push(document.at(heading.span));
            return (edits, unclear);
        }
        for reference in references {
            let Some(from) = self.corpus.document(reference.from) else { continue };
            for link in self.links(from, reference).filter(|link| !link.is_image) {
                match said(from, link, heading, placed) {
                    Said::Number(numbers) => match rewritten(from, &numbers, &placed.label, change) {
                        Some(own) => edits.extend(own),
                        None => unclear.push(from.at(link.span)),
                    },
                    Said::Perhaps(place) => unclear.push(from.at(place)),
                    Said::Nothing => {}
                }
            }
        }
        (edits, unclear)
    }

    /// The links that lead where a reference does: itself, or those that name its definition.
    fn links(&self, from: &'a Document, reference: &Reference) -> impl Iterator<Item = &'a Link> {
        let destination = self.corpus.destination(from, reference.slot);
        let own = destination.and_then(|found| found.link);
        let definitions = from.facts.definitions.iter();
        let definition = definitions.filter(move |definition| {
            own.is_none() && destination.is_some_and(|found| found.span == definition.destination)
        });
        let named = definition.flat_map(|definition| {
            let links = from.facts.links.iter().filter(|link| link.kind == LinkKind::Reference);
            links.filter(|link| link.label.as_ref() == Some(&definition.label))
        });
        own.into_iter().chain(named)
    }
}

/// What a link's text says of the number of the heading that it leads to.
fn said(from: &Document, link: &Link, heading: &Heading, placed: &PlacedLabel) -> Said {
    let (shown, is_free) = shown(from, link);
    let text = from.source.slice(shown);
    let start = shown.start as usize;
    let (label, title) = (&placed.label, placed.label.behind(&heading.text).trim());
    // The heading's own text is rewritten with the fragment.
    if text.len() > LONGEST || (link.kind == LinkKind::Inline && text == heading.text) {
        return Said::Nothing;
    }
    let numbers = if text.matches(&heading.text).count() == 1 {
        text.find(&heading.text).map(|at| label.numbers_from(start + at))
    } else if text.trim_matches(['*', '_', '`', ' ']) == title {
        // `3. [c](#3-c)`: the number may stand before the link.
        let before = &from.source.text[..link.span.start as usize];
        let is_before = before.trim_end_matches(' ').ends_with(&label.text);
        return if is_before { Said::Perhaps(link.span) } else { Said::Nothing };
    } else {
        let inside = from.mentions().of_label(Numbered::Headings, placed);
        let mut inside = inside.filter(|mention| shown.contains(mention.at.clone().into()));
        match (inside.next(), inside.next()) {
            (None, _) => match leading(text, &label.values(), title) {
                Leading::Number(numbers) => Some(numbers.iter().map(|number| number.shifted(start)).collect()),
                Leading::Perhaps => return Said::Perhaps(link.span),
                Leading::Nothing if holds(text, label.number(), title) => return Said::Perhaps(link.span),
                Leading::Nothing => None,
            },
            // 《甲》第三章: of which book nobody knows.
            (Some(mention), None) if is_free && !mention.is_joined && !is_titled(text, mention.at.start - start) => {
                Some(mention.numbers.clone())
            }
            (Some(mention), _) => return Said::Perhaps(mention.at.clone().into()),
        }
    };
    match numbers {
        Some(numbers) if is_free => Said::Number(numbers),
        Some(_) if link.kind == LinkKind::Wiki => Said::Nothing,
        Some(_) => Said::Perhaps(link.span),
        None => Said::Nothing,
    }
}

/// Whether the title of a work stands before a place of a text.
fn is_titled(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with('》')
}

/// Whether a text begins with the number of a label.
enum Leading {
    /// It does: nothing else stands there, or a mark or the heading's title behind it.
    Number(Vec<Number>),
    /// It may be another: `3 分钟看懂`, `3-5`.
    Perhaps,
    Nothing,
}

/// What a text begins with, signs aside: `2\. c`, `2 c`.
fn leading(text: &str, values: &[u64], title: &str) -> Leading {
    let number = text.find(char::is_alphanumeric).and_then(|at| mention::number_at(text, at));
    let Some(numbers) = number else { return Leading::Nothing };
    let Some(last) = numbers.last() else { return Leading::Nothing };
    let behind = &text[last.at.end..];
    let is_own = numbers.iter().map(|number| number.numeral.value).eq(values.iter().copied());
    if !is_own || behind.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Leading::Nothing;
    }
    let rest = behind.trim_start_matches(['\\', '*', '_', '`']);
    let mark = ['.', '．', '、', ')', '）', ':', '：', ']', '】'];
    let after = rest.trim_start_matches(mark);
    // A list goes on with another number: `3、4 节`.
    let is_marked = after.len() < rest.len() && !after.starts_with(numerals::is_numeral_character);
    let is_own = after.trim_matches([' ', '*', '_', '`']) == title;
    if rest.trim().is_empty() || is_marked || is_own {
        return Leading::Number(numbers);
    }
    // 三 in 三体 and 三国 is part of a word.
    let is_word = last.numeral.system.class().is_han() && rest.starts_with(char::is_alphabetic);
    if is_word { Leading::Nothing } else { Leading::Perhaps }
}

/// Whether a text may name a number that it does not begin with, and that is not of its heading's title: 第四个部分, `Manual 4`.
fn holds(text: &str, value: u64, title: &str) -> bool {
    if title.contains(text.trim()) {
        return false;
    }
    let is_number = |&(start, c): &(usize, char)| {
        let (before, rest) = text.split_at(start);
        if !numerals::is_numeral_character(c) || before.ends_with(numerals::is_numeral_character) {
            return false;
        }
        let (own, behind) = rest.split_at(numerals::run(rest).max(c.len_utf8()));
        let is_ordinal = before.trim_end_matches(['（', '(', ' ']).ends_with('第');
        // 三 in 三体 is part of a word, as is the 2 of `HTTP/2`.
        let is_joined = |c: char| c.is_alphanumeric() && c.is_ascii() == own.is_ascii() || "./-_".contains(c);
        let is_alone = is_ordinal || !(before.ends_with(is_joined) || behind.starts_with(is_joined));
        is_alone && !title.contains(own) && numerals::values(own).contains(&value)
    };
    text.char_indices().any(|at| is_number(&at))
}

/// The bytes that hold what a link shows, and whether they say nothing else: `[label][]` also names its definition, and
/// the display text of a wikilink is its author's.
pub(super) fn shown(document: &Document, link: &Link) -> (Span, bool) {
    let (start, end) = (link.span.start as usize, link.span.end as usize);
    let text = &document.source.text;
    match link.kind {
        LinkKind::Wiki => (link.halves(text).1.unwrap_or(Span::at(end)), false),
        LinkKind::Autolink => (Span::at(end), false),
        LinkKind::Html => {
            // A longer text is not read anyway.
            let near = &text.as_bytes()[end..text.len().min(end + LONGEST + 2)];
            let behind = near.windows(2).position(|pair| pair == b"</").unwrap_or_default();
            (Span::new(end, end + behind), true)
        }
        LinkKind::Inline => link.shown(text).map_or((Span::new(start + 1, end), false), |shown| (shown, true)),
        LinkKind::Reference => {
            let whole = &text[start..end];
            let close = whole.rfind("][").filter(|_| !whole.ends_with("[]"));
            (Span::new(start + 1, close.map_or(end, |at| start + at)), close.is_some())
        }
    }
}
