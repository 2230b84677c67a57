//! When two tags are one word in two spellings.

use std::{collections::HashMap, sync::OnceLock};

use unicode_normalization::UnicodeNormalization;

/// Traditional characters, each with its simplified form behind it: those of Big5 that have one in GB 2312.
const SIMPLIFIED: &str = include_str!("simplified.txt");

/// Words shorter than this, in letters, are not compared letter by letter: too many short ones differ by one.
const SHORT: usize = 5;

/// A word as spellings are compared: letter case, width, Unicode form, traditional characters, hyphens and blanks aside.
pub fn spelling(text: &str) -> String {
    static KNOWN: OnceLock<HashMap<char, char>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let characters: Vec<char> = SIMPLIFIED.chars().filter(|c| *c != '\n').collect();
        characters.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    });
    let simple = |c: char| known.get(&c).copied().unwrap_or(c);
    let lower = text.nfkc().collect::<String>().to_lowercase();
    lower.chars().map(simple).filter(|c| !matches!(c, '-' | '_' | ' ')).collect()
}

/// Whether one word is probably a slip of the pen for the other: an English plural, or, in words of some length in an
/// alphabet, one letter more, less, other or swapped with its neighbour.
pub fn is_slip(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > 2 {
        return false;
    }
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let is_alphabetic = |text: &str| text.is_ascii() && text.bytes().any(|b| b.is_ascii_alphabetic());
    if !is_alphabetic(short) || !is_alphabetic(long) {
        return false;
    }
    is_plural(short, long) || (short.len() >= SHORT && differ_by_one(short.as_bytes(), long.as_bytes()))
}

/// Whether one word is the English plural of another, in lower case.
pub(crate) fn is_plural(word: &str, plural: &str) -> bool {
    word.len() > 2 && word.is_ascii() && matches!(plural.strip_prefix(word), Some("s" | "es"))
}

fn differ_by_one(short: &[u8], long: &[u8]) -> bool {
    let head = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let tail = short[head..].iter().rev().zip(long[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&short[head..short.len() - tail], &long[head..long.len() - tail]);
    // `http2` and `http3` are two things.
    if a.iter().chain(b).any(|b| !b.is_ascii_alphabetic()) {
        return false;
    }
    match (a, b) {
        ([] | [_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (a, b) in [("MySQL", "mysql"), ("ＡＩ", "ai"), ("學習", "学习"), ("machine-learning", "Machine Learning")]
        {
            assert_eq!(spelling(a), spelling(b), "{a} {b}");
        }
        assert_ne!(spelling("前端"), spelling("后端"));
    }

    #[test]
    fn slips() {
        for (a, b) in [("tool", "tools"), ("database", "databsae"), ("class", "classes"), ("javascript", "javascipt")] {
            assert!(is_slip(a, b), "{a} {b}");
        }
        for (a, b) in
            [("http2", "http3"), ("前端", "后端"), ("java", "javac"), ("go", "gos"), ("kafka", "spark"), ("a", "a")]
        {
            assert!(!is_slip(a, b), "{a} {b}");
        }
    }
}
