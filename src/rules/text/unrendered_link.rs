//! `unrendered-link`: a link or an image in Markdown that shows its brackets, because one of them is of the other width,
//! stands apart, or is missing; or an image that is a link, because its exclamation mark is full-width.

use std::ops::Range;

use super::{
    destinations::{END, LONGEST, destination, goes_on, is_picture, is_shown, reversed_destination},
    excuses,
    images::{self, BANG},
};
use crate::{
    document::{Document, Flavor, Prose, prose::OBJECT},
    finding::{Edit, Fix, Markup, Message, Safety},
    numbering::numerals,
    order,
    rule::{DocumentRule, Findings},
};
use memchr::memmem;

#[derive(Debug)]
pub(crate) struct UnrenderedLink;

/// What links are written with, the narrow one first.
const OPEN: [char; 3] = ['[', '［', '【'];
const CLOSE: [char; 3] = [']', '］', '】'];
const BEGIN: [char; 2] = ['(', '（'];

/// How far what closes a link is looked for, in characters.
const FAR: usize = 1_000;

/// Where a character stands in a text. Few characters are looked for, so each is looked for by itself.
fn places(text: &str, c: char) -> Vec<usize> {
    memmem::find_iter(text.as_bytes(), c.encode_utf8(&mut [0; 4]).as_bytes()).collect()
}

impl DocumentRule for UnrenderedLink {
    fn check(&self, document: &Document, out: &mut Findings) {
        let prose = document.prose();
        let text = prose.text();
        let mut ends: Vec<usize> = CLOSE.iter().flat_map(|close| places(text, *close)).collect();
        ends.sort_unstable();
        let ended = ends
            .into_iter()
            .filter_map(|end| link_at(document, prose, end).or_else(|| reversed_at(document, prose, end)));
        let unended = places(text, OBJECT).into_iter().filter_map(|url| unended_at(document, prose, url));
        for link in ended.chain(unended) {
            let text = if link.text.is_empty() { &link.whole } else { &link.text };
            let (Some(span), Some(text)) = (prose.span(link.whole.clone()), prose.span(text.clone())) else {
                continue;
            };
            // `\[…\]` and `&#91;…]` are text on purpose.
            if is_escaped(prose, &link) {
                continue;
            }
            let finding =
                out.report(document.at(span), Message::new(link.key).with("text", document.source.slice(text)));
            let edit = |(range, with): &(Range<usize>, String)| {
                Some(Edit::replace(document.at(prose.editable(range.clone())?), with.as_str()))
            };
            if let Some(edits) = link.edits.iter().map(edit).collect::<Option<Vec<_>>>().filter(|all| !all.is_empty()) {
                let (title, markup) = if link.is_image { ("fix-image", Markup::Image) } else { ("fix", Markup::Link) };
                finding.fix(Fix::new(title, link.safety, edits).adding([markup]));
            }
        }
        document.facts.links.iter().for_each(|link| images::wide(document, link, out));
    }
}

/// What was meant as a link.
struct Link {
    /// All of it, in the text that is read.
    whole: Range<usize>,
    /// What stands in the brackets; nothing, perhaps, where it is an image.
    text: Range<usize>,
    is_image: bool,
    /// The message that says what is wrong.
    key: &'static str,
    edits: Vec<(Range<usize>, String)>,
    safety: Safety,
}

/// Whether a bracket around the text of a link, or what follows it, is written as none that begins or ends something.
fn is_escaped(prose: &Prose, link: &Link) -> bool {
    let (before, behind) = (&prose.text()[..link.text.start], &prose.text()[link.text.end..]);
    let open = before.char_indices().next_back().map(|(at, _)| at);
    let behind = behind.char_indices().skip(1).find(|(_, c)| *c != ' ').map(|(at, _)| link.text.end + at);
    let marks = [open, Some(link.text.end), behind];
    marks.into_iter().flatten().any(|at| prose.is_written(at))
}

