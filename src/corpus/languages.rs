//! The language of a document, as far as its path says which.

use super::is_index;
use crate::source::CorpusPath;

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

/// A path without the languages that it names, the same for all translations of a document: `guide.md` for
/// `zh/guide.md` and `guide.ja.md`. A folder's own document counts only among those that name one.
pub fn without_language(path: &CorpusPath) -> String {
    let folder = path.parent();
    let mut parts: Vec<&str> = folder.as_str().split('/').filter(|part| !part.is_empty()).collect();
    let all = parts.len();
    parts.retain(|part| language(part).is_none());
    if is_index(path) && parts.len() < all {
        parts.push("*");
    }
    let (stem, extension) = path.file_name().rsplit_once('.').unwrap_or((path.file_name(), ""));
    let end = stem.match_indices(['.', '-', '_']).find(|(at, _)| language(&stem[at + 1..]).is_some());
    parts.push(end.map_or(stem, |(at, _)| &stem[..at]));
    format!("{}.{extension}", parts.join("/"))
}

/// The language that a file is named for, at the end of its name: `README.zh-CN.md`, `guide_en.md`.
fn language_of_name(name: &str) -> Option<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.match_indices(['.', '-', '_']).find_map(|(at, _)| language(&stem[at + 1..]))
}

/// The document in the language of another that a path stands for on a site: `guide` and `guide.md` are `guide.zh.md` for
/// `index.zh.md`.
pub(super) fn in_language_of(document: &CorpusPath, path: &CorpusPath) -> Option<CorpusPath> {
    let (_, suffix) = document.file_stem().rsplit_once('.').filter(|(_, suffix)| is_language(suffix))?;
    let bare = path.as_str().strip_suffix(".md").unwrap_or(path.as_str());
    CorpusPath::new(&format!("{bare}.{suffix}.md"))
}

/// Whether a folder is named for a language.
pub fn is_language(name: &str) -> bool {
    language(name).is_some()
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

    #[test]
    fn translations_of_one_document() {
        let key = |path: &str| without_language(&CorpusPath::new(path).expect("a path"));
        for path in ["docs/zh-CN/a.md", "docs/en/a.md", "docs/a.ja.md", "docs/a_en.md"] {
            assert_eq!(key(path), "docs/a.md", "{path}");
        }
        assert_eq!(key("docs/en/README.md"), key("docs/zh/README.md"));
        assert_ne!(key("docs/it/README.md"), key("docs/README.md"));
        assert_eq!(key("README.md"), key("README.zh-CN.md"));
    }
}
