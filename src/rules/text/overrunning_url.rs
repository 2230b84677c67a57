//! `overrunning-url`: a bare URL is followed by text that renderers take for a part of it.

use serde::Deserialize;

use crate::{
    document::{
        Document,
        prose::{Kind, Style},
    },
    finding::{Edit, Fix, Markup, Message, Safety},
    rule::{DocumentRule, Findings},
    source::{
        Span,
        characters::{is_cjk, is_wide_mark},
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct OverrunningUrl {}

/// How many characters of what a URL swallows are looked at and shown.
const SHOWN: usize = 12;

impl DocumentRule for OverrunningUrl {
    fn check(&self, document: &Document, out: &mut Findings) {
        if memchr::memmem::find(document.source.text.as_bytes(), b"://").is_none() {
            return;
        }
        let prose = document.prose();
        for block in prose.blocks() {
            let mut in_anchor = false;
            for piece in prose.pieces(block) {
                let written = document.source.slice(piece.span);
                match piece.kind {
                    Kind::Html => in_anchor = written.starts_with("<a "),
                    Kind::Url if written.starts_with('<') => {
                        if let Some((url, rest)) = swallowed(written) {
                            let cut = Span::new(1 + url, written.len() - 1).shifted(piece.span.start as usize);
                            let edits = vec![
                                Edit::replace(document.at(Span::at(cut.start as usize)), ">"),
                                Edit::replace(document.at(Span::new(cut.end as usize, cut.end as usize + 1)), ""),
                            ];
                            report(document, piece.span, (&written[1..=url], rest), edits, out);
                        }
                    }
                    Kind::Url if !in_anchor && !piece.style.has(Style::LINK) => {
                        let behind = Span { start: piece.span.end, end: block.span.end.max(piece.span.end) };
                        if let Some((url, rest)) = overrun(written, document.source.slice(behind)) {
                            let at = Span::new(0, url).shifted(piece.span.start as usize);
                            let edits = vec![Edit::replace(document.at(at), format!("<{}>", &written[..url]))];
                            report(document, at, (&written[..url], rest), edits, out);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Of a URL and what stands behind it: how many bytes are surely the URL, and what renderers add to it. `None` if that
/// is nothing, or if it is not sure where the URL ends.
fn overrun<'a>(url: &'a str, behind: &'a str) -> Option<(usize, &'a str)> {
    let host = url.find("://")? + 3;
    if !["http://", "https://", "ftp://"].contains(&&*url[..host].to_ascii_lowercase()) {
        return None;
    }
    // Behind a host that is written in ASCII no letter of Han can follow.
    let host_len = url[host..]
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | ':'))
        .unwrap_or(url.len() - host);
    let known = &url[host..host + host_len];
    let runs_on =
        url[host + host_len..].starts_with(is_cjk) && known.contains('.') && !known.ends_with(['.', '-', ':']);
    if runs_on {
        return Some((host + host_len, &url[host + host_len..]));
    }
    let swallowed = behind.chars().take(SHOWN).take_while(|c| !c.is_whitespace() && *c != '<');
    let rest = &behind[..swallowed.map(char::len_utf8).sum()];
    let is_whole = known.contains('.') && rest.starts_with(is_wide_mark);
    is_whole.then_some((url.len(), rest))
}

/// The same of what stands in angle brackets: a path of ASCII does not go on with such a mark, a Chinese title may.
fn swallowed(autolink: &str) -> Option<(usize, &str)> {
    let inner = autolink.strip_prefix('<')?.strip_suffix('>')?;
    let url = inner.find(|c: char| !c.is_ascii())?;
    let (host, _) = inner[..url].split_once("://")?.1.split_once('/')?;
    let ends = inner[url..].starts_with(['，', '。', '、', '；', '：', '！', '？', '）', '】', '》', '」', '”']);
    (host.contains('.') && ends).then_some((url, &inner[url..]))
}

fn report(document: &Document, at: Span, (url, rest): (&str, &str), edits: Vec<Edit>, out: &mut Findings) {
    let shown: String = rest.chars().take(SHOWN).collect();
    let fix = Fix::new(Message::new("fix").with("url", format!("<{url}>")), Safety::Safe, edits);
    out.report(document.at(at), Message::new("runs-on").with("rest", shown)).fix(fix.adding([Markup::Link]));
}