/// Where the text of a link begins that ends with a bracket, and what opens it. `【…】` may stand in a text: `[见【手册】]`.
fn opener(before: &str, close: char) -> Option<(usize, char)> {
    let last = |marks: &[[char; 3]], count: usize| {
        let mut chars = before.char_indices().rev().take(LONGEST);
        chars.find(|(_, c)| marks.iter().any(|marks| marks[..count].contains(c))).filter(|(_, c)| OPEN.contains(c))
    };
    let marks = [OPEN, CLOSE];
    let plain = if close == CLOSE[2] { None } else { last(&marks, 2) };
    plain.or_else(|| last(&marks, 3))
}

/// Whether what stands in brackets is a mark of its own, as in `[1]` and `[x]`. A letter is none before a path that nothing
/// closes to the end of its block, unless it is an index.
fn is_mark(own: &str, before: &str, is_left_open: bool) -> bool {
    let is_text = is_left_open && own.starts_with(char::is_alphabetic) && !before.ends_with(char::is_alphanumeric);
    !is_text && (own.len() < 2 || own.chars().all(numerals::is_numeral_character))
}

/// The edits that write marks as the narrow ones beside them.
fn narrowed(marks: impl Iterator<Item = (usize, char, char)>) -> Vec<(Range<usize>, String)> {
    let wide = marks.filter(|(_, mark, narrow)| mark != narrow);
    wide.map(|(at, mark, narrow)| (at..at + mark.len_utf8(), narrow.to_string())).collect()
}

/// The link whose text ends at a byte of the text that is read, if nothing else can be meant.
fn link_at(document: &Document, prose: &Prose, end: usize) -> Option<Link> {
    let text = prose.text();
    let close = text[end..].chars().next()?;
    let behind = end + close.len_utf8();
    // Most brackets are seen to be no link by what follows.
    let rest = text[behind..].trim_start_matches(' ');
    let begin = rest.chars().next().filter(|c| BEGIN.contains(c))?;
    let block = prose.range_of(prose.block_at(end)?);
    let (open_at, open) = opener(&text[block.start..end], close)?;
    let start = block.start + open_at;
    let own_at = start + open.len_utf8();
    let own = &text[own_at..end];
    let begin_at = text.len() - rest.len();
    let inner_at = begin_at + begin.len_utf8();
    let inner = &text[inner_at..block.end];
    let (length, is_url) = destination(document, prose, inner_at, inner)?;
    let finish = inner[length..].chars().next().filter(|c| END.contains(c));
    let target = || document.source.slice(prose.span(inner_at..inner_at + length).unwrap_or_default());
    let bang = images::bang(document, prose, block.clone(), start)
        .filter(|_| is_picture(target()) || (is_url && own.is_empty()));
    // `【手册】` may be a title, and what follows in parentheses no more than where it is found.
    let is_title = [open, close] == [OPEN[2], CLOSE[2]];
    let is_path = || !is_url && (begin, finish) == (BEGIN[0], Some(END[0])) && target().contains(".md");
    let is_mark = is_mark(own, &text[..start], length == inner.len());
    if own.starts_with('^') || (bang.is_none() && (own.trim().is_empty() || is_mark || (is_title && !is_path()))) {
        return None;
    }
    let stop = inner_at + length + finish.map_or(0, char::len_utf8);
    let is_image = bang.is_some();
    let text = own_at..end;
    let first = bang.map_or(start, |(at, _)| at);
    let link = |key, stop, safety, edits| Some(Link { whole: first..stop, text, is_image, key, edits, safety });
    let is_certain = bang.map_or(!is_title, |(_, bang)| bang == BANG[0]);
    let (banged, finished) = (bang.map(|(at, c)| (at, c, BANG[0])), finish.map(|c| (inner_at + length, c, END[0])));
    let marks = [(start, open, OPEN[0]), (end, close, CLOSE[0]), (begin_at, begin, BEGIN[0])];
    let mut edits = narrowed(banged.into_iter().chain(marks).chain(finished));
    match (finish, begin_at - behind) {
        // `[text](https://…` or `[text](guide.md` to the end of its block.
        (None, 0) if !inner.chars().take(FAR).any(|c| END.contains(&c)) => {
            let (lead, path) = (prose.text()[..start].chars().next_back(), &inner[..length]);
            let is_shown = !is_url && is_shown(lead, path, inner[length..].chars().next());
            if is_shown { None } else { link("unclosed", stop, Safety::Unsafe, Vec::new()) }
        }
        // `[text](https://example.com/a` and the rest of the URL in the next line.
        (None, 0) if is_url && goes_on(prose, inner_at + length, &inner[length..]) => {
            let stop = inner.find(END).map_or(stop, |end| inner_at + end + END[0].len_utf8());
            link("broken", stop, Safety::Unsafe, Vec::new())
        }
        (Some(_), 0) if !is_url && inner[..length].contains(' ') => {
            let path = inner[..length].trim();
            edits.push((inner_at..inner_at + length, format!("<{path}>")));
            order::by_key(&mut edits, |(range, _)| range.start);
            // Only a vault has places whose names hold blanks.
            let has_blank = path.split_once('#').is_some_and(|(_, place)| place.contains(' '));
            if has_blank && document.flavor != Flavor::Obsidian {
                edits.clear();
            }
            link("blank", stop, Safety::Unsafe, edits)
        }
        (Some(_), 0) if !edits.is_empty() => {
            link("wide", stop, if is_certain { Safety::Safe } else { Safety::Unsafe }, edits)
        }
        (Some(_), 1) if is_url || is_image => {
            edits.push((behind..begin_at, String::new()));
            order::by_key(&mut edits, |(range, _)| range.start);
            link("apart", stop, Safety::Unsafe, edits)
        }
        _ => None,
    }
}

