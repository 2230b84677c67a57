//! YAML as most people write most of it: mappings and lists by indentation, each value on the line of its key. To read
//! that takes a small part of what a whole parser takes. Anything else is left to that one, mistakes above all.

use super::{Value, builder::Builder};
use crate::source::Span;

/// Longer keys are left to the parser, which has a limit of its own.
const MAX_KEY: usize = 128;
/// What a value without quotes does not begin with.
const INDICATORS: &[char] =
    &['-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`'];

/// Reads the text of a builder into it. `None` where the text is not for us; the builder is of no use then.
pub(super) fn read<'a>(text: &'a str, builder: &mut Builder<'a>) -> Option<()> {
    let is_sign = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}');
    if text.contains(is_sign) {
        return None;
    }
    let mut plain = Plain { text, builder, at: 0, line: None };
    plain.advance();
    plain.block()?;
    plain.line.is_none().then_some(())
}

struct Plain<'t, 'b> {
    text: &'t str,
    builder: &'b mut Builder<'t>,
    /// Where the line behind the current one begins.
    at: usize,
    /// The line that is read next; `None` at the end.
    line: Option<Line<'t>>,
}

/// What of a line has not been read yet, without the blanks around it.
#[derive(Clone, Copy)]
struct Line<'t> {
    column: usize,
    text: &'t str,
}

impl Line<'_> {
    fn is_item(self) -> bool {
        self.text.starts_with("- ")
    }
}

impl<'t> Plain<'t, '_> {
    /// Goes on to the next line that says something.
    fn advance(&mut self) {
        self.line = None;
        while self.line.is_none() && self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let line = &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
            self.at += line.len() + 1;
            let text = line.trim_start_matches(' ');
            let column = line.len() - text.len();
            let text = text.trim_end_matches(' ');
            self.line = (!text.is_empty() && !text.starts_with('#')).then_some(Line { column, text });
        }
    }

    /// The place of a part of the text.
    fn span(&self, part: &str) -> Span {
        Span::of_part(part, self.text)
    }

    fn block(&mut self) -> Option<()> {
        let line = self.line?;
        if line.is_item() { self.list(line.column, line.text) } else { self.map(line.column) }
    }

    fn map(&mut self, column: usize) -> Option<()> {
        self.builder.open(self.span(&self.line?.text[..0]), true).ok()?;
        while let Some(line) = self.line.filter(|line| line.column >= column) {
            let (key, value) = entry(line.text).filter(|_| line.column == column)?;
            self.leaf(key, key, true)?;
            self.advance();
            match self.line {
                _ if !value.is_empty() => self.value(value)?,
                Some(next) if next.column > column => self.block()?,
                // The parser has such a list begin behind its first dash.
                Some(next) if next.column == column && next.is_item() => self.list(column, item(next.text)?)?,
                _ => self.leaf(&key[key.len()..], "~", true)?,
            }
        }
        self.builder.close().ok()
    }

    fn list(&mut self, column: usize, start: &str) -> Option<()> {
        self.builder.open(self.span(&start[..0]), false).ok()?;
        while let Some(line) =
            self.line.filter(|line| line.column > column || (line.column == column && line.is_item()))
        {
            let text = item(line.text).filter(|_| line.column == column)?;
            let item = Line { column: column + line.text.len() - text.len(), text };
            if item.is_item() || entry(text).is_some() {
                // What stands behind the dash begins a block like any other, which its dash has indented.
                self.line = Some(item);
                self.block()?;
            } else {
                self.advance();
                self.value(text)?;
            }
        }
        self.builder.close().ok()
    }

    /// What stands on the line of its key or dash, to the end of it.
    fn value(&mut self, text: &'t str) -> Option<()> {
        if text.starts_with(['[', '{', '"', '\'']) {
            return self.flow(text)?.is_empty().then_some(());
        }
        let is_plain = !text.starts_with(INDICATORS) && !text.ends_with(':');
        if is_plain && !text.contains(": ") && !text.contains(" #") { self.leaf(text, text, true) } else { None }
    }

    /// A value within a line that others may follow. Returns what stands behind it.
    fn flow(&mut self, text: &'t str) -> Option<&'t str> {
        let (is_map, end) = match text.chars().next()? {
            '[' => (false, ']'),
            '{' => (true, '}'),
            '"' | '\'' => {
                let (inner, behind) = quoted(text)?;
                self.leaf(&text[..text.len() - behind.len()], inner, false)?;
                return Some(behind);
            }
            _ => {
                let (own, behind) = text.split_at(text.find([',', ']', '}']).unwrap_or(text.len()));
                let own = own.trim_end_matches(' ');
                if own.is_empty() || own.starts_with(INDICATORS) || own.contains([':', '#', '[', '{']) {
                    return None;
                }
                self.leaf(own, own, true)?;
                return Some(behind);
            }
        };
        self.builder.open(self.span(&text[..1]), is_map).ok()?;
        let mut rest = text[1..].trim_start_matches(' ');
        while !rest.starts_with(end) {
            if is_map {
                let (key, value) = entry(rest).filter(|(_, value)| !value.is_empty())?;
                self.leaf(key, key, true)?;
                rest = value;
            }
            let behind = self.flow(rest)?.trim_start_matches(' ');
            rest = match behind.strip_prefix(',') {
                // A value has to follow.
                Some(next) => Some(next.trim_start_matches(' ')).filter(|next| !next.starts_with(end))?,
                None => Some(behind).filter(|behind| behind.starts_with(end))?,
            };
        }
        self.builder.close().ok()?;
        Some(&rest[1..])
    }

    fn leaf(&mut self, written: &str, text: &str, plain: bool) -> Option<()> {
        let value = Value::Scalar { text: text.to_owned(), plain };
        self.builder.node(self.span(written), value).ok()
    }
}

