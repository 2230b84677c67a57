//! The label a heading, paragraph or caption begins with.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::numerals::{self, Class, Numeral};

/// What makes two labels belong to one sequence: the signs and words around the number. Width does not count
/// (`（1）` and `(1)`), nor, where a word names what is counted, the numerals (`第一章`, `第2章`, `步骤 1`, `第 2 步`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scheme {
    /// A word says what is counted: `第三章`, `步骤 2`. The text is the thing counted: `章`, `步`.
    Counted(String),
    /// `【1】`, `（一）`, `(1)`: the opening bracket, narrowed, and the kind of number.
    Bracketed(char, Class),
    /// `1.`, `1、`, `1)`, `一、`: the mark behind, narrowed, and the kind of number.
    Marked(char, Class),
    /// `1.2`, `1.2.3`.
    Dotted,
}

/// One number of a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The number as written.
    pub numeral: Numeral,
    /// Its bytes within the label's text.
    pub at: Range<usize>,
}

/// The numbering part of a text: `【9】`, `第三章`, `2.1`, `（二）`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The signs and words around the number.
    pub scheme: Scheme,
    /// The label as written, without blanks around it.
    pub text: String,
    /// One number, or the components of a dotted label.
    pub numbers: Vec<Number>,
}

impl Label {
    /// The values of the numbers.
    pub fn values(&self) -> Vec<u64> {
        self.numbers.iter().map(|number| number.numeral.value).collect()
    }

    /// The last number: the one that counts among siblings.
    pub fn last(&self) -> &Number {
        &self.numbers[self.numbers.len() - 1]
    }

    /// The label with other numbers in the places of its own.
    pub fn with_numbers(&self, printed: &[String]) -> String {
        let mut out = self.text.clone();
        for (number, text) in self.numbers.iter().zip(printed).rev() {
            out.replace_range(number.at.clone(), text);
        }
        out
    }
}

/// Words that name what is counted when they stand behind the number: `第N章`.
const COUNTERS: &[&str] = &[
    "部分", "单元", "單元", "阶段", "階段", "章", "节", "節", "讲", "講", "课", "課", "步", "篇", "回", "卷", "部",
    "编", "編", "条", "條", "款", "项", "項",
];

/// Counters that hardly begin another word, so that a title may follow them at once: `第1章绪论`.
const UNMISTAKABLE: &[&str] = &["章", "部分", "单元", "單元"];

/// Words that name what is counted when they stand before the number, and the counter they agree with.
const PREFIXES: &[(&str, &str)] = &[("步骤", "步"), ("步驟", "步")];

/// Brackets around a number: as written, and the narrow form that names the scheme.
const BRACKETS: &[(char, char, char)] = &[('【', '】', '【'), ('（', '）', '('), ('(', ')', '(')];

/// Marks behind a number: as written, narrow, and whether a blank (or nothing) must follow. Without that rule
/// `1.文` and `3.5` would be labels.
const MARKS: &[(char, char, bool)] =
    &[('.', '.', true), ('．', '.', false), ('、', '、', false), (')', ')', false), ('）', ')', false)];

/// A first number in this range is a year.
const YEARS: std::ops::RangeInclusive<u64> = 1900..=2100;

/// Reads the label a text begins with. The text is what a reader sees, without markup; the label begins at its
/// first character that is not a blank.
pub fn parse(text: &str) -> Option<Label> {
    let text = text.trim_start();
    let label = counted(text)
        .or_else(|| prefixed(text))
        .or_else(|| bracketed(text))
        .or_else(|| dotted(text))
        .or_else(|| marked(text))?;
    let first = label.numbers.first()?.numeral.value;
    (!YEARS.contains(&first)).then_some(label)
}

/// `第N章`, blanks around the number allowed.
fn counted(text: &str) -> Option<Label> {
    let rest = text.strip_prefix('第')?;
    let (number, rest) = spaced_number(text, rest)?;
    let counter = COUNTERS.iter().find(|counter| rest.starts_with(**counter))?;
    let rest = &rest[counter.len()..];
    // 第三节课 and 第一条件 are words, not labels: behind most counters a sign or a blank sets the title off.
    let set_off = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (set_off || UNMISTAKABLE.contains(counter))
        .then(|| label(text, rest, Scheme::Counted((*counter).to_owned()), vec![number]))
}

/// `步骤 N`.
fn prefixed(text: &str) -> Option<Label> {
    let (word, counter) = PREFIXES.iter().find(|(word, _)| text.starts_with(word))?;
    let (number, rest) = spaced_number(text, &text[word.len()..])?;
    ends_number(rest).then(|| label(text, rest, Scheme::Counted((*counter).to_owned()), vec![number]))
}

