//! Where running text points at a numbered place of its own document: 见【8】, 第三章, 2.3 节, 如图 4 所示, see section 2.1.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    caption,
    label::{LONGEST, Number},
    numerals::{self, Class, Numeral},
    words,
};

/// What a pointer says it points at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// What a word counts, as in [`super::Scheme::Counted`]: `章`, `步`, `chapter`.
    Counted(&'static str),
    /// `【8】`.
    Bracketed,
    /// A section by its number: `2.3 节`, `section 2.1`, `§2`.
    Section,
    /// A figure, table or the like, as in [`caption::counted`].
    Caption(&'static str),
}

/// A place in running text that points at a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// What it points at.
    pub subject: Subject,
    /// All of it, in bytes of the text.
    pub at: Range<usize>,
    /// The number, or the components of a dotted one, with their places in the text.
    pub numbers: Vec<Number>,
    /// Whether it surely means its own document: a word like 见 or "see" stands before it, and no other work near it.
    pub is_sure: bool,
}

impl Pointer {
    /// The values of the numbers.
    pub fn values(&self) -> Vec<u64> {
        self.numbers.iter().map(|number| number.numeral.value).collect()
    }
}

/// Words for parts of a text, and what they count.
const PARTS: &[(&str, Subject)] = &[
    ("小节", Subject::Section),
    ("小節", Subject::Section),
    ("章节", Subject::Section),
    ("部分", Subject::Counted("部分")),
    ("阶段", Subject::Counted("阶段")),
    ("章", Subject::Counted("章")),
    ("节", Subject::Section),
    ("節", Subject::Section),
    ("条", Subject::Counted("条")),
    ("條", Subject::Counted("條")),
    ("步", Subject::Counted("步")),
    ("讲", Subject::Counted("讲")),
    ("講", Subject::Counted("講")),
    ("篇", Subject::Counted("篇")),
    ("课", Subject::Counted("课")),
    ("課", Subject::Counted("課")),
    ("장", Subject::Counted("장")),
    ("절", Subject::Counted("절")),
];

const LATIN_PARTS: &[(&str, Subject)] = &[
    ("section", Subject::Section),
    ("sections", Subject::Section),
    ("sect.", Subject::Section),
    ("sec.", Subject::Section),
    ("§", Subject::Section),
    ("chapter", Subject::Counted("chapter")),
    ("part", Subject::Counted("part")),
    ("step", Subject::Counted("step")),
    ("appendix", Subject::Counted("appendix")),
];

/// A first look: every place where one may begin. What stands there is read by hand.
static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // Without `\b` and Unicode's letter cases, so that it runs on the fast engine.
    let words =
        "[Ss]ections?|[Ss]ec[.t]|[Cc]hapter|[Pp]art|[Ss]tep|[Aa]ppendix|[Ff]igure|[Ff]ig[.]|[Tt]able|[Ll]isting";
    let pattern = format!(
        r"[第제【图圖図表式例§]|그림|(?:{words})\.?[ \t\n\x{{a0}}]+[0-9]|[0-9]{{1,4}}(?:[.．][0-9]{{1,4}}){{1,6}}[ \x{{a0}}]{{0,4}}[小章]?[节節]"
    );
    Regex::new(&pattern).ok()
});

/// Every place where a text points at a number.
pub fn all(text: &str) -> Vec<Pointer> {
    let Some(place) = &*PLACE else { return Vec::new() };
    let mut out: Vec<Pointer> = Vec::new();
    let mut from = 0;
    while let Some(found) = place.find_at(text, from) {
        let pointer = read(text, found.start());
        from = pointer
            .as_ref()
            .map_or(found.start() + text[found.start()..].chars().next().map_or(1, char::len_utf8), |p| p.at.end);
        out.extend(pointer);
    }
    out
}

fn read(text: &str, at: usize) -> Option<Pointer> {
    let rest = &text[at..];
    let (subject, numbers, end) = ordinal(text, at)
        .or_else(|| bracketed(text, at))
        .or_else(|| dotted_section(text, at))
        .or_else(|| latin(text, at))
        .or_else(|| captioned(text, rest, at))?;
    let at = at..end;
    let is_sure = surely_own(&text[..at.start], &text[at.end..], &subject);
    Some(Pointer { subject, at, numbers, is_sure })
}