/// What stands behind the dash of a line.
fn item(line: &str) -> Option<&str> {
    Some(line.strip_prefix("- ")?.trim_start_matches(' '))
}

/// The key of a line and what stands behind it.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_key = key.len() <= MAX_KEY && key.starts_with(is_word) && key.ends_with(|c| is_word(c) || c == '-');
    let is_key = is_key && key.chars().all(|c| is_word(c) || matches!(c, '-' | '.' | '/' | ' '));
    (is_key && (value.is_empty() || value.starts_with(' '))).then(|| (key, value.trim_start_matches(' ')))
}

/// What stands in the quotes that a text begins with, if it is as it is written, and what stands behind them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let (inner, behind) = text[1..].split_once(quote)?;
    let has_escape = quote == '"' && inner.contains('\\');
    (!has_escape && !behind.starts_with(quote)).then_some((inner, behind))
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::super::parse::{parsed, plainly};

    /// What stands before a value, and values, first of those that are read here.
    const BEFORE: &[&[&str]] = &[
        &[
            "a: ", "b: ", "名: ", "c:", "d:", "- ", "- ", "-  ", "- - ", "- k: ", "# ", "", "x/y.z-w: ", "_x: ",
            "a b:  ",
        ],
        &["-", "? ", "- ? ", "\"q\": ", "<<: ", "a：", "a : ", "[k]: ", "a#: ", "&a b: "],
    ];
    const VALUES: &[&[&str]] = &[
        &[
            "", "", "x", "x", "甲 乙", "x  y ", "'q'", "\"q\"", "''", "[a, 'b', \"c\"]", "[ a,b ]", "[]", "x#c", "x:y",
            "~", "1.5",
        ],
        &[
            "'it''s'", "\"\\n\"", "'q' x", "[a,]", "[a, [b]]", "[a: b]", "[a #b, c]", "{}", "x #c", "x: y", "x:", "-1",
            "|", ">",
        ],
        &[
            "&a x", "*a", "!!str x", "%x", "@x", "---", "...", "a\tb", "a\r", "\u{FEFF}", "a\u{2028}b", "a\u{85}b",
            "a：b", "a, b",
        ],
        &[
            "http://x.y/z:8?a=#b", "a]", "a'b", "a\"", "- x", "k: v", "[", "]", ",", "a,", "?x", ":x", "-", "\u{7F}",
            "\u{E000}",
        ],
    ];

    fn piece(all: &'static [&'static [&'static str]]) -> impl Strategy<Value = &'static str> {
        prop_oneof![8 => select(all[0]), 1 => select(all).prop_flat_map(select)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn the_parser_reads_the_same(
            lines in prop::collection::vec((select(&[0, 0, 0, 2, 2, 4, 1]), piece(BEFORE), piece(VALUES)), 1..6),
            base in 0..9usize,
        ) {
            let line = |(indent, before, value): &(usize, _, _)| format!("{:indent$}{before}{value}\n", "");
            let text: String = lines.iter().map(line).collect();
            if let Some(reading) = plainly(&text, base) {
                prop_assert_eq!(reading, parsed(&text, base));
            }
        }
    }

    #[test]
    fn what_people_write_is_read_here() {
        for text in [
            "a: b\n",
            "标题: 甲：乙\ntags:\n  - x\n  - y z\n",
            "head:\n  - - meta\n    - name: k\n      content: a,b\n",
        ] {
            assert!(plainly(text, 0).is_some(), "{text}");
        }
    }
}
