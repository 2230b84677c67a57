//! From the text of a heading to its anchor. Each function names its source.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::Renderer;
use crate::source::characters::lower_case;

/// The anchor of a text, not yet unique.
pub(super) fn anchor(renderer: Renderer, text: &str) -> String {
    match renderer {
        Renderer::GitHub | Renderer::Docusaurus => github(text),
        Renderer::GitLab => gitlab(text),
        Renderer::VitePress => vitepress(text),
        Renderer::MkDocs => python(&text.nfkd().filter(char::is_ascii).collect::<String>()),
        Renderer::MkDocsUnicode => python(text),
        Renderer::MkDocsPymdownx => pymdownx(text),
        Renderer::Hugo => or(hugo(text), "heading"),
        Renderer::HugoAscii => or(hugo_ascii(text), "heading"),
        Renderer::HugoBlackfriday => or(blackfriday(text), "heading"),
        Renderer::Goldmark => or(goldmark(text), "heading"),
        Renderer::MdBook => or(mdbook(text), "section"),
        Renderer::Docsify => docsify(text),
        Renderer::MarkdownIt => markdown_it(text),
        Renderer::Obsidian => text.to_owned(),
    }
}

fn or(anchor: String, empty: &str) -> String {
    if anchor.is_empty() { empty.to_owned() } else { anchor }
}

/// `\w` is Unicode's word class (alphabetic, marks, decimal numbers, connector punctuation, join controls), which
/// is GitHub's but for the join controls.
static NOT_GITHUB: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\w\- ]|[\u{200C}\u{200D}]").ok());

/// GitHub: lower case; everything that is not a letter, mark, decimal digit, letter number, connector punctuation,
/// hyphen or blank is dropped; blanks become hyphens, none trimmed and none collapsed. Source: the published
/// `github-slugger` package, whose fixtures were captured from the site, with today's Unicode.
pub fn github(text: &str) -> String {
    let mut lower = lower_case(text);
    if lower.chars().all(|c| is_kept(c).is_some()) {
        lower.retain(|c| is_kept(c) == Some(true));
    } else {
        lower = dropped(&NOT_GITHUB, &lower);
    }
    lower.replace(' ', "-")
}

/// Whether a character stays, for those that nearly all headings are made of: to look up the others takes long.
fn is_kept(c: char) -> Option<bool> {
    match c {
        '\0'..='\x7F' => Some(c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_')),
        '\u{4E00}'..='\u{9FA5}' => Some(true),
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '（' | '）' | '【' | '】' | '《' | '》' | '“' | '”' => {
            Some(false)
        }
        _ => None,
    }
}

static NOT_GITLAB: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{L}\p{M}\p{N}\p{Pc}\- ]").ok());

/// GitLab from 17: as GitHub, but all numbers stay. Source: comrak's anchorizer.
fn gitlab(text: &str) -> String {
    dropped(&NOT_GITLAB, &text.to_lowercase()).replace(' ', "-")
}

/// `VitePress`: compatibility decomposition without combining accents; runs of blanks, ASCII punctuation and curly
/// quotes become one hyphen; a digit in front gets `_`. Source: mdit-vue's `slugify`.
fn vitepress(text: &str) -> String {
    let is_special = |c: char| is_js_space(c) || (c.is_ascii_punctuation()) || matches!(c, '“' | '”' | '‘' | '’');
    let decomposed = text.nfkd().filter(|c| !('\u{300}'..='\u{36F}').contains(c));
    let mut out = String::with_capacity(text.len());
    // Control characters go first, so a tab is no blank here.
    for c in decomposed.filter(|&c| c >= ' ') {
        if !is_special(c) {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_matches('-');
    let digit = if trimmed.starts_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    format!("{digit}{trimmed}").to_lowercase()
}

/// What `\s` is in `JavaScript`.
fn is_js_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{FEFF}'
}

/// What `\w` is in Python: letters, all numbers and `_`, but no marks.
static NOT_PYTHON: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{L}\p{N}_\s-]").ok());
static NOT_PYMDOWNX: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{L}\p{N}_ -]").ok());
static GAPS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[-\s]+").ok());

/// Python-Markdown's `slugify_unicode`; its `slugify` does the same to what is left in ASCII.
fn python(text: &str) -> String {
    let kept = dropped(&NOT_PYTHON, text).trim().to_lowercase();
    match &*GAPS {
        Some(gaps) => gaps.replace_all(&kept, "-").into_owned(),
        None => kept,
    }
}

/// `pymdownx.slugs.slugify(case="lower")`: composed form, nothing collapsed.
fn pymdownx(text: &str) -> String {
    let composed: String = text.nfc().collect();
    dropped(&NOT_PYMDOWNX, &composed.trim().to_lowercase()).replace(' ', "-")
}

