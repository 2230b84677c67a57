//! The particles of Korean behind a number, of which some have another form where it ends in a consonant as it is read:
//! 그림 3을, 그림 4를.

use std::ops::Range;

use crate::source::characters::is_hangul;

/// The forms behind a consonant and behind a vowel, and whether another particle may follow.
const PARTICLES: &[(&str, &str, bool)] = &[
    ("은", "는", false),
    ("을", "를", false),
    ("이", "가", false),
    ("이나", "나", false),
    ("과", "와", true),
    (TOWARDS, "로", true),
];

/// The one that takes an ㄹ for a vowel: 1로.
const TOWARDS: &str = "으로";

/// No particle goes on further, in characters.
const NEAR: usize = 16;

/// What may stand between a number and its particle.
const CLOSING: &[char] = &['*', '_', '`', '"', '\'', '”', '’', '」', '』', ')', '）', ']', '】', '>', '〉'];

/// The particle behind a number, in bytes of the text behind it, and its form behind another number, if that is another one.
pub fn particle(behind: &str, before: u64, after: u64) -> Option<(Range<usize>, &'static str)> {
    let near = &behind[..behind.char_indices().nth(NEAR).map_or(behind.len(), |(at, _)| at)];
    let rest = near.trim_start_matches(CLOSING);
    let word = &rest[..rest.find(|c| !is_hangul(c)).unwrap_or(rest.len())];
    let is_own = |form: &str, goes_on: bool| word == form || (goes_on && word.starts_with(form));
    PARTICLES.iter().find_map(|&(consonant, vowel, goes_on)| {
        let form = |number| if ends_in_consonant(number, consonant == TOWARDS) { consonant } else { vowel };
        let (own, other) = (form(before), form(after));
        let start = near.len() - rest.len();
        (own != other && is_own(own, goes_on)).then_some((start..start + own.len(), other))
    })
}

/// Whether a number as it is read ends in a consonant: 일, 삼, 육, 칠, 팔, and whatever ends in zero.
fn ends_in_consonant(number: u64, but_l: bool) -> bool {
    match number % 10 {
        0 | 3 | 6 => true,
        1 | 7 | 8 => !but_l,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_number() {
        for (behind, before, after, form) in [
            ("을 참조하라", 3, 4, "를"),
            ("를", 4, 10, "을"),
            ("와 같다", 4, 6, "과"),
            ("과는 다르다", 3, 4, "와"),
            ("이 보인다", 1, 2, "가"),
            ("로 간다", 1, 3, "으로"),
            ("으로부터", 3, 4, "로"),
            ("**을", 3, 4, "를"),
        ] {
            assert_eq!(particle(behind, before, after).map(|(_, own)| own), Some(form), "{behind}");
        }
        for (behind, before, after) in
            [("을", 3, 6), ("이다", 3, 4), ("의", 3, 4), ("로", 1, 2), ("를", 3, 4), ("에서", 3, 4), ("", 3, 4)]
        {
            assert_eq!(particle(behind, before, after), None, "{behind}");
        }
    }
}
