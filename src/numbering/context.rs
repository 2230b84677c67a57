//! What stands around a label, or in place of one, and says how it is meant.

use super::{
    label::{LONGEST, Label, Scheme, parse},
    numerals::{self, Numeral},
};

/// Numbers that a text begins with, or joins to its label, though they make no label: `3.运行`, `2 步`, `2. & 3. y`,
/// `二、三、`.
pub fn hints(text: &str, label: Option<&Label>) -> Vec<u64> {
    let text = text.trim_start();
    let mut rest = text;
    if let Some(label) = label {
        rest = text.get(label.text.len()..).unwrap_or_default();
        let behind =
            rest.trim_start_matches([' ', '第', '&', '和', '与', '、', ',', '，', '-', '~', '～', '至', '到', '/']);
        let is_joined = behind.len() < rest.trim_start().len() || rest.starts_with(numerals::is_numeral_character);
        rest = if is_joined { behind } else { "" };
    } else {
        // `Step 2a`, `（三`, `第 4`: the first number near the start.
        let near = rest.char_indices().take(10).find(|(_, c)| numerals::is_numeral_character(*c));
        rest = near.map_or("", |(at, _)| &rest[at..]);
    }
    let end = rest.find(|c| !numerals::is_numeral_character(c)).unwrap_or(rest.len());
    if end == 0 || end > LONGEST {
        return Vec::new();
    }
    Numeral::parse(&rest[..end]).map(|numeral| numeral.value).into_iter().collect()
}

/// Whether what stands behind a label that is in use already goes on from there and no further: `①②是必要条件`,
/// `（2）式代入`, `1、2、3 都是数`. Such a line speaks of labels and carries none.
pub fn speaks_on(text: &str, label: &Label) -> bool {
    let rest = text.trim_start().get(label.text.len()..).unwrap_or_default();
    if rest.starts_with(['和', '与', '式', '及']) {
        return true;
    }
    match &label.scheme {
        // 第5章を参照 is a sentence about it.
        Scheme::Counted(_) => rest.starts_with(['を', 'は', 'が', 'の', 'に', 'で', 'と', 'も']),
        Scheme::Marked('、', _) => {
            let end = rest.find(|c| !numerals::is_numeral_character(c)).unwrap_or(rest.len());
            end > 0 && rest[end..].starts_with(['、', '，', ','])
        }
        Scheme::Sign(_) | Scheme::Bracketed(..) => parse(rest).is_some_and(|next| next.scheme == label.scheme),
        _ => false,
    }
}

/// Whether what stands behind a label carries the mark of one part of several: `（上）`, `(part 2)`, `（续）`, or any
/// note in parentheses right behind the label: `Step 2 (Linux)`.
pub fn is_part(text: &str) -> bool {
    if text.trim_start().starts_with(['（', '(']) {
        return true;
    }
    let mut open = text.char_indices().filter(|(_, c)| matches!(c, '（' | '('));
    open.any(|(at, c)| {
        let inner = &text[at + c.len_utf8()..];
        // Such a note is short.
        let close = inner.char_indices().take(24).find(|(_, c)| matches!(c, '）' | ')'));
        let Some((end, _)) = close else { return false };
        let word = inner[..end].trim().to_lowercase();
        let word = word.strip_prefix("part").map_or(word.as_str(), str::trim);
        let is_fraction = word.contains('/') && word.len() < 6;
        let known = [
            "上",
            "中",
            "下",
            "续",
            "續",
            "完",
            "臨時",
            "临时",
            "补",
            "補",
            "continued",
            "cont.",
            "cont",
            "morning",
            "evening",
        ];
        known.contains(&word) || Numeral::parse(word).is_some() || is_fraction
    })
}
