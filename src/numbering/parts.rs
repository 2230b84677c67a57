//! What tells parts of one thing, or what is said about it, from another thing with the same number.

use std::hash::Hash;

use super::{
    foreign,
    label::{Label, Scheme, parse},
    numerals::{Class, Numeral},
    unmarked, words,
};
use crate::source::hash::{HashMap, HashMapExt, HashSet, HashSetExt};

/// Marks of one part of several, as they stand in parentheses or at a title's end.
const PARTS: &[&str] = &[
    "上", "中", "下", "上篇", "中篇", "下篇", "前篇", "后篇", "後篇", "完", "临时", "臨時", "补", "補", "再掲", "補講",
    "补讲", "演習", "前編", "中編", "後編", "上半场", "上半場", "下半场", "下半場", "早上", "早晨", "上午", "中午",
    "下午", "傍晚", "晚上", "左", "右", "왼쪽", "오른쪽", "전편", "후편", "午前", "午後", "오전", "오후", "morning",
    "noon", "afternoon", "evening", "night", "优点", "優點", "缺点", "缺點", "pros", "cons", "windows", "macos", "mac",
    "linux", "android", "ios", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
];

/// The same of what goes on, so that one title is enough: `表 1`, `表 1 続き`.
const CONTINUED: &[&str] = &[
    "续", "續", "续表", "續表", "续图", "續圖", "接上页", "接上頁", "接续", "接續", "continued", "cont.", "cont",
    "cont'd", "cont’d", "contd.", "contd", "続き", "つづき", "承前", "계속", "이어서",
];

/// Words behind which a number counts parts: `解法一`, `方法 2`, `Part A`.
const COUNTED: &[&str] = &["part", "部分", "解法", "方法", "写法", "寫法", "做法", "方式"];

/// Whether two labels with one number belong to parts of one thing, or the second to what is said about it, by the titles
/// behind them: `起（上）` and `起（下）`, `Install (Linux)` and `Install (Mac)`; behind `Chapter 1` also `Intro` and `Exercises`.
pub fn are_parts(label: &Label, one: &str, other: &str) -> bool {
    let (one, other) = (one.trim().to_lowercase(), other.trim().to_lowercase());
    let is_chapter = matches!(&label.scheme, Scheme::Counted(word) if !matches!(word.as_str(), "步" | "step" | "단계"))
        || unmarked::is_joined(label);
    has_mark(&one, &other)
        || (is_chapter && is_about(&other))
        || differ_by_marks(&one, &other)
        || count_below(&one, &other)
}

/// Whether a title may go with the one before it, which has the same number or another one, and count no further.
pub fn may_go_with(has_its_number: bool, before: &str, title: &str) -> bool {
    if has_its_number {
        return may_be_parts(before, title) || may_be_companion(before, title);
    }
    // 乙（下） behind 乙（上） is a part of it whatever its number is.
    differ_as_parts(before, title)
}

/// Whether two titles are the same but for marks of parts.
fn differ_as_parts(one: &str, other: &str) -> bool {
    let is_marked = |title: &str| title.trim_end().ends_with(['）', ')', '】', ']']);
    is_marked(one) && is_marked(other) && differ_by_marks(&one.trim().to_lowercase(), &other.trim().to_lowercase())
}

/// Whether both titles begin with a label of one level further down, and the second counts on: `第1章 第1節`, `第1章 第2節`;
/// `Week 1 Day 1`, `Week 1 Day 2`.
fn count_below(one: &str, other: &str) -> bool {
    let below = |title: &str| parse(title.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let (Some(one), Some(other)) = (below(one), below(other)) else { return false };
    let is_counted = matches!(one.scheme, Scheme::Counted(_));
    is_counted && one.scheme == other.scheme && one.number() < other.number()
}

/// Whether a word is a mark of one part of several, or a day of the week.
fn is_part(word: &str) -> bool {
    let day = ["周", "週", "星期"].iter().find_map(|week| word.strip_prefix(week));
    PARTS.contains(&word)
        || CONTINUED.contains(&word)
        || day.is_some_and(|day| matches!(day, "一" | "二" | "三" | "四" | "五" | "六" | "日" | "天"))
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

/// Words that a title begins or ends with which may be about another one with its number, or stand beside it.
const COMPANIONS: &[&str] = &[
    "小结", "小結", "总结", "總結", "习题", "習題", "练习", "練習", "复习", "復習", "思考题", "思考題", "课后", "課後",
    "作业", "作業", "演習", "問題", "課題", "答案", "解答", "实验", "實驗", "実習", "まとめ", "연습", "복습", "과제",
    "실습", "문제", "정리", "요약", "practice", "practices", "problem", "problems", "question", "questions",
    "exercise", "exercises", "homework", "assignment", "assignments", "quiz", "lab", "review", "summary", "solution",
    "solutions", "answer", "answers", "recap", "optional", "alternative",
];

/// Whether a title directly behind one with its number may stand beside it and count no further: it has a word that says so,
/// begins with a note, or tells another case of what that one does (`Windowsの場合`, `Macの場合`).
fn may_be_companion(one: &str, other: &str) -> bool {
    let bare =
        |title: &str| title.trim_matches(|c: char| c.is_whitespace() || "：:.．、-—*_".contains(c)).to_lowercase();
    let (one, other) = (bare(one), bare(other));
    let is_word = |word: &&str| {
        let is_apart = |rest: &str, c: Option<char>| {
            rest.is_empty() || !word.is_ascii() || c.is_some_and(|c| !c.is_alphanumeric())
        };
        other.strip_prefix(*word).is_some_and(|rest| is_apart(rest, rest.chars().next()))
            || other.strip_suffix(*word).is_some_and(|rest| is_apart(rest, rest.chars().next_back()))
    };
    let is_noted = other.starts_with(['（', '(', '【', '[']) && !one.starts_with(['（', '(', '【', '[']);
    let mut tail = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b);
    let ends_alike = one != other && tail.any(|(c, _)| matches!(c, 'の' | '的'));
    is_noted || COMPANIONS.iter().any(is_word) || ends_alike
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
        let word = word.strip_prefix("その").or(word.strip_prefix('其')).unwrap_or(word);
        let is_fraction = word.contains('/') && word.len() < 6;
        let is_same = || head == Some(other[..at].trim());
        is_part(word) || is_fraction || (counts(word) && is_same())
    })
}

