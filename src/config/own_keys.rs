//! The keys of rules that users write, for the schema.

use super::keys::{Key, Shape, TEXTS, key};
use crate::{
    declarative::{Place, words},
    rule::{FIXES, Level},
};

/// A rule that stands in the configuration; or settings of one that stands on a page.
pub(super) const RULE: &[Key] = &[
    key("severity", Shape::Words(|| Level::WORDS.to_vec()), "how much its findings matter"),
    key("match", Shape::List(&Shape::Map(CLAUSE, 0), true), "what it looks for"),
    key("fix", Shape::Words(|| FIXES.to_vec()), "how sure its replacements are"),
    key("default", DEFAULT, "whether it runs without being configured"),
    key("messages", Shape::Named(&WORDING), "what it says, if not the usual"),
    key("help", WORDING, "what to do"),
    key("summary", Shape::Text, "what it reports, in a sentence"),
    key("url", Shape::Text, "where more is said about it"),
    key("since", Shape::Text, "the version that brought it"),
];

const DEFAULT: Shape = Shape::Either(&[
    Shape::Words(|| vec!["on", "off"]),
    Shape::Map(&[key("when", Shape::Text, "once this key is configured")], 1),
]);

const WORDING: Shape = Shape::Either(&[
    Shape::Text,
    Shape::Map(&[key("en", Shape::Text, "in English"), key("zh", Shape::Text, "in Chinese")], 0),
]);

/// A clause of `match:`.
pub(super) const CLAUSE: &[Key] = &[
    key("find", TEXTS, "texts"),
    key("swap", Shape::Named(&TEXTS), "texts, and what should stand there"),
    key("pattern", Shape::Text, "a regular expression"),
    key("fix", Shape::Text, "what should stand there; $1 and {match} are groups"),
    key("agree", Shape::List(&Shape::List(&Shape::Text, false), false), "variants of which one should be used"),
    key("prefer", Shape::Words(|| words("prefer")), "which of them"),
    key("if", TEXTS, "who says one of these"),
    key("then", TEXTS, "has to say one of these"),
    key("count", Shape::Map(COUNT, 0), "how many there may be"),
    key("per", Shape::Words(|| words("per")), "in what they are counted or compared"),
    key("where", Shape::List(&PLACE, true), "only there"),
    key("except_where", Shape::List(&PLACE, true), "not there"),
    key("files", TEXTS, "only in these files, as in .gitignore"),
    key("lang", Shape::List(&Shape::Words(|| words("lang")), true), "only in documents in these languages"),
    key("boundary", Shape::Words(|| words("boundary")), "what may stand beside a text"),
    key("ignore_case", Shape::Boolean, "letter case of ASCII does not matter"),
    key("unless", Shape::List(&EXCUSE, true), "texts and patterns that excuse what stands within them"),
    key("beside", TEXTS, "counts only with one of these in the same sentence"),
    key("unless_beside", TEXTS, "does not count with one of these in the same sentence"),
    key("safety", Shape::Words(|| words("safety")), "how sure its replacement is, where the rule's may be safe"),
];

const COUNT: &[Key] =
    &[key("min", Shape::Count(0), "the least there may be"), key("max", Shape::Count(0), "the most there may be")];

const EXCUSE: Shape =
    Shape::Either(&[Shape::Text, Shape::Map(&[key("pattern", Shape::Text, "a regular expression")], 1)]);

/// A place by its word, or in detail.
const PLACE: Shape =
    Shape::Either(&[Shape::Words(|| Place::ALL.iter().map(|(_, name)| *name).collect()), Shape::Map(DETAILS, 0)]);

const DETAILS: &[Key] = &[
    key("heading", Shape::List(&Shape::Scalar, true), "headings of these levels"),
    key("code-block", TEXTS, "blocks of code in these languages"),
    key("front-matter", TEXTS, "these fields of the front matter"),
];

#[cfg(test)]
mod tests {
    use super::{super::keys, CLAUSE};
    use crate::declarative;

    #[test]
    fn the_reader_and_the_schema_know_the_same_keys() {
        let (mut shown, mut read) = (keys::names(CLAUSE), declarative::keys());
        shown.sort_unstable();
        read.sort_unstable();
        read.dedup();
        assert_eq!(shown, read);
    }
}
