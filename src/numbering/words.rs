//! The words that say what a number counts: `第N章`, `步骤 N`, `Lesson N`.

use std::sync::LazyLock;

use super::foreign;
use crate::source::{characters::is_cjk, hash::HashMap};

/// Words that name what is counted when they stand behind the number: `第N章`.
pub(super) const COUNTERS: &[&str] = &[
    "部分", "单元", "單元", "阶段", "階段", "课时", "課時", "章", "节", "節", "讲", "講", "课", "課", "步", "篇", "回",
    "卷", "部", "编", "編", "条", "條", "款", "项", "項", "日", "天", "周", "週", "期", "话", "話", "集", "幕", "题",
    "題", "关", "關",
];

/// The same in Korean: `제3장`.
pub(super) const COUNTERS_KOREAN: &[&str] =
    &["단계", "주차", "장", "절", "조", "항", "관", "편", "부", "강", "과", "회"];

/// Words that Japanese and Korean write right behind digits at the beginning of a heading: `1단계`, `3章`.
pub(super) const SUFFIXES: &[&str] = &["단계", "주차", "일차", "장", "절", "편", "부", "강", "과", "章"];

/// Counters that hardly begin another word, so that a title may follow them at once: `第1章绪论`.
pub(super) const UNMISTAKABLE: &[&str] = &["章", "部分", "单元", "單元"];

/// What follows a chapter's number when the heading speaks of the chapter and does not begin it: `第一章小结`.
pub(super) const ABOUT: &[&str] = &[
    "小结", "小結", "总结", "總結", "习题", "習題", "练习", "練習", "附录", "附錄", "回顾", "作业", "参考文献", "课后",
    "課後", "答案", "解答", "まとめ",
];

/// The same where a chapter may have such a title as well: only behind another one with its number does it speak of that.
pub(super) const ABOUT_BEHIND: &[&str] = &[
    "结束", "結束", "补充", "補充", "補足", "注意点", "注意事項", "注意事项", "練習問題", "演習", "要約", "요약",
    "정리", "연습", "연습문제", "연습 문제", "보충", "해답", "완료", "완료 기준", "완료 조건",
];

/// The same in English, in lower case.
pub(super) const ABOUT_LATIN: &[&str] =
    &["exercise", "homework", "summary", "solution", "answer", "quiz", "review", "recap", "end"];

/// Words that title a part of a text: as written, and what they count. A sign or a blank sets the title off (`方案一：`,
/// `示例 2 连接`), and only in headings do they count: in running text they are words like any other.
const TITLES: &[(&str, &str)] = &[
    ("问题", "Q"),
    ("問題", "Q"),
    ("案例", "案例"),
    ("阶段", "阶段"),
    ("階段", "阶段"),
    ("原则", "原则"),
    ("原則", "原则"),
    ("方案", "方案"),
    ("方法", "方法"),
    ("实例", "实例"),
    ("任务", "任务"),
    ("任務", "任务"),
    ("练习", "练习"),
    ("練習", "练习"),
    ("题目", "题目"),
    ("议题", "议题"),
    ("議題", "议题"),
    ("单元", "单元"),
    ("單元", "单元"),
    ("例题", "例题"),
    ("示例", "示例"),
    ("场景", "场景"),
    ("場景", "场景"),
    ("误区", "误区"),
    ("技巧", "技巧"),
    ("要点", "要点"),
    ("情况", "情况"),
    ("例", "例"),
    ("规则", "规则"),
    ("規則", "规则"),
    ("实验", "实验"),
    ("實驗", "实验"),
    ("模块", "模块"),
    ("模塊", "模块"),
    ("项目", "项目"),
    ("項目", "项目"),
    ("课时", "课时"),
    ("習題", "习题"),
    ("习题", "习题"),
    ("主题", "主题"),
    ("主題", "主题"),
    ("策略", "策略"),
    ("陷阱", "陷阱"),
    ("关卡", "关卡"),
    ("挑战", "挑战"),
    ("错误", "错误"),
    ("建议", "建议"),
    ("原因", "原因"),
    ("手順", "手順"),
    ("ステップ", "步"),
    ("フェーズ", "phase"),
    ("レッスン", "课"),
    ("ケース", "case"),
    ("問", "Q"),
    ("別紙", "別紙"),
    ("別表", "別表"),
    ("문제", "Q"),
    ("예제", "例"),
    ("별표", "別表"),
    ("스텝", "步"),
];

