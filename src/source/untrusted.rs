//! Text that somebody else wrote, on its way to an output.

use std::fmt::Write;

/// Text from outside: of a document, a file name, a configuration, or a message that quotes one.
///
/// It has no `Display`, so it cannot reach an output by accident: a reporter asks for the form that
/// is harmless in its own medium.
#[derive(Clone, Copy, Debug)]
pub struct Untrusted<'a>(&'a str);

impl<'a> Untrusted<'a> {
    /// Marks a text as coming from outside.
    pub fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// One line for a terminal or a log: control characters, escape sequences, bidirectional controls and
    /// invisible marks become visible (`␛`, `⏎`, `<U+202E>`), so that nothing can move the cursor, colour the
    /// rest, or begin a line that a CI runner would read as a command.
    pub fn line(self) -> String {
        let mut out = String::with_capacity(self.0.len());
        for c in self.0.chars() {
            push_visible(&mut out, c);
        }
        // CI runners act on these wherever they stand in a line, and on `::name` where a line begins: here, or behind
        // a blank where the line may be wrapped.
        let out = out.replace("##[", "#\\#[").replace("##vso[", "#\\#vso[");
        break_commands(&out)
    }
}

/// Breaks `::name` at the start of a word: `:\\:name`.
fn break_commands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("::") {
        let starts_word = !rest[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        out.push_str(&rest[..at]);
        out.push_str(if starts_word { ":\\:" } else { "::" });
        rest = &rest[at + 2..];
    }
    out.push_str(rest);
    out
}

/// Appends a character in a form that is visible and harmless on a terminal.
pub(crate) fn push_visible(out: &mut String, c: char) {
    match c {
        '\t' => out.push(' '),
        '\n' | '\r' => out.push('⏎'),
        '\0'..='\x1F' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('�')),
        '\x7F' => out.push('␡'),
        c if is_unsafe_format(c) => {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        }
        c => out.push(c),
    }
}

/// Characters that change how the rest of a line is shown without being seen themselves: C1 controls, line and
/// paragraph separators, bidirectional controls, zero-width blanks, the tag block.
pub(crate) fn is_unsafe_format(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}')
}