/// Whether a title says that its section is about the one with its number: `第2章の補足`, `Step 2 Summary`.
pub fn is_about(title: &str) -> bool {
    if title.starts_with(['の', '的']) && !["的士", "的确", "的確"].iter().any(|word| title.starts_with(word)) {
        return true;
    }
    // `Step 2 (alternative): Docker`
    if title.trim_start().starts_with(['(', '（']) && !is_note(title) {
        return true;
    }
    let title = title.trim_start_matches(['：', ':', '.', '、', '-', '—', ' ']).to_lowercase();
    let title = title.split([':', '：']).next().unwrap_or_default().trim_end();
    let is_whole = |word: &&&str| title == **word || title.strip_suffix('s') == Some(**word);
    // The others begin titles as well: 结束进程, 정리 방법.
    let mut whole = words::ABOUT_BEHIND.iter().chain(words::ABOUT_LATIN).chain(foreign::ABOUT);
    words::ABOUT.iter().any(|word| title.starts_with(word)) || whole.any(|word| is_whole(&word))
}

/// The word with which a title says that its heading is about the chapter of that number and may begin none: `第一章小结`.
pub fn remark_on(label: &Label, title: &str) -> Option<&'static str> {
    let before = label.numbers.first().and_then(|number| label.text.get(..number.at.start)).unwrap_or_default();
    let is_ordinal = matches!(label.scheme, Scheme::Counted(_)) && before.trim_end().ends_with(['第', '제']);
    words::ABOUT.iter().copied().find(|word| is_ordinal && title.trim_start().starts_with(word))
}

/// Which of a document's headings are such [remarks](remark_on). `第五章 总结` is a chapter like any other where it stands among
/// such, its number is not in use before it or counts on from the one beside it, and its word stands behind no other number.
/// Of each heading with a label: its place among siblings, the label, and the title.
pub fn remarks<P: Copy + Eq + Hash>(headings: &[(P, &Label, &str)]) -> Vec<bool> {
    let word = |(_, label, title): &(P, &Label, &str)| remark_on(label, title);
    let mut plain: HashSet<&Scheme> = HashSet::new();
    let mut numbers: HashMap<(&Scheme, &str), (u64, bool)> = HashMap::new();
    for heading in headings {
        let (_, label, _) = heading;
        let Some(word) = word(heading) else {
            plain.insert(&label.scheme);
            continue;
        };
        let (first, comes_again) = numbers.entry((&label.scheme, word)).or_insert((label.number(), false));
        *comes_again |= *first != label.number();
    }
    let (mut used, mut last) = (HashSet::new(), HashMap::new());
    let mut out = Vec::with_capacity(headings.len());
    for heading in headings {
        let &(place, label, _) = heading;
        let (scheme, number) = (&label.scheme, label.number());
        let counts_on = || last.get(&(place, scheme)).is_some_and(|before: &u64| before + 1 == number);
        let is_remark = word(heading).is_some_and(|word| {
            let comes_again = numbers.get(&(scheme, word)).is_some_and(|(_, comes_again)| *comes_again);
            comes_again || !plain.contains(scheme) || (used.contains(&(scheme, number)) && !counts_on())
        });
        if !is_remark {
            used.insert((scheme, number));
            last.insert((place, scheme), number);
        }
        out.push(is_remark);
    }
    out
}

/// How a title is set off from what counts it, the loosest way last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Not at all: `第2章の補足`.
    None,
    /// By a blank: `Step 2 End`.
    Blank,
    /// By a sign.
    Sign,
    /// There is no title but a remark: `第二章（旧版）`, `Example 2 – with types`.
    Remark,
    /// There is no title.
    Untitled,
}

