//! `unrendered-link`: a link in Markdown that shows its brackets, because a parenthesis is of the other width, stands
//! apart, or is missing.

use std::ops::Range;

use super::excuses;
use crate::{
    document::{
        Document, Flavor, Prose,
        prose::{Kind, OBJECT},
    },
    finding::{Edit, Fix, Markup, Message, Safety},
    numbering::numerals,
    rule::{DocumentRule, Findings},
    source::characters::is_wide_mark,
};
use memchr::{memchr_iter, memmem};

#[derive(Debug)]
pub(crate) struct UnrenderedLink;

/// What links are written with, the narrow one first.
const OPEN: [char; 2] = ['[', '［'];
const CLOSE: [char; 2] = [']', '］'];
const BEGIN: [char; 2] = ['(', '（'];
const END: [char; 2] = [')', '）'];

/// How far what closes a link is looked for, in characters.
const FAR: usize = 1_000;

/// The text of a link has at most so many bytes, and so has its path.
const LONGEST: usize = 240;

impl DocumentRule for UnrenderedLink {
    fn check(&self, document: &Document, out: &mut Findings) {
        let prose = document.prose();
        let text = prose.text();
        let mut ends: Vec<usize> = memchr_iter(b']', text.as_bytes()).collect();
        ends.extend(memmem::find_iter(text.as_bytes(), "］"));
        ends.sort_unstable();
        let ended = ends
            .into_iter()
            .filter_map(|end| link_at(document, prose, end).or_else(|| reversed_at(document, prose, end)));
        let urls = memmem::find_iter(text.as_bytes(), OBJECT.encode_utf8(&mut [0; 3]).as_bytes()).collect::<Vec<_>>();
        let unended = urls.into_iter().filter_map(|url| unended_at(document, prose, url));
        for link in ended.chain(unended) {
            let (Some(span), Some(text)) = (prose.span(link.whole.clone()), prose.span(link.text.clone())) else {
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
                finding.fix(Fix::new("fix", link.safety, edits).adding([Markup::Link]));
            }
        }
    }
}

/// What was meant as a link.
struct Link {
    /// All of it, in the text that is read.
    whole: Range<usize>,
    /// What stands in the brackets.
    text: Range<usize>,
    /// The message that says what is wrong.
    key: &'static str,
    edits: Vec<(Range<usize>, String)>,
    safety: Safety,
}

