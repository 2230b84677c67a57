//! `overrunning-url`: a bare URL is followed by text that renderers take for a part of it.

use super::excuses;
use crate::{
    document::{
        Document, Flavor,
        prose::{Kind, Piece, Style},
    },
    finding::{Edit, Fix, Markup, Message, Safety},
    rule::{DocumentRule, Findings},
    source::{
        Span,
        characters::{PAIRS, is_cjk, is_hangul, is_wide_mark},
    },
};

#[derive(Debug)]
pub(crate) struct OverrunningUrl;

const PARTICLES: &[&str] =
    &["은", "는", "이", "가", "을", "를", "에", "에서", "의", "로", "으로", "와", "과", "도", "입니다"];

/// How many characters of what a URL swallows are shown; where there are more, they are cut.
const SHOWN: usize = 12;
/// A title is no longer than this.
const LONGEST: usize = 40;

impl DocumentRule for OverrunningUrl {
    fn check(&self, document: &Document, out: &mut Findings) {
        let prose = document.prose();
        for block in prose.blocks() {
            let mut in_anchor = false;
            for piece in prose.pieces(block) {
                if piece.kind == Kind::Html {
                    in_anchor = document.source.slice(piece.span).starts_with("<a ");
                }
                // What was meant as a link is another rule's.
                if piece.kind != Kind::Url || is_of_link(document, piece) {
                    continue;
                }
                let written = document.source.slice(piece.span);
                if written.starts_with('<') {
                    if let Some((url, rest)) = swallowed(written) {
                        let cut = Span::new(1 + url, written.len() - 1).shifted(piece.span.start as usize);
                        let edits = vec![
                            Edit::replace(document.at(Span::at(cut.start as usize)), ">"),
                            Edit::replace(document.at(Span::new(cut.end as usize, cut.end as usize + 1)), ""),
                        ];
                        report(document, piece.span, (&written[1..=url], rest), edits, out);
                    }
                } else if !in_anchor && !piece.style.has(Style::LINK) {
                    let behind = Span { start: piece.span.end, end: block.span.end.max(piece.span.end) };
                    if let Some((url, rest)) = overrun(written, document.source.slice(behind)) {
                        let at = Span::new(0, url).shifted(piece.span.start as usize);
                        let text = linked(document, &written[..url]);
                        let is_certain = !written[..url].contains(is_cjk) && !is_port(&written[..url], rest);
                        let is_certain = is_certain && keeps_emphasis(document, piece.span, rest);
                        let edits = if is_certain { vec![Edit::replace(document.at(at), text)] } else { Vec::new() };
                        report(document, at, (&written[..url], rest), edits, out);
                    }
                }
            }
        }
    }
}

/// Whether a URL stands in a link that does not render: in its parenthesis (`[text]（https://…`, `[text(https://…`) or in its
/// brackets (`［https://…］(`).
fn is_of_link(document: &Document, url: &Piece) -> bool {
    let text = &document.source.text;
    let (before, behind) = (&text[..url.span.start as usize], &text[url.span.end as usize..]);
    let is_text = behind.strip_prefix('］').is_some_and(|rest| rest.starts_with(['(', '（']));
    let open = before.strip_suffix(['(', '（']).map(|rest| Span::new(rest.len(), before.len()));
    let is_unended = |open: Span| excuses::unended(document.prose(), url.text().start - open.len()).is_some();
    is_text || open.is_some_and(|open| excuses::is_of_link(document, open) || is_unended(open))
}

