//! What stands around a label, or in place of one, and says how it is meant.

use super::{
    label::{Label, Scheme, parse},
    mention,
    numerals::{self, Class, Numeral},
    parts, range, words,
};
use crate::source::characters::has_no_width;

/// Numbers that a text begins with, or joins to its label, though they make no label: `3.运行`, `2 步`, `2. & 3. y`,
/// `二、三、`.
pub fn hints(text: &str, label: Option<&Label>) -> Vec<u64> {
    let text = text.trim_start();
    let mut rest = text;
    if let Some(label) = label {
        rest = label.behind(text);
        let behind = rest.trim_start_matches(|c| words::JOINS.contains(&c) || " 第&,，-~～至到/".contains(c));
        let is_joined = behind.len() < rest.trim_start().len() || rest.starts_with(numerals::is_numeral_character);
        rest = if is_joined { behind } else { "" };
    } else {
        // `Step 2a`, `（三`, `第 4`: the first number near the start.
        let near = rest.char_indices().take(10).find(|(_, c)| numerals::is_numeral_character(*c));
        rest = near.map_or("", |(at, _)| &rest[at..]);
    }
    let end = numerals::run(rest);
    if end == 0 || end > numerals::LONGEST {
        return Vec::new();
    }
    numerals::values(&rest[..end])
}

/// The dotted number that a text begins with, label or not: that of `0.1 Terms` is none, since it is a version as often.
pub fn dotted(text: &str) -> Option<Vec<u64>> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    let is_dotted = number.contains('.') && number.len() <= numerals::LONGEST;
    is_dotted.then(|| number.split('.').map(|part| part.parse().ok()).collect()).flatten()
}

/// The number that a line begins with in a form that makes no label, but shows that it stands there: `3a. x`, `(2-b) x`, or
/// with a mark that emphasis was meant for, `四**、**x`.
pub fn stands_for(line: &str) -> Option<u64> {
    let line = line.trim_start_matches([' ', '\t', '>', '*', '_', '-', '(', '（', '[', '【']);
    let (number, behind) = numerals::leading(line)?;
    let mut letter = behind.trim_start_matches('-').chars();
    // 3D is no third point.
    let is_lettered = letter.next().is_some_and(|c| c.is_ascii_alphabetic() && c != 'D')
        && letter.next().is_some_and(|c| matches!(c, '.' | ')' | '）' | ']' | '】' | '、' | ':' | '：'));
    let marked = behind.trim_start_matches('*');
    let is_marked = marked.len() < behind.len() && marked.starts_with(['.', '．', '、', ')', '）']);
    (is_lettered || is_marked).then_some(number.value)
}

/// What joins a label to another one of its kind where a text speaks of both: `①或②`, `(1)と(2)`, `（1）⇔（2）`, `①+②`.
fn is_joint(c: char) -> bool {
    words::JOINS.contains(&c) || "至，/とや과와·・～~→⇒⇔+＋-−－=＝×÷".contains(c)
}

/// What goes on directly behind a label that the text speaks of: `(1)より`, `（一）之情形`.
const GOES_ON: &[&str] = &[
    "式", "之", "所述", "所列", "より", "から", "による", "により", "に戻", "に進", "について", "において", "に従",
    "に該当", "に掲げ", "に規定", "に定め", "に代入", "の場合", "のとき", "の式", "の結果", "の規定", "のいずれ",
    "のうち", "または", "又は", "若しくは", "並びに", "×", "÷", "＋", "−", "＝", "에 의", "에 따", "에서 ", "과 ",
    "와 ", "의 ", "을 ", "를 ",
];

