//! What stands around a label, or in place of one, and says how it is meant.

use super::{
    label::{LONGEST, Label, Scheme, parse},
    numerals::{self, Class, Numeral},
    unmarked, words,
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
    numerals::values(&rest[..end])
}

/// What joins a label to another one of its kind where a text speaks of both: `①或②`, `(1)と(2)`, `（1）⇔（2）`, `①+②`.
const JOINTS: &[char] = &[
    '和', '与', '與', '及', '或', '至', '、', '，', '/', 'と', 'や', '과', '와', '·', '・', '～', '~', '→', '⇒', '⇔',
    '+', '＋', '-', '−', '－', '=', '＝', '×', '÷',
];

/// What goes on directly behind a label that the text speaks of: `(1)より`, `（一）之情形`.
const GOES_ON: &[&str] = &[
    "和",
    "与",
    "與",
    "及",
    "或",
    "式",
    "之",
    "所述",
    "所列",
    "より",
    "から",
    "による",
    "により",
    "に戻",
    "に進",
    "について",
    "において",
    "に従",
    "に該当",
    "に掲げ",
    "に規定",
    "に定め",
    "に代入",
    "の場合",
    "のとき",
    "の式",
    "の結果",
    "の規定",
    "のいずれ",
    "のうち",
    "または",
    "又は",
    "若しくは",
    "並びに",
    "×",
    "÷",
    "＋",
    "−",
    "＝",
    "에 의",
    "에 따",
    "에서 ",
    "과 ",
    "와 ",
    "의 ",
    "을 ",
    "를 ",
];

/// Whether what stands behind a label that is in use already goes on from there and no further: `①②是必要条件`,
/// `（2）式代入`, `1、2、3 都是数`. Such a line speaks of labels and carries none.
pub fn speaks_on(text: &str, label: &Label) -> bool {
    let rest = label.behind(text);
    match &label.scheme {
        // 第5章を参照 is a sentence about it.
        Scheme::Counted(_) => {
            rest.starts_with(['和', '与', '式', '及', 'を', 'は', 'が', 'の', 'に', 'で', 'と', 'も'])
        }
        Scheme::Marked('、', class) => {
            let is_plain = matches!(class, Class::Arabic | Class::Han);
            let end = if is_plain {
                rest.find(|c| !numerals::is_numeral_character(c)).unwrap_or(rest.len())
            } else {
                rest.chars().next().filter(|c| is_of(*class, *c)).map_or(0, char::len_utf8)
            };
            // 甲、丁は除く names two of several; 2、3は may be an item with a number in it.
            let more: &[&str] =
                if is_plain { &[] } else { &["及", "和", "与", "與", "と", "は", "が", "を", "等"] };
            end > 0 && ["、", "，", ","].iter().chain(more).any(|mark| rest[end..].starts_with(mark))
        }
        // １．４㎜ is a decimal number.
        Scheme::Marked('.', Class::Arabic) => rest.starts_with(is_digit),
        Scheme::Sign(_) | Scheme::Bracketed(..) => {
            let is_next = |rest: &str| parse(rest).is_some_and(|next| next.scheme == label.scheme);
            let is_step = || rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(is_digit));
            GOES_ON.iter().any(|word| rest.starts_with(word))
                || is_next(rest)
                || is_next(rest.trim_start_matches(JOINTS).trim_start())
                || is_step()
        }
        _ => rest.starts_with(['和', '与', '式', '及']),
    }
}

/// Whether a character is a number of a class by itself.
fn is_of(class: Class, c: char) -> bool {
    Numeral::readings(c.encode_utf8(&mut [0; 4])).any(|numeral| numeral.system.class() == class)
}