/// `第三章`, `第 2.1 节`.
fn ordinal(text: &str, at: usize) -> Option<(Subject, Vec<Number>, usize)> {
    let rest = text[at..].strip_prefix('第').or_else(|| text[at..].strip_prefix('제'))?;
    let (numbers, rest) = path(text, rest.trim_start())?;
    let rest = rest.trim_start();
    let (word, subject) = PARTS.iter().find(|(word, _)| rest.starts_with(word))?;
    Some((subject.clone(), numbers, text.len() - rest.len() + word.len()))
}

/// `【8】`.
fn bracketed(text: &str, at: usize) -> Option<(Subject, Vec<Number>, usize)> {
    let (numbers, rest) = path(text, text[at..].strip_prefix('【')?.trim_start())?;
    let rest = rest.trim_start().strip_prefix('】')?;
    Some((Subject::Bracketed, numbers, text.len() - rest.len()))
}

/// `2.3 节`.
fn dotted_section(text: &str, at: usize) -> Option<(Subject, Vec<Number>, usize)> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_')) {
        return None;
    }
    let (numbers, rest) = path(text, &text[at..]).filter(|(numbers, _)| numbers.len() > 1)?;
    let rest = rest.trim_start();
    let (word, _) = PARTS.iter().find(|(word, subject)| *subject == Subject::Section && rest.starts_with(word))?;
    // 7.2 节点 is a node.
    let behind = &rest[word.len()..];
    if behind.starts_with(['点', '點', '省', '约', '目', '课', '奏', '拍']) {
        return None;
    }
    Some((Subject::Section, numbers, text.len() - rest.len() + word.len()))
}

/// `section 2.1`, `Chapter 3`, `§2`.
fn latin(text: &str, at: usize) -> Option<(Subject, Vec<Number>, usize)> {
    let rest = &text[at..];
    if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let (word, subject) = LATIN_PARTS.iter().rev().find(|(word, _)| words::begins(rest, word))?;
    let (numbers, rest) = path(text, rest[word.len()..].trim_start())?;
    let arabic = numbers.iter().all(|number| number.numeral.system.class() == Class::Arabic);
    let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '%' | '-' | '_' | '/'));
    (arabic && ends).then(|| (subject.clone(), numbers, text.len() - rest.len()))
}

/// `图 4`, `Table 3`.
fn captioned(text: &str, rest: &str, at: usize) -> Option<(Subject, Vec<Number>, usize)> {
    let is_latin = rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let before = text[..at].chars().next_back();
    let (label, behind) = caption::begins(rest)?;
    // 地图 4 and 列表 2 are words of their own; 图 3 张 counts pictures.
    if !is_latin && !before.is_none_or(caption::joins) || is_latin && before.is_some_and(|c| c.is_ascii_alphanumeric())
    {
        return None;
    }
    if !is_latin
        && behind.trim_start().starts_with([
            '个', '個', '张', '張', '次', '行', '列', '种', '種', '天', '年', '月', '倍', '级', '分', '条', '步',
        ])
    {
        return None;
    }
    let word = caption::counted(&label);
    let start = text.len() - rest.len();
    let numbers = label
        .numbers
        .iter()
        .map(|number| Number { at: number.at.start + start..number.at.end + start, ..number.clone() });
    Some((Subject::Caption(word), numbers.collect(), start + label.text.len()))
}

/// A number, or several with dots or a hyphen between, at the start of `rest`, which is a suffix of `text`.
fn path<'a>(text: &str, rest: &'a str) -> Option<(Vec<Number>, &'a str)> {
    let mut numbers = Vec::new();
    let mut rest = rest;
    loop {
        let end = rest.find(|c| !numerals::is_numeral_character(c)).unwrap_or(rest.len());
        if end == 0 || end > LONGEST {
            return None;
        }
        let start = text.len() - rest.len();
        numbers.push(Number { numeral: Numeral::parse(&rest[..end])?, at: start..start + end });
        rest = &rest[end..];
        match rest.strip_prefix(['.', '．']) {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
            _ => return Some((numbers, rest)),
        }
    }
}

