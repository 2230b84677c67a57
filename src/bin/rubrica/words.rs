//! Words that several commands say.

use std::path::Path;

use rubrica::{
    engine::{Job, Said},
    files::WriteError,
    finding::{Safety, Severity},
    rule::{Activation, Catalogue, Language, Page},
    source::Untrusted,
    suggest::closest,
};

use crate::habits;

/// A path or another text from outside, harmless in one line.
pub(crate) fn shown(text: impl AsRef<Path>) -> String {
    Untrusted::new(&text.as_ref().display().to_string()).line()
}

/// Why files were not written.
pub(crate) fn refusal(error: &WriteError) -> String {
    let path = error.path().map(|path| format!("`{}` ", shown(path.as_str()))).unwrap_or_default();
    format!("{path}{}", shown(error.to_string()))
}

/// One of two wordings of the same.
pub(crate) fn either<T>(language: Language, english: T, chinese: T) -> T {
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

/// What a rule would say of a request, behind the reason why it is refused.
pub(crate) fn said_at(job: &Job, Said { place, rule, message }: &Said, language: Language) -> String {
    let said = job.catalogue.say(rule, message, language);
    shown(format!(" ({}:{} {said})", place.path.as_str(), place.at.line))
}

/// So many of a thing, whose plural is a regular one.
pub(crate) fn count(n: usize, one: &str) -> String {
    match one.strip_suffix('y') {
        _ if n == 1 => format!("1 {one}"),
        Some(stem) => format!("{n} {stem}ies"),
        None => format!("{n} {one}s"),
    }
}

/// The rule or group that was probably meant, or where all are named.
pub(crate) fn near_rule(catalogue: &Catalogue, name: &str) -> String {
    if let Some(here) = habits::rule(name) {
        return format!("what markdownlint calls so is `{here}` here");
    }
    let near = closest(name, catalogue.names());
    near.map_or_else(|| "`rubrica rules` lists all".to_owned(), |near| format!("did you mean `{near}`?"))
}

/// What `fix` has done, and how much of it somebody has to look at.
pub(crate) fn repaired([repaired, doubtful, files]: [usize; 3], language: Language) -> String {
    let english = || {
        let doubt = match doubtful {
            0 => String::new(),
            own if own == repaired => ", unsafely: read what changed (`--diff` shows it beforehand)".to_owned(),
            own => format!(
                ", {own} of them unsafely: read what changed (next time `rubrica fix` first, and `rubrica fix --unsafe \
                 --diff` then shows these alone)"
            ),
        };
        format!("repaired {} in {}{doubt}", count(repaired, "finding"), count(files, "file"))
    };
    let chinese = || {
        let doubt = match doubtful {
            0 => String::new(),
            own if own == repaired => "，均为不安全修复，请过目（加 `--diff` 可事先查看）".to_owned(),
            own => format!(
                "，其中 {own} 处为不安全修复，请过目（下次可先 `rubrica fix`，再用 `rubrica fix --unsafe --diff` 单独查看）"
            ),
        };
        format!("修复了 {files} 个文件中的 {repaired} 处问题{doubt}")
    };
    if language == Language::Chinese { chinese() } else { english() }
}

/// What `fix --renumber` has done.
pub(crate) fn renumbered(files: usize, language: Language) -> String {
    either(language, format!("renumbered {}", count(files, "file")), format!("重新编号了 {files} 个文件"))
}

pub(crate) fn severity(severity: Severity, language: Language) -> &'static str {
    match (language, severity) {
        (Language::English, severity) => severity.as_str(),
        (Language::Chinese, Severity::Error) => "错误",
        (Language::Chinese, Severity::Warning) => "警告",
        (Language::Chinese, Severity::Info) => "提示",
    }
}

pub(crate) fn fix(page: &Page, language: Language) -> &'static str {
    match (language, page.fix) {
        (Language::English, None) => "no fix",
        (Language::English, Some(Safety::Unsafe)) => "unsafe fix",
        (Language::English, Some(Safety::Safe)) => "safe fix",
        (Language::Chinese, None) => "无修复",
        (Language::Chinese, Some(Safety::Unsafe)) => "不安全修复",
        (Language::Chinese, Some(Safety::Safe)) => "安全修复",
    }
}

pub(crate) fn default(page: &Page, language: Language) -> String {
    match (language, &page.default) {
        (Language::English, Activation::On) => "on by default".to_owned(),
        (Language::English, Activation::Off) => "off by default".to_owned(),
        (Language::English, Activation::When(key)) => format!("on once `{key}` is configured"),
        (Language::Chinese, Activation::On) => "默认启用".to_owned(),
        (Language::Chinese, Activation::Off) => "默认关闭".to_owned(),
        (Language::Chinese, Activation::When(key)) => format!("配置 `{key}` 后启用"),
    }
}
