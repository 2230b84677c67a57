//! Where a link leads that shows its brackets.

use crate::{
    document::{
        Document, Prose,
        prose::{Kind, OBJECT},
    },
    source::characters::is_wide_mark,
};

/// What ends a destination.
pub(super) const END: [char; 2] = [')', '）'];

/// The text of a link has at most so many characters, and so has its path.
pub(super) const LONGEST: usize = 240;

/// Whether a URL or path is that of a picture.
pub(super) fn is_picture(target: &str) -> bool {
    let name = target.split(['?', '#']).next().unwrap_or_default().trim_end();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["png", "jpg", "jpeg", "gif", "svg", "webp"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// How long the URL or path of a document is that a text ends with, up to a bracket, and whether it is a URL.
pub(super) fn reversed_destination(document: &Document, prose: &Prose, text: &str) -> Option<(usize, bool)> {
    if let Some(before) = text.strip_suffix(OBJECT) {
        let url = prose.piece_at(before.len()).filter(|piece| piece.kind == Kind::Url)?;
        let written = document.source.slice(url.span);
        let is_url = written.contains("://") && !written.starts_with('<');
        return is_url.then_some((OBJECT.len_utf8(), true));
    }
    let name = text.strip_suffix(".md")?;
    let (open, _) = name.char_indices().rev().take(LONGEST).find(|(_, c)| *c == '[')?;
    let own = Some(&name[open + 1..]).filter(|own| !own.is_empty())?;
    let is_path = |c: char| !c.is_whitespace() && !is_wide_mark(c) && !matches!(c, '(' | ')' | '"' | '<' | OBJECT);
    own.chars().all(is_path).then_some((own.len() + ".md".len(), false))
}

/// How long the destination is that a text begins with, and whether it is a URL; else it is a path that nothing but a link
/// has.
pub(super) fn destination(document: &Document, prose: &Prose, at: usize, inner: &str) -> Option<(usize, bool)> {
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
    let is_file = [".md", ".html", ".pdf"].iter().any(ends) || is_picture(file);
    // Where nothing closes it, only the name of a file shows that it was meant as a path.
    let is_closed = closed.is_some();
    let is_relative = is_closed && (path.starts_with("./") || path.starts_with("../"));
    // With blanks it may be a sentence that names some.
    let is_one = !file.trim_end().contains(' ') || (is_file && file.matches('.').count() == 1);
    let is_place = is_closed && path.strip_prefix('#').is_some_and(|place| place.starts_with(char::is_alphabetic));
    ((is_path && (is_file || is_relative) && is_one && file.len() > 3) || (is_path && is_place)).then_some((end, false))
}

/// Whether a path that nothing closes is to be seen as it stands: a pattern or form, or in quotes or cut off.
pub(super) fn is_shown(lead: Option<char>, path: &str, next: Option<char>) -> bool {
    let is_quote = |c: char| matches!(c, '“' | '”' | '"' | '「' | '」' | '『' | '』' | '\'');
    path.contains(['$', '{', '*', '+', '\\', '|'])
        || lead.is_some_and(is_quote)
        || next.is_some_and(|c| is_quote(c) || c == '…')
}

/// Whether a URL goes on behind the end of its line, up to what closes the link.
pub(super) fn goes_on(prose: &Prose, at: usize, rest: &str) -> bool {
    let is_break = prose.piece_at(at).is_some_and(|piece| piece.kind == Kind::SoftBreak);
    let next = rest.trim_start_matches(' ');
    let end = next.find(|c: char| c == END[0] || c.is_whitespace() || !c.is_ascii());
    is_break && end.is_some_and(|end| end > 0 && next[end..].starts_with(END[0]))
}
