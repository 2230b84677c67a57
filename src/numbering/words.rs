//! Words that say what a number counts, where they stand before it.

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
    ("例题", "例题"),
    ("示例", "示例"),
    ("场景", "场景"),
    ("場景", "场景"),
    ("误区", "误区"),
    ("技巧", "技巧"),
    ("要点", "要点"),
    ("情况", "情况"),
    ("手順", "手順"),
    ("ステップ", "步"),
];

/// The same for Latin words, in lower case. Behind them a blank stands.
const LATIN_TITLES: &[(&str, &str)] = &[
    ("article", "条"),
    ("case", "case"),
    ("example", "example"),
    ("exercise", "exercise"),
    ("lab", "lab"),
    ("lesson", "课"),
    ("module", "module"),
    ("option", "option"),
    ("phase", "phase"),
    ("problem", "problem"),
    ("question", "Q"),
    ("scenario", "scenario"),
    ("section", "节"),
    ("stage", "stage"),
    ("task", "task"),
    ("unit", "unit"),
    ("week", "week"),
];

/// The word for a part that a text begins with: its length in bytes, what it counts, and whether it is Latin.
pub(super) fn title(text: &str) -> Option<(usize, &'static str, bool)> {
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let run = text.bytes().take_while(u8::is_ascii_alphabetic).take(16).count();
        return latin_title(&text[..run]).map(|counted| (run, counted, true));
    }
    let &(word, counted) = TITLES.iter().find(|(word, _)| text.starts_with(word))?;
    Some((word.len(), counted, false))
}

/// What a Latin word for a part counts.
pub(super) fn latin_title(word: &str) -> Option<&'static str> {
    LATIN_TITLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, counted)| *counted)
}

/// The word for a part that a text ends with: what it counts, and its length in bytes.
pub(super) fn title_before(text: &str) -> Option<(&'static str, usize)> {
    TITLES.iter().find(|(word, _)| text.ends_with(word)).map(|(word, counted)| (*counted, word.len()))
}

/// Whether a word for a part may begin with a character that is not ASCII.
pub(super) fn may_begin(c: char) -> bool {
    TITLES.iter().any(|(word, _)| word.starts_with(c))
}
