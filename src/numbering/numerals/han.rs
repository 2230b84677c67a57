//! Chinese numerals of everyday use: 一 二 … 十一 … 一百零一 … 一万零五.
//!
//! The printer follows the standard written form: 零 stands once for any run of empty places inside the number,
//! and a leading 一 is left out before 十. It agrees with the `simp-chinese-informal` counter style of CSS.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [char; 4] = ['\0', '十', '百', '千'];
const SIMPLIFIED: [char; 3] = ['\0', '万', '亿'];
const TRADITIONAL: [char; 3] = ['\0', '萬', '億'];

/// Numbers from this on have no form here.
const LIMIT: u64 = 1_000_000_000_000;

pub(super) fn is_numeral_character(c: char) -> bool {
    DIGITS.contains(&c) || UNITS[1..].contains(&c) || SIMPLIFIED[1..].contains(&c) || TRADITIONAL[1..].contains(&c)
}

/// The value of a string of numeral characters, read generously: the caller prints it again to see whether it
/// was written in the standard form.
pub(super) fn read(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > 24 {
        return None;
    }
    let (mut total, mut section, mut digit) = (0u64, 0u64, 0u64);
    for c in text.chars() {
        if let Some(value) = DIGITS.iter().position(|&d| d == c) {
            digit = value as u64;
        } else if let Some(power) = UNITS.iter().skip(1).position(|&unit| unit == c) {
            section += digit.max(1) * [10, 100, 1000][power];
            digit = 0;
        } else {
            let myriads = |set: [char; 3]| set.iter().skip(1).position(|&unit| unit == c);
            let power = myriads(SIMPLIFIED).or_else(|| myriads(TRADITIONAL))?;
            total += (section + digit).checked_mul([10_000, 100_000_000][power])?;
            (section, digit) = (0, 0);
        }
    }
    Some(total + section + digit).filter(|&value| value > 0)
}

pub(super) fn print_simplified(value: u64, _width: usize) -> Option<String> {
    print(value, SIMPLIFIED)
}

pub(super) fn print_traditional(value: u64, _width: usize) -> Option<String> {
    print(value, TRADITIONAL)
}

fn print(value: u64, myriads: [char; 3]) -> Option<String> {
    if value == 0 || value >= LIMIT {
        return None;
    }
    let mut out = String::new();
    let mut gap = false;
    for power in (0..3).rev() {
        let section = value / 10_000u64.pow(power) % 10_000;
        if section == 0 {
            gap = !out.is_empty();
            continue;
        }
        gap |= !out.is_empty() && section < 1000;
        push_section(&mut out, section, gap);
        gap = false;
        if power > 0 {
            out.push(myriads[power as usize]);
        }
    }
    Some(if out.starts_with("一十") { out.replacen('一', "", 1) } else { out })
}

/// One group of four places; `gap` puts a 零 in front.
fn push_section(out: &mut String, section: u64, mut gap: bool) {
    let mut begun = false;
    for (place, unit) in UNITS.iter().enumerate().rev() {
        let digit = section / 10u64.pow(u32::try_from(place).unwrap_or(0)) % 10;
        if digit == 0 {
            gap |= begun;
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        out.push(DIGITS[usize::try_from(digit).unwrap_or(0)]);
        if place > 0 {
            out.push(*unit);
        }
        begun = true;
    }
}
