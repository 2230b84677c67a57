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

/// `1` to `9` with U+FE0F and U+20E3, and 🔟.
pub(super) fn read_keycap(text: &str) -> Option<u64> {
    if text == "🔟" {
        return Some(10);
    }
    text.strip_suffix("\u{FE0F}\u{20E3}").filter(|digit| digit.len() == 1).and_then(read_ascii)
}

pub(super) fn print_keycap(value: u64, _width: usize) -> Option<String> {
    match value {
        0..=9 => Some(format!("{value}\u{FE0F}\u{20E3}")),
        10 => Some("🔟".to_owned()),
        _ => None,
    }
}
