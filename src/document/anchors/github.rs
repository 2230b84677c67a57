//! GitHub's anchors.
//!
//! The text of the heading in lower case; everything that is not a letter, mark, decimal digit, letter number,
//! connector punctuation, hyphen or blank is dropped; blanks become hyphens, none trimmed and none collapsed. A
//! repeated anchor gets `-1`, `-2` …, and each candidate is itself compared with everything used. Source: the
//! published `github-slugger` package, whose fixtures were captured from the site, with today's Unicode.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;

/// `\w` is Unicode's word class (alphabetic, marks, decimal numbers, connector punctuation, join controls), which
/// is GitHub's but for the join controls.
static DROPPED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\w\- ]|[\u{200C}\u{200D}]").ok());

/// The anchor of a heading's text, not yet made unique.
pub fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let plain = lower.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_'));
    let kept = match (&*DROPPED, plain) {
        (Some(dropped), false) => dropped.replace_all(&lower, ""),
        _ => lower.as_str().into(),
    };
    kept.replace(' ', "-")
}

/// Makes anchors unique within a document, in the order of its headings.
#[derive(Debug, Default)]
pub struct Slugger {
    used: HashMap<String, u32>,
}

impl Slugger {
    /// The unique anchor of the next heading.
    pub fn next(&mut self, text: &str) -> String {
        let base = slug(text);
        let mut candidate = base.clone();
        while self.used.contains_key(&candidate) {
            let count = self.used.entry(base.clone()).or_insert(0);
            *count += 1;
            candidate = format!("{base}-{count}");
        }
        self.used.insert(candidate.clone(), 0);
        candidate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for (heading, anchor) in [
            ("【1】简介", "1简介"),
            ("第一章：概述", "第一章概述"),
            ("安装，配置（可选）", "安装配置可选"),
            ("Ａ１ 全角ＡＢＣ", "ａ１-全角ａｂｃ"),
            ("你好\u{3000}世界", "你好世界"),
            ("Rust 语言 - 入门", "rust-语言---入门"),
            ("C++ 与 C#", "c-与-c"),
            ("①步骤一", "步骤一"),
            ("½ 与 ²", "-与-"),
            ("第〇章", "第〇章"),
            ("Ⅳ 章节", "ⅳ-章节"),
            ("全角＿下線", "全角＿下線"),
            ("㈱会社", "会社"),
            ("ｶﾞｲﾄﾞ｡", "ｶﾞｲﾄﾞ"),
            ("ガイド・ブック", "ガイドブック"),
            ("🚀 开始", "-开始"),
            ("❤\u{FE0F} 爱", "\u{FE0F}-爱"),
            ("1\u{FE0F}\u{20E3} 第一", "1\u{FE0F}\u{20E3}-第一"),
            ("👨\u{200D}👩\u{200D}👧 家庭", "-家庭"),
            ("v1.2.3 发布", "v123-发布"),
            ("？！", ""),
            ("A & B < C", "a--b--c"),
            ("हिन्दी शीर्षक", "हिन्दी-शीर्षक"),
            ("İstanbul", "i\u{307}stanbul"),
            ("「引用」と『二重』", "引用と二重"),
            ("100%——破折号——…", "100破折号"),
            ("snake_case 名", "snake_case-名"),
            ("3.5 版", "35-版"),
        ] {
            assert_eq!(slug(heading), anchor, "{heading}");
        }
    }

    #[test]
    fn repeated_anchors() {
        let mut slugger = Slugger::default();
        let anchors: Vec<_> =
            ["echo", "echo", "echo 1", "echo-1", "echo"].iter().map(|text| slugger.next(text)).collect();
        assert_eq!(anchors, ["echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"]);
    }
}