/// Whether a character is an Arabic digit.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Marks of one part of several, as they stand in parentheses or at a title's end.
const PARTS: &[&str] = &[
    "上",
    "中",
    "下",
    "上篇",
    "中篇",
    "下篇",
    "前篇",
    "后篇",
    "後篇",
    "完",
    "临时",
    "臨時",
    "补",
    "補",
    "再掲",
    "前編",
    "中編",
    "後編",
    "上半场",
    "上半場",
    "下半场",
    "下半場",
    "早上",
    "早晨",
    "上午",
    "中午",
    "下午",
    "傍晚",
    "晚上",
    "左",
    "右",
    "왼쪽",
    "오른쪽",
    "전편",
    "후편",
    "午前",
    "午後",
    "오전",
    "오후",
    "morning",
    "noon",
    "afternoon",
    "evening",
    "night",
    "优点",
    "優點",
    "缺点",
    "缺點",
    "pros",
    "cons",
    "windows",
    "macos",
    "mac",
    "linux",
    "android",
    "ios",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The same of what goes on, so that one title is enough: `表 1`, `表 1 続き`.
const CONTINUED: &[&str] =
    &["续", "續", "continued", "cont.", "cont", "続き", "つづき", "承前", "接续", "接續", "계속", "이어서"];

/// Words behind which a number counts parts: `解法一`, `方法 2`, `Part A`.
const COUNTED: &[&str] = &["part", "部分", "解法", "方法", "写法", "寫法", "做法", "方式"];

/// Whether two labels with one number belong to parts of one thing, or the second to what is said about it, by the titles
/// behind them: `起（上）` and `起（下）`, `Install (Linux)` and `Install (Mac)`; behind `Chapter 1` also `Intro` and `Exercises`.
pub fn are_parts(label: &Label, one: &str, other: &str) -> bool {
    let (one, other) = (one.trim().to_lowercase(), other.trim().to_lowercase());
    let is_chapter = matches!(&label.scheme, Scheme::Counted(word) if !matches!(word.as_str(), "步" | "step"))
        || unmarked::is_joined(label);
    has_mark(&one, &other)
        || (is_chapter && is_about(&other))
        || differ_by_marks(&one, &other)
        || count_below(&one, &other)
}

/// Whether both titles begin with a label of one level further down, and the second counts on: `第1章 第1節`, `第1章 第2節`;
/// `Week 1 Day 1`, `Week 1 Day 2`.
fn count_below(one: &str, other: &str) -> bool {
    let below = |title: &str| parse(title.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let (Some(one), Some(other)) = (below(one), below(other)) else { return false };
    let is_counted = matches!(one.scheme, Scheme::Counted(_));
    is_counted && one.scheme == other.scheme && one.last().numeral.value < other.last().numeral.value
}

/// Whether a word is a mark of one part of several, or a day of the week.
fn is_part(word: &str) -> bool {
    let day = ["周", "週", "星期"].iter().find_map(|week| word.strip_prefix(week));
    PARTS.contains(&word)
        || CONTINUED.contains(&word)
        || day.is_some_and(|day| matches!(day, "一" | "二" | "三" | "四" | "五" | "六" | "日" | "天"))
}

/// Whether a heading's label is followed by another one of its kind, as where it speaks of both: `①②的区别`, `①与②`.
pub fn speaks_of_two(text: &str, label: &Label) -> bool {
    let rest = label.behind(text);
    let next = parse(rest.trim_start_matches(['和', '与', '與', '及', '、', '/']));
    let is_sign = matches!(label.scheme, Scheme::Sign(_) | Scheme::Bracketed(..));
    is_sign && next.is_some_and(|next| next.scheme == label.scheme)
}

/// Whether all that stands behind a label is a note in parentheses: `Step 2 (Linux)`, `第二条（定义）`.
pub fn is_note(title: &str) -> bool {
    let inner = title.trim().strip_prefix(['（', '(']).and_then(|inner| inner.strip_suffix(['）', ')']));
    inner.is_some_and(|inner| !inner.contains(['（', '(', '）', ')']))
}

/// Whether two titles are the same but for their ends. Where their numbers are the same as well, nobody can tell whether
/// they are parts of one thing.
pub fn may_be_parts(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    let is_noted = || other.strip_prefix(one).is_some_and(is_note) && !one.is_empty();
    let is_alike = || common(one, other).chars().count() * 2 > one.chars().count().max(other.chars().count());
    one != other && (is_noted() || is_alike())
}

/// Whether a mark in parentheses says that the second title is a part. A number does where the titles are the same.
fn has_mark(one: &str, other: &str) -> bool {
    let head = one.split(['（', '(']).next().map(str::trim);
    let mut open = other.char_indices().filter(|(_, c)| matches!(c, '（' | '('));
    open.any(|(at, c)| {
        let inner = &other[at + c.len_utf8()..];
        // Such a note is short.
        let close = inner.char_indices().take(24).find(|(_, c)| matches!(c, '）' | ')'));
        let Some((end, _)) = close else { return false };
        let word = inner[..end].trim();
        let word = word.strip_prefix("part").map_or(word, str::trim);
        let word = word.strip_prefix("その").unwrap_or(word);
        let is_fraction = word.contains('/') && word.len() < 6;
        let is_same = || head == Some(other[..at].trim());
        is_part(word) || is_fraction || (counts(word) && is_same())
    })
}

/// Whether a title says that its section is about the chapter with its number.
fn is_about(title: &str) -> bool {
    let title = title.trim_start_matches(['：', ':', '.', '、', '-', '—', ' ']);
    let is_whole = |word: &&str| title == *word || title.strip_suffix('s') == Some(*word);
    words::ABOUT.iter().any(|word| title.starts_with(word)) || words::ABOUT_LATIN.iter().any(is_whole)
}

/// Whether two titles begin alike and end with different marks of parts, or with different notes in brackets.
fn differ_by_marks(one: &str, other: &str) -> bool {
    let head = common(one, other);
    let (a, b) = (&one[head.len()..], &other[head.len()..]);
    let bare = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim().to_owned();
    if one == other {
        return false;
    }
    // 上午 and 下午, Windows and macOS: the titles are marks, and nothing else.
    if is_part(&bare(other)) && (is_part(&bare(one)) || CONTINUED.contains(&bare(other).as_str())) {
        return true;
    }
    if !head.contains(char::is_alphanumeric) {
        return false;
    }
    let is_note = |tail: &str| tail.ends_with(['）', ')', '】', ']']);
    if head.ends_with(['（', '(', '【', '[']) && is_note(a) && is_note(b) {
        return true;
    }
    let is_counted = COUNTED.iter().any(|word| head.trim_end().ends_with(word));
    let is_mark = |tail: &str| {
        let word = bare(tail);
        is_part(&word) || (is_counted && counts(&word))
    };
    is_mark(b) && (is_mark(a) || a.is_empty())
}

/// What two texts begin with, without half a word.
fn common<'a>(one: &'a str, other: &str) -> &'a str {
    let same: usize = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let goes_on = |text: &str| text[same..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let head = &one[..same];
    if goes_on(one) || goes_on(other) { head.trim_end_matches(|c: char| c.is_ascii_alphanumeric()) } else { head }
}

/// Whether a word is a number or a letter that counts.
fn counts(word: &str) -> bool {
    Numeral::readings(&word.to_uppercase()).next().is_some()
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
        let end = number.find(|c| !numerals::is_numeral_character(c)).unwrap_or(number.len());
        if end > LONGEST || Numeral::parse(&number[..end]).is_none_or(|numeral| numeral.value != *value) {
            return false;
        }
        rest = &number[end..];
    }
    let is_digit = |c: char| numerals::is_numeral_character(c);
    let is_component = rest.strip_prefix(['.', '．', '-']).is_some_and(|behind| behind.starts_with(is_digit));
    let mut after = rest.chars();
    let is_lettered =
        after.next().is_some_and(|c| c.is_ascii_lowercase()) && after.next().is_none_or(|c| !c.is_ascii_alphanumeric());
    let counter = words::COUNTERS.iter().chain(words::COUNTERS_KOREAN).find(|word| rest.starts_with(**word));
    let is_inserted = counter.is_some_and(|word| rest[word.len()..].starts_with(['之', 'の', '의']));
    is_component || is_lettered || is_inserted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_thing() {
        let chapter = parse("Chapter 1").expect("a label");
        let are_parts = |one: &str, other: &str| are_parts(&chapter, one, other);
        for (one, other) in [
            ("承（上）", "承（下）"),
            ("（上）风", "（下）雨"),
            ("导论 上", "导论 下"),
            ("导论-上", "导论-下"),
            ("导论 上篇", "导论 下篇"),
            ("导论【上】", "导论【下】"),
            ("a", "a 续"),
            ("a", "a (continued)"),
            (": Intro, Part A", ": Intro, Part B"),
            (": Install (Linux)", ": Install (Mac)"),
            ("安装（1）", "安装（2）"),
            (" 上午", " 下午"),
            (": Windows", ": macOS"),
            (" 优点", " 缺点"),
            (" 周一", " 周三"),
            (" 第1節", " 第2節"),
            ("第一节 甲", "第三节 乙"),
            (" Day 1", " Day 2"),
            (", Chapter 1", ", Chapter 2"),
            (" 两数之和 解法一", " 两数之和 解法二"),
            ("起", "课后题"),
            ("起", "答案"),
            (": Intro", ": Exercises"),
            (" 方法", " 方法（続き）"),
            ("", " (계속)"),
            (" 가", " 나(계속)"),
            (" 甲の結果", " つづき"),
            (" 甲", " 甲（その2）"),
        ] {
            assert!(are_parts(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("安装", "配置"),
            ("安装", "安装"),
            ("安装（2）", "运行（3）"),
            ("第二节 甲", "第一节 乙"),
            ("周一", "安装"),
            ("1. a", "2. b"),
            ("（目的）", "（定义）"),
            ("Plan A", "Plan B"),
            ("Install", "Installing"),
            ("Install", "Review of it"),
        ] {
            assert!(!are_parts(one, other), "{one} {other}");
        }
        assert!(may_be_parts("Install plan A", "Install plan B"));
        assert!(may_be_parts("甲", "甲（修正後）"));
        assert!(!may_be_parts("安装依赖", "安装工具"));
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
        ] {
            let label = parse(text).unwrap_or_else(|| panic!("{text} begins with a label"));
            assert!(speaks_on(text, &label), "{text}");
        }
        for text in ["(1) 甲", "（1）はじめに", "①의사", "①のり", "2、3个文件", "甲、はじめに", "1．概要"]
        {
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
