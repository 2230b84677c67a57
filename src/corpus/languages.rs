//! The language of a document, as far as its path says which.

/// Codes of languages as folders and names of documents carry them.
const LANGUAGES: &[&str] = &[
    "ar", "bn", "cn", "cs", "da", "de", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "it", "ja", "jp", "ko", "kr",
    "nl", "pl", "pt", "ru", "sv", "th", "tr", "tw", "uk", "vi", "zh",
];

/// Whether two paths may be of one language: `ru/guide.md` is no other place of `zh-CN/guide.md`, nor `README.ja.md` of
/// `README.md`. A folder of one may have been put between.
pub fn speaks_alike(path: &str, other: &str) -> bool {
    let [(folders, name), (others, other)] = [path, other].map(|path| path.rsplit_once('/').unwrap_or(("", path)));
    let [own, other] = [name, other].map(language_of_name);
    let [folders, others] = [folders, others].map(|path| path.split('/').filter_map(language).collect::<Vec<_>>());
    own == other && (folders.is_empty() || others.is_empty() || folders == others)
}

/// The language that a file is named for, at the end of its name: `README.zh-CN.md`, `guide_en.md`.
fn language_of_name(name: &str) -> Option<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.match_indices(['.', '-', '_']).find_map(|(at, _)| language(&stem[at + 1..]))
}

/// The language that a name is the code of, alone or with a region. Chinese of two regions is two translations.
fn language(name: &str) -> Option<String> {
    let name = name.to_lowercase().replace('_', "-");
    let (code, region) = name.split_once('-').unwrap_or((&name, ""));
    let is_code =
        LANGUAGES.contains(&code) && region.len() < 5 && region.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| if code == "zh" { name.clone() } else { code.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_paths() {
        assert!(speaks_alike("docs/guide.md", "guide/guide.md"));
        assert!(speaks_alike("docs/zh-CN/guide.md", "zh_CN/guide.md"));
        assert!(!speaks_alike("docs/zh-CN/guide.md", "docs/zh-TW/guide.md"));
        assert!(!speaks_alike("docs/ru/guide.md", "docs/zh-CN/guide.md"));
        assert!(!speaks_alike("README.ja.md", "README.md"));
        assert!(!speaks_alike("README_en.md", "README_zh.md"));
        assert!(speaks_alike("guide/deploy.md", "docs/en/guide/deploy.md"));
    }
}