/// Words that send the reader to a place. Those behind it are looked for at once behind the pointer.
const SENDS: &[&str] = &[
    "见",
    "見",
    "参看",
    "參看",
    "詳細は",
    "詳しくは",
    "参考",
    "參考",
    "参照",
    "参阅",
    "參閱",
    "请看",
    "查看",
    "回到",
    "回顾",
    "如",
    "本文",
    "上文",
    "下文",
    "前文",
    "后文",
    "前面",
    "后面",
    "上述",
    "在",
    "到",
    "按",
    "按照",
    "根据",
    "和",
    "与",
    "、",
    "（",
    "从",
    "由",
];
const SENDS_BEHIND: &[&str] = &[
    "所述",
    "所示",
    "中",
    "里",
    "会",
    "将",
    "已",
    "介绍",
    "提到",
    "讲",
    "讨论",
    "说",
    "详",
    "我们",
    "的内容",
    "可知",
    "可见",
    "を参照",
    "に示",
    "참조",
    "를 참조",
    "で述べ",
    "で説明",
    "를 보라",
    "을 보라",
    "을 참조",
];
const SENDS_LATIN: &[&str] = &["see", "in", "per", "to", "cf.", "from", "and", "under", "as", "also", "at", "with"];

/// What a number belongs to when it is a place of another work: a law, a book, a standard.
const WORKS: &[&str] = &[
    "法",
    "条例",
    "條例",
    "规定",
    "规范",
    "标准",
    "手册",
    "论文",
    "协议",
    "原书",
    "教材",
    "指南",
    "一书",
    "书",
    "官方文档",
    "》",
    "」",
    "』",
    "”",
    "\"",
    ")",
    "]",
    ">",
];

/// Words that say that a sentence is about another work, wherever in it they stand before the number.
const OTHER_WORKS: &[&str] =
    &["《", "『", "“", "](", "://", "课本", "教科书", "原著", "小说", "上册", "中册", "下册", "前作", "那本书"];

/// What somebody does in his own book.
const WRITES: &[&str] = &["中写道", "里写道", "写道", "中读到", "里读到", "读到"];

/// Whether a pointer surely means its own document.
fn surely_own(before: &str, behind: &str, subject: &Subject) -> bool {
    let sentence = tail(before).rsplit(['。', '！', '？', '；', '\n', '!', '?', '|']).next().unwrap_or_default();
    let sentence = match sentence.rfind(". ") {
        Some(at) => &sentence[at + 2..],
        None => sentence,
    };
    let near = sentence.trim_end_matches(|c: char| c.is_whitespace() || c == '*');
    let is_elsewhere = OTHER_WORKS.iter().any(|work| sentence.contains(work));
    let of_work = WORKS.iter().any(|work| near.trim_end_matches(['的', '中']).ends_with(work));
    // What follows says whose place it is: "of the CLA", （原书）, 《…》.
    let next = behind.trim_start_matches(['*', ' ', '\u{a0}']);
    let owner = ["of ", "from ", "in the ", "in [", "in \"", "in _", "in *", "《", "of\n"]
        .iter()
        .any(|word| next.starts_with(word));
    let owner = owner || is_named_behind(next);
    let is_written = WRITES.iter().any(|word| next.starts_with(word));
    if is_elsewhere || of_work || owner || is_written || names_work(near) || speaks_of_work(near) {
        return false;
    }
    if let Subject::Bracketed = subject {
        return SENDS.iter().any(|word| near.ends_with(word));
    }
    let last =
        near.rsplit(|c: char| !c.is_ascii_alphabetic() && c != '.').next().unwrap_or_default().to_ascii_lowercase();
    SENDS.iter().any(|word| near.ends_with(word))
        || SENDS_LATIN.contains(&last.as_str())
        || near.ends_with('(')
        || (!near.is_ascii() || near.is_empty()) && SENDS_BEHIND.iter().any(|word| next.starts_with(word))
}

/// Whether a name behind a Latin pointer says whose place it is: `section 7, Apache License`, `Table 5 in Smith (2010)`.
fn is_named_behind(next: &str) -> bool {
    let Some(name) = next.strip_prefix(", ").or_else(|| next.strip_prefix("in ")) else { return false };
    let word = &name[..name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len())];
    let is_own = words::spoken(&word.to_ascii_lowercase()).is_some() || caption::word_before(word).is_some();
    word.starts_with(|c: char| c.is_ascii_uppercase()) && !is_own
}

