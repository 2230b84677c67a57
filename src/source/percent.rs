//! Percent-encoding in destinations.

use std::{borrow::Cow, fmt::Write};

/// Resolves percent-encoding; a text that would not be UTF-8 stays as it is.
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        // Rust reads a sign, too.
        let hex = hex.filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).map_or(text.into(), Cow::Owned)
}

/// Encodes all that RFC 3986 reserves or does not have, but for some bytes.
pub fn percent_encode_but(text: &str, keep: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Encodes what a destination cannot hold as it is. With `all`, everything that is not ASCII as well, for a
/// destination that was written so.
pub fn percent_encode(text: &str, all: bool) -> String {
    let is_open = |c: char| matches!(c, ' ' | '<' | '>' | '(' | ')' | '%' | '"' | '#' | '?' | '\\');
    encode(text, |c| if c.is_ascii() { is_open(c) || c.is_ascii_control() } else { all })
}

/// Encodes what a destination between `<` and `>` cannot hold as it is.
pub fn percent_encode_in_brackets(text: &str) -> String {
    encode(text, |c| matches!(c, '<' | '>' | '%' | '#' | '?' | '\\') || c.is_ascii_control())
}

fn encode(text: &str, is_encoded: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_encoded(c) {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent() {
        assert_eq!(percent_decode("%E4%B8%AD%20a"), "中 a");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%FF"), "%FF");
        assert_eq!(percent_decode("%+4 %41"), "%+4 A");
        assert_eq!(percent_encode("中 a(1).md", false), "中%20a%281%29.md");
        assert_eq!(percent_encode("中", true), "%E4%B8%AD");
        assert_eq!(percent_encode_in_brackets("中 a(1)%20.md"), "中 a(1)%2520.md");
        assert_eq!(percent_encode_but("a/b c", b"/"), "a/b%20c");
    }
}