/// Of a URL and what stands behind it: how many bytes are surely the URL, and what renderers add to it. `None` if that
/// is nothing, or if it is not sure where the URL ends.
fn overrun<'a>(url: &'a str, behind: &'a str) -> Option<(usize, &'a str)> {
    let host = if has_no_scheme(url) { 0 } else { url.find("://")? + 3 };
    if !["", "http://", "https://", "ftp://"].contains(&&*url[..host].to_ascii_lowercase()) {
        return None;
    }
    // Behind a host that is written in ASCII no letter of Han can follow.
    let host_len = url[host..]
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | ':'))
        .unwrap_or(url.len() - host);
    let known = &url[host..host + host_len];
    // Others than GitHub make no link of a host by itself, or end it there.
    if host == 0 && !url[host_len..].starts_with('/') {
        return None;
    }
    let runs_on =
        url[host + host_len..].starts_with(is_cjk) && known.contains('.') && !known.ends_with(['.', '-', ':']);
    if runs_on {
        return Some((host + host_len, &url[host + host_len..]));
    }
    // No path of ASCII ends with a particle of Korean. A syllable by itself may be a title: `/wiki/이`.
    if let Some(at) = url.find(is_hangul).filter(|&at| PARTICLES.contains(&&url[at..])) {
        let is_alone = url[..at].ends_with(['/', '=']) && url[at..].chars().nth(1).is_none();
        let is_within_path = at > host + host_len + 1;
        // Its quotation ends before it: `'http://localhost:8000'입니다`.
        let end = url[..at].trim_end_matches('\'').len();
        let has_host = end > host;
        return (url[..at].is_ascii() && has_host && !(is_alone && is_within_path)).then_some((end, &url[end..]));
    }
    // To those who make links of URLs, only blanks of ASCII are blanks.
    let swallowed = behind.chars().take(SHOWN + 1).take_while(|c| !(c.is_whitespace() && c.is_ascii()) && *c != '<');
    let rest = &behind[..swallowed.map(char::len_utf8).sum()];
    let goes_on = |c: char| is_wide_mark(c) || matches!(c, '\u{3000}' | '→' | '※' | '・');
    // A mark of ASCII is left out at the end of a URL, and only there.
    let is_closed = rest.strip_prefix([')', '"']).is_some_and(|rest| rest.starts_with(is_cjk));
    // Nor are those that end emphasis.
    let is_emphasised = rest.trim_start_matches(['*', '_', '~']).starts_with(goes_on);
    let is_whole = known.contains('.') && (is_emphasised || is_closed) && !is_title(url, behind);
    is_whole.then_some((url.len(), rest))
}

/// Whether a URL is a host and its port follows: `http://example.com：8080`.
fn is_port(url: &str, rest: &str) -> bool {
    let is_host = url.split_once("://").is_none_or(|(_, host)| !host.contains('/'));
    is_host && rest.strip_prefix('：').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether emphasis around a URL would stay with a bracket inside, which letters must not stand beside.
fn keeps_emphasis(document: &Document, url: Span, rest: &str) -> bool {
    let inner = rest.trim_start_matches(['*', '_', '~']);
    let before = document.source.text[..url.start as usize].trim_end_matches(['*', '_', '~']);
    inner.len() == rest.len() || (!before.ends_with(char::is_alphanumeric) && !inner.starts_with(char::is_alphanumeric))
}

/// Whether a URL is one by its host alone: `www.example.com/x`.
fn has_no_scheme(url: &str) -> bool {
    url.starts_with("www.")
}

/// The link that is meant. What has no scheme is none in angle brackets, and in MDX nothing is.
fn linked(document: &Document, url: &str) -> String {
    if has_no_scheme(url) {
        format!("[{url}](http://{url})")
    } else if document.flavor == Flavor::Mdx {
        format!("[{url}]({url})")
    } else {
        format!("<{url}>")
    }
}

/// Whether a URL may go on over the mark behind it, as titles do: `/wiki/《论语》`, `/wiki/けいおん！`. Behind letters of
/// Han or kana only a full stop or the end of what was opened before is none of that.
fn is_title(url: &str, behind: &str) -> bool {
    let Some(mark) = behind.chars().next() else { return false };
    if url.contains(is_cjk) {
        return !matches!(mark, '。' | '）' | '】' | '》' | '」' | '』' | '”');
    }
    let Some(&(_, close)) = PAIRS.iter().find(|(open, _)| *open == mark) else { return false };
    let mut inner = behind.chars().take(LONGEST).skip_while(|&c| c != close && !c.is_whitespace()).skip(1);
    // A bracket is a remark unless the path goes on behind it.
    let goes_on = matches!(inner.next(), Some('.' | '/' | '_' | '-'));
    url.ends_with(['/', '=']) && (goes_on || mark != '（')
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
    let shown = rest.char_indices().nth(SHOWN).map_or(rest.into(), |(end, _)| format!("{}…", &rest[..end]));
    let finding = out.report(document.at(at), Message::new("runs-on").with("rest", shown));
    // Where it is not sure which letters are the URL's, brackets around all of them would make that permanent.
    if !edits.is_empty() {
        let is_within_path = url.matches('/').count() > 2 && rest.starts_with(is_cjk);
        let safety = if is_within_path || has_no_scheme(url) { Safety::Unsafe } else { Safety::Safe };
        let fix = Fix::new(Message::new("fix").with("url", linked(document, url)), safety, edits);
        finding.fix(fix.adding([Markup::Link]));
    }
}