/// The link with a URL at a byte of the text that is read, if nothing closes its text: `[text(https://…)`.
fn unended_at(document: &Document, prose: &Prose, url: usize) -> Option<Link> {
    let text = prose.text();
    let begin = text[..url].chars().next_back().filter(|c| BEGIN.contains(c))?;
    let begin_at = url - begin.len_utf8();
    let (length, _) = destination(document, prose, url, &text[url..])?;
    let finish = text[url + length..].chars().next().filter(|c| END.contains(c))?;
    let start = excuses::unended(prose, begin_at)?;
    let open = text[start..].chars().next()?;
    let own = start + open.len_utf8()..begin_at;
    let marks = [(start, open, "["), (begin_at, begin, "]("), (url + length, finish, ")")];
    let edits = marks.into_iter().filter(|(_, mark, with)| !with.starts_with(*mark));
    let edits = edits.map(|(at, mark, with)| (at..at + mark.len_utf8(), with.to_owned())).collect();
    let stop = url + length + finish.len_utf8();
    Some(Link { whole: start..stop, text: own, is_image: false, key: "unended", edits, safety: Safety::Unsafe })
}

/// `(text)[https://…]` or `(text)[guide.md]`, whose brackets stand the wrong way round.
fn reversed_at(document: &Document, prose: &Prose, end: usize) -> Option<Link> {
    let text = prose.text();
    let (length, is_url) = reversed_destination(document, prose, &text[..end])?;
    let target = text[..end - length].strip_suffix('[')?;
    let block = prose.range_of(prose.block_at(end)?);
    let target = target.get(block.start..)?;
    let (open, close) = (block.start + target.len(), end);
    let shown = target.strip_suffix(')')?;
    let own_at = shown.char_indices().rev().take(LONGEST).find(|(_, c)| matches!(c, '(' | ')' | '\n'))?.0;
    let own = shown[own_at..].strip_prefix('(').filter(|own| !own.trim().is_empty() && !own.contains(OBJECT))?;
    // `open(file)[a.md]` may be an expression.
    let is_link = is_url || !shown[..own_at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let start = block.start + own_at;
    let turned = [(start, "["), (open - 1, "]"), (open, "("), (close, ")")];
    let edits = turned.into_iter().map(|(at, mark)| (at..at + 1, mark.to_owned())).collect();
    let own = start + 1..start + 1 + own.len();
    is_link.then(|| Link {
        whole: start..close + 1,
        text: own,
        is_image: false,
        key: "reversed",
        edits,
        safety: Safety::Unsafe,
    })
}
