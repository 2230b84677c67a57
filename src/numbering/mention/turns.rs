//! Turns of Chinese that speak of a part of a text and are no pointers: 前四节, （四）部分, 上文四, 四中提到的.

use super::About;
use crate::numbering::words;

/// Words behind `第N` that label no heading and that nothing surely points with: 第四大部分 may be the fourth in size.
const COUNTERS: &[(&str, &str)] = &[
    ("大部分", "部分"),
    ("大章", "章"),
    ("大节", "节"),
    ("大節", "节"),
    ("大项", "项"),
    ("大項", "项"),
    ("标题", "节"),
    ("標題", "节"),
];

/// What counts parts of a text and hardly anything else.
const PARTS: &[(&str, &str)] = &[
    ("部分", "部分"),
    ("小节", "节"),
    ("小節", "节"),
    ("章节", "节"),
    ("章節", "节"),
    ("章", "章"),
    ("节", "节"),
    ("節", "节"),
    ("条", "条"),
    ("條", "条"),
    ("款", "款"),
    ("项", "项"),
    ("項", "项"),
];

/// Words for this text, behind which a number stands by itself.
const HERE: &[&str] = &["上文", "下文", "前文", "后文", "後文", "本文"];

/// What is said of what stands in a part.
const SAID: &[&str] = &["提", "所", "已", "讲", "講", "说", "說", "介绍", "介紹", "列", "给出", "給出", "描述"];

/// What counts a number behind 第, and what it names.
pub(super) fn counter(behind: &str) -> Option<(&'static str, &'static str)> {
    counter_of(COUNTERS, behind)
}

/// The one of some counters that a text begins with, if it does not go on with another word.
fn counter_of(known: &[(&'static str, &'static str)], text: &str) -> Option<(&'static str, &'static str)> {
    let (counter, part) = known.iter().find(|(word, _)| text.starts_with(word))?;
    (!text[counter.len()..].starts_with(|c| WORDS.contains(c))).then_some((counter, part))
}

/// What makes another word of a counter that it stands behind: 节日, 章程, 条件, 项目.
const WORDS: &str = "日目点點课課省约約电電奏气氣制能假程件例式待项項链鏈";

/// What a number between two places of a text is about, if one of these turns says so, and where that ends.
pub(super) fn of_part(text: &str, start: usize, end: usize) -> Option<(About, usize)> {
    let (before, behind) = (text[..start].trim_end_matches(' '), &text[end..]);
    let next = behind.trim_start_matches(' ');
    let part = |counted: &str| {
        let (counter, part) = counter_of(PARTS, counted)?;
        Some((About::Part(part), text.len() - counted.len() + counter.len()))
    };
    if let Some(counted) = next.strip_prefix(['）', ')']).filter(|_| before.ends_with(['（', '('])) {
        // （三）部分用户 are some of them.
        let outside = before.trim_end_matches(['（', '(', ' ']);
        let is_sent = HERE.iter().chain(words::SENDS).any(|word| outside.ends_with(word));
        return part(counted).filter(|(about, end)| is_sent || *about != About::Part("部分") || ends(&text[*end..]));
    }
    let is_first = before.strip_suffix('前').is_some_and(|before| !before.ends_with(['目', '之', '以', '年', '天']));
    if is_first {
        // 前三条 are the three before this one.
        let part = part(next.strip_prefix(['个', '個']).unwrap_or(next));
        return part.filter(|(about, _)| matches!(about, About::Part("部分" | "章" | "节")));
    }
    let is_here = HERE.iter().any(|word| before.ends_with(word)) && ends(behind);
    let is_within = || {
        let begins = |c: char| !c.is_alphanumeric() || "在如像按照据據由与與和及".contains(c);
        let said = next.strip_prefix('中').is_some_and(|said| SAID.iter().any(|word| said.starts_with(word)));
        said && before.chars().next_back().is_none_or(begins)
    };
    (is_here || is_within()).then_some((About::Part("节"), end))
}

/// Whether a text does not go on with another word: 上文四处 are four places.
fn ends(text: &str) -> bool {
    text.chars().next().is_none_or(|c| !c.is_alphanumeric() || "中的里裡内內下所已和与與及".contains(c))
}
