//! Positional decimal digits, ASCII and full-width.

/// More digits than this are an identifier, not a place in an order.
const MAX_DIGITS: usize = 8;

pub(super) fn read_ascii(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && (1..=MAX_DIGITS).contains(&text.len());
    if digits { text.parse().ok() } else { None }
}

#[expect(clippy::unnecessary_wraps, reason = "the signature every system has")]
pub(super) fn print_ascii(value: u64, width: usize) -> Option<String> {
    Some(format!("{value:0width$}"))
}

pub(super) fn read_full_width(text: &str) -> Option<u64> {
    let narrow: Option<String> =
        text.chars().map(|c| char::from_digit(u32::from(c).checked_sub(u32::from('０'))?, 10)).collect();
    read_ascii(&narrow?)
}

pub(super) fn print_full_width(value: u64, width: usize) -> Option<String> {
    let ascii = print_ascii(value, width)?;
    ascii.bytes().map(|digit| char::from_u32(u32::from('０') + u32::from(digit - b'0'))).collect()
}

/// How digits are made signs: with U+20E3 behind each, mostly with U+FE0F between.
pub(super) struct Keycaps {
    pub(super) selector: &'static str,
    /// What ten is, where it has a sign of its own.
    pub(super) ten: Option<&'static str>,
}

/// Behind a digit, makes it a sign.
const KEYCAP: char = '\u{20E3}';

impl Keycaps {
    pub(super) fn read(&self, text: &str) -> Option<u64> {
        if self.ten == Some(text) {
            return Some(10);
        }
        let end = [self.selector, "\u{20E3}"].concat();
        read_ascii(&text.strip_suffix(&end)?.replace(&end, ""))
    }

    pub(super) fn print(&self, value: u64) -> Option<String> {
        match self.ten.filter(|_| value == 10) {
            Some(ten) => Some(ten.to_owned()),
            None if value < 100 => Some(
                value
                    .to_string()
                    .chars()
                    .flat_map(|c| [c.to_string(), self.selector.to_owned(), KEYCAP.into()])
                    .collect(),
            ),
            None => None,
        }
    }
}

/// How many bytes of a text are keycaps at its start, if its first character is one.
pub(in crate::numbering) fn keycaps(text: &str) -> usize {
    let mut rest = text;
    while let Some(behind) = rest.strip_prefix(|c: char| c.is_ascii_digit()) {
        let Some(next) = behind.strip_prefix('\u{FE0F}').unwrap_or(behind).strip_prefix(KEYCAP) else { break };
        rest = next;
    }
    text.len() - rest.len()
}