/// The same for Latin words, in lower case. Behind them a blank stands.
const LATIN_TITLES: &[(&str, &str)] = &[
    ("approach", "approach"),
    ("article", "条"),
    ("assignment", "assignment"),
    ("case", "case"),
    ("challenge", "challenge"),
    ("clause", "条"),
    ("episode", "episode"),
    ("example", "example"),
    ("exercise", "exercise"),
    ("experiment", "experiment"),
    ("lab", "lab"),
    ("law", "law"),
    ("lesson", "课"),
    ("lecture", "lecture"),
    ("method", "method"),
    ("milestone", "milestone"),
    ("mistake", "mistake"),
    ("module", "module"),
    ("option", "option"),
    ("pattern", "pattern"),
    ("phase", "phase"),
    ("pitfall", "pitfall"),
    ("principle", "principle"),
    ("problem", "problem"),
    ("project", "project"),
    ("question", "Q"),
    ("reason", "reason"),
    ("round", "round"),
    ("rule", "rule"),
    ("scenario", "scenario"),
    ("scene", "scene"),
    ("section", "节"),
    ("session", "session"),
    ("sprint", "sprint"),
    ("stage", "stage"),
    ("strategy", "strategy"),
    ("task", "task"),
    ("theorem", "theorem"),
    ("tip", "tip"),
    ("topic", "topic"),
    ("tutorial", "tutorial"),
    ("unit", "unit"),
    ("week", "week"),
];

/// Words that send the reader to what follows, whatever it is.
pub(super) const SENDS: &[&str] = &["见", "見", "参看", "參看", "参阅", "參閱", "参考", "參考", "参照", "參照"];

/// What joins two numbers of a list in Chinese.
pub(super) const JOINS: [char; 6] = ['、', '和', '与', '與', '及', '或'];

/// Words behind `第N` that label no heading but speak of one.
pub(super) const ALSO_COUNTERS: &[(&str, &str)] = &[
    ("小节", "节"),
    ("小節", "节"),
    ("章节", "节"),
    ("章節", "节"),
    ("板块", "节"),
    ("板塊", "节"),
    ("大点", "项"),
    ("大點", "项"),
    ("点", "项"),
    ("點", "项"),
];

/// Counters that Japanese and Korean write right behind digits, and what they name: `3章を参照`, `3절 참조`.
pub(super) const BARE_COUNTERS: &[(&str, &str)] = &[
    ("章", "章"),
    ("節", "节"),
    ("条", "条"),
    ("項", "项"),
    ("장", "章"),
    ("절", "节"),
    ("조", "条"),
    ("항", "项"),
    ("번", "节"),
    ("단계", "步"),
    ("주차", "주차"),
    ("편", "编"),
    ("부", "部"),
    ("강", "강"),
    ("과", "과"),
    ("일차", "일차"),
    ("회", "회"),
    ("話", "話"),
];

/// Numbers that are written out behind a word for a part, from one: `chapter three`.
pub(super) const WRITTEN_OUT: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// English words before a number, in the singular, and what they name.
const SPOKEN: &[(&str, &str)] = &[
    ("sect", "节"),
    ("sec", "节"),
    ("see", "节"),
    ("cf", "节"),
    ("chapter", "章"),
    ("chap", "章"),
    ("ch", "章"),
    ("part", "部分"),
    ("step", "步"),
    ("appendix", "附录"),
    ("appendice", "附录"),
    ("item", "项"),
    ("point", "项"),
    ("clause", "条"),
    ("paragraph", "款"),
    ("q", "Q"),
    ("day", "day"),
    ("no", "节"),
];

/// Ordinals of English, from the first.
pub(super) const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Words between one for a part and its number: `step number 4`.
pub(super) const NUMBER: &[&str] = &["number", "no", "nr"];

/// What counts a part, in the one form that stands for its variants.
pub(super) fn canonical(word: &str) -> &str {
    match word {
        "節" | "절" | "§" | "№" => "节",
        "條" | "조" => "条",
        "項" | "항" => "项",
        "講" => "讲",
        "課" => "课",
        "單元" => "单元",
        "課時" => "课时",
        "題" => "题",
        "關" => "关",
        "階段" => "阶段",
        "編" | "편" => "编",
        "週" => "周",
        "chapter" | "장" => "章",
        "part" => "部分",
        "step" | "단계" => "步",
        "appendix" => "附录",
        "부" => "部",
        other => other,
    }
}

