//! How deep a line is nested. The parser looks at all quotes and lists around a line for each line, so that a text of a
//! few megabytes could keep it busy for hours.

use memchr::{memchr, memchr_iter, memrchr};

/// The most quotes and lists that one line begins.
pub const MOST_NESTED: usize = 1_000;

/// The first line, from 1, that begins more quotes and lists than [`MOST_NESTED`]. Each takes a byte, and hardly a line is
/// that long: so a line feed is looked for from so many bytes on backwards, and what stands before it is not read at all.
pub fn nested_too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut start = 0;
    while let Some(head) = bytes.get(start..=start + MOST_NESTED) {
        if let Some(end) = memrchr(b'\n', head) {
            start += end + 1;
            continue;
        }
        let line = text.get(start..).unwrap_or_default();
        if markers(line).nth(MOST_NESTED).is_some() {
            return Some(memchr_iter(b'\n', &bytes[..start]).count() + 1);
        }
        start += memchr(b'\n', line.as_bytes())? + 1;
    }
    None
}

/// The markers of quotes, list items and definitions that a line begins with.
fn markers(line: &str) -> impl Iterator<Item = ()> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let own = rest.trim_start_matches([' ', '\t']);
        rest = own.strip_prefix('>').or_else(|| {
            let behind = own.trim_start_matches(|c: char| c.is_ascii_digit());
            let signs: &[char] = if behind.len() < own.len() { &['.', ')'] } else { &['-', '*', '+', ':'] };
            behind.strip_prefix(signs).filter(|behind| behind.starts_with([' ', '\t']))
        })?;
        Some(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_counted() {
        for (line, count) in
            [("> > - 1. a", 4), (">>>", 3), ("    * b - c", 1), ("-a", 0), ("12) a", 1), (": > a", 2), ("", 0)]
        {
            assert_eq!(markers(line).count(), count, "{line}");
        }
        assert_eq!(nested_too_deep(&format!("a\n{}\n", "> ".repeat(MOST_NESTED + 1))), Some(2));
        assert_eq!(nested_too_deep(&"> ".repeat(MOST_NESTED)), None);
        // Lines about as long as they have to be, and what stands before and behind them.
        let (deep, long) = (">".repeat(MOST_NESTED + 1), "a".repeat(3 * MOST_NESTED));
        for (text, line) in [
            (deep.clone(), Some(1)),
            (format!("{deep}\n"), Some(1)),
            (format!("{}\n{deep}", ">".repeat(MOST_NESTED)), Some(2)),
            (format!("{long}\n\n{deep}\na"), Some(3)),
            (format!("{long}\n{long}"), None),
            (format!("{}\n", "a\n".repeat(MOST_NESTED)), None),
            (String::new(), None),
        ] {
            assert_eq!(nested_too_deep(&text), line, "{} bytes", text.len());
        }
    }
}