/// Whether a bracket around the text of a link, or what follows it, is written as none that begins or ends something.
fn is_escaped(prose: &Prose, link: &Link) -> bool {
    let behind = prose.text()[link.text.end..].char_indices().skip(1).find(|(_, c)| *c != ' ');
    let marks = [Some(link.whole.start), Some(link.text.end), behind.map(|(at, _)| link.text.end + at)];
    marks.into_iter().flatten().any(|at| prose.is_written(at))
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
    let before = &text[block.start..end];
    let (open_at, open) =
        before.char_indices().rev().take(LONGEST).find(|(_, c)| OPEN.contains(c) || CLOSE.contains(c))?;
    let own_at = block.start + open_at + open.len_utf8();
    let own = &text[own_at..end];
    // `[1]`, `[x]` and `[^1]` are marks of their own.
    let is_mark = own.starts_with('^') || own.len() < 2 || own.chars().all(numerals::is_numeral_character);
    if !OPEN.contains(&open) || own.trim().is_empty() || is_mark {
        return None;
    }
    let begin_at = text.len() - rest.len();
    let inner_at = begin_at + begin.len_utf8();
    let inner = &text[inner_at..block.end];
    let (length, is_url) = destination(document, prose, inner_at, inner)?;
    let finish = inner[length..].chars().next().filter(|c| END.contains(c));
    let start = block.start + open_at;
    let stop = inner_at + length + finish.map_or(0, char::len_utf8);
    let link = |key, stop, safety, edits| Some(Link { whole: start..stop, text: own_at..end, key, edits, safety });
    let marks = [(start, open, OPEN), (end, close, CLOSE), (begin_at, begin, BEGIN)];
    let marks = marks.into_iter().chain(finish.map(|finish| (inner_at + length, finish, END)));
    let wide = marks.filter(|(_, mark, [narrow, _])| mark != narrow);
    let narrow = |(at, mark, [narrow, _]): (usize, char, [char; 2])| (at..at + mark.len_utf8(), narrow.to_string());
    let mut edits: Vec<_> = wide.map(narrow).collect();
    match (finish, begin_at - behind) {
        // `[text](https://…` or `[text](guide.md` to the end of its block.
        (None, 0) if !inner.chars().take(FAR).any(|c| END.contains(&c)) => {
            let (lead, path) = (text[..start].chars().next_back(), &inner[..length]);
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
            edits.sort_by_key(|(range, _)| range.start);
            // Only a vault has places whose names hold blanks.
            let has_blank = path.split_once('#').is_some_and(|(_, place)| place.contains(' '));
            if has_blank && document.flavor != Flavor::Obsidian {
                edits.clear();
            }
            link("blank", stop, Safety::Unsafe, edits)
        }
        (Some(_), 0) if !edits.is_empty() => link("wide", stop, Safety::Safe, edits),
        (Some(_), 1) if is_url => {
            edits.push((behind..begin_at, String::new()));
            edits.sort_by_key(|(range, _)| range.start);
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
    Some(Link { whole: start..stop, text: own, key: "unended", edits, safety: Safety::Unsafe })
}

/// Whether a path that nothing closes is to be seen as it stands: a pattern or form, or in quotes or cut off.
fn is_shown(lead: Option<char>, path: &str, next: Option<char>) -> bool {
    let is_quote = |c: char| matches!(c, '“' | '”' | '"' | '「' | '」' | '『' | '』' | '\'');
    path.contains(['$', '{', '*', '+', '\\', '|'])
        || lead.is_some_and(is_quote)
        || next.is_some_and(|c| is_quote(c) || c == '…')
}

/// Whether a URL goes on behind the end of its line, up to what closes the link.
fn goes_on(prose: &Prose, at: usize, rest: &str) -> bool {
    let is_break = prose.piece_at(at).is_some_and(|piece| piece.kind == Kind::SoftBreak);
    let next = rest.trim_start_matches(' ');
    let end = next.find(|c: char| c == END[0] || c.is_whitespace() || !c.is_ascii());
    is_break && end.is_some_and(|end| end > 0 && next[end..].starts_with(END[0]))
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
    is_link.then(|| Link { whole: start..close + 1, text: own, key: "reversed", edits, safety: Safety::Unsafe })
}

/// How long the URL or path of a document is that a text ends with, up to a bracket, and whether it is a URL.
fn reversed_destination(document: &Document, prose: &Prose, text: &str) -> Option<(usize, bool)> {
    if let Some(before) = text.strip_suffix(OBJECT) {
        let url = prose.piece_at(before.len()).filter(|piece| piece.kind == Kind::Url)?;
        let written = document.source.slice(url.span);
        let is_url = written.contains("://") && !written.starts_with('<');
        return is_url.then_some((OBJECT.len_utf8(), true));
    }
    let name = text.strip_suffix(".md")?;
    let length = name.bytes().rev().take(LONGEST).position(|byte| byte == b'[').filter(|length| *length > 0)?;
    let is_path = |c: char| !c.is_whitespace() && !is_wide_mark(c) && !matches!(c, '(' | ')' | '"' | '<' | OBJECT);
    name[name.len() - length..].chars().all(is_path).then_some((length + ".md".len(), false))
}

/// How long the destination is that a text begins with, and whether it is a URL; else it is a path that nothing but a link
/// has.
fn destination(document: &Document, prose: &Prose, at: usize, inner: &str) -> Option<(usize, bool)> {
    if inner.starts_with(OBJECT) {
        let piece = prose.piece_at(at).filter(|piece| piece.kind == Kind::Url)?;
        let written = document.source.slice(piece.span);
        return (written.contains("://") && !written.starts_with('<')).then_some((OBJECT.len_utf8(), true));
    }
    let near = || inner.char_indices().take(LONGEST);
    let closed = near().find(|(_, c)| END.contains(c)).map(|(at, _)| at);
    let stops = |c: char| c.is_whitespace() || is_wide_mark(c) || c == OBJECT;
    let stop = || near().find(|(_, c)| stops(*c)).map(|(at, _)| at);
    let whole = || Some(inner.len()).filter(|_| near().count() < LONGEST);
    let end = closed.or_else(stop).or_else(whole)?;
    let path = &inner[..end];
    let is_mark = |c: char| (c.is_whitespace() && c != ' ') || is_wide_mark(c) || matches!(c, '(' | '"' | '<');
    // 见guide.md is a sentence.
    let is_said = path.trim_start_matches(['请', '详', '参']).starts_with(['见', '看', '考', '阅', '如', '在']);
    let is_path = !path.contains(is_mark) && !is_said;
    let file = path.split('#').next().unwrap_or_default();
    let ends = |ending: &&str| file.trim_end().ends_with(*ending);
    let is_file = [".md", ".html", ".png", ".jpg", ".svg", ".pdf"].iter().any(ends);
    // Where nothing closes it, only the name of a file shows that it was meant as a path.
    let is_closed = closed.is_some();
    let is_relative = is_closed && (path.starts_with("./") || path.starts_with("../"));
    // With blanks it may be a sentence that names some.
    let is_one = !file.trim_end().contains(' ') || (is_file && file.matches('.').count() == 1);
    let is_place = is_closed && path.strip_prefix('#').is_some_and(|place| place.starts_with(char::is_alphabetic));
    ((is_path && (is_file || is_relative) && is_one && file.len() > 3) || (is_path && is_place)).then_some((end, false))
}
