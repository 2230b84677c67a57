//! Words that stand before the number of a part.

use super::words::canonical;

/// Words that name what is counted when they stand before the number, what they count, and whether they are Latin.
pub(super) const PREFIXES: &[(&str, &str, bool)] = &[
    ("步骤", "步", false),
    ("步驟", "步", false),
    ("附录", "附录", false),
    ("附錄", "附录", false),
    ("附件", "附件", false),
    ("付録", "附录", false),
    ("부록", "附录", false),
    ("단계", "步", false),
    ("step", "step", true),
    ("part", "part", true),
    ("chapter", "chapter", true),
    ("appendix", "appendix", true),
    ("day", "day", true),
    ("§", "§", false),
    ("№", "№", false),
];

/// The sign or word that is no Latin one and that a text ends with, where it stands before a number: what it names, and
/// its length in bytes.
pub(super) fn prefix_before(text: &str) -> Option<(&'static str, usize)> {
    let &(word, counted, _) = PREFIXES.iter().find(|(word, _, is_latin)| !is_latin && text.ends_with(word))?;
    Some((canonical(counted), word.len()))
}

/// Whether a word of ASCII letters is one of them, in any case: asked of every heading and paragraph.
pub(super) fn is_latin_prefix(word: &str) -> bool {
    PREFIXES.iter().any(|(prefix, _, is_latin)| *is_latin && prefix.eq_ignore_ascii_case(word))
}