/// Whether what stands behind a label that is in use already goes on from there and no further: `①②是必要条件`,
/// `（2）式代入`, `1、2、3 都是数`. Such a line speaks of labels and carries none.
pub fn speaks_on(text: &str, label: &Label) -> bool {
    let rest = label.behind(text);
    let is_next = |rest: &str| parse(rest).is_some_and(|next| next.scheme == label.scheme);
    let is_next_joined = || is_next(rest.trim_start_matches(is_joint).trim_start());
    match &label.scheme {
        // 第5章を参照 is a sentence about it.
        Scheme::Counted(_) => {
            const GOES_ON: &[char] =
                &['和', '与', '與', '的', '式', '及', 'を', 'は', 'が', 'の', 'に', 'で', 'と', 'も'];
            range::is_named(label, rest)
                || parts::remark_on(label, rest).is_some()
                || (rest.starts_with(GOES_ON) && range::through(label, rest).is_none())
        }
        Scheme::Marked('、', class) => {
            let is_plain = class.is_plain();
            let end = if is_plain {
                numerals::run(rest)
            } else {
                rest.chars().next().filter(|c| is_of(*class, *c)).map_or(0, char::len_utf8)
            };
            // 甲、丁は除く names two of several; 2、3は may be an item with a number in it.
            let more: &[&str] =
                if is_plain { &[] } else { &["及", "和", "与", "與", "と", "は", "が", "を", "等"] };
            end > 0 && ["、", "，", ","].iter().chain(more).any(|mark| rest[end..].starts_with(mark))
        }
        // １．４㎜ is a decimal number, and １．4日 is not.
        Scheme::Marked('.', Class::Arabic) => {
            let is_wide = numerals::is_wide_digit;
            rest.starts_with(is_wide) || (rest.starts_with(numerals::is_digit) && !label.text.starts_with(is_wide))
        }
        Scheme::Sign(_) | Scheme::Bracketed(..) => {
            let is_step = || rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(numerals::is_digit));
            GOES_ON.iter().any(|word| rest.starts_with(word)) || is_next(rest) || is_next_joined() || is_step()
        }
        // A closing mark ends it, whatever word comes next: `2）与…`.
        Scheme::Marked(..) => is_next_joined(),
        _ => rest.starts_with(['和', '与', '與', '式', '及']),
    }
}

/// Whether a word that joins stands behind a sign or a bracket. `（2）或使用缓存` is a point like any other where it counts on
/// from the one before, and else the text goes on from （2）: `（2）或其他情形`.
pub fn may_speak_on(behind: &str, label: &Label) -> bool {
    let is_sign = matches!(label.scheme, Scheme::Sign(_) | Scheme::Bracketed(..));
    is_sign && behind.trim_start_matches('*').starts_with(['和', '与', '與', '及', '或'])
}

/// Whether a character is a number of a class by itself.
fn is_of(class: Class, c: char) -> bool {
    Numeral::readings(c.encode_utf8(&mut [0; 4])).any(|numeral| numeral.system.class() == class)
}

/// Whether a heading's label is followed by another one of its kind, as where it speaks of both: `①②的区别`, `①与②`.
pub fn speaks_of_two(text: &str, label: &Label) -> bool {
    let next = || parse(label.behind(text).trim_start_matches(|c| words::JOINS.contains(&c) || c == '/'));
    let is_sign = matches!(label.scheme, Scheme::Sign(_) | Scheme::Bracketed(..));
    is_sign && next().is_some_and(|next| next.scheme == label.scheme)
}

/// Whether a text begins, behind a sign or a short word, with numbers that belong to those of a label: `§3.1`, `（3.1）`,
/// `3.1规定`, `3a`, `第三条之一`. Such a text has to change with the label.
pub fn carries(text: &str, values: &[u64]) -> bool {
    let near = text.char_indices().take(10).find(|(_, c)| numerals::is_numeral_character(*c));
    let Some((at, _)) = near else { return false };
    let mut rest = &text[at..];
    for (index, value) in values.iter().enumerate() {
        let rest_of = if index == 0 { Some(rest) } else { rest.strip_prefix(['.', '．', '-']) };
        let Some(number) = rest_of else { return false };
        let Some((_, behind)) = numerals::leading(number).filter(|(own, _)| own.value == *value) else { return false };
        rest = behind;
    }
    let next = rest.strip_prefix(['.', '．', '-']);
    let is_component = next.is_some_and(|behind| behind.starts_with(numerals::is_numeral_character));
    let mut after = rest.chars();
    let is_lettered =
        after.next().is_some_and(|c| c.is_ascii_lowercase()) && after.next().is_none_or(|c| !c.is_ascii_alphanumeric());
    let counter = words::COUNTERS.iter().chain(words::COUNTERS_KOREAN).find(|word| rest.starts_with(**word));
    let is_inserted = counter.is_some_and(|word| rest[word.len()..].starts_with(['之', 'の', '의']));
    is_component || is_lettered || is_inserted
}

