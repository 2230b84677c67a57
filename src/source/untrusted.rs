//! Text that somebody else wrote, on its way to an output.

use std::fmt::Write;

use super::characters::shows_nothing;

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
        // `::name` is a command where a line begins: here, or behind a blank where the line may be wrapped.
        break_commands(&self.inert())
    }

    /// The value of a GitHub workflow command, which ends at the end of its line.
    pub fn workflow_value(self) -> String {
        self.inert().replace('%', "%25")
    }

    /// A property of a GitHub workflow command, which ends at a comma or a colon.
    pub fn workflow_property(self) -> String {
        self.workflow_value().replace(':', "%3A").replace(',', "%2C")
    }

    /// Text or the value of an attribute in XML.
    pub fn xml(self) -> String {
        let mut out = String::with_capacity(self.0.len());
        let mut before = '\0';
        for c in self.visible().chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&apos;"),
                // What a runner would act on, should the report go to its log.
                '#' if before == '#' => out.push_str("&#35;"),
                ':' if before == ':' => out.push_str("&#58;"),
                // Non-characters have no place in XML, escaped or not.
                '\u{FFFE}' | '\u{FFFF}' => out.push('�'),
                c => out.push(c),
            }
            before = c;
        }
        out
    }

    /// One line of Markdown that shows the text as it is, also in the cell of a table. What stands between two
    /// backticks becomes code, as our messages mean it.
    pub fn markdown(self) -> String {
        let line = self.line();
        let mut out = String::with_capacity(line.len() + 16);
        let parts: Vec<&str> = line.split('`').collect();
        for (index, part) in parts.iter().enumerate() {
            let closes = index + 1 < parts.len();
            match index % 2 {
                1 if closes => push_code(&mut out, part),
                // A backtick without its partner.
                1 => {
                    out.push_str("\\`");
                    push_escaped(&mut out, part);
                }
                _ => push_escaped(&mut out, part),
            }
        }
        out
    }

    /// One line of code in Markdown, backticks and all, also in the cell of a table.
    pub fn markdown_code(self) -> String {
        let mut out = String::new();
        push_code(&mut out, &self.line());
        out
    }

    /// The text with everything visible, and what CI runners act on wherever it stands in a line broken.
    fn inert(self) -> String {
        break_runner_commands(&self.visible(), "#\\")
    }

    fn visible(self) -> String {
        let mut out = String::with_capacity(self.0.len());
        for c in self.0.chars() {
            push_visible(&mut out, c);
        }
        out
    }
}

/// What CI runners act on wherever it stands in a line: Azure Pipelines, and GitHub Actions as its heir.
const RUNNER_COMMANDS: [&str; 2] = ["##[", "##vso["];

/// Whether a text begins with what a CI runner acts on wherever it stands in a line.
pub(crate) fn is_runner_command(text: &str) -> bool {
    RUNNER_COMMANDS.iter().any(|command| text.starts_with(command))
}

/// Puts something else in the place of the first `#` of what CI runners act on.
pub(crate) fn break_runner_commands(text: &str, first: &str) -> String {
    RUNNER_COMMANDS
        .iter()
        .fold(text.to_owned(), |text, command| text.replace(command, &format!("{first}{}", &command[1..])))
}

/// JSON leaves most of Unicode as it is. What a terminal or a CI runner would act on, should the text go there, is
/// escaped as JSON can escape it: the value stays the same.
pub(crate) fn harmless_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unsafe_format(c) || c == '\u{7F}' {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    break_runner_commands(&out, "\\u0023")
}

/// Appends text so that Markdown reads no markup, no HTML, no link and no mention in it.
fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text.chars().peekable();
    let mut is_first = out.is_empty();
    while let Some(c) = rest.next() {
        match c {
            '@' => out.push_str("@<!-- -->"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A bare address is a link, with or without its protocol.
            ':' if rest.peek() == Some(&'/') => out.push_str("&#58;"),
            '.' if out.len() >= 3 && out[out.len() - 3..].eq_ignore_ascii_case("www") => out.push_str("&#46;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' => out.extend(['\\', c]),
            // A list, or the line under a heading, where the text begins a line.
            '-' | '+' | '=' if is_first => out.extend(['\\', c]),
            c => out.push(c),
        }
        is_first = false;
    }
}

/// Appends a span of code. A table reads a bar in it as the end of the cell, so text with one is written as HTML.
fn push_code(out: &mut String, text: &str) {
    let plain = !text.is_empty() && !text.contains(['`', '|', '\\']) && text.trim() == text;
    if plain {
        let _ = write!(out, "`{text}`");
        return;
    }
    out.push_str("<code>");
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out.push_str("</code>");
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
    shows_nothing(c)
        || matches!(c,
            '\u{80}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{2065}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_medium_has_its_own_escapes() {
        let of = |text: &'static str| Untrusted::new(text);
        assert_eq!(of("a\n::error::b ##[x]").line(), "a⏎:\\:error::b #\\#[x]");
        assert_eq!(of("100%: a,b\n##vso[x]").workflow_value(), "100%25: a,b⏎#\\#vso[x]");
        assert_eq!(of("100%: a,b\n").workflow_property(), "100%25%3A a%2Cb⏎");
        assert_eq!(
            of("<a b='\"'>&##[\u{1b}\u{202e}]]>").xml(),
            "&lt;a b=&apos;&quot;&apos;&gt;&amp;#&#35;[␛&lt;U+202E&gt;]]&gt;"
        );
        assert_eq!(
            of("`a|b` is `c` _x_ <b> @me [x](y)").markdown(),
            "<code>a&#124;b</code> is `c` \\_x\\_ &lt;b&gt; @<!-- -->me \\[x\\](y)"
        );
        assert_eq!(of("one ` alone http://x - a").markdown(), "one \\` alone http&#58;//x - a");
        assert_eq!(of("`a` WWW.x.example `b`").markdown(), "`a` WWW&#46;x.example `b`");
        assert_eq!(of("- a").markdown(), "\\- a");
        assert_eq!(of("a`b").markdown_code(), "<code>a&#96;b</code>");
    }
}
