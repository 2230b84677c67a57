//! Values written so that they read as what is meant.

use std::{borrow::Cow, fmt::Write, ops::Range};

use super::{Node, Value, json::number, parse};
use crate::source::Span;

/// Writes a text as a scalar that reads as this text, in a flow as well: without quotes where it can do without.
pub fn scalar(text: &str) -> Cow<'_, str> {
    let is_plain = text.starts_with(|c: char| c.is_alphabetic() || c == '/' || !c.is_ascii())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '+' | ' ') || !c.is_ascii())
        && !text.contains(char::is_control)
        && text.trim() == text
        && !is_boolean(&text.to_lowercase())
        && !text.eq_ignore_ascii_case("null");
    if is_plain {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\"{}\"", escaped(text)))
}

/// Another text for a part of a scalar: which bytes of it, as `written` in its file, have to be replaced, and by what, so
/// that it reads as meant: just the part where that does, in the quotes that are there, else all of it in quotes of its
/// own. `None` where no way is known.
pub fn respelt(written: &str, part: Range<usize>, text: &str, in_flow: bool) -> Option<(Range<usize>, String)> {
    let (before, behind) = (written.get(..part.start)?, written.get(part.end..)?);
    if written.contains('\n') {
        // A line of several is no place for anything that could be more than a word.
        return (scalar(text) == text).then(|| (part, text.to_owned()));
    }
    let own = match written.chars().next() {
        Some('"') => escaped(text),
        Some('\'') => text.replace('\'', "''"),
        _ => text.to_owned(),
    };
    // What the part stands for; nothing where it is a part of an escape.
    let mark = '\u{E000}';
    let marked = read(&format!("{before}{mark}{behind}"), in_flow)?;
    let wanted = marked.0.contains(mark).then(|| marked.0.replace(mark, text).trim().to_owned())?;
    let kind = read(written, in_flow)?.1;
    let reads = |candidate: &str| {
        read(candidate, in_flow).is_some_and(|(text, own)| text.trim() == wanted && (own == Kind::Text || own == kind))
    };
    if reads(&format!("{before}{own}{behind}")) {
        return Some((part, own));
    }
    let quoted = format!("\"{}\"", escaped(&wanted));
    (!written.starts_with(['"', '\'']) && reads(&quoted)).then_some((0..written.len(), quoted))
}

/// The scalar that holds some bytes, and whether it stands in brackets or braces, where more characters mean something.
pub fn scalar_at<'n>(root: &'n Node, file: &str, span: Span) -> Option<(&'n Node, bool)> {
    let holds = |node: &&Node| node.span.contains(span);
    let inner = match &root.value {
        Value::Scalar { .. } => return holds(&root).then_some((root, false)),
        Value::List(items) => items.iter().find(holds)?,
        Value::Map(entries) => entries.iter().map(|(_, value)| value).find(holds)?,
        Value::Alias => return None,
    };
    let is_flow = file.get(root.span.start as usize..).is_some_and(|text| text.starts_with(['[', '{']));
    scalar_at(inner, file, span).map(|(node, in_flow)| (node, in_flow || is_flow))
}

/// What a scalar could be taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    /// A boolean of YAML 1.1 or 1.2.
    Boolean,
}

/// The text of a single value that is written so.
fn read(written: &str, in_flow: bool) -> Option<(String, Kind)> {
    let text = if in_flow { format!("a: [{written}]") } else { format!("a: {written}") };
    let reading = parse(&text, 0);
    let root = reading.root.filter(|_| reading.problems.is_empty())?;
    let value = root.get("a").filter(|_| root.as_map().is_some_and(|entries| entries.len() == 1))?;
    let node = match value.as_list() {
        Some([only]) if in_flow => only,
        None if !in_flow => value,
        _ => return None,
    };
    let text = node.as_str()?.to_owned();
    let kind = match &node.value {
        Value::Scalar { plain: true, .. } if is_boolean(&text.to_lowercase()) => Kind::Boolean,
        Value::Scalar { plain: true, .. } if number(&text).is_some() => Kind::Number,
        _ => Kind::Text,
    };
    Some((text, kind))
}

fn is_boolean(word: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off"].contains(&word)
}

/// A text as it stands between double quotes.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // Control characters are below U+0100.
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(written: &str, part: &str, text: &str, in_flow: bool) -> Option<String> {
        let at = written.find(part).unwrap();
        let (range, new) = respelt(written, at..at + part.len(), text, in_flow)?;
        Some(format!("{}{new}{}", &written[..range.start], &written[range.end..]))
    }

    #[test]
    fn values() {
        for (written, part, text, in_flow, wanted) in [
            ("＃x", "＃x", "#x", false, "\"#x\""),
            ("z Foo", "Foo", "#x", false, "\"z #x\""),
            ("z Foo, b", "Foo", "Bar", false, "z Bar, b"),
            ("Foo", "Foo", "a: b", false, "\"a: b\""),
            ("'a Foo'", "Foo", "it's", false, "'a it''s'"),
            ("\"a Foo\"", "Foo", "\"b\"", false, "\"a \\\"b\\\"\""),
            ("Foo", "Foo", "a, b", false, "a, b"),
            ("Foo", "Foo", "a, b", true, "\"a, b\""),
            ("Foo", "Foo", "yes", false, "\"yes\""),
            ("Yes", "Yes", "yes", false, "yes"),
            ("Foo", "Foo", "12", false, "\"12\""),
            ("Foo", "Foo", "", false, "\"\""),
            ("Foo bar", "Foo", "", false, " bar"),
            ("2025/1/2", "2025/1/2", "2025-01-02", false, "2025-01-02"),
            ("a\n  Foo", "Foo", "Bar", false, "a\n  Bar"),
        ] {
            assert_eq!(put(written, part, text, in_flow).as_deref(), Some(wanted), "{written} {text}");
        }
        assert_eq!(put("a\n  Foo", "Foo", "#x", false), None);
        assert_eq!(put("\"\\u0041\"", "0041", "b", false), None);
    }
}