/// The number that a line would begin with as a heading or a point, if it had no sign before it that spoils it (`##3. c`,
/// `＃＃ 3. c`), or its brackets were alike (`(2）b`).
pub fn spoilt(line: &str) -> Option<u64> {
    let line = line.trim_start_matches([' ', '\t']);
    let title = line.trim_start_matches('#');
    let is_heading = title.len() < line.len() && title.starts_with([' ', '\t']) && line.len() - title.len() <= DEEPEST;
    if is_heading && !title.trim_start_matches([' ', '\t']).starts_with(is_blank_or_unseen) {
        return None;
    }
    let inner = without_signs(line);
    if let Some(label) = parse(inner) {
        return (inner.len() < line.len()).then(|| label.number());
    }
    let within = inner.strip_prefix(['(', '（', '【', '['])?;
    let numbers = mention::number_at(within, 0)?;
    let [number] = &numbers[..] else { return None };
    within[number.at.end..].starts_with([')', '）', '】', ']']).then_some(number.numeral.value)
}

/// A line without the signs at its beginning that make a heading, or were meant to.
pub fn without_signs(line: &str) -> &str {
    let is_sign = |c: char| matches!(c, '#' | '＃' | '\\' | char::REPLACEMENT_CHARACTER) || is_blank_or_unseen(c);
    line.trim_start_matches(is_sign)
}

/// Hashes of the deepest heading.
const DEEPEST: usize = 6;

fn is_blank_or_unseen(c: char) -> bool {
    c.is_whitespace() || has_no_width(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_make_no_label() {
        for (line, number) in
            [("3a. x", 3), ("   3b) x", 3), ("**(2-a) x**", 2), ("（4b）x", 4), ("四**、**x", 4), ("2-A：x", 2)]
        {
            assert_eq!(stands_for(line), Some(number), "{line}");
        }
        for line in ["3 a", "3D：x", "3ab. x", "3. x", "a3a.", "3a", "", "三、x", "2-3. x"] {
            assert_eq!(stands_for(line), None, "{line}");
        }
    }

    #[test]
    fn a_label_that_is_spoken_of() {
        for text in [
            "(1)より、f(1) = 2 である。",
            "（一）之情形",
            "①或②",
            "①～③のいずれか",
            "（1）⇔（2）：",
            "(1)×2 得證",
            "①+②: 2x = 4",
            "①과 ②에서",
            "①에 의해",
            "(1)の場合",
            "(1)、(2)より",
            "②-1 甲",
            "甲、乙及び丙は",
            "甲、丁は除く。",
            "１．４㎜",
            "1)和2)的区别",
        ] {
            let label = parse(text).unwrap_or_else(|| panic!("{text} begins with a label"));
            assert!(speaks_on(text, &label), "{text}");
        }
        for text in [
            "(1) 甲", "（1）はじめに", "１．3日以内", "①의사", "①のり", "2、3个文件", "甲、はじめに", "1．概要",
            "2）与其", "②及时",
        ] {
            let label = parse(text).unwrap_or_else(|| panic!("{text} begins with a label"));
            assert!(!speaks_on(text, &label), "{text}");
        }
    }

    #[test]
    fn what_carries_a_number() {
        for text in ["§3.1 x", "（3.1）子", "3.1规定一", "Step 3.1: x", "3a. x", "第三条之一", "第3条の2"]
        {
            assert!(carries(text, &[3]), "{text}");
        }
        for text in ["3. x", "第三条", "13.1 x", "3 apples", "3and", "3.x"] {
            assert!(!carries(text, &[3]), "{text}");
        }
        assert!(carries("3.1.2 x", &[3, 1]) && !carries("3.2.1 x", &[3, 1]));
    }
}
