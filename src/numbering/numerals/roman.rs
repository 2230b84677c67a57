//! Roman numerals: in ASCII letters, and in the characters from U+2160 on.

const STEPS: [(u64, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// The largest number: MMMCMXCIX.
const LARGEST: u64 = 3_999;

pub(super) fn print_upper(value: u64) -> Option<String> {
    if value == 0 || value > LARGEST {
        return None;
    }
    let mut left = value;
    let mut out = String::new();
    for (worth, letters) in STEPS {
        while left >= worth {
            out.push_str(letters);
            left -= worth;
        }
    }
    Some(out)
}

pub(super) fn print_lower(value: u64) -> Option<String> {
    print_upper(value).map(|upper| upper.to_ascii_lowercase())
}

/// Reads generously; the caller prints the value again.
pub(super) fn read_upper(text: &str) -> Option<u64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let worth: Option<Vec<u64>> = text.chars().map(letter).collect();
    let worth = worth?;
    let larger_follows = |at: usize| worth.get(at + 1).is_some_and(|next| *next > worth[at]);
    let (plus, minus): (Vec<usize>, Vec<usize>) = (0..worth.len()).partition(|&at| !larger_follows(at));
    let sum = |places: Vec<usize>| places.into_iter().map(|at| worth[at]).sum::<u64>();
    sum(plus).checked_sub(sum(minus)).filter(|&value| value > 0)
}

pub(super) fn read_lower(text: &str) -> Option<u64> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    read_upper(&text.to_ascii_uppercase())
}

fn letter(c: char) -> Option<u64> {
    Some(match c {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        'D' => 500,
        'M' => 1000,
        _ => return None,
    })
}

/// Ⅰ to Ⅻ have a character each; larger numbers are made of those for ten and more, and one of these.
const SIGNS: [(u64, char); 4] = [(1000, 'Ⅿ'), (500, 'Ⅾ'), (100, 'Ⅽ'), (50, 'Ⅼ')];

pub(super) fn print_sign_upper(value: u64) -> Option<String> {
    match value {
        0 => None,
        1..=12 => char::from_u32(0x215F + u32::try_from(value).ok()?).map(String::from),
        13..=39 => Some(format!("{}{}", "Ⅹ".repeat(usize::try_from(value / 10).ok()?), print_units(value % 10))),
        _ => SIGNS.iter().find(|(worth, _)| *worth == value).map(|(_, sign)| sign.to_string()),
    }
}

fn print_units(value: u64) -> String {
    print_sign_upper(value).unwrap_or_default()
}

pub(super) fn print_sign_lower(value: u64) -> Option<String> {
    print_sign_upper(value).map(|upper| upper.to_lowercase())
}

pub(super) fn read_sign_upper(text: &str) -> Option<u64> {
    if text.is_empty() || !text.chars().all(is_sign) {
        return None;
    }
    (1..=39).chain(SIGNS.map(|(worth, _)| worth)).find(|&value| print_sign_upper(value).as_deref() == Some(text))
}

pub(super) fn read_sign_lower(text: &str) -> Option<u64> {
    if !text.chars().all(|c| ('\u{2170}'..='\u{217F}').contains(&c)) {
        return None;
    }
    read_sign_upper(&text.to_uppercase())
}

pub(super) fn is_sign(c: char) -> bool {
    ('\u{2160}'..='\u{217F}').contains(&c)
}