/// Whether a text begins with a word, in whatever case.
pub(super) fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The word for a part that a text begins with: its length in bytes, and what it counts.
pub(super) fn title(text: &str) -> Option<(usize, &'static str)> {
    let word = first_word(text);
    if !word.is_empty() {
        return spaced_title(word).map(|counted| (word.len(), counted));
    }
    let all = || TITLES.iter().find(|(word, _)| text.starts_with(word));
    let &(word, counted) = if text.starts_with(may_begin) { all() } else { None }?;
    Some((word.len(), counted))
}

/// The word that a text begins with, if it is written in a script that parts words with blanks.
pub(super) fn first_word(text: &str) -> &str {
    /// No word for a part has more letters.
    const LONGEST: usize = 16;
    // A mark that is no letter belongs to a word of Hindi.
    let is_letter = |c: char| if c.is_ascii() { c.is_ascii_alphabetic() } else { !is_cjk(c) && !c.is_whitespace() };
    let mut characters = text.char_indices().enumerate();
    let end = characters.find(|(nth, (_, c))| *nth == LONGEST || !is_letter(*c));
    end.map_or(text, |(_, (end, _))| &text[..end])
}

/// What a word for a part counts behind which a blank stands.
pub(super) fn spaced_title(word: &str) -> Option<&'static str> {
    /// Asked of every heading and paragraph of one word.
    static KNOWN: LazyLock<HashMap<&str, &str>> =
        LazyLock::new(|| foreign::TITLES.iter().chain(LATIN_TITLES).copied().collect());
    KNOWN.get(&*word.to_lowercase()).copied()
}

/// Where one of some words of ASCII begins with which a text ends; its first letter may be a capital.
pub(super) fn ending(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().find_map(|word| {
        let start = text.len().checked_sub(word.len())?;
        let (own, word) = (&text.as_bytes()[start..], word.as_bytes());
        (own[1..] == word[1..] && own[0].eq_ignore_ascii_case(&word[0])).then_some(start)
    })
}

/// The word for a part that a text ends with: what it counts, and its length in bytes.
pub(super) fn title_before(text: &str) -> Option<(&'static str, usize)> {
    TITLES.iter().find(|(word, _)| text.ends_with(word)).map(|(word, counted)| (*counted, word.len()))
}

/// Whether a word for a part may begin with a character that is not ASCII: asked of every heading and paragraph.
pub(super) fn may_begin(c: char) -> bool {
    matches!(
        c,
        'ケ' | 'ス'
            | 'フ'
            | 'レ'
            | '主'
            | '习'
            | '任'
            | '例'
            | '关'
            | '別'
            | '单'
            | '原'
            | '問'
            | '單'
            | '场'
            | '場'
            | '实'
            | '實'
            | '建'
            | '情'
            | '手'
            | '技'
            | '挑'
            | '方'
            | '案'
            | '模'
            | '示'
            | '策'
            | '練'
            | '练'
            | '習'
            | '要'
            | '規'
            | '规'
            | '議'
            | '议'
            | '误'
            | '课'
            | '错'
            | '问'
            | '阶'
            | '陷'
            | '階'
            | '項'
            | '项'
            | '题'
            | '문'
            | '별'
            | '스'
            | '예'
    )
}

/// What a word in lower case names, an English one in the singular, where the text speaks of a number behind it.
pub(super) fn spoken(word: &str) -> Option<&'static str> {
    let latin = || LATIN_TITLES.iter().find(|(known, _)| *known == word).map(|(_, counted)| *counted);
    SPOKEN
        .iter()
        .find(|(own, _)| *own == word)
        .map(|(_, part)| *part)
        .or_else(latin)
        .or_else(|| foreign::spoken(word).map(canonical))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_begin_as_they_may() {
        let begin = |c: char| TITLES.iter().any(|(word, _)| word.starts_with(c));
        for c in (char::MIN..=char::MAX).filter(|c| !c.is_ascii()) {
            assert_eq!(may_begin(c), begin(c), "{c}");
        }
    }
}