/// Words for works in English. `this guide` is the document itself.
const LATIN_WORKS: &[&str] =
    &["spec", "specification", "standard", "paper", "thesis", "book", "reference", "manual", "license", "act"];

/// Whether the words right before a Latin pointer name another work: `our paper (Section 4)`, `the API reference, see`.
fn speaks_of_work(near: &str) -> bool {
    let mut words = near.rsplit(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let near: Vec<String> = words.by_ref().take(4).map(str::to_ascii_lowercase).collect();
    near.iter()
        .take(2)
        .enumerate()
        .any(|(at, word)| LATIN_WORKS.contains(&word.as_str()) && !near[at + 1..].iter().any(|word| word == "this"))
}

/// The end of a text: as much of a sentence as says whose number it is, in bytes.
fn tail(text: &str) -> &str {
    const ENOUGH: usize = 400;
    let from = (text.len().saturating_sub(ENOUGH)..=text.len()).find(|&at| text.is_char_boundary(at));
    &text[from.unwrap_or(text.len())..]
}

/// Whether what stands before a Latin pointer ends in the name of a work: `RFC 2119`, `C11`, `ISO 8601,`.
fn names_work(near: &str) -> bool {
    let mut words = near.trim_end_matches(',').rsplit(|c: char| c.is_whitespace());
    let last = words.next().unwrap_or_default();
    let is_code = |word: &str| {
        word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-' || c == '/')
    };
    is_code(last) && last.chars().any(|c| c.is_ascii_uppercase())
        || last.chars().all(|c| c.is_ascii_digit()) && words.next().is_some_and(is_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Vec<u64>, bool)> {
        all(text).into_iter().map(|p| (text[p.at.clone()].to_owned(), p.values(), p.is_sure)).collect()
    }

    #[test]
    fn pointers() {
        for (text, pointer, values, sure) in [
            ("详见【8】。", "【8】", vec![8], true),
            ("参见第三章的内容", "第三章", vec![3], true),
            ("在第 2.1 节中", "第 2.1 节", vec![2, 1], true),
            ("见 2.3 节", "2.3 节", vec![2, 3], true),
            ("如图 4 所示", "图 4", vec![4], true),
            ("如图2-3所示", "图2-3", vec![2, 3], true),
            ("see section 2.1 for more", "section 2.1", vec![2, 1], true),
            ("described in Table 3.", "Table 3", vec![3], true),
            ("(Chapter 4)", "Chapter 4", vec![4], true),
            ("第三章讨论了它", "第三章", vec![3], true),
            ("《数据库》第三章讨论了它", "第三章", vec![3], false),
            ("刑法第三条", "第三条", vec![3], false),
            ("高中语文课本第六章中读到", "第六章", vec![6], false),
            ("他在第七章中写道", "第七章", vec![7], false),
            ("see section 7 of the CLA", "section 7", vec![7], false),
            ("in RFC 2119 section 3", "section 3", vec![3], false),
            ("in [the book](x.md) chapter 3", "chapter 3", vec![3], false),
            ("第三章", "第三章", vec![3], false),
            ("由表 3 可知", "表 3", vec![3], true),
            ("见 **第五章**", "第五章", vec![5], true),
            ("See section 7, Apache License 2.0.", "section 7", vec![7], false),
            ("see section 7, and section", "section 7", vec![7], true),
            ("those in Table 5 in Smith (2010)", "Table 5", vec![5], false),
            ("see Table 5 in Section", "Table 5", vec![5], true),
            ("in our paper (Section 4)", "Section 4", vec![4], false),
            ("in this paper (Section 4)", "Section 4", vec![4], true),
            ("the API reference, see section 4", "section 4", vec![4], false),
            ("第5章を参照してください", "第5章", vec![5], true),
            ("図3を参照", "図3", vec![3], true),
            ("제5장 참조", "제5장", vec![5], true),
        ] {
            assert_eq!(found(text), [(pointer.to_owned(), values, sure)], "{text}");
        }
    }

    #[test]
    fn no_pointers() {
        for text in [
            "第三方库",
            "地图 4",
            "列表 2",
            "图 3 张",
            "7.2 节点",
            "Table of contents",
            "stepping 2",
            "v2.3 节",
            "第一次",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
