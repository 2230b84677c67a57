//! `unrendered-heading`: a line that was meant to be a heading is text.

use super::lines::{self, Line};
use crate::{
    document::{Document, Flavor, prose::Opening},
    finding::{Edit, Fix, Message, Safety},
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug)]
pub(crate) struct UnrenderedHeading;

/// The first byte of `＃`.
const WIDE: u8 = 0xEF;

impl DocumentRule for UnrenderedHeading {
    fn check(&self, document: &Document, out: &mut Findings) {
        for &line in &document.facts.swallowed_unnumbered {
            let start = Span::at(line.start as usize);
            let fix = Fix::new("fix-line", Safety::Unsafe, vec![Edit::replace(document.at(start), "\n")]);
            out.report(document.at(line), "swallowed").fix(fix);
        }
        let mut lines = lines::of_paragraphs(document, |byte| byte == b'#' || byte == WIDE);
        let title = title(document, &lines);
        let title_at = title.as_ref().map(Line::start);
        lines.splice(0..0, title);
        lines.dedup_by_key(|line| line.start());
        for line in &lines {
            let text = line.text;
            let marks = text.bytes().take_while(|&byte| byte == b'#').count();
            let rest = &text[marks..];
            // A single `#word` is a tag, and `#　甲` none.
            let is_tag = !rest.starts_with(['\u{3000}', '\u{A0}']) && title_at != Some(line.start());
            let least = if is_tag { 2 } else { 1 };
            // `- ##962: …` names an issue.
            let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let is_number = behind.len() < rest.len() && (behind.is_empty() || behind.starts_with([':', ' ', ',']));
            let is_issue = || is_number && is_listed(document, line);
            if (least..=6).contains(&marks) && begins_title(rest) && !is_issue() {
                // A blank of another kind gives way.
                let blank = rest.chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
                let start = line.start() + marks;
                let edit = Edit::replace(document.at(Span::new(start, start + blank)), " ");
                let fix = Fix::new("fix-blank", Safety::Unsafe, vec![edit]);
                let at = document.at(Span::new(line.start(), line.start() + marks));
                out.report(at, Message::new("no-blank").with("mark", &text[..marks])).fix(fix);
                continue;
            }
            let wide = text.chars().take_while(|&c| c == '＃').count();
            let len = wide * '＃'.len_utf8();
            // A single one may begin a tag.
            let is_heading = text[len..].starts_with([' ', '\u{3000}']) || (wide > 1 && begins_title(&text[len..]));
            if (1..=6).contains(&wide) && is_heading {
                let mark = "#".repeat(wide) + " ";
                let blank = text[len..].chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
                let at = Span::new(line.start(), line.start() + len + blank);
                let fix = Fix::new("fix-width", Safety::Unsafe, vec![Edit::replace(document.at(at), mark)]);
                out.report(document.at(Span::new(line.start(), line.start() + len)), "wide").fix(fix);
            }
        }
    }
}

/// The first line of a document, if it is its title: by itself above everything else, where all headings lack their blank,
/// and nothing else has one or is a tag.
fn title<'d>(document: &'d Document, lines: &[Line]) -> Option<Line<'d>> {
    let facts = &document.facts;
    let is_bare = document.flavor != Flavor::Obsidian
        && facts.front_matter.is_none()
        && facts.headings.is_empty()
        && facts.tags.len() < 2
        && lines.iter().any(|line| line.text.starts_with("##"));
    let first = document.prose().blocks().first().filter(|_| is_bare)?;
    let text = document.source.slice(first.span).trim_end();
    let is_other = |rest: &str| rest.starts_with(|c: char| c == '#' || c.is_ascii_digit());
    // A line of C is none, nor what is quoted.
    let is_code = |rest: &str| ["include", "define", "if", "pragma", "!"].iter().any(|word| rest.starts_with(word));
    let is_title = text.strip_prefix('#').is_some_and(|rest| !is_other(rest) && !is_code(rest))
        && !text.contains('\n')
        && !document.is_quoted(first.span);
    let opening = Opening { block: 0, number: 0, is_hard: false, first: first.span };
    is_title.then_some(Line { opening, text })
}

fn is_listed(document: &Document, line: &Line) -> bool {
    document.prose().blocks().get(line.opening.block).is_some_and(|block| block.is_listed)
}

/// Whether a title begins so. `##[error]` stands in logs.
fn begins_title(text: &str) -> bool {
    let is_link = || text.starts_with('[') && text.contains("](");
    let is_code = || text.starts_with('`') && text[1..].contains('`');
    let is_strong = || text.starts_with("**") && text[2..].contains("**");
    text.starts_with(|c: char| c.is_alphanumeric() || "【（“《「『\u{3000}\u{A0}".contains(c))
        || is_link()
        || is_code()
        || is_strong()
}