/// `【N】`, `（N）`, `(N)`.
fn bracketed(text: &str) -> Option<Label> {
    let open = text.chars().next()?;
    let (_, close, narrow) = BRACKETS.iter().find(|(o, ..)| *o == open)?;
    let (number, rest) = spaced_number(text, &text[open.len_utf8()..])?;
    let rest = rest.strip_prefix(*close)?;
    let class = number.numeral.system.class();
    Some(label(text, rest, Scheme::Bracketed(*narrow, class), vec![number]))
}

/// `N.`, `N、`, `N)`.
fn marked(text: &str) -> Option<Label> {
    let (number, rest) = number(text, text)?;
    let mark = rest.chars().next()?;
    let (_, narrow, blank) = MARKS.iter().find(|(m, ..)| *m == mark)?;
    let rest = &rest[mark.len_utf8()..];
    if *blank && !ends_with_blank(rest) {
        return None;
    }
    let class = number.numeral.system.class();
    Some(label(text, rest, Scheme::Marked(*narrow, class), vec![number]))
}

/// `N.N`, `N.N.N`, perhaps with a last dot. A component of zero makes it a version.
fn dotted(text: &str) -> Option<Label> {
    let (first, mut rest) = number(text, text)?;
    let mut numbers = vec![first];
    while let Some((next, after)) = rest.strip_prefix('.').and_then(|behind| number(text, behind)) {
        numbers.push(next);
        rest = after;
    }
    let arabic = |n: &Number| n.numeral.system.class() == Class::Arabic && n.numeral.value > 0;
    if numbers.len() < 2 || !numbers.iter().all(arabic) {
        return None;
    }
    let rest = rest.strip_prefix(['.', '、', '．']).unwrap_or(rest);
    ends_with_blank(rest).then(|| label(text, rest, Scheme::Dotted, numbers))
}

/// A number with blanks around it allowed.
fn spaced_number<'a>(text: &str, rest: &'a str) -> Option<(Number, &'a str)> {
    let (found, rest) = number(text, rest.trim_start())?;
    Some((found, rest.trim_start()))
}

/// The longest number at the start of `rest`, which is a suffix of `text`.
fn number<'a>(text: &str, rest: &'a str) -> Option<(Number, &'a str)> {
    let end = rest.find(|c| !numerals::is_numeral_character(c)).unwrap_or(rest.len());
    let numeral = Numeral::parse(&rest[..end])?;
    let start = text.len() - rest.len();
    Some((Number { numeral, at: start..start + end }, &rest[end..]))
}

fn ends_with_blank(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
}

/// Whether nothing that belongs to the number goes on behind it (`步骤 1a`, `步骤 1.2`).
fn ends_number(rest: &str) -> bool {
    let mut after = rest.chars();
    match after.next() {
        Some('.' | '-') => !after.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => !c.is_ascii_alphanumeric() && c != '%',
        None => true,
    }
}

fn label(text: &str, rest: &str, scheme: Scheme, numbers: Vec<Number>) -> Label {
    Label { scheme, text: text[..text.len() - rest.len()].trim_end().to_owned(), numbers }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Vec<u64>)> {
        parse(text).map(|label| (label.text.clone(), label.values()))
    }

    #[test]
    fn labels() {
        for (text, label, values) in [
            ("【9】为什么", "【9】", vec![9]),
            ("第三章 概述", "第三章", vec![3]),
            ("第 3 步：安装", "第 3 步", vec![3]),
            ("第1章绪论", "第1章", vec![1]),
            ("步骤 1. 创建", "步骤 1", vec![1]),
            ("１、标题", "１、", vec![1]),
            ("一、标题", "一、", vec![1]),
            ("（十二）标题", "（十二）", vec![12]),
            ("(3) title", "(3)", vec![3]),
            ("1) 一句话总结", "1)", vec![1]),
            ("01. Title", "01.", vec![1]),
            ("4.2 Running", "4.2", vec![4, 2]),
            ("1.2.3. Deep", "1.2.3.", vec![1, 2, 3]),
            ("7.", "7.", vec![7]),
        ] {
            assert_eq!(read(text), Some((label.to_owned(), values)), "{text}");
        }
    }

    #[test]
    fn not_labels() {
        for text in [
            "2024. 年度总结",
            "2013 年",
            "1.文",
            "v1.2.3",
            "1.0.2",
            "3.0 release",
            "2024.1.2 记录",
            "第一条件",
            "第三节课",
            "第二人生",
            "(可选) 配置",
            "3.5版",
            "$1.50",
            "1:30 开始",
            "步骤",
            "步骤 1.2",
            "十十、",
            "一",
            "5",
            "Chapter",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_replaced_where_they_stand() {
        let label = parse("第 9 步：安装").expect("a label");
        assert_eq!(label.with_numbers(&["10".to_owned()]), "第 10 步");
    }
}