/// Hugo's `github`: letters, decimal digits and `_` stay, blanks and hyphens become hyphens. Source: its `autoid.go`.
fn hugo(text: &str) -> String {
    hugo_kept(text.trim())
}

fn hugo_kept(text: &str) -> String {
    static KEPT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{L}\p{Nd}_\- ]").ok());
    dropped(&KEPT, text).chars().map(|c| if c == ' ' { '-' } else { go_lower(c) }).collect()
}

/// Hugo's `github-ascii`: accents go, and of the rest what is not in ASCII, but for the blanks beside it.
fn hugo_ascii(text: &str) -> String {
    let bare: String = text.nfd().filter(|&c| !is_combining_mark(c)).collect();
    hugo_kept(&bare.trim().chars().filter(char::is_ascii).collect::<String>())
}

/// Hugo's `blackfriday`: letters and numbers stay, everything between becomes one hyphen. Source: the
/// `sanitized_anchor_name` package.
fn blackfriday(text: &str) -> String {
    static KEPT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}]+").ok());
    let runs = KEPT.iter().flat_map(|kept| kept.find_iter(text));
    runs.map(|run| run.as_str().chars().map(go_lower).collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Go lowers one character to one.
fn go_lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// goldmark by itself: ASCII letters and digits stay, blanks, `-` and `_` become hyphens. Source: its parser's ids.
fn goldmark(text: &str) -> String {
    let one = |c: char| match c {
        c if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
        ' ' | '\t' | '\n' | '-' | '_' => Some('-'),
        _ => None,
    };
    text.trim().chars().filter_map(one).collect()
}

/// `mdBook`: alphanumeric characters, `_` and `-` stay, any blank becomes a hyphen. Source: its `utils`.
fn mdbook(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let one = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    lower.chars().filter_map(one).collect()
}

/// docsify: what is set behind the text goes, but that an id (`:id=x`) takes its place; ASCII in lower case; general
/// punctuation and that of ASCII but hyphens and `_` goes, runs of blanks and hyphens become one hyphen, a digit in front
/// gets `_`. It sees the text as HTML, in which `&` is `&amp;`. Source: its `slugify` and `getAndRemoveConfig`.
fn docsify(text: &str) -> String {
    static SET: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?-u:(?:^|\s):([0-9A-Za-z_-]+:?)(?:=([0-9A-Za-z_%-]+))?)").ok());
    let mut id = None;
    let text = text.replace("{docsify-ignore}", "").replace("{docsify-ignore-all}", "");
    // `:tada:` is an emoji.
    let set = |set: &Captures| match (&set[1], set.get(2)) {
        (key, _) if key.ends_with(':') => set[0].to_owned(),
        (key, value) => {
            id = value.filter(|_| key == "id").map(|value| value.as_str().to_owned()).or(id.take());
            String::new()
        }
    };
    let bare = match &*SET {
        Some(pattern) if text.contains(':') => pattern.replace_all(&text, set).into_owned(),
        _ => text,
    };
    let text = id.unwrap_or(bare);
    let is_dropped = |c: char| {
        matches!(c, '\u{2000}'..='\u{206F}' | '\u{2E00}'..='\u{2E7F}')
            || (c.is_ascii_punctuation() && !matches!(c, '-' | '_'))
    };
    let mut out = String::with_capacity(text.len());
    for c in text.trim_matches(is_js_space).chars() {
        match c {
            '&' => out.push_str("amp"),
            '<' => out.push_str("lt"),
            '>' => out.push_str("gt"),
            '"' => out.push_str("quot"),
            '\'' => out.push_str("39"),
            _ if is_dropped(c) => {}
            _ if c == '-' || is_js_space(c) => {
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            _ => out.push(c.to_ascii_lowercase()),
        }
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) { format!("_{out}") } else { out }
}

/// `markdown-it-anchor`: lower case, runs of blanks become one hyphen, and nothing is dropped; what it encodes is read
/// decoded. Source: its default `slugify`.
fn markdown_it(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(is_js_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// A text without what a pattern matches.
fn dropped(pattern: &LazyLock<Option<Regex>>, text: &str) -> String {
    match &**pattern {
        Some(pattern) => pattern.replace_all(text, "").into_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_is_what_the_table_says() {
        let dropped = NOT_GITHUB.as_ref().expect("a pattern");
        for (c, is_kept) in (char::MIN..=char::MAX).filter_map(|c| Some((c, is_kept(c)?))) {
            assert_eq!(is_kept, !dropped.is_match(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
    }
}
