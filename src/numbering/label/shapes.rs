//! The shapes of labels.

use super::{
    Label, Scheme, YEARS,
    found::{
        BRACKETS, Found, MARKS, before, components, digits, ends_number, ends_with_blank, found, label, letters, spaced,
    },
    titled,
};
use crate::numbering::{
    numerals::{self, Class},
    prefixes, range, words,
};

/// Reads the label a text begins with. The text is what a reader sees, without markup; the label begins at its
/// first character that is not a blank.
pub fn parse(text: &str) -> Option<Label> {
    let text = text.trim_start();
    if !may_begin(text) {
        return None;
    }
    let shapes =
        [counted, prefixed, titled::titled, titled::suffixed, question, bracketed, dotted, marked, sign, qualified];
    let label = shapes.iter().find_map(|shape| shape(text))?;
    let first = label.numbers.first()?.numeral.value;
    (label.scheme.is_article() || !YEARS.contains(&first)).then_some(label)
}

/// Whether a text can begin with a label at all: a look at its first characters, made for every heading and paragraph.
/// A text that ends where a label would go on may.
pub fn may_begin(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let marked = |rest: &str| rest.chars().next().is_none_or(|c| MARKS.iter().any(|(mark, ..)| *mark == c));
    match first {
        '0'..='9' | '０'..='９' | '第' | '제' | '步' | '附' | '付' | '부' | '단' | '§' | '№' | '🔟' => {
            true
        }
        c if c.is_ascii_alphabetic() => {
            let run = text.bytes().take_while(u8::is_ascii_alphabetic).take(16).count();
            let word = &text[..run];
            let is_question = first == 'Q' && text[1..].starts_with(|c: char| c.is_ascii_digit());
            let is_word = prefixes::is_latin_prefix(word);
            is_question || marked(&text[run..]) || is_word || titled::may_begin(text)
        }
        c if c.is_ascii() => BRACKETS.iter().any(|(open, ..)| *open == c),
        c if numerals::is_sign(c) => true,
        c if BRACKETS.iter().any(|(open, ..)| *open == c) => true,
        c if numerals::is_numeral_character(c) => {
            let behind = text.trim_start_matches(numerals::is_numeral_character);
            marked(behind) || ends_with_blank(behind)
        }
        c if words::may_begin(c) => true,
        // A letter of another script counts alone; Roman signs may be several.
        c => {
            marked(text.strip_prefix(c).unwrap_or_default()) && numerals::is_letter(c)
                || ('\u{2160}'..='\u{217F}').contains(&c)
                || titled::may_begin(text)
        }
    }
}

/// `第N章`, `제N장`, blanks around the number allowed.
fn counted(text: &str) -> Option<Label> {
    let (rest, counters) = match text.strip_prefix('第') {
        Some(rest) => (rest, words::COUNTERS),
        None => (text.strip_prefix('제')?, words::COUNTERS_KOREAN),
    };
    let part = || components(text, rest.trim_start()).map(|(numbers, rest)| (numbers, rest.trim_start()));
    if let Some((numbers, rest)) = part() {
        // 第 1.3 节 is what others write as 1.3.
        let rest = rest.strip_prefix(['节', '節', '절']).filter(|rest| ends_with_blank(rest))?;
        return Some(Label::new(Scheme::Dotted, before(text, rest), numbers));
    }
    let is_roman = |found: &Found| {
        let class = found.readings[0].system.class();
        matches!(class, Class::RomanUpper | Class::RomanLower)
    };
    let roman = || spaced(text, rest, letters).filter(|(found, _)| is_roman(found));
    let (number, rest) = spaced(text, rest, digits).or_else(roman)?;
    let counter = counters.iter().find(|counter| rest.starts_with(**counter))?;
    let rest = &rest[counter.len()..];
    // 第三节课 and 第一条件 are words, not labels: behind most counters a sign or a blank sets the title off.
    let set_off = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    let own = label(text, rest, &number, |_| Scheme::Counted((*counter).to_owned()))?;
    let is_own = set_off || words::UNMISTAKABLE.contains(counter) || range::through(&own, rest).is_some();
    is_own.then_some(own)
}

