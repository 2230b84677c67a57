//! `unrendered-heading`: a line that was meant to be a heading is text.

use serde::Deserialize;

use super::lines;
use crate::{
    document::Document,
    finding::{Edit, Fix, Message, Safety},
    rule::{DocumentRule, Findings},
    source::Span,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnrenderedHeading {}

/// The first byte of `＃`.
const WIDE: u8 = 0xEF;

impl DocumentRule for UnrenderedHeading {
    fn check(&self, document: &Document, out: &mut Findings) {
        for line in lines::of_paragraphs(document, |byte| byte == b'#' || byte == WIDE) {
            let text = line.text;
            let marks = text.bytes().take_while(|&byte| byte == b'#').count();
            let rest = &text[marks..];
            // A single `#word` is a tag.
            if (2..=6).contains(&marks) && rest.starts_with(|c: char| c.is_alphanumeric() || c == '【' || c == '（') {
                let fix = Fix::new(
                    "fix-blank",
                    Safety::Unsafe,
                    vec![Edit::replace(document.at(Span::at(line.start + marks)), " ")],
                );
                let at = document.at(Span::new(line.start, line.start + marks));
                out.report(at, Message::new("no-blank").with("mark", &text[..marks])).fix(fix);
                continue;
            }
            let wide = text.chars().take_while(|&c| c == '＃').count();
            let len = wide * '＃'.len_utf8();
            if (1..=6).contains(&wide) && text[len..].starts_with([' ', '\u{3000}']) {
                let mark = "#".repeat(wide) + " ";
                let blank = text[len..].chars().next().map_or(0, char::len_utf8);
                let at = Span::new(line.start, line.start + len + blank);
                let fix = Fix::new("fix-width", Safety::Unsafe, vec![Edit::replace(document.at(at), mark)]);
                out.report(document.at(Span::new(line.start, line.start + len)), "wide").fix(fix);
            }
        }
    }
}
