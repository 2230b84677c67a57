//! The few words that belong to no rule.

use crate::{
    engine::Summary,
    finding::{Harm, Safety},
    rule::Language,
    source::{CorpusPath, Place, Untrusted},
};

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
        format!("{documents} 篇文档中有 {}", counts.join("、"))
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
        parts.push(match (chinese, fixable) {
            (false, 0) => format!("{unsafely_fixable} fixable with rubrica fix --unsafe"),
            (false, _) => format!("{unsafely_fixable} more with --unsafe"),
            (true, 0) => format!("{unsafely_fixable} 个可用 rubrica fix --unsafe 修复"),
            (true, _) => format!("另有 {unsafely_fixable} 个可用 --unsafe 修复"),
        });
    }
    Some(parts.join(if chinese { "；" } else { "; " }))
}

/// The same where nothing was found.
pub fn clean_line(summary: &Summary, language: Language) -> String {
    match (language, summary.documents) {
        (Language::English, 1) => "no findings in 1 document".to_owned(),
        (Language::English, documents) => format!("no findings in {documents} documents"),
        (Language::Chinese, documents) => format!("{documents} 篇文档中没有问题"),
    }
}

/// What stands behind the rule of a finding that has a repair.
pub(super) fn fixable(safety: Safety, language: Language) -> &'static str {
    match (safety, language) {
        (Safety::Safe, Language::English) => " (fixable)",
        (Safety::Safe, Language::Chinese) => "（可修复）",
        (Safety::Unsafe, Language::English) => " (fixable with --unsafe)",
        (Safety::Unsafe, Language::Chinese) => "（可用 --unsafe 修复）",
    }
}

/// What stands before findings beyond those with snippets.
pub(super) fn more(count: usize, language: Language) -> String {
    match language {
        Language::English if count == 1 => "1 more finding, in a line:".to_owned(),
        Language::English => format!("{count} more findings, one line each:"),
        Language::Chinese => format!("另有 {count} 处问题，每处一行："),
    }
}

/// What a step of GitHub Actions does not show as annotations.
pub(super) fn in_log(count: usize, language: Language) -> String {
    match language {
        Language::English if count == 1 => "1 more finding is listed in the log of this step".to_owned(),
        Language::English => format!("{count} more findings are listed in the log of this step"),
        Language::Chinese => format!("另有 {count} 处问题，见此步骤的日志"),
    }
}

/// What a table or list does not show.
pub(super) fn left_out(count: usize, language: Language) -> String {
    match language {
        Language::English if count == 1 => "1 more is not shown here.".to_owned(),
        Language::English => format!("{count} more are not shown here."),
        Language::Chinese => format!("另有 {count} 项未列出。"),
    }
}

/// What a file for a service leaves out.
pub(super) fn cut(count: usize, most: usize, language: Language) -> String {
    match language {
        Language::English if count == 1 => format!("1 more result is left out: the {most} most severe are listed"),
        Language::English => format!("{count} more results are left out: the {most} most severe are listed"),
        Language::Chinese => format!("另有 {count} 处问题未列出：只列出最严重的 {most} 处"),
    }
}

/// The heads of a table of rules, one of documents, and the columns of both.
pub(super) fn heads(language: Language) -> [&'static str; 3] {
    match language {
        Language::English => ["rule", "document", "findings | errors | repaired by `rubrica fix` | with `--unsafe`"],
        Language::Chinese => ["规则", "文档", "问题 | 错误 | `rubrica fix` 可修复 | 另加 `--unsafe`"],
    }
}

/// Why a repair that was tried is not made.
pub(super) fn would_cause(harm: &Harm, language: Language) -> String {
    let named = |path: &CorpusPath| Untrusted::new(path.as_str()).line();
    match (language, harm) {
        (_, Harm::Findings(rules)) => {
            let names = rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(", ");
            match language {
                Language::English => format!("not repaired: that would cause {names}"),
                Language::Chinese => format!("未修复：会引起 {names}"),
            }
        }
        (Language::English, Harm::Link(Place { path, at, .. })) => {
            format!("not repaired: the link in line {} of `{}` would lead elsewhere", at.line, named(path))
        }
        (Language::Chinese, Harm::Link(Place { path, at, .. })) => {
            format!("未修复：`{}` 第 {} 行的链接会指向别处", named(path), at.line)
        }
        (Language::English, Harm::Structure { path }) => {
            format!("not repaired: `{}` would be read differently", named(path))
        }
        (Language::Chinese, Harm::Structure { path }) => format!("未修复：`{}` 的结构会改变", named(path)),
    }
}
