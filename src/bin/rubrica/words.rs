//! Words that several commands say.

use std::path::Path;

use rubrica::{
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

pub(crate) fn severity(page: &Page, language: Language) -> &'static str {
    match (language, page.severity) {
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
