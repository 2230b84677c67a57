//! Labels that count in headings only: in running text their words are words like any other.

use super::{
    Label, Scheme, YEARS,
    found::{before, components, digits, ends_number, label},
};
use crate::numbering::{foreign, numerals::Class, words};

/// `方案一：`, `Lesson 2`: a word for a part that counts in headings only.
pub(super) fn titled(text: &str) -> Option<Label> {
    let word = words::first_word(text);
    let rest = &text[word.len()..];
    // Hardly a heading has a number behind its first word, which is sooner seen than what the word means.
    let is_counted = || rest.starts_with([' ', '\u{A0}', '\u{3000}']) && digits(text, rest.trim_start()).is_some();
    if !word.is_empty() && !is_counted() {
        return None;
    }
    let (length, counted) = words::title(text)?;
    let (number, rest) = digits(text, text[length..].trim_start()).filter(|(_, rest)| ends_number(rest))?;
    let is_set_off = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '的' && c != '、');
    if is_set_off { label(text, rest, &number, |_| Scheme::Counted(counted.to_owned())) } else { None }
}

/// `1단계: 준비`, `2장 준비`, `3章`: what is counted stands right behind digits.
pub(super) fn suffixed(text: &str) -> Option<Label> {
    let (number, rest) = digits(text, text)?;
    let counter = words::SUFFIXES.iter().find(|counter| rest.starts_with(**counter))?;
    let rest = &rest[counter.len()..];
    let title = rest.trim_start();
    let is_set_off = title.len() < rest.len() || title.is_empty() || title.starts_with([':', '：', '.']);
    // 3과 4 are two numbers.
    let is_joined = *counter == "과" && title.starts_with(|c: char| c.is_ascii_digit());
    let is_arabic = number.number(0)?.numeral.system.class() == Class::Arabic;
    let is_label = is_arabic && is_set_off && !is_joined;
    is_label.then(|| label(text, rest, &number, |_| Scheme::Counted((*counter).to_owned())))?
}

/// The remark in brackets that a label begins with.
pub fn remark(label: &Label) -> Option<&str> {
    let is_own = matches!(label.scheme, Scheme::Counted(_)) && label.text.starts_with(['(', '（', '[']);
    is_own.then(|| label.text.find([')', '）', ']']).map(|end| &label.text[..end]))?
}

/// Whether a label's word is one of a language of which it is known in part only how a text speaks of a number.
pub fn is_foreign(label: &Label) -> bool {
    let word = label.text[remark(label).map_or(0, str::len)..].trim_start_matches([')', '）', ']', ' ']);
    foreign::title(words::first_word(word)).is_some()
}

/// Whether a text may begin with a word for a part of it: behind one stand digits, if the text goes on.
pub(super) fn may_begin(text: &str) -> bool {
    let word = words::first_word(text);
    let behind = text[word.len()..].trim_start();
    (behind.is_empty() || behind.starts_with(|c: char| c.is_ascii_digit())) && words::spaced_title(word).is_some()
}

/// `2.3（可选）`: a full-width bracket sets off a number with dots, which in running text may be a value.
pub fn dotted(text: &str) -> Option<Label> {
    let text = text.trim_start();
    let (numbers, rest) = components(text, text)?;
    let label = Label::new(Scheme::Dotted, before(text, rest), numbers);
    let is_set_off = rest.starts_with(['（', '【', '《', '「', '『', '“', '〔', '［']);
    let is_year = label.numbers.first().is_some_and(|first| YEARS.contains(&first.numeral.value));
    (is_set_off && !is_year && label.joint() == ".").then_some(label)
}

/// Whether a label is one of those.
pub fn is_titled(label: &Label) -> bool {
    // Of what is counted, nothing else begins with its number.
    let is_suffixed =
        || matches!(label.scheme, Scheme::Counted(_)) && label.numbers.iter().any(|own| own.at.start == 0);
    words::title(&label.text).is_some() || is_suffixed() || remark(label).is_some()
}