/// `步骤 N`, `Step N`, `附录A`.
fn prefixed(text: &str) -> Option<Label> {
    let &(word, counter, latin) = prefixes::PREFIXES.iter().find(|(word, ..)| words::begins(text, word))?;
    let rest = &text[word.len()..];
    // STEP1 and STEP.1 are written without a blank.
    let joined =
        Some(rest.strip_prefix('.').unwrap_or(rest)).filter(|number| counter == "step" && joins_number(number));
    if latin && joined.is_none() && !rest.starts_with([' ', '\u{A0}', '\u{3000}']) {
        return None;
    }
    let rest = joined.unwrap_or(rest);
    if counter == "§"
        && let Some((numbers, rest)) = components(text, rest.trim_start()).filter(|(_, rest)| ends_number(rest))
    {
        return Some(Label::new(Scheme::Dotted, before(text, rest), numbers));
    }
    // Behind a number in digits a blank ends the label; behind a letter there has to be a sign or a title with a capital,
    // or `Part I think` would be one.
    let counted = digits(text, rest.trim_start()).filter(|(_, rest)| ends_number(rest));
    let has_titles = matches!(counter, "part" | "chapter" | "appendix");
    let is_upper = |c: char| c.is_ascii_uppercase();
    let is_titled = |rest: &str| {
        let (number, title) = (&text[..text.len() - rest.len()], rest.trim_start());
        has_titles && number.ends_with(is_upper) && title.len() < rest.len() && title.starts_with(is_upper)
    };
    let ends = |rest: &str| ends_number(rest.trim_start()) || is_titled(rest);
    let lettered = || letters(text, rest.trim_start()).filter(|(_, rest)| ends(rest));
    let (number, rest) = counted.or_else(|| if counter == "附录" || latin { lettered() } else { None })?;
    label(text, rest.trim_start(), &number, |_| Scheme::Counted(counter.to_owned()))
}

/// Whether digits stand here that no name goes on behind: `step1_a`.
fn joins_number(number: &str) -> bool {
    let behind = number.trim_start_matches(numerals::is_digit);
    behind.len() < number.len() && !behind.starts_with(['_', '/', '\\', '='])
}

/// `Q1:`; without the sign it would be a quarter.
fn question(text: &str) -> Option<Label> {
    let (number, rest) = digits(text, text.strip_prefix('Q')?)?;
    let signed = rest.starts_with([':', '：', '、', ')', '）']) || rest.strip_prefix('.').is_some_and(ends_with_blank);
    if signed { label(text, rest, &number, |_| Scheme::Counted("Q".to_owned())) } else { None }
}

/// `【N】`, `（N）`, `(a)`.
fn bracketed(text: &str) -> Option<Label> {
    let open = text.chars().next()?;
    let (_, close, narrow) = BRACKETS.iter().find(|(o, ..)| *o == open)?;
    let inner = &text[open.len_utf8()..];
    // `[1.3]` is a version, and `(1-2)` a range.
    if let Some((numbers, rest)) =
        components(text, inner.trim_start()).filter(|_| *narrow != '[' && !inner.contains('-'))
    {
        let rest = rest.trim_start().strip_prefix(*close)?;
        return Some(Label::new(Scheme::Dotted, before(text, rest), numbers));
    }
    let (number, rest) = spaced(text, inner, digits).or_else(|| spaced(text, inner, letters))?;
    let rest = rest.strip_prefix(*close)?;
    label(text, rest, &number, |class| Scheme::Bracketed(*narrow, class))
}

/// `N.`, `N、`, `N)`, `a)`.
fn marked(text: &str) -> Option<Label> {
    let number = digits(text, text);
    let is_number = number.is_some();
    let (number, rest) = number.or_else(|| letters(text, text))?;
    let mark = rest.chars().next()?;
    let (_, narrow, blank) = MARKS.iter().find(|(m, ..)| *m == mark)?;
    let rest = &rest[mark.len_utf8()..];
    // `1.)` looks like both.
    let (narrow, blank, rest) = match rest.strip_prefix([')', '）']) {
        Some(rest) if mark == '.' => (&')', &false, rest),
        _ => (narrow, blank, rest),
    };
    // 甲： is somebody who speaks, and 8：00 a time.
    if mark == '：' && (!is_number || rest.starts_with(numerals::is_numeral_character)) {
        return None;
    }
    if *blank && !ends_with_blank(rest) {
        return None;
    }
    label(text, rest, &number, |class| Scheme::Marked(*narrow, class))
}

/// `①`, `1️⃣`.
fn sign(text: &str) -> Option<Label> {
    let keycaps = numerals::keycaps(text);
    let one = || text.chars().next().filter(|&c| numerals::is_sign(c) || c == '🔟').map(char::len_utf8);
    let end = Some(keycaps).filter(|end| *end > 0).or_else(one)?;
    let (number, rest) = found(text, text, end)?;
    let Class::Sign(system) = number.readings[0].system.class() else { return None };
    label(text, rest, &number, |_| Scheme::Sign(system))
}

/// `N.N`, `N.N.N`, perhaps with a mark, and `N-N`. A component of zero makes it a version.
fn dotted(text: &str) -> Option<Label> {
    let (numbers, rest) = components(text, text)?;
    let mark = MARKS.iter().find(|(mark, ..)| rest.starts_with(*mark));
    let rest = mark.map_or(rest, |(mark, ..)| &rest[mark.len_utf8()..]);
    // 2.1、标题 needs no blank.
    let is_set_off = mark.is_some_and(|(.., blank)| !blank) || ends_with_blank(rest);
    is_set_off.then(|| Label::new(Scheme::Dotted, before(text, rest), numbers))
}

