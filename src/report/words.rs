//! The few words that belong to no rule.

use std::sync::Arc;

use crate::{engine::Summary, rule::Language};

/// The last line of a report for people; nothing where nothing was found. `shown` says whether findings of severity
/// info were listed.
pub fn summary_line(summary: &Summary, infos_shown: bool, language: Language) -> Option<String> {
    let Summary { documents, errors, warnings, infos, fixable, unsafely_fixable } = *summary;
    if errors + warnings == 0 && (infos == 0 || !infos_shown) {
        return None;
    }
    let chinese = language == Language::Chinese;
    let count = |n: usize, one: &str, many: &str, zh: &str| match n {
        0 => None,
        n if chinese => Some(format!("{n} 个{zh}")),
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let counts: Vec<String> = [
        count(errors, "error", "errors", "错误"),
        count(warnings, "warning", "warnings", "警告"),
        count(infos, "note", "notes", "提示"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut parts = vec![if chinese {
        format!("{} 篇文档中有 {}", documents, counts.join("、"))
    } else {
        format!("{} in {documents} {}", counts.join(", "), if documents == 1 { "document" } else { "documents" })
    }];
    if infos > 0 && !infos_shown {
        parts.push(if chinese { "提示用 --verbose 显示".into() } else { "notes are shown with --verbose".into() });
    }
    if fixable > 0 {
        parts.push(if chinese {
            format!("{fixable} 个可用 rubrica fix 修复")
        } else {
            format!("{fixable} fixable with rubrica fix")
        });
    }
    if unsafely_fixable > 0 {
        let also = if fixable > 0 { "more " } else { "" };
        parts.push(if chinese {
            format!("{unsafely_fixable} 个可用 rubrica fix --unsafe 修复")
        } else {
            format!("{unsafely_fixable} {also}with --unsafe")
        });
    }
    Some(parts.join(if chinese { "；" } else { "; " }))
}

/// Why a repair that was tried is not made.
pub(super) fn would_cause(rules: &[Arc<str>], language: Language) -> String {
    let names = rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(", ");
    match (language, rules.is_empty()) {
        (Language::English, true) => "not repaired: links or structure would change".to_owned(),
        (Language::English, false) => format!("not repaired: that would cause {names}"),
        (Language::Chinese, true) => "未修复：会改变链接或文档结构".to_owned(),
        (Language::Chinese, false) => format!("未修复：会引起 {names}"),
    }
}
