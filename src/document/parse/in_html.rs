//! Markdown within HTML, as Python-Markdown reads it where an element says so.

use super::walk::Walk;
use crate::{document::Flavor, source::Span};

/// Elements that stand within each other more deeply are left as they are.
const MOST_WITHIN: usize = 8;

/// Elements whose Markdown is that of a line, unless they ask for blocks.
const OF_A_LINE: &[&str] =
    &["address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary", "td", "th"];

/// Elements of which nothing is Markdown.
const RAW: &[&str] = &["canvas", "math", "option", "pre", "script", "style", "textarea"];

impl Walk<'_> {
    /// A block of HTML ends. Behind a tag that says so it is Markdown.
    pub(super) fn html_block(&mut self, block: Span) {
        let text = self.text;
        let reads =
            self.flavor == Flavor::PythonMarkdown { in_html: true } && self.depth == 0 && self.apart < MOST_WITHIN;
        let length = text.get(block.range()).filter(|_| reads).and_then(opening);
        let start = length.map_or(block.end as usize, |length| block.start as usize + length);
        let html = Span::new(block.start as usize, start);
        self.html(html, false);
        self.numbers_in_html(html);
        self.facts.html.push(html);
        let inner = Span::new(start, block.end as usize);
        if inner.is_empty() {
            return;
        }
        self.read_apart(inner);
    }
}

/// The length of the line with the tag that a block of HTML begins with, if that says that what follows is Markdown.
fn opening(html: &str) -> Option<usize> {
    let line = html.find('\n')? + 1;
    let tag = html[..line].trim().strip_prefix('<')?.strip_suffix('>')?;
    let mut words = tag.split_whitespace();
    let name = words.next()?;
    let is_element = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_element || RAW.iter().any(|own| name.eq_ignore_ascii_case(own)) {
        return None;
    }
    // What is quoted is no attribute, but for its own value.
    let mut is_quoted = false;
    let mut words = words.filter(move |word| {
        let was_quoted = is_quoted;
        is_quoted ^= word.matches('"').count() % 2 == 1;
        !was_quoted
    });
    let is_of_line = OF_A_LINE.iter().any(|own| name.eq_ignore_ascii_case(own));
    let says = |word: &str| match word.split_once('=').map(|(key, value)| (key, value.trim_matches(['"', '\'']))) {
        None => word == "markdown" && !is_of_line,
        Some((key, value)) => key == "markdown" && (value == "block" || (value == "1" && !is_of_line)),
    };
    (!tag.contains('>') && words.any(says)).then_some(line)
}