/// `(Optional) Step 6`, `（可选）第 5 步`: a remark in brackets stands before what is counted.
fn qualified(text: &str) -> Option<Label> {
    /// A longer remark is a sentence.
    const LONGEST: usize = 24;
    let close = match text.chars().next()? {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        _ => return None,
    };
    let (end, _) = text.char_indices().take(LONGEST).find(|(_, c)| *c == close)?;
    let rest = text[end + close.len_utf8()..].trim_start();
    let shapes = [counted, prefixed, titled::titled, titled::suffixed];
    let label = shapes.iter().find_map(|shape| shape(rest)).filter(|own| matches!(own.scheme, Scheme::Counted(_)))?;
    let behind = &rest[label.text.len()..];
    let is_remark = !text[..end].contains(|c: char| c.is_ascii_digit());
    is_remark.then(|| within(label, text, text.len() - rest.len(), behind))
}

/// A label with what stands before it in a text.
fn within(label: Label, text: &str, start: usize, behind: &str) -> Label {
    Label {
        text: before(text, behind),
        numbers: label.numbers_from(start),
        other: label.other.map(|other| Box::new(within(*other, text, start, behind))),
        ..label
    }
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
            ("1.) Ziel", "1.)", vec![1]),
            ("01. Title", "01.", vec![1]),
            ("4.2 Running", "4.2", vec![4, 2]),
            ("2-3 标题", "2-3", vec![2, 3]),
            ("1.2.3. Deep", "1.2.3.", vec![1, 2, 3]),
            ("7.", "7.", vec![7]),
            ("①步骤一", "①", vec![1]),
            ("㉑ 其他", "㉑", vec![21]),
            ("3\u{FE0F}\u{20E3} 第三", "3\u{FE0F}\u{20E3}", vec![3]),
            ("IV. Results", "IV.", vec![4]),
            ("b) second", "b)", vec![2]),
            ("（甲）总则", "（甲）", vec![1]),
            ("ア、目的", "ア、", vec![1]),
            ("가. 목적", "가.", vec![1]),
            ("제3장 총칙", "제3장", vec![3]),
            ("Step 2: build", "Step 2", vec![2]),
            ("Part II", "Part II", vec![2]),
            ("Part II Methods", "Part II", vec![2]),
            ("Appendix B Proofs", "Appendix B", vec![2]),
            ("附录 A 术语", "附录 A", vec![1]),
            ("Q3：为什么", "Q3", vec![3]),
            ("§5 范围", "§5", vec![5]),
            ("〔2〕说明", "〔2〕", vec![2]),
            ("§1.3 Scope", "§1.3", vec![1, 3]),
            ("（1.3）范围", "（1.3）", vec![1, 3]),
            ("1．3 范围", "1．3", vec![1, 3]),
            ("第 1.3 节 范围", "第 1.3 节", vec![1, 3]),
            ("第Ⅱ部 応用", "第Ⅱ部", vec![2]),
            ("1：范围", "1：", vec![1]),
            ("付録A 用語", "付録A", vec![1]),
            ("단계 1", "단계 1", vec![1]),
            ("1단계: 준비", "1단계", vec![1]),
            ("2장 준비", "2장", vec![2]),
            ("제2강", "제2강", vec![2]),
            ("3과 인사", "3과", vec![3]),
            ("3章 応用", "3章", vec![3]),
            ("STEP1 準備", "STEP1", vec![1]),
            ("STEP.2 準備", "STEP.2", vec![2]),
            ("第2話 旅立ち", "第2話", vec![2]),
            ("第 3 集：归来", "第 3 集", vec![3]),
            ("第二课时 练习", "第二课时", vec![2]),
            ("제2회 회의", "제2회", vec![2]),
            ("問2　次の図", "問2", vec![2]),
            ("별표 2. 기준", "별표 2", vec![2]),
            ("手順1: 準備", "手順1", vec![1]),
            ("フェーズ 2: 設計", "フェーズ 2", vec![2]),
        ] {
            assert_eq!(read(text), Some((label.to_owned(), values)), "{text}");
        }
    }

    #[test]
    fn not_labels() {
        for text in [
            "2024. 年度总结", "2013 年", "1.文", "v1.2.3", "1.0.2", "3.0 release", "2024.1.2 记录", "第一条件",
            "第一天上午", "第三关节", "第三节课", "第二人生", "(可选) 配置", "3.5版", "$1.50", "1:30 开始", "步骤",
            "步骤 1.2", "十十、", "一", "5", "Chapter", "Q1 2024", "Step by step", "Partial 2", "Part I think",
            "Step I Take", "i.e. this", "e.g. that", "Mr. X", "[ABC] x", "第9条の2", "第一条之二", "Day", "stepping 2",
            "3과 4의 차이", "2장의 사진", "3章节", "二章 概论", "step1_a", "step1.sh",
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