impl Gap {
    /// That before what stands behind a label.
    pub fn of(behind: &str) -> Self {
        let behind = behind.trim_matches(['*', '_']);
        let title = behind.trim_start();
        match title.chars().next() {
            None => Self::Untitled,
            Some('-' | '–' | '—') if begins_small(title) => Self::Remark,
            Some(_) if is_note(title) => Self::Remark,
            Some(first) if first.is_alphanumeric() && title.len() < behind.len() => Self::Blank,
            Some(first) if first.is_alphanumeric() => Self::None,
            Some(_) => Self::Sign,
        }
    }

    /// The same where only signs, blanks and nothing count.
    fn coarse(self) -> Self {
        self.min(Self::Sign)
    }
}

/// Whether a title goes on with a small letter behind a dash: `– with types` is a remark, `- Install` a title.
fn begins_small(title: &str) -> bool {
    title.trim_start_matches(['-', '–', '—', ' ']).starts_with(char::is_lowercase)
}

/// Whether a title says nothing but a remark, and the one before with its number has no title.
pub fn is_remark_on(before: Gap, gap: Gap) -> bool {
    (before, gap) == (Gap::Untitled, Gap::Remark)
}

/// Siblings that count one thing: of each which it is, its number, and how its title is set off.
pub type Row = Vec<(usize, u64, Gap)>;

/// Those labels of a row of siblings that come again directly behind the one with their number, where counting goes on
/// without them; and of each, whether it speaks of that one: it is set off less than all others are, or says nothing but a
/// remark where that one has no title.
pub fn again(row: &Row) -> Vec<(usize, bool)> {
    let runs: Vec<&[_]> = row.chunk_by(|(_, before, _), (_, next, _)| before == next).collect();
    let own = runs.first().map_or(Gap::None, |run| run[0].2.coarse());
    let are_alike = runs.iter().all(|run| run[0].2.coarse() == own);
    let next = |at: usize| runs.get(at + 1).map(|run| run[0].1);
    let goes_on = |at: usize, number: u64| next(at).is_none_or(|next| next == number + 1);
    let runs = runs.iter().enumerate().filter(|(at, run)| goes_on(*at, run[0].1));
    let further = runs.flat_map(|(_, run)| run[1..].iter().map(|own| (run[0].2, own)));
    let speaks = |before, gap: Gap| (are_alike && gap < own) || is_remark_on(before, gap);
    further.map(|(before, &(at, _, gap))| (at, speaks(before, gap))).collect()
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
    let is_told = ["その", "之", "其", "#", "第"].iter().any(|word| head.ends_with(word));
    if let (Some(first), Some(second)) = (number_of_part(a, is_told), number_of_part(b, is_told)) {
        return first == 1 && second > 1;
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

/// What signs or Roman numbers at a title's end count: `②`, `Ⅱ`; and other numbers where the title says so, `#2`, `2편`, `その二`.
/// Letters may be initials.
fn number_of_part(tail: &str, is_told: bool) -> Option<u64> {
    let word = tail.trim_matches(|c: char| !c.is_alphanumeric());
    let number = ["편", "編", "篇", "部分"].iter().find_map(|behind| word.strip_suffix(behind));
    let is_told = is_told || number.is_some();
    let counts = |class: Class| match class {
        Class::Sign(_) | Class::RomanUpper => true,
        Class::Arabic | Class::Han | Class::HanFormal => is_told,
        _ => false,
    };
    let number = number.unwrap_or(word).to_uppercase();
    Numeral::readings(&number).find(|own| counts(own.system.class())).map(|own| own.value)
}

/// Whether a word is a number or a letter that counts.
fn counts(word: &str) -> bool {
    Numeral::readings(&word.to_uppercase()).next().is_some()
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
            (". Results", ". Results (cont'd)"),
            (" 结果", " 结果（接上页）"),
            (" 结果", " 续表"),
            (" 甲", " 甲（その2）"),
            (" 전개 ①", " 전개 ②"),
            (" 展開 その一", " 展開 その二"),
            (" 總則之一", " 總則之二"),
            (" 起 其一", " 起 其二"),
            (" 起（其一）", " 起（其二）"),
            (" 起 第一部分", " 起 第二部分"),
            (" 配列", " 配列（補講）"),
            (" Setup #1", " Setup #2"),
            (" ①", " ②"),
            (" 전개 1편", " 전개 2편"),
            (" 展開 Ⅰ", " 展開 Ⅱ"),
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
            ("测试 2", "测试 1"),
            ("故事之二", "故事之三"),
            ("元旦", "元二"),
            ("Install", "Installing"),
            ("Install", "Review of it"),
        ] {
            assert!(!are_parts(one, other), "{one} {other}");
        }
        assert!(may_be_parts("Install plan A", "Install plan B"));
        assert!(may_be_parts("甲", "甲（修正後）"));
        assert!(!may_be_parts("安装依赖", "安装工具"));
    }
}
