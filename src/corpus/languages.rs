//! The language of a document, as far as its path says which.

use std::collections::{BTreeSet, HashMap};

use super::is_index;
use crate::source::CorpusPath;

/// Codes of languages as folders and names of documents carry them.
const LANGUAGES: &[&str] = &[
    "ar", "bn", "cn", "cs", "da", "de", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "it", "ja", "jp", "ko", "kr",
    "nl", "pl", "pt", "ru", "sv", "th", "tr", "tw", "uk", "vi", "zh",
];

/// Languages whose codes are neither words nor short for anything else.
fn is_no_word(language: &str) -> bool {
    ["zh", "ja", "ko"].iter().any(|code| language.starts_with(code))
}

/// Whether two paths may be of one language: `ru/guide.md` is no other place of `zh-CN/guide.md`, nor `README.ja.md` of
/// `README.md`. A folder of one may have been put between.
pub fn speaks_alike(path: &str, other: &str) -> bool {
    let [(folders, name), (others, other)] = [path, other].map(|path| path.rsplit_once('/').unwrap_or(("", path)));
    let [own, other] = [name, other].map(|name| name_and_language(stem(name)).1.map(|(_, language)| language));
    let [folders, others] = [folders, others].map(|path| path.split('/').filter_map(language).collect::<Vec<_>>());
    own == other && (folders.is_empty() || others.is_empty() || folders == others)
}

/// Whether a path lies in a folder that is named for a language, and another one in none: it may be its translation.
pub fn is_translated(path: &str, other: &str) -> bool {
    let names_language =
        |path: &str| path.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(is_language));
    names_language(path) && !names_language(other)
}

/// Which of some documents are the same in another language.
#[derive(Debug)]
pub struct Translations {
    /// The languages that folders within a folder are named for.
    folders: HashMap<String, BTreeSet<String>>,
    /// The languages that documents of one name in a folder end with, behind a sign that names have as well.
    names: HashMap<String, BTreeSet<String>>,
}

impl Translations {
    /// What the paths of documents show.
    pub fn new<'a>(paths: impl Iterator<Item = &'a CorpusPath>) -> Self {
        let mut out = Self { folders: HashMap::new(), names: HashMap::new() };
        for path in paths {
            for (parent, _, language) in
                folders(path).filter_map(|(parent, name)| Some((parent, name, language(name)?)))
            {
                out.folders.entry(parent.to_owned()).or_default().insert(language);
            }
            if let (name, Some((_, language))) = name_and_language(stem(path.file_name())) {
                out.names
                    .entry(path.beside(name).unwrap_or_default().as_str().to_owned())
                    .or_default()
                    .insert(language);
            }
        }
        out
    }

    /// A path without the languages that it names, the same for all translations of a document: `guide.md` for
    /// `zh/guide.md` and `guide.ja.md`. A folder's own document counts only among those that name one. A code that is a
    /// word as well counts beside another one: `what-is-it.md` is no translation, nor is what stands in `it/` alone.
    pub fn key(&self, path: &CorpusPath) -> String {
        let names_language = |(parent, name): &(&str, &str)| {
            let among = self.folders.get(*parent).map_or(0, BTreeSet::len);
            language(name).is_some_and(|language| among > 1 || is_no_word(&language))
        };
        let all = folders(path).count();
        let mut parts: Vec<&str> = folders(path).filter(|one| !names_language(one)).map(|(_, name)| name).collect();
        if is_index(path) && parts.len() < all {
            parts.push("*");
        }
        let stem = stem(path.file_name());
        let counts = |name: &str, (sign, language): &(char, String)| {
            let alike = path.beside(name).and_then(|alike| self.names.get(alike.as_str()));
            *sign == '.' || is_no_word(language) || alike.is_some_and(|all| all.len() > 1)
        };
        parts.push(match name_and_language(stem) {
            (name, Some(language)) if counts(name, &language) => name,
            _ => stem,
        });
        format!("{}.{}", parts.join("/"), path.extension().unwrap_or_default())
    }
}

/// The folders that a path lies in: each with the path of the one it lies in.
fn folders(path: &CorpusPath) -> impl Iterator<Item = (&str, &str)> {
    let whole = path.as_str();
    whole.match_indices('/').map(|(at, _)| whole[..at].rsplit_once('/').unwrap_or(("", &whole[..at])))
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The name of a file without the language behind it, that language, and the sign before it: `README.zh-CN`, `guide_en`.
fn name_and_language(stem: &str) -> (&str, Option<(char, String)>) {
    let mut ends = stem.match_indices(['.', '-', '_']);
    let found = ends.find_map(|(at, sign)| Some((&stem[..at], sign.chars().next()?, language(&stem[at + 1..])?)));
    found.map_or((stem, None), |(name, sign, language)| (name, Some((sign, language))))
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
        let path = |path: &str| CorpusPath::new(path).expect("a path");
        let all = |paths: &[&str]| {
            let paths: Vec<CorpusPath> = paths.iter().map(|name| path(name)).collect();
            let translations = Translations::new(paths.iter());
            paths.iter().map(|path| translations.key(path)).collect::<Vec<_>>()
        };
        let keys =
            all(&["docs/a.md", "docs/zh-CN/a.md", "docs/en/a.md", "docs/a.ja.md", "docs/a_en.md", "docs/a_de.md"]);
        assert!(keys.iter().all(|key| key == "docs/a.md"), "{keys:?}");
        let [en, zh, own] = &all(&["docs/en/README.md", "docs/zh/README.md", "docs/README.md"])[..] else { panic!() };
        assert!(en == zh && en != own);
        let keys = all(&["README.md", "README.zh-CN.md", "README-zh.md", "README_ja.md"]);
        assert!(keys.iter().all(|key| key == "README.md"), "{keys:?}");
        // Words that are codes as well.
        let names = ["what-is.md", "what-is-it.md", "setup.md", "it/setup.md", "a_en.md", "a.md"];
        assert_eq!(all(&names), names);
    }
}
